"""``baseline runs``: which runs there were, and what each reached."""

from datetime import datetime

import click
import msgspec

from baseline.cli.main import Settings
from baseline.cli.options import json_option
from baseline.cli.table import write_table
from baseline.models.result import Status
from baseline.store.records import PopulationEntry, RunRecord
from baseline.store.store import Store


@click.command()
@click.argument("run", type=int, required=False)
@click.option("--limit", type=click.IntRange(1, 10_000), default=20, show_default=True, help="Runs to list.")
@json_option
@click.pass_obj
def runs(settings: Settings, run: int | None, limit: int, *, as_json: bool) -> None:
    """List runs, newest first; with RUN, every target of that run and how it went."""
    with Store.open(settings.store, read_only=True) as store:
        if run is None:
            _write_runs(store.runs(limit), as_json=as_json)
        else:
            store.run(run)
            _write_population(list(store.population(run)), as_json=as_json)


def _write_runs(records: list[RunRecord], *, as_json: bool) -> None:
    if as_json:
        _print_json(records)
        return
    rows = [_run_row(record) for record in records]
    columns = ("Run", "Started", "Took", "Status", "Reached", "Met", "Not met", "Errors", "Waived")
    write_table(columns, rows, narrow=columns)


def _run_row(record: RunRecord) -> tuple[str, ...]:
    counts = record.counts
    took = f"{(record.finished - record.started).total_seconds():.1f} s" if record.finished else ""
    if counts is None:
        return (str(record.id), local_time(record.started), took, record.status, "", "", "", "", "")
    asked = counts.reached + counts.unreached + counts.planned
    numbers = (
        str(counts.statuses.get(status, 0)) for status in (Status.PASS, Status.FAIL, Status.ERROR, Status.WAIVED)
    )
    return (
        str(record.id),
        local_time(record.started),
        took,
        record.status,
        f"{counts.reached} of {asked}",
        *numbers,
    )


def _write_population(entries: list[PopulationEntry], *, as_json: bool) -> None:
    if as_json:
        _print_json(entries)
        return
    rows = [
        (
            entry.target,
            "not assessed" if entry.outcome == "planned" else entry.outcome,
            f"{entry.duration_seconds:.2f} s" if entry.duration_seconds else "",
            str(entry.round_trips or ""),
            "unchanged" if entry.unchanged else str(entry.judged or ""),
            entry.reason,
        )
        for entry in entries
    ]
    write_table(("Target", "Outcome", "Took", "Round trips", "Judged", "Why"), rows, narrow=("Target", "Outcome"))


def local_time(moment: datetime) -> str:
    """A moment in this machine's time zone."""
    return moment.astimezone().strftime("%Y-%m-%d %H:%M:%S")


def _print_json(document: object) -> None:
    click.echo(msgspec.json.format(msgspec.json.encode(document, order="deterministic"), indent=2))
