"""What ``baseline check`` says at the end: findings, a summary per control, and how the run went."""

import shlex
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click
import msgspec

from baseline.assess.plan import Plan
from baseline.assess.run import RunSummary
from baseline.cli.findings import findings
from baseline.cli.findings_view import STATUS_STYLES, STATUS_WORDS, write_findings, write_findings_plain
from baseline.cli.run_results import RunResults
from baseline.cli.table import in_terminal
from baseline.content.catalogue import Catalogue
from baseline.models.check import Check
from baseline.models.result import Status
from baseline.store.records import PopulationEntry

MAXIMUM_ROWS = 60
"""Findings that are drawn in a terminal before the rest is only counted."""

LINE_END = "\n"

NO_RESULTS = '"results": []'
"""Where results belong in the document; a text in it cannot hold this, since JSON escapes quotes."""

MAXIMUM_NAMES = 50
"""Targets that one suggested command names."""


class RunReport(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that a run's report is made from. ``seconds`` is how long the run took.

    ``trust_command`` is how host keys of this inventory are accepted, to be completed with names of targets.
    """

    run: int
    summary: RunSummary
    plan: Plan
    catalogue: Catalogue
    results: RunResults
    population: list[PopulationEntry]
    seconds: float
    trust_command: str
    known_hosts: Path | None = None
    """The file of accepted SSH host keys, when one was named."""
    refused: frozenset[str] = frozenset()
    """Targets that could not be judged because of how they are described."""
    notes: tuple[str, ...] = ()
    """What a reader of the results must know."""


class ControlTotals(msgspec.Struct, frozen=True, kw_only=True):
    """Results of the checks mapped to one control, by status."""

    control: str
    title: str
    statuses: dict[Status, int]


def control_totals(
    numbers: Mapping[tuple[str, Status], int],
    checks: Mapping[str, Check],
    catalogue: Catalogue,
    norm: str | None = None,
) -> list[ControlTotals]:
    """Totals for each control that a result says something of, in the catalogue's order.

    ``numbers`` says how many results of a check have a status.
    """
    counts: dict[str, Counter[Status]] = {}
    for (name, status), number in numbers.items():
        check = checks.get(name)
        for control in check.controls if check else ():
            counts.setdefault(control, Counter())[status] += number
    return [
        ControlTotals(control=control.id, title=control.title, statuses=dict(counts[control.id]))
        for control in catalogue.controls.values()
        if control.id in counts and norm in (None, control.norm)
    ]


def write_report_json(report: RunReport) -> None:
    """Print the whole report as one JSON document; results are written one by one as they are read."""
    checks = {check.check.id: check.check for check in report.plan.checks}
    document = {
        "run": report.run,
        "seconds": round(report.seconds, 3),
        "summary": report.summary,
        "statuses": report.results.statuses,
        "controls": control_totals(report.results.numbers, checks, report.catalogue),
        "population": report.population,
        "notes": report.notes,
        "results": [],
    }
    head, _, tail = _indented(document).partition(NO_RESULTS)
    click.echo(f"{head}{NO_RESULTS[:-1]}", nl=False)
    separator = "\n"
    for result in report.results:
        click.echo(f"{separator}    {_indented(result).replace(LINE_END, LINE_END + '    ')}", nl=False)
        separator = ",\n"
    click.echo(f"{'' if separator == LINE_END else LINE_END + '  '}]{tail}")


def _indented(document: object) -> str:
    return msgspec.json.format(msgspec.json.encode(document, order="deterministic"), indent=2).decode()


def write_unstored(report: RunReport) -> None:
    """Print what was not stored on standard error, for who wants to see errors only."""
    for line in _unstored_lines(report.summary):
        click.secho(line, fg="red", err=True)


def write_report(report: RunReport) -> None:
    """Print the report for a person; tab-separated lines when nobody looks."""
    checks = {check.check.id: check.check for check in report.plan.checks}
    platforms = {target.name: target.platform for target in report.plan.population}
    found = findings(report.results.unmet(), checks, platforms)
    if not in_terminal():
        write_findings_plain(found)
        click.echo("\n".join(f"# {line}" for line in _closing_lines(report)))
        return
    from rich.console import Console  # noqa: PLC0415 - heavy, and only needed in a terminal

    console = Console(highlight=False)
    write_findings(console, found, MAXIMUM_ROWS)
    _write_controls(console, control_totals(report.results.numbers, checks, report.catalogue, "bio2"))
    for line in _closing_lines(report):
        console.print(line, markup=False)


def _write_controls(console: Any, totals: list[ControlTotals]) -> None:
    from rich import box  # noqa: PLC0415 - heavy, and only needed in a terminal
    from rich.table import Table  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    table = Table(box=box.SIMPLE_HEAD, header_style="bold", pad_edge=False, title="BIO2", title_justify="left")
    table.add_column("Control", no_wrap=True)
    table.add_column("Title", overflow="fold")
    shown = (Status.PASS, Status.FAIL, Status.ERROR, Status.WAIVED)
    for status in shown:
        table.add_column(STATUS_WORDS[status].replace("could not be checked", "error"), justify="right")
    for total in totals:
        cells = [
            Text(str(number), STATUS_STYLES[status]) if number else Text("-", "dim")
            for status in shown
            for number in [total.statuses.get(status, 0)]
        ]
        table.add_row(total.control, total.title, *cells)
    console.print(table)


def _judged_line(summary: RunSummary) -> str:
    judged, standing = summary.judged_checks, summary.unchanged_checks
    return f"{judged} checks judged, {standing} left standing: nothing that they read changed."


def _unstored_lines(summary: RunSummary) -> list[str]:
    lines = [f"NOT STORED: {target}: {reason}" for target, reason in list(summary.unstored.items())[:10]]
    return [*lines, "Go on when that is solved: baseline check --resume"] if lines else []


def _closing_lines(report: RunReport) -> list[str]:
    counts = report.results.statuses
    outcomes = Counter(entry.outcome for entry in report.population)
    statuses = ", ".join(f"{counts[status]} {STATUS_WORDS[status]}" for status in Status if counts[status])
    asked = outcomes["reached"] + outcomes["unreached"] + outcomes["planned"]
    lines = [
        f"Run {report.run}: {outcomes['reached']} of {asked} targets reached in {report.seconds:.1f} s"
        + (f", {outcomes['excluded']} excluded" if outcomes["excluded"] else "")
        + f". {counts.total()} results: {statuses or 'none'}.",
        *report.notes,
        _judged_line(report.summary),
    ]
    lines += _unstored_lines(report.summary)
    gone = [entry.target for entry in report.population if entry.outcome == "planned"]
    if gone and not report.summary.unstored:
        lines.append(f"NOT ASKED: {', '.join(gone[:10])}: left out of the inventory since the run began")
    strangers = [entry.target for entry in report.population if entry.code == "host_key_unknown"]
    if strangers:
        names = shlex.join(strangers[:MAXIMUM_NAMES])
        lines.append(f"Accept host keys, after comparing each with the device's own: {report.trust_command} {names}")
    worst = next((result for result in report.results.unmet() if result.status is not Status.WAIVED), None)
    if worst is not None:
        lines.append(f"The whole story of one: baseline show {worst.check} {worst.target}")
    return lines
