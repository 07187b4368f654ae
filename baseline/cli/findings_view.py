"""Draws findings: tables in a terminal, tab-separated lines in a pipe."""

from collections.abc import Iterable, Sequence
from typing import Any

import click
import msgspec

from baseline.cli.findings import MAXIMUM_FIX_LINES, Finding
from baseline.models.result import Severity, Status

SEVERITY_STYLES = {
    Severity.CRITICAL: "bold white on red",
    Severity.HIGH: "bold red",
    Severity.MEDIUM: "yellow",
    Severity.LOW: "cyan",
}
STATUS_WORDS = {
    Status.PASS: "met",
    Status.FAIL: "not met",
    Status.ERROR: "could not be checked",
    Status.NOT_APPLICABLE: "not applicable",
    Status.WAIVED: "not met, waived",
}
STATUS_STYLES = {
    Status.PASS: "green",
    Status.FAIL: "bold red",
    Status.ERROR: "bold magenta",
    Status.NOT_APPLICABLE: "dim",
    Status.WAIVED: "blue",
}
COLUMNS = ("status", "severity", "target", "check", "subjects", "observed", "expected", "reason", "fix")

MAXIMUM_EXPECTED = 140
"""Characters of a condition that are shown in a table; ``baseline show`` gives it whole."""

_SHOWN_SUBJECTS = 3
_MANY = 4
"""From so many targets with the same trouble on, they are shown together."""


def write_findings_plain(found: Iterable[Finding]) -> None:
    """One line per finding, tab-separated, with a heading."""
    click.echo("\t".join(COLUMNS))
    for finding in _errors_together(found):
        cells = (
            finding.status,
            finding.severity,
            finding.target,
            finding.check,
            ", ".join(finding.subjects),
            finding.observed,
            finding.expected,
            finding.reason,
            " / ".join(finding.fix),
        )
        click.echo("\t".join(" ".join(cell.split()) for cell in cells))


def _errors_together(found: Iterable[Finding]) -> list[Finding]:
    """Checks that could not be checked on one target for one reason, in one line."""
    together: dict[tuple[str, ...], Finding] = {}
    for finding in found:
        key = (finding.target, finding.reason, "" if finding.status is Status.ERROR else finding.check)
        first = together.get((finding.status, *key))
        if first is None or finding.status is not Status.ERROR:
            together[finding.status, *key] = finding
        else:
            checks = f"{first.check}, {finding.check}"
            together[finding.status, *key] = msgspec.structs.replace(
                first, check=checks, subjects=(), observed="", expected=""
            )
    return list(together.values())


def write_findings(console: Any, found: Sequence[Finding], maximum_rows: int) -> None:
    """Draw findings for a person: what is not met by severity, then what could not be checked, then what is waived."""
    failed = [finding for finding in found if finding.status is Status.FAIL]
    told: set[tuple[str, tuple[str, ...]]] = set()
    for severity in sorted(Severity, key=lambda severity: -severity.rank):
        group = [finding for finding in failed if finding.severity is severity]
        if group:
            shown = group[: max(0, maximum_rows)]
            maximum_rows -= len(shown)
            console.print(_heading(f" {severity.upper()} ", SEVERITY_STYLES[severity], f"{len(group)} not met"))
            if shown:
                console.print(_failed_table(shown, told))
            if len(shown) < len(group):
                console.print(f"  ... and {len(group) - len(shown)} more; all of them: baseline results --all\n")
    _write_errors(console, [finding for finding in found if finding.status is Status.ERROR])
    _write_waived(console, [finding for finding in found if finding.status is Status.WAIVED])


def _heading(label: str, style: str, text: str) -> Any:
    from rich.text import Text  # noqa: PLC0415 - heavy, and only needed in a terminal

    return Text.assemble((label, style), " ", text)


def _table(*columns: tuple[str, int]) -> Any:
    from rich import box  # noqa: PLC0415 - heavy, and only needed in a terminal
    from rich.table import Table  # noqa: PLC0415

    table = Table(box=box.SIMPLE_HEAD, header_style="bold", pad_edge=False, expand=True)
    for name, ratio in columns:
        table.add_column(name, ratio=ratio, overflow="fold")
    return table


def _failed_table(group: Sequence[Finding], told: set[tuple[str, tuple[str, ...]]]) -> Any:
    """``told`` holds each check with its fix that was shown already: on the next target it is only named."""
    from rich.text import Text  # noqa: PLC0415 - heavy, and only needed in a terminal

    table = _table(("Target", 14), ("Not met", 26), ("Observed", 30), ("Fix", 30))
    previous = ""
    for finding in group:
        again = (finding.check, finding.fix) in told
        told.add((finding.check, finding.fix))
        what = Text.assemble(finding.title, "\n", (finding.check, "dim"))
        if finding.subjects:
            what.append("\n" + _subjects(finding.subjects), "bold")
        seen = Text(finding.observed)
        if not again:
            seen.append(f"\nexpected {_shortened(finding.expected)}", "dim")
        target = "" if finding.target == previous else Text(finding.target, "bold")
        table.add_row(target, what, seen, Text("as above", "dim") if again else _fix(finding.fix))
        previous = finding.target
    return table


def _shortened(expected: str) -> str:
    return expected if len(expected) <= MAXIMUM_EXPECTED else expected[: MAXIMUM_EXPECTED - 4] + " ..."


def _subjects(subjects: Sequence[str]) -> str:
    shown = ", ".join(subjects[:_SHOWN_SUBJECTS])
    more = len(subjects) - _SHOWN_SUBJECTS
    return f"{shown} and {more} more" if more > 0 else shown


def _fix(lines: Sequence[str]) -> Any:
    from rich.text import Text  # noqa: PLC0415 - heavy, and only needed in a terminal

    more = len(lines) - MAXIMUM_FIX_LINES
    shown = [*lines[:MAXIMUM_FIX_LINES], *([f"... and {more} more lines"] if more > 0 else [])]
    return Text("\n".join(shown), "green")


def _write_errors(console: Any, group: Sequence[Finding]) -> None:
    if not group:
        return
    from rich.text import Text  # noqa: PLC0415 - heavy, and only needed in a terminal

    reasons: dict[str, dict[str, set[str]]] = {}
    for finding in group:
        reasons.setdefault(finding.reason, {}).setdefault(finding.target, set()).add(finding.check)
    console.print(_heading(" ERROR ", STATUS_STYLES[Status.ERROR], f"{len(group)} could not be checked"))
    table = _table(("Target", 20), ("Checks", 22), ("Why", 58))
    for reason, targets in reasons.items():
        names = list(targets)
        which = _subjects(names) if len(names) >= _MANY else "\n".join(names)
        checks = sorted(set().union(*targets.values()))
        said = "\n".join(checks) if len(checks) < _MANY else f"{len(checks)} checks"
        table.add_row(Text(which, "bold"), said, Text(reason))
    console.print(table)


def _write_waived(console: Any, group: Sequence[Finding]) -> None:
    if not group:
        return
    console.print(_heading(" WAIVED ", STATUS_STYLES[Status.WAIVED], f"{len(group)} not met, but accepted for now"))
    table = _table(("Target", 20), ("Not met", 40), ("Observed", 40))
    for finding in group:
        table.add_row(finding.target, finding.title, finding.observed)
    console.print(table)
