"""``baseline results``: what stands, from the store."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import click
import msgspec

from baseline.assess.selection import Selection, require_names, select_checks
from baseline.cli.content import all_checks
from baseline.cli.exit_codes import ExitCode, exit_code_of
from baseline.cli.findings import findings, observed_text
from baseline.cli.findings_view import STATUS_WORDS, write_findings, write_findings_plain
from baseline.cli.imported_checks import NamedCheck, with_imported
from baseline.cli.main import Settings
from baseline.cli.options import MOMENT, SEVERITIES, STATUSES, checks_folder_option, json_option
from baseline.cli.table import in_terminal, write_table
from baseline.cli.waiver_terms import with_lapsed
from baseline.content.catalogue import load_catalogue
from baseline.models.result import Result, Severity, Status
from baseline.models.target import Target
from baseline.store.records import ResultFilter
from baseline.store.store import Store


@click.command()
@click.option("--run", type=int, help="As they stood in this run.")
@click.option("--as-of", type=MOMENT, help="As they stood at this moment.")
@click.option("--status", "statuses", multiple=True, type=STATUSES, help="Only these.")
@click.option("--severity", type=SEVERITIES, help="Only of at least this severity.")
@click.option("--check", "checks", multiple=True, metavar="ID", help="Only these checks; * and ? match.")
@click.option("--control", "controls", multiple=True, metavar="ID", help="Only checks for this control.")
@click.option("--source", "sources", multiple=True, metavar="TOOL", help="Only of this scanner: prowler, imported ...")
@click.option("--target", "targets", multiple=True, metavar="NAME", help="Only these targets.")
@click.option("--site", "sites", multiple=True, help="Only targets at this site.")
@click.option("--owner", "owners", multiple=True, help="Only targets of this owner.")
@click.option("--all", "everything", is_flag=True, help="Every result in one list, also what is met.")
@checks_folder_option
@json_option
@click.pass_obj
def results(settings: Settings, /, *, everything: bool, as_json: bool, **given: Any) -> None:
    """Show what stands, from the store: what is not met, worst first."""
    own = all_checks(load_catalogue(), given["checks_folders"])
    with Store.open(settings.store, read_only=True) as store:
        known = with_imported(own, store)
        targets = store.targets()
        _require_known(store, given, targets)
        found = _read(store, _filter(given, known), given["as_of"])
        platforms = {name: target.platform for name, target in targets.items()}
    if as_json:
        click.echo(msgspec.json.format(msgspec.json.encode(found, order="deterministic"), indent=2))
    elif everything or given["statuses"]:
        _write_all(found)
    else:
        _write_findings(found, known, platforms)
    nothing_asked_for = bool(given["statuses"]) and not found
    raise click.exceptions.Exit(ExitCode.MET if nothing_asked_for else exit_code_of(result.status for result in found))


def _require_known(store: Store, given: dict[str, Any], targets: Mapping[str, Target]) -> None:
    """A misspelt name is an error: nothing shown must never mean nothing wrong."""
    require_names(given["targets"], targets, "target")
    require_names(given["sites"], {target.site for target in targets.values() if target.site}, "site")
    require_names(given["owners"], {target.owner for target in targets.values() if target.owner}, "owner")
    if given["run"] is not None:
        store.run(given["run"])


def _filter(given: dict[str, Any], known: dict[str, NamedCheck]) -> ResultFilter:
    limited = given["checks"] or given["controls"] or given["sources"]
    selection = Selection(checks=given["checks"], controls=given["controls"], tags=given["sources"])
    chosen = tuple(select_checks(known, selection, load_catalogue())) if limited else ()
    least = Severity(given["severity"]).rank if given["severity"] else 0
    return ResultFilter(
        targets=given["targets"],
        checks=chosen,
        statuses=tuple(Status(status) for status in given["statuses"]),
        severities=tuple(severity for severity in Severity if severity.rank >= least) if least else (),
        sites=given["sites"],
        owners=given["owners"],
        run=given["run"],
    )


def _read(store: Store, where: ResultFilter, as_of: datetime | None) -> list[Result]:
    if where.run is not None:
        return list(store.current_results(where))
    wider = msgspec.structs.replace(where, statuses=_with_waived(where.statuses))
    moment = (as_of or datetime.now(UTC)).astimezone()
    results = store.current_results(wider) if as_of is None else store.results_as_of(moment, wider)
    found = with_lapsed(results, store, moment.date())
    return [result for result in found if not where.statuses or result.status in where.statuses]


def _with_waived(statuses: tuple[Status, ...]) -> tuple[Status, ...]:
    """What is waived in the store may be a fail by now."""
    return (*statuses, Status.WAIVED) if Status.FAIL in statuses else statuses


def _write_all(found: list[Result]) -> None:
    rows = [
        (
            STATUS_WORDS[result.status],
            result.severity,
            result.target,
            result.check,
            result.subject,
            result.reason or observed_text(result.observed),
        )
        for result in found
    ]
    write_table(("Status", "Severity", "Target", "Check", "Subject", "Observed"), rows, narrow=("Status", "Severity"))


def _write_findings(found: list[Result], known: dict[str, NamedCheck], platforms: dict[str, str]) -> None:
    checks = {name: compiled.check for name, compiled in known.items()}
    grouped = findings(found, checks, platforms)
    if not in_terminal():
        write_findings_plain(grouped)
        return
    from rich.console import Console  # noqa: PLC0415 - heavy, and only needed in a terminal

    write_findings(Console(highlight=False), grouped, len(grouped))
    met = sum(result.status is Status.PASS for result in found)
    click.echo(f"{len(found)} results, {met} met.")
