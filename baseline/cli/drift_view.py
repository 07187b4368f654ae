"""How drift is shown: one line for each thing that happened, and what it consists of."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta

import click
import msgspec

from baseline.cli.runs import local_time
from baseline.cli.shown import on_one_line
from baseline.cli.table import write_table
from baseline.drift.causes import CONTROLS, Cause
from baseline.drift.changes import Change

MOST_NAMES = 4
"""Names of targets that are shown in a line."""
MOST_CHANGES = 12
"""Changes of one cause that are shown, unless all are asked for."""

_STYLES = {"worse": "red", "better": "green", "overdue": "bold red", "critical": "bold red", "high": "red"}


class DriftReport(msgspec.Struct, frozen=True, kw_only=True):
    """What ``baseline drift`` tells. ``waiting`` are changes that were not seen often enough yet."""

    causes: tuple[Cause, ...]
    approved: int
    never_approved: tuple[str, ...]
    not_compared: dict[str, str]
    waiting: int
    window: timedelta
    now: datetime


def write_drift(report: DriftReport, *, every: bool) -> None:
    """Print it for a person, or as lines with tabs in a pipe."""
    for cause in report.causes:
        _write_cause(cause, report, every=every)
    _write_rest(report)


def _write_cause(cause: Cause, report: DriftReport, *, every: bool) -> None:
    overdue = "overdue, " if cause.is_overdue(report.now, report.window) else ""
    where = _names(cause.targets)
    head = f"{cause.id}  {_count(len(cause.targets), 'target')}: {where}"
    click.secho(on_one_line(head), bold=True)
    owners = f"; owner {_names(cause.owners)}" if cause.owners else ""
    sites = f" at {_names(cause.sites)}" if cause.sites else ""
    severity = f"{cause.severity}, " if cause.severity else ""
    click.echo(f"  {on_one_line(f'{severity}{overdue}since {local_time(cause.since)}{sites}{owners}')}")
    shown = cause.changes if every else cause.changes[:MOST_CHANGES]
    for change in shown:
        click.secho(f"  {on_one_line(change_text(change))}", fg=_STYLES.get(change.direction))
    if len(shown) < len(cause.changes):
        click.echo(f"  ... and {len(cause.changes) - len(shown)} more; --all shows them")
    click.echo()


def change_text(change: Change) -> str:
    """A change in one line."""
    if change.kind == "verdict":
        return f"{change.name}: {change.old} -> {change.new}"
    if change.kind == "line":
        return f"- {change.name}" if change.old else f"+ {change.name}"
    return f"{change.name}: {change.old} -> {change.new}"


def _write_rest(report: DriftReport) -> None:
    lines = list(_rest(report))
    for line in lines:
        click.echo(on_one_line(line))


def _rest(report: DriftReport) -> Iterator[str]:
    drifted = len({name for cause in report.causes for name in cause.targets})
    if not report.approved:
        yield "Nothing was compared: no target has an approved state."
    elif not report.causes:
        yield f"No drift on {_count(report.approved, 'target')} with an approved state."
    else:
        what = "thing differs" if len(report.causes) == 1 else "things differ"
        yield f"{len(report.causes)} {what} from the approved state, on {drifted} of {_count(report.approved, 'target')}."
    if report.waiting:
        yield f"{_count(report.waiting, 'change')} seen too few times to count yet."
    if report.not_compared:
        name, reason = next(iter(report.not_compared.items()))
        yield f"Not compared: {_count(len(report.not_compared), 'target')}, for example {name}: {reason}."
    if report.never_approved:
        yield (
            f"Never approved: {_count(len(report.never_approved), 'target')} ({_names(report.never_approved)}). "
            "Approve what is right: baseline drift approve --all --ticket CHANGE"
        )


def drift_document(report: DriftReport) -> dict[str, object]:
    """The same as JSON."""
    return {
        "controls": CONTROLS,
        "approved": report.approved,
        "never_approved": report.never_approved,
        "not_compared": report.not_compared,
        "waiting": report.waiting,
        "window_seconds": int(report.window.total_seconds()),
        "causes": [
            {**msgspec.to_builtins(cause), "overdue": cause.is_overdue(report.now, report.window)}
            for cause in report.causes
        ],
    }


def write_approvals(rows: Sequence[tuple[str, ...]]) -> None:
    """Print approvals as a table."""
    write_table(
        ("Approval", "When", "Ticket", "Person", "Targets", "Note"), rows, narrow=("Approval", "When", "Ticket")
    )


def now() -> datetime:
    """This moment."""
    return datetime.now(UTC)


def _names(names: Sequence[str]) -> str:
    more = f" and {len(names) - MOST_NAMES} more" if len(names) > MOST_NAMES else ""
    return ", ".join(names[:MOST_NAMES]) + more


def _count(number: int, what: str) -> str:
    return f"{number} {what}" + ("" if number == 1 else "s")
