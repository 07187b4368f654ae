"""``baseline attest`` and ``baseline attestations``: what people state where no machine can look."""

import hashlib
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, get_args

import click
import msgspec

from baseline.cli.attestation_signatures import signature_state, signed_attestation
from baseline.cli.decisions import as_of_option, attestable, day_of, days_option, inventory_paths, read_attestations
from baseline.cli.exit_codes import ExitCode
from baseline.cli.options import DAY, inventory_option, json_option
from baseline.cli.person import current_user
from baseline.cli.table import write_table
from baseline.content.attestation_file import append_attestation
from baseline.content.attestations import FILE_NAME
from baseline.content.beside_inventory import folders_of
from baseline.content.catalogue import Catalogue, load_catalogue
from baseline.models.attestation import ASPECTS, AttachedDocument, Attestation, AttestedOutcome
from baseline.models.control import Aspect, Domain
from baseline.models.waiver import Standing, standing_of

DEFAULT_TERM = timedelta(days=365)
MAXIMUM_DOCUMENT_BYTES = 512 * 1024 * 1024

_STYLES = {"expired": "bold red", "expiring": "bold yellow", "standing": "green", "open": "bold yellow"}


@click.command()
@click.argument("control")
@inventory_option
@click.option(
    "--outcome", type=click.Choice(get_args(AttestedOutcome)), required=True, help="What you state of the control."
)
@click.option("--statement", required=True, help="What you state, and on what it rests.")
@click.option("--role", required=True, help="In which role you sign, such as CISO.")
@click.option("--signer", help="Who signs.  [default: the user of this machine]")
@click.option("--date", "on", type=DAY, help="The day of the statement.  [default: today]")
@click.option("--valid-until", type=DAY, help="The last day on which it counts.  [default: a year later]")
@click.option(
    "--aspect",
    "aspects",
    multiple=True,
    type=click.Choice(get_args(Aspect)),
    help="What it is about: design (opzet), existence (bestaan), operation (werking). Repeatable.  [default: all]",
)
@click.option("--domain", "domains", multiple=True, type=click.Choice(get_args(Domain)), help="Also answers for here.")
@click.option("--maturity", type=click.IntRange(1, 5), help="Your own maturity score, for the Cbw view.")
@click.option(
    "--document",
    "documents",
    multiple=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A document that supports it; its SHA-256 is kept, the document is not. Repeatable.",
)
def attest(control: str, inventories: tuple[str, ...], **given: Any) -> None:
    """State what no machine can check about CONTROL; it is written to attestations.yml beside the inventory."""
    catalogue = load_catalogue()
    path = folders_of(inventory_paths(inventories))[0] / FILE_NAME
    attestation = _attestation(catalogue.find(control).id, given, read_attestations([path.parent], catalogue))
    attestation = signed_attestation(attestation)
    append_attestation(path, attestation, attestable(catalogue))
    signed = f"signed with key {attestation.signature.key}" if attestation.signature else "not signed: there is no key"
    click.echo(f"{attestation.id} is written to {path}; it counts until {attestation.valid_until}; {signed}.")


def _attestation(control: str, given: dict[str, Any], known: tuple[Attestation, ...]) -> Attestation:
    on = day_of(given["on"])
    return Attestation(
        id=_next_id(on, known),
        control=control,
        outcome=given["outcome"],
        statement=given["statement"].strip(),
        signer=given["signer"] or current_user(),
        role=given["role"].strip(),
        signed_on=on,
        valid_until=given["valid_until"].date() if given["valid_until"] else on + DEFAULT_TERM,
        aspects=given["aspects"] or ASPECTS,
        domains=given["domains"],
        maturity=given["maturity"],
        documents=tuple(_attached(path) for path in given["documents"]),
    )


def _next_id(on: date, known: tuple[Attestation, ...]) -> str:
    prefix = f"A-{on.year}-"
    used = [each.id.removeprefix(prefix) for each in known if each.id.startswith(prefix)]
    return f"{prefix}{max((int(number) for number in used if number.isdecimal()), default=0) + 1:03d}"


def _attached(path: Path) -> AttachedDocument:
    if path.stat().st_size > MAXIMUM_DOCUMENT_BYTES:
        raise click.UsageError(f"{path} is larger than {MAXIMUM_DOCUMENT_BYTES} bytes")
    with path.open("rb") as file:
        return AttachedDocument(name=path.name, sha256=hashlib.file_digest(file, "sha256").hexdigest())


@click.command()
@inventory_option
@as_of_option
@days_option
@click.option("--norm", default="bio2", show_default=True, help="The norm to account for.")
@click.option("--open", "only_open", is_flag=True, help="Only controls that need a person and have no valid statement.")
@json_option
def attestations(
    inventories: tuple[str, ...], as_of: datetime | None, days: int, norm: str, *, only_open: bool, as_json: bool
) -> None:
    """List statements, and the controls that need one and have none that counts today.

    Exit codes: 0 every control that needs a person has a valid statement, 3 some are open ('not assessed').
    """
    catalogue = load_catalogue()
    if norm not in catalogue.norms:
        raise click.UsageError(f"there is no norm '{norm}'; one of: {', '.join(catalogue.norms)}")
    today = day_of(as_of)
    found = read_attestations(inventory_paths(inventories), catalogue)
    standing = [(each, standing_of(each.signed_on, each.valid_until, today, days)) for each in found]
    uncovered = _uncovered(catalogue, norm, standing)
    if as_json:
        rows = [
            {"standing": state, "signed": signature_state(each), **msgspec.to_builtins(each)}
            for each, state in standing
        ]
        document = {"attestations": [] if only_open else rows, "open": uncovered}
        click.echo(msgspec.json.format(msgspec.json.encode(document), indent=2))
    else:
        _write(catalogue, [] if only_open else standing, uncovered)
    raise click.exceptions.Exit(ExitCode.NOT_CHECKED if uncovered else ExitCode.MET)


def _uncovered(catalogue: Catalogue, norm: str, standing: list[tuple[Attestation, Standing]]) -> list[str]:
    counting = {each.control for each, state in standing if state in (Standing.STANDING, Standing.EXPIRING)}
    needing = (
        control.id
        for control in catalogue.controls_of(norm)
        if control.in_force and control.automatable in ("no", "partly")
    )
    return [control for control in needing if control not in counting]


def _write(catalogue: Catalogue, standing: list[tuple[Attestation, Standing]], uncovered: list[str]) -> None:
    ordered = sorted(standing, key=lambda each: (each[0].valid_until, each[0].id))
    rows: list[tuple[str, ...]] = [
        (
            state.value,
            each.valid_until.isoformat(),
            each.id,
            each.control,
            each.outcome,
            each.signer,
            each.role,
            signature_state(each),
        )
        for each, state in ordered
    ]
    rows += [("open", "", "", control, "not assessed", "", "", "") for control in uncovered]
    with_titles = [(*row[:4], catalogue.controls[row[3]].title, *row[4:]) for row in rows]
    write_table(
        ("Standing", "Until", "Attestation", "Control", "Title", "Outcome", "Signer", "Role", "Signature"),
        with_titles,
        narrow=("Standing", "Until", "Attestation", "Control"),
        style=lambda cell: _STYLES.get(cell, ""),
    )
