"""``baseline drift``: what differs from the approved state."""

from collections import Counter
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path

import click
import msgspec

from baseline.cli.drift_approve import approvals_command, approve_command
from baseline.cli.drift_view import DriftReport, drift_document, now, write_drift
from baseline.cli.exit_codes import ExitCode
from baseline.cli.main import Settings
from baseline.cli.options import json_option
from baseline.cli.runs import local_time
from baseline.cli.table import in_terminal
from baseline.drift.approved import read_approved
from baseline.drift.causes import DEFAULT_WINDOW, causes
from baseline.drift.configuration import Difference, compare
from baseline.drift.rules import NoRulesError, rules_for
from baseline.drift.stored import NotComparableError, StoredConfiguration, require_network_target, stored_configuration
from baseline.drift.text import difference_lines
from baseline.drift.watch import DEFAULT_HOLD, Watched, update
from baseline.store.imported_records import IMPORTED
from baseline.store.store import Store

_COLOURS = {"-": "red", "+": "green"}


@click.group(invoke_without_command=True)
@click.option(
    "--hold",
    type=click.IntRange(1, 100),
    default=DEFAULT_HOLD,
    show_default=True,
    help="Runs that must show a change before it counts.",
)
@click.option(
    "--window",
    type=click.FloatRange(0),
    default=DEFAULT_WINDOW.days,
    show_default=True,
    help="Days that a change may stand without approval.",
)
@click.option("--all", "every", is_flag=True, help="Show every change of every cause.")
@json_option
@click.pass_context
def drift(context: click.Context, hold: int, window: float, *, every: bool, as_json: bool) -> None:
    """Show what differs from the approved state: verdicts, facts and configurations, by what happened.

    \b
    An error, or a target that was not reached, is no drift: it could not be compared.
    Exit codes: 0 nothing differs, 1 something does, 3 something could not be compared.
    """  # noqa: D301 - click reads \b
    if context.invoked_subcommand is not None:
        return
    settings: Settings = context.obj
    with Store.open(settings.store) as store:
        report = drift_report(store, hold, timedelta(days=window))
    if as_json:
        click.echo(msgspec.json.format(msgspec.json.encode(drift_document(report), order="deterministic"), indent=2))
    else:
        write_drift(report, every=every)
    raise click.exceptions.Exit(_exit_code(report))


def drift_report(store: Store, hold: int, window: timedelta) -> DriftReport:
    """Compare what came in since the last time, and tell what differs now."""
    watched = update(store, hold)
    targets = store.targets()
    return DriftReport(
        causes=tuple(causes({name: each.drift for name, each in watched.items()}, targets)),
        approved=len(watched),
        never_approved=tuple(
            sorted(name for name, target in targets.items() if name not in watched and target.platform != IMPORTED)
        ),
        not_compared=_not_compared(store, watched),
        waiting=sum(not each.confirmed and not each.change.by_check for one in watched.values() for each in one.seen),
        window=window,
        now=now(),
    )


def _not_compared(store: Store, watched: Mapping[str, Watched]) -> dict[str, str]:
    """Targets of which the latest run could tell nothing, with the reason."""
    latest = store.runs(1)
    found: dict[str, str] = {}
    for entry in store.population(latest[0].id) if latest else ():
        if entry.target in watched and entry.outcome in {"unreached", "planned"}:
            found[entry.target] = entry.reason or "the run did not come to it"
    return found


def _exit_code(report: DriftReport) -> ExitCode:
    if report.causes:
        return ExitCode.NOT_MET
    whole = report.approved and not report.not_compared and not report.never_approved
    return ExitCode.MET if whole else ExitCode.NOT_CHECKED


drift.add_command(approve_command)
drift.add_command(approvals_command)


@drift.command()
@click.argument("target")
@click.option("--against", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="The approved file.")
@click.option("--run", type=int, help="The run whose configuration was approved.")
@click.option("--current-run", type=int, help="The run to look at, instead of the latest.")
@json_option
@click.pass_obj
def config(
    settings: Settings, target: str, against: Path | None, run: int | None, current_run: int | None, *, as_json: bool
) -> None:
    """Compare the configuration of TARGET, as a run found it, with the approved one.

    \b
    The order of lines and secrets make no difference where they do not count; volatile lines are left out by
    the rules in checks/volatile. The approved file may be a template: {{ name }} stands for anything.
    Exit codes: 0 the same, 1 different, 3 cannot be compared.
    """  # noqa: D301 - click reads \b
    if (against is None) == (run is None):
        raise click.UsageError("say what was approved: --against FILE or --run NUMBER, one of the two")
    with Store.open(settings.store, read_only=True) as store:
        try:
            current = stored_configuration(store, target, current_run)
            difference, approved = _difference(store, current, against, run)
        except (NotComparableError, NoRulesError) as error:
            click.secho(f"error: {error}", fg="red", err=True)
            raise click.exceptions.Exit(ExitCode.NOT_CHECKED) from error
    if as_json:
        _write_json(current, approved, difference)
    else:
        _write(current, approved, difference)
    raise click.exceptions.Exit(ExitCode.NOT_MET if difference.changes else ExitCode.MET)


def _difference(
    store: Store, current: StoredConfiguration, against: Path | None, run: int | None
) -> tuple[Difference, str]:
    """The difference, and what it is a difference with."""
    _, platform = require_network_target(store, current.target)
    rules = rules_for(current.platform)
    if against is not None:
        return compare(read_approved(against), current.text, platform, rules), str(against)
    approved = stored_configuration(store, current.target, run)
    return compare(approved.text, current.text, platform, rules), _run_words(approved)


def _run_words(configuration: StoredConfiguration) -> str:
    return f"run {configuration.run} ({local_time(configuration.collected_at)})"


def _write_json(current: StoredConfiguration, approved: str, difference: Difference) -> None:
    document = {
        "target": current.target,
        "platform": current.platform,
        "command": current.command,
        "approved": approved,
        "current": {"run": current.run, "collected_at": current.collected_at, "digest": current.digest},
        "changes": difference.changes,
        "ignored": difference.ignored,
    }
    click.echo(msgspec.json.format(msgspec.json.encode(document, order="deterministic"), indent=2))


def _write(current: StoredConfiguration, approved: str, difference: Difference) -> None:
    click.echo(f"{current.target}: {current.command} of {_run_words(current)} against {approved}")
    counts = Counter(change.kind for change in difference.changes)
    ignored = f"{difference.ignored} volatile lines left out"
    if not difference.changes:
        click.echo(f"No difference; {ignored}.")
        return
    click.echo(f"{counts['removed']} lines missing (-), {counts['added']} not approved (+); {ignored}.\n")
    for sign, text in difference_lines(difference.changes):
        line = f"{sign or ' '} {text}"
        click.echo(click.style(line, fg=_COLOURS.get(sign)) if in_terminal() else line)
