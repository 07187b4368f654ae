"""``baseline reassess``: judge stored facts with another version of the norm or of the checks."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click
import msgspec

from baseline import __version__
from baseline.assess.selection import Selection, require_names
from baseline.cli.exit_codes import ExitCode
from baseline.cli.main import Settings
from baseline.cli.options import MOMENT, json_option
from baseline.cli.reassess_view import write_reassessment
from baseline.cli.reassessing import Content, Reassessed, reassess_all
from baseline.cli.table import write_table
from baseline.store.store import Store

_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)


@click.group(invoke_without_command=True)
@click.option("--as-of", type=MOMENT, help="Whose facts and outcomes to begin from.  [required]")
@click.option("--catalogue", type=_FOLDER, help="Folder with the norms to judge by.  [default: those of today]")
@click.option(
    "--checks",
    "checks",
    type=_FOLDER,
    multiple=True,
    help="Folder with the checks to judge by, instead of those of today. May be repeated.",
)
@click.option("--check", "names", multiple=True, metavar="ID", help="Only these checks; * and ? match.")
@click.option("--control", "controls", multiple=True, metavar="ID", help="Only checks for this control.")
@click.option("--target", "targets", multiple=True, metavar="NAME", help="Only these targets; * and ? match.")
@click.option("--save", is_flag=True, help="Keep it in the store, beside what stands, and name it in the log.")
@json_option
@click.pass_context
def reassess(context: click.Context, /, **given: Any) -> None:
    """Judge stored facts with another version of the norm or of the checks, and show what changed and why.

    \b
    Nothing is asked of any target, and what stands is left alone.
    then   what was found at that moment
    again  the same facts, judged with the checks and norm that are given, or those of today
    now    the latest facts, judged with the same
    Exit codes: 0 nothing differs, 1 something does, 3 something could not be judged.
    """  # noqa: D301 - click reads \b
    if context.invoked_subcommand is not None:
        return
    if given["as_of"] is None:
        raise click.UsageError("say with --as-of whose facts to begin from, such as 2026-06-30")
    settings: Settings = context.obj
    as_of = _end_of_day(given["as_of"])
    with Store.open(settings.store, read_only=not given["save"]) as store:
        require_names(given["targets"], store.targets(), "target")
        selection = Selection(checks=given["names"], controls=given["controls"], targets=given["targets"])
        found = reassess_all(store, as_of, Content.read(given["catalogue"], given["checks"]), selection)
        digest = store.reassessments.keep(_document(found, given), _summary(found)) if given["save"] else None
    if given["as_json"]:
        _write_json({**_document(found, given), "digest": digest})
    else:
        write_reassessment(found, digest)
    raise click.exceptions.Exit(_exit_code(found))


@reassess.command("list")
@json_option
@click.pass_obj
def list_reassessments(settings: Settings, /, *, as_json: bool) -> None:
    """List what was kept, newest first."""
    with Store.open(settings.store, read_only=True) as store:
        kept = store.reassessments.summaries()
    if as_json:
        _write_json(kept)
        return
    rows = [
        (each["received"][:19], each["as_of"][:10], str(each["differences"]), str(each["results"]), each["digest"])
        for each in kept
    ]
    write_table(("Made", "As of", "Differ", "Results", "Digest"), rows, narrow=("Made", "As of"))


@reassess.command("show")
@click.argument("digest")
@click.pass_obj
def show_reassessment(settings: Settings, /, *, digest: str) -> None:
    """Print a reassessment that was kept, as JSON. DIGEST is its SHA-256, or how that begins."""
    with Store.open(settings.store, read_only=True) as store:
        found = [each["digest"] for each in store.reassessments.summaries() if each["digest"].startswith(digest)]
        if len(set(found)) != 1:
            raise click.UsageError(f"{'more than one' if found else 'no'} reassessment begins with '{digest}'")
        _write_json(store.reassessments.document(found[0]))


def _end_of_day(moment: datetime) -> datetime:
    """A day means all of it, by the clock of this machine."""
    local = moment.astimezone()
    whole_day = (local.hour, local.minute, local.second) == (0, 0, 0)
    return (local.replace(hour=23, minute=59, second=59) if whole_day else local).astimezone(UTC)


def _document(found: Reassessed, given: dict[str, Any]) -> dict[str, Any]:
    return {
        "as_of": found.as_of,
        "tool_version": __version__,
        "catalogue": found.norms,
        "checks": found.checks,
        "controls": msgspec.to_builtins(found.controls),
        "differences": msgspec.to_builtins(found.differences),
        "again": msgspec.to_builtins(found.again) if given["save"] or given["as_json"] else [],
        "without_facts": found.without_facts,
    }


def _summary(found: Reassessed) -> dict[str, Any]:
    return {
        "as_of": found.as_of,
        "differences": len(found.differences),
        "results": len(found.again),
        "tool_version": __version__,
    }


def _exit_code(found: Reassessed) -> ExitCode:
    if found.not_judged or found.without_facts or not found.again:
        return ExitCode.NOT_CHECKED
    return ExitCode.NOT_MET if found.differences or found.controls else ExitCode.MET


def _write_json(value: object) -> None:
    click.echo(msgspec.json.format(msgspec.json.encode(value), indent=2).decode())
