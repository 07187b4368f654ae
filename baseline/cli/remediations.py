"""``baseline remediations``: what was repaired, when, by whom and under which change ticket."""

import click
import msgspec

from baseline.cli.main import Settings
from baseline.cli.options import json_option
from baseline.cli.runs import local_time
from baseline.cli.table import write_pairs, write_table
from baseline.store.records import RemediationRecord
from baseline.store.store import Store


@click.command()
@click.argument("number", type=int, required=False)
@click.option("--limit", type=click.IntRange(1, 10_000), default=20, show_default=True, help="Remediations to list.")
@json_option
@click.pass_obj
def remediations(settings: Settings, number: int | None, limit: int, *, as_json: bool) -> None:
    """List remediations, newest first; with NUMBER, everything that one did."""
    with Store.open(settings.store, read_only=True) as store:
        records = store.remediations(limit) if number is None else [store.remediation(number)]
    if as_json:
        document = records if number is None else records[0]
        click.echo(msgspec.json.format(msgspec.json.encode(document, order="deterministic"), indent=2))
    elif number is None:
        write_table(("Number", "Started", "Status", "Ticket", "By", "Repairs", "Runs"), map(_row, records))
    else:
        write_pairs(_pairs(records[0]))


def _row(record: RemediationRecord) -> tuple[str, ...]:
    repairs = record.document.get("repairs")
    return (
        str(record.id),
        local_time(record.started),
        record.status,
        record.ticket,
        record.person,
        str(len(repairs)) if isinstance(repairs, list) else "",
        f"{record.run_before}, {record.run_after or '-'}",
    )


def _pairs(record: RemediationRecord) -> list[tuple[str, str]]:
    pairs = [
        ("Remediation", f"{record.id}: {record.status}"),
        ("Ticket", record.ticket),
        ("By", record.person),
        ("Started", local_time(record.started)),
        ("Runs", f"{record.run_before} before, {record.run_after or 'none'} after"),
    ]
    outcomes = record.document.get("outcomes")
    for outcome in outcomes if isinstance(outcomes, list) else ():
        if outcome["outcome"] != "ok":
            pairs.append(("Task", f"{outcome['target']}, {outcome['check']}: {outcome['task']}: {outcome['outcome']}"))
            pairs += [("Diff", line) for line in outcome["diff"].splitlines()]
    return pairs
