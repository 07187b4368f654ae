"""``baseline checks``: lint, test, list, show and write checks."""

from collections import Counter
from pathlib import Path
from typing import Any

import click
import msgspec

from baseline.assess.examples import ExampleOutcome, try_examples
from baseline.assess.selection import Selection, matching_checks
from baseline.cli.content import all_checks, usable_controls
from baseline.cli.exit_codes import ExitCode
from baseline.cli.imported_checks import NamedCheck, imported_checks, imported_option
from baseline.cli.options import SEVERITIES, checks_folder_option, json_option
from baseline.cli.table import write_pairs, write_table
from baseline.content.catalogue import load_catalogue
from baseline.content.checks.folder import CheckFile, read_check_files
from baseline.content.checks.template import new_check_text
from baseline.content.fact_schema import FACT_MODELS
from baseline.content.location import content_folder
from baseline.content.nearest import did_you_mean
from baseline.models.check import Check
from baseline.models.errors import Problem
from baseline.models.result import Severity
from baseline.store.imported_records import MARK

places_argument = click.argument("places", nargs=-1, type=click.Path(exists=True, path_type=Path))


@click.group()
def checks() -> None:
    """Lint, test, list, show and write checks."""


@checks.command()
@places_argument
@json_option
def lint(places: tuple[Path, ...], *, as_json: bool) -> None:
    """Say what is wrong with checks: form, expressions, controls, examples.

    PLACES are files or folders; without any, the checks that came with baseline.
    """
    files = _read(places)
    problems = [problem for file in files for problem in file.problems]
    if as_json:
        _print_json({"files": len(files), "problems": problems})
    else:
        _print_problems(problems)
        click.echo(f"{len(files)} checks, {_count(problems)}.")
    raise click.exceptions.Exit(_exit_code(problems))


@checks.command()
@places_argument
@json_option
def test(places: tuple[Path, ...], *, as_json: bool) -> None:
    """Judge every check's own examples and say which do not get the verdict they expect.

    PLACES are files or folders; without any, the checks that came with baseline.
    """
    files = _read(places)
    problems = [problem for file in files for problem in file.problems]
    outcomes = [outcome for file in files if file.compiled for outcome in try_examples(file.compiled)]
    paths = {file.compiled.check.id: str(file.path) for file in files if file.compiled}
    problems += [_surprise(outcome, paths[outcome.check]) for outcome in outcomes if not outcome.met]
    if as_json:
        _print_json({"checks": len(files), "examples": len(outcomes), "problems": problems})
    else:
        _print_problems(problems)
        click.echo(f"{len(files)} checks, {len(outcomes)} examples, {_count(problems)}.")
    raise click.exceptions.Exit(_exit_code(problems))


@checks.command("list")
@checks_folder_option
@click.option("--kind", type=click.Choice(list(FACT_MODELS)), help="Only checks for this kind of target.")
@click.option("--control", help="Only checks for this control.")
@click.option("--tag", help="Only checks with this tag.")
@click.option("--severity", type=SEVERITIES, help="Only checks of at least this severity.")
@imported_option
@json_option
def list_checks(checks_folders: tuple[Path, ...], *, imported: bool, as_json: bool, **wanted: str | None) -> None:
    """List checks."""
    catalogue = load_catalogue()
    own = {name: NamedCheck(each.check) for name, each in all_checks(catalogue, checks_folders).items()}
    theirs = {name: NamedCheck(check) for name, check in imported_checks().items()} if imported else {}
    found = matching_checks(own | theirs, _selection(wanted), catalogue)
    chosen = [each.check for each in found.values() if wanted["kind"] in (None, each.check.applies_to.kind)]
    if as_json:
        _print_json([_summary(check) for check in chosen])
        return
    rows = [
        (check.id, check.applies_to.kind, check.severity, check.title, " ".join(check.controls)) for check in chosen
    ]
    write_table(("Check", "Kind", "Severity", "Title", "Controls"), rows, narrow=("Kind", "Severity"))


@checks.command()
@checks_folder_option
@click.argument("identifier", metavar="ID")
@json_option
def show(checks_folders: tuple[Path, ...], identifier: str, *, as_json: bool) -> None:
    """Show one check."""
    if MARK in identifier:
        _show_imported(identifier, as_json=as_json)
        return
    everything = all_checks(load_catalogue(), checks_folders)
    if identifier not in everything:
        raise click.UsageError(f"there is no check '{identifier}'; {did_you_mean(identifier, everything)}")
    compiled = everything[identifier]
    if as_json:
        _print_json({**_summary(compiled.check), "needs": sorted(compiled.needs)})
        return
    write_pairs(_pairs(compiled.check, sorted(compiled.needs)))


def _show_imported(identifier: str, *, as_json: bool) -> None:
    found = imported_checks()
    if identifier not in found:
        raise click.UsageError(f"nothing was imported of check '{identifier}'; {did_you_mean(identifier, found)}")
    if as_json:
        _print_json(_summary(found[identifier]))
    else:
        write_pairs(_pairs(found[identifier], []))


@checks.command()
@click.argument("identifier", metavar="ID")
@click.option("--kind", type=click.Choice(list(FACT_MODELS)), required=True, help="Kind of target.")
@click.option("--folder", type=click.Path(path_type=Path), help="Where to write it. [default: checks/<kind>]")
def new(identifier: str, kind: str, folder: Path | None) -> None:
    """Write a new check to fill in."""
    path = (folder or content_folder("checks") / kind) / f"{identifier}.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(new_check_text(identifier, kind))
    except FileExistsError:
        raise click.UsageError(f"{path} is there already") from None
    click.echo(f"Wrote {path}. Fill it in, then: baseline checks test {path}")


@checks.command()
@click.argument("what", type=click.Choice(["check", *FACT_MODELS]))
def schema(what: str) -> None:
    """Print a JSON Schema for editors: of a check file, or of the facts of a kind of target."""
    from baseline.content.checks.json_schema import check_schema, facts_schema  # noqa: PLC0415 - only needed here

    _print_json(check_schema() if what == "check" else facts_schema(what))


def _read(places: tuple[Path, ...]) -> list[CheckFile]:
    return read_check_files(places or (content_folder("checks"),), usable_controls(load_catalogue()))


def _print_problems(problems: list[Problem]) -> None:
    for problem in problems:
        click.secho(str(problem), fg="red" if problem.level == "error" else "yellow")


def _count(problems: list[Problem]) -> str:
    counts = Counter(problem.level for problem in problems)
    return f"{counts['error']} errors, {counts['warning']} warnings" if problems else "nothing wrong"


def _exit_code(problems: list[Problem]) -> ExitCode:
    return ExitCode.USAGE if any(problem.level == "error" for problem in problems) else ExitCode.MET


def _surprise(outcome: ExampleOutcome, path: str) -> Problem:
    said = "; ".join(
        f"{verdict.status}{f' ({verdict.subject})' if verdict.subject else ''}"
        f"{f': {verdict.reason}' if verdict.reason else ''}"
        for verdict in outcome.verdicts
    )
    message = f"this example expects {outcome.example.expectation} but gets {said}"
    return Problem(path=path, line=outcome.example.line, column=1, message=message)


def _selection(wanted: dict[str, str | None]) -> Selection:
    return Selection(
        controls=(wanted["control"],) if wanted["control"] else (),
        severity=Severity(wanted["severity"]) if wanted["severity"] else None,
        tags=(wanted["tag"],) if wanted["tag"] else (),
    )


def _summary(check: Check) -> dict[str, Any]:
    document: dict[str, Any] = msgspec.to_builtins(check)
    for hidden in ("examples", "source", "judging_digest"):
        del document[hidden]
    return document


def _pairs(check: Check, needs: list[str]) -> list[tuple[str, str]]:
    applies_to = check.applies_to
    pairs = [
        ("Check", check.id),
        ("Title", check.title),
        ("Titel", check.title_nl),
        ("Severity", check.severity),
        ("Controls", ", ".join(check.controls)),
        ("Tags", ", ".join(check.tags)),
        ("For", " ".join((applies_to.kind, *applies_to.platforms))),
        ("When", applies_to.when),
        ("Each", check.each),
        ("Where", check.where),
        ("Expects", check.expect),
        ("Parameters", ", ".join(f"{name}: {value}" for name, value in check.params.items())),
        ("Reads", ", ".join(needs)),
        ("Why", check.rationale),
        ("Waarom", check.rationale_nl),
        ("Fix", check.remediation.text),
        ("Oplossing", check.remediation.text_nl),
    ]
    for platform, fix in check.remediation.platforms.items():
        pairs.append((f"Fix on {platform}", "\n".join((*fix.lines, *fix.commands))))
    pairs += [("References", reference) for reference in check.references]
    return [(label, value) for label, value in (*pairs, ("File", check.path)) if value]


def _print_json(document: Any) -> None:
    click.echo(msgspec.json.format(msgspec.json.encode(document, order="deterministic"), indent=2))
