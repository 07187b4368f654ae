"""The scheduler: looks what is due, claims it in the store, runs it, and writes how it ended.

The store holds the truth. A scheduler that is killed leaves a claim that another finds dead; two schedulers on one store
never run the same moment, as only one of them gets the claim.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime
from typing import TypeVar

import msgspec

from baseline.models.errors import StoreError
from baseline.models.schedule import Job, Maintenance, Schedule
from baseline.schedule.child import Ended, command, run
from baseline.schedule.moments import due, in_maintenance
from baseline.store.slots import Slot, SlotState
from baseline.store.store import Store

TICK_SECONDS = 2.0
"""How often it is looked what is due."""

Clock = Callable[[], datetime]
Answer = TypeVar("Answer")

log = logging.getLogger(__name__)


def utc_now() -> datetime:
    """This moment, by the clock of this machine."""
    return datetime.now(UTC)


class Health(msgspec.Struct, kw_only=True):
    """How the scheduler itself is doing. ``store_errors`` counts times that the store did not answer."""

    last_look: datetime | None = None
    store_errors: int = 0
    last_store_error: str = ""


class Scheduler:
    """Runs the jobs of a schedule on the store at ``location``.

    ``after`` is awaited after every job that ended, with the job and how it ended.
    """

    def __init__(
        self,
        schedule: Schedule,
        location: str,
        after: Callable[[Job, Ended], Awaitable[None]] | None = None,
        clock: Clock = utc_now,
    ) -> None:
        self._schedule, self._location, self._after, self._clock = schedule, location, after, clock
        self._began = clock()
        self._running: dict[str, asyncio.Task[None]] = {}
        self.health = Health()

    async def settled(self) -> None:
        """Wait until no job runs."""
        await asyncio.gather(*self._running.values(), return_exceptions=True)

    async def keep(self) -> None:
        """Go on until cancelled; then runs are stopped, what they have is stored, and their claims are lost, not done."""
        try:
            while True:
                await self.look()
                await asyncio.sleep(TICK_SECONDS)
        finally:
            for task in self._running.values():
                task.cancel()
            await self.settled()

    async def look(self) -> None:
        """Start what is due. A store that does not answer is counted, told once, and asked again at the next look."""
        now = self._clock()
        self._began = min(self._began, now)
        try:
            starting = await asyncio.to_thread(self._claimed, now)
        except StoreError as error:
            self._store_failed(error)
            return
        self.health.last_look = now
        self.health.last_store_error = ""
        for job, moment in starting:
            self._running[job.name] = asyncio.create_task(self._run(job, moment, now))

    def _store_failed(self, error: StoreError) -> None:
        self.health.store_errors += 1
        if self.health.last_store_error != str(error):
            log.error("the schedule waits for its store: %s", error)
        self.health.last_store_error = str(error)

    def _claimed(self, now: datetime) -> list[tuple[Job, datetime]]:
        """Jobs that are due and that this scheduler got."""
        with Store.open(self._location) as store:
            lost = {slot.job: slot for slot in store.schedule.lost(now)}
            last = store.schedule.last_due(now)
            found = []
            for job in self._schedule.jobs:
                moment = self._moment(store, job, lost.get(job.name), last.get(job.name, self._began), now)
                if moment is not None and store.schedule.claim(job.name, moment, now):
                    found.append((job, moment))
            return found

    def _moment(self, store: Store, job: Job, lost: Slot | None, last: datetime, now: datetime) -> datetime | None:
        """The moment of a job that should run now, if any. What was missed on the way is written down."""
        task = self._running.get(job.name)
        if (task and not task.done()) or self._left_alone(job, now):
            return None
        what = due(job, last, now)
        if what.missed:
            reason = "the scheduler did not run, or the run before took too long"
            store.schedule.note_missed(job.name, what.missed, reason, now)
        return what.run or (lost.due if lost else None)

    def _left_alone(self, job: Job, now: datetime) -> bool:
        """Whether maintenance goes on everywhere that the job would look."""
        sites = {site for window in in_maintenance(self._schedule.maintenance, now) for site in window.sites or ("*",)}
        return "*" in sites or bool(job.sites and set(job.sites) <= sites)

    async def _run(self, job: Job, moment: datetime, now: datetime) -> None:
        skipped = skipped_sites(self._schedule.maintenance, job, now)
        words = command(self._schedule, job, skipped)
        try:
            ended = await run(words, self._location, job.limit_minutes * 60, lambda: self._beat(job, moment))
        except OSError as error:
            ended = Ended(exit_code=None, reason=f"cannot be started: {error.strerror or type(error).__name__}")
        state: SlotState = "failed" if ended.reason else "done"
        await self._patiently(
            lambda store: store.schedule.finish(
                job.name, moment, state, exit_code=ended.exit_code, reason=ended.reason, now=self._clock()
            )
        )
        if self._after is not None:
            await self._after(job, ended)

    async def _beat(self, job: Job, moment: datetime) -> None:
        try:
            await asyncio.to_thread(
                self._with_store, lambda store: store.schedule.beat(job.name, moment, self._clock())
            )
        except StoreError as error:
            self._store_failed(error)

    async def _patiently(self, work: Callable[[Store], None]) -> None:
        """Write something that must not be lost, for as long as the store does not take it."""
        while True:
            try:
                await asyncio.to_thread(self._with_store, work)
            except StoreError as error:
                self._store_failed(error)
                await asyncio.sleep(TICK_SECONDS)
            else:
                return

    def _with_store(self, work: Callable[[Store], None]) -> None:
        with Store.open(self._location) as store:
            work(store)


def skipped_sites(windows: Sequence[Maintenance], job: Job, now: datetime) -> list[tuple[str, str]]:
    """Sites at which maintenance goes on now, of those that a job looks at, with the reason."""
    return [
        (site, f"maintenance {window.name}: {window.reason}")
        for window in in_maintenance(windows, now)
        for site in window.sites
        if not job.sites or site in job.sites
    ]
