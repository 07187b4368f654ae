"""Shows what was exported, what is proven, and what the log holds."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click
import msgspec

from baseline.cli.table import in_terminal, write_pairs, write_table
from baseline.store.evidence_store import Checkpoint, Leaf, Signature

if TYPE_CHECKING:
    from baseline.evidence.bundle import Exported
    from baseline.evidence.verifier import Report

COLOURS = {"proven": "green", "note": "yellow", "not proven": "bold red", "broken": "bold red"}


def write_exported(exported: "Exported", *, as_json: bool) -> None:
    """Tell what a bundle holds, and how to verify it."""
    if as_json:
        click.echo(msgspec.json.encode({**msgspec.structs.asdict(exported), "path": str(exported.path)}).decode())
        return
    write_pairs(
        [
            ("Bundle", f"{exported.path}, {exported.files} files"),
            *((name, f"{number} lines") for name, number in exported.counts.items() if "/" not in name),
            ("People", "names: hand it to nobody else" if exported.people == "names" else "pseudonyms"),
            ("Signed by", exported.signed_by or "nobody: make a key with: baseline keys new"),
            ("Verify", f"baseline evidence verify {exported.path} --key PUBLIC.pem"),
        ]
    )


def write_proof(report: "Report", *, as_json: bool) -> None:
    """Tell what is proven and what not."""
    parts = {"proven": report.proven, "note": report.notes, "not proven": report.open, "broken": report.broken}
    if as_json:
        content = {"holds": report.holds, **{word.replace(" ", "_"): lines for word, lines in parts.items()}}
        click.echo(msgspec.json.encode(content).decode())
        return
    rows = [(word, line) for word, lines in parts.items() for line in lines]
    write_table(("Verdict", "What"), rows, narrow=("Verdict",), style=lambda cell: COLOURS.get(cell, ""))
    if in_terminal():
        verdict = "All that was promised is proven." if report.holds else "This is not proven."
        click.secho(verdict, fg="green" if report.holds else "red", bold=True)


def write_log(leaves: Sequence[Leaf], *, as_json: bool) -> None:
    """List entries of the log."""
    entries: list[dict[str, Any]] = [
        {"position": leaf.position, "digest": leaf.digest.hex(), **msgspec.json.decode(leaf.document)}
        for leaf in leaves
    ]
    if as_json:
        click.echo(msgspec.json.encode(entries).decode())
        return
    rows = [
        (str(each["position"]), each["received"], each["kind"], str(each["run"] or ""), _about(each["body"]))
        for each in entries
    ]
    columns = ("Entry", "Received", "Kind", "Run", "About")
    write_table(columns, rows, narrow=columns[:-1])


def _about(body: dict[str, Any]) -> str:
    """The few words of an entry that tell it from another."""
    for name in ("target", "status", "digest", "table", "at", "tool_version"):
        if isinstance(body.get(name), str):
            return str(body[name])
    return ", ".join(sorted(body))[:60]


def write_checkpoint(checkpoint: Checkpoint | None, signatures: Sequence[Signature], *, as_json: bool) -> None:
    """Show a checkpoint."""
    if checkpoint is None:
        raise click.ClickException("no run has ended since the log began, so there is no checkpoint")
    said = msgspec.json.decode(checkpoint.document)
    signed = [msgspec.json.decode(each.statement) for each in signatures]
    if as_json:
        content = {**said, "digest": checkpoint.digest.hex(), "signatures": signed}
        click.echo(msgspec.json.encode(content).decode())
        return
    write_pairs(
        [
            ("Checkpoint", str(said["number"])),
            ("Run", str(said["run"] or "")),
            ("Made", said["made"]),
            ("Entries", str(said["size"])),
            ("Root", said["root"]),
            ("Digest", checkpoint.digest.hex()),
            *(("Signed", f"{each['signed']} by {each['key']}") for each in signed),
            *([("Signed", "no: baseline keys new, then baseline evidence sign")] if not signed else []),
        ]
    )
