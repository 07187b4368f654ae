"""``baseline schedule``: run checks by the clock, and see when they run and ran."""

import asyncio
import signal
from collections.abc import Coroutine
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import click
import msgspec

from baseline.cli.main import Settings
from baseline.cli.options import json_option
from baseline.cli.runs import local_time
from baseline.cli.table import write_table
from baseline.content.schedule_file import load_schedule
from baseline.models.schedule import Schedule
from baseline.store.slots import Slot
from baseline.store.store import Store

schedule_argument = click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))


@click.group()
def schedule() -> None:
    """Run checks by the clock, and tell people what changed.

    A schedule is a YAML file beside the inventory; see docs/schedule.md.
    """


@schedule.command()
@schedule_argument
@click.pass_obj
def run(settings: Settings, file: Path) -> None:
    """Keep the schedule in FILE, until stopped. `baseline serve --schedule FILE` does so too, with its web pages."""
    from baseline.schedule.keeping import Keeper  # noqa: PLC0415 - an extra

    kept = load_schedule(file)
    with Store.open(settings.store):
        pass  # a store that cannot be opened is told now, not in the night
    click.echo(f"Keeping {len(kept.jobs)} jobs; Ctrl-C stops.", err=True)
    asyncio.run(_until_stopped(Keeper(kept, settings.store).keep()))


async def _until_stopped(work: Coroutine[Any, Any, None]) -> None:
    task = asyncio.ensure_future(work)
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, task.cancel)
    try:
        await task
    except asyncio.CancelledError:
        click.echo("Stopped; what ran is stored, and is done again at the next start.", err=True)


@schedule.command("list")
@schedule_argument
@json_option
@click.pass_obj
def list_command(settings: Settings, file: Path, *, as_json: bool) -> None:
    """Show the jobs in FILE: when each runs next, and how it went last."""
    from baseline.schedule.moments import in_maintenance, next_start  # noqa: PLC0415 - an extra

    kept, now = load_schedule(file), datetime.now(UTC)
    with Store.open(settings.store) as store:
        last = {job.name: next(iter(store.schedule.slots(1, job.name)), None) for job in kept.jobs}
    starts = {job.name: next_start(job, now) for job in kept.jobs}
    if as_json:
        _print_json([{"job": job, "next": starts[job.name], "last": last[job.name]} for job in kept.jobs])
        return
    rows = [
        (job.name, job.cron, _at(starts[job.name], job.timezone), _last(last[job.name]), _selection(kept, job.name))
        for job in kept.jobs
    ]
    write_table(("Job", "Cron", "Next", "Last", "Checks"), rows, narrow=("Job", "Cron", "Next"))
    for window in in_maintenance(kept.maintenance, now):
        where = ", ".join(window.sites) or "everywhere"
        click.echo(f"Maintenance now, {where}: {window.name} ({window.reason})")


@schedule.command()
@click.option("--job", help="Only this job.")
@click.option("--limit", type=click.IntRange(1, 10_000), default=20, show_default=True, help="Moments to list.")
@json_option
@click.pass_obj
def history(settings: Settings, job: str | None, limit: int, *, as_json: bool) -> None:
    """List the latest moments of jobs: done, failed, missed or lost, and why."""
    with Store.open(settings.store, read_only=True) as store:
        slots = store.schedule.slots(limit, job)
    if as_json:
        _print_json(slots)
        return
    rows = [(slot.job, local_time(slot.due), slot.state, _took(slot), _code(slot), slot.reason) for slot in slots]
    write_table(("Job", "Due", "State", "Took", "Exit code", "Why"), rows, narrow=("Job", "Due", "State", "Took"))


def _print_json(document: object) -> None:
    click.echo(msgspec.json.format(msgspec.json.encode(document), indent=2))


def _at(moment: datetime, timezone: str) -> str:
    return f"{moment.astimezone(ZoneInfo(timezone)):%Y-%m-%d %H:%M:%S}"


def _last(slot: Slot | None) -> str:
    return "never" if slot is None else f"{slot.state} {local_time(slot.due)}"


def _took(slot: Slot) -> str:
    if slot.state == "missed" or slot.finished is None:
        return ""
    return f"{(slot.finished - slot.claimed).total_seconds():.0f} s"


def _code(slot: Slot) -> str:
    return "" if slot.exit_code is None else str(slot.exit_code)


def _selection(kept: Schedule, name: str) -> str:
    job = next(job for job in kept.jobs if job.name == name)
    chosen = {"checks": job.checks, "controls": job.controls, "tags": job.tags}
    chosen |= {"groups": job.groups, "sites": job.sites, "targets": job.targets}
    return "; ".join(f"{what} {', '.join(names)}" for what, names in chosen.items() if names) or "everything"
