"""The schedule as a source of metrics, and as a part of the server."""

from collections import Counter
from collections.abc import Collection, Iterator
from datetime import datetime

from baseline.exporters.prometheus.family import Family, single, unix_seconds
from baseline.schedule.keeping import Keeper
from baseline.store.slots import Slot
from baseline.store.store import Store

LOOKED_AT = 100
"""Moments of each job that are looked through, newest first."""
STATES = ("running", "done", "failed", "missed", "lost")


class KeptSchedule:
    """Keeps the schedule for as long as the server runs."""

    name = "schedule"

    def __init__(self, keeper: Keeper) -> None:
        self._keeper = keeper

    async def run(self) -> None:
        """Run jobs, and tell people."""
        await self._keeper.keep()


class ScheduleSource:
    """How jobs went, whoever kept the schedule; with ``keeper``, how this server keeps it."""

    name = "schedule"

    def __init__(self, store: Store, keeper: Keeper | None = None) -> None:
        self._store, self._keeper = store, keeper

    def families(self) -> Iterator[Family]:
        """Metrics by job.

        Raises:
            StoreError: the store cannot be read.
        """
        by_job = {job: self._store.schedule.slots(LOOKED_AT, job) for job in sorted(self._jobs())}
        yield Family(
            name="baseline_job_due_timestamp_seconds",
            help="The latest moment at which a job was due.",
            labels=("job_name",),
            rows=[((job,), unix_seconds(slots[0].due)) for job, slots in by_job.items()],
        )
        yield Family(
            name="baseline_job_success_timestamp_seconds",
            help="When a job last ran to its end; 0: not among the latest moments.",
            labels=("job_name",),
            rows=[((job,), unix_seconds(_success(slots))) for job, slots in by_job.items()],
        )
        yield Family(
            name="baseline_job_state",
            help="How the latest moment of a job went.",
            labels=("job_name", "state"),
            rows=[((job, state), float(slots[0].state == state)) for job, slots in by_job.items() for state in STATES],
        )
        yield Family(
            name="baseline_job_moments",
            help="The latest moments of a job by how they went.",
            labels=("job_name", "state"),
            rows=[((job, state), number) for job, slots in by_job.items() for state, number in _counts(slots)],
        )
        if self._keeper is not None:
            yield from _health(self._keeper)

    def _jobs(self) -> Collection[str]:
        """Jobs and digests of the schedule that is kept here, else all: one taken out of it is not missed any more."""
        known = self._store.schedule.last_due().keys()
        return known if self._keeper is None else known & self._keeper.names


def _success(slots: list[Slot]) -> datetime | None:
    return next((slot.finished for slot in slots if slot.state == "done"), None)


def _counts(slots: list[Slot]) -> list[tuple[str, int]]:
    numbers: Counter[str] = Counter(slot.state for slot in slots)
    return [(state, numbers[state]) for state in STATES]


def _health(keeper: Keeper) -> Iterator[Family]:
    health = keeper.scheduler.health
    looked = "When the schedule last looked what is due; 0: never."
    yield single("baseline_schedule_look_timestamp_seconds", looked, unix_seconds(health.last_look))
    errors = "Times that the schedule could not use its store since the start."
    yield Family(
        name="baseline_schedule_store_errors_total", help=errors, type="counter", rows=[((), health.store_errors)]
    )
    untold = "Messages that did not get through since the start."
    yield Family(name="baseline_schedule_untold_total", help=untold, type="counter", rows=[((), keeper.untold)])
