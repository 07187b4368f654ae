"""Everything that goes on by itself beside a store: jobs, what is told after them, and digests."""

import asyncio
import logging
from datetime import datetime

from baseline.models.errors import BaselineError
from baseline.models.schedule import Channel, Job, Schedule
from baseline.schedule.child import Ended
from baseline.schedule.moments import due
from baseline.schedule.scheduler import Clock, Scheduler, utc_now
from baseline.schedule.telling import Told, tell, tell_digest
from baseline.store.slots import SlotState
from baseline.store.store import Store

DIGEST_SECONDS = 15.0
"""How often it is looked whether a digest is due."""

log = logging.getLogger(__name__)


class Keeper:
    """Keeps a schedule on the store at ``location`` until it is cancelled. ``untold`` counts messages that did not get through."""

    def __init__(self, schedule: Schedule, location: str, clock: Clock = utc_now) -> None:
        self._schedule, self._location, self._clock = schedule, location, clock
        self._began = clock()
        self.scheduler = Scheduler(schedule, location, self._after, clock)
        self._telling = asyncio.Lock()
        self._owed: dict[str, tuple[datetime, SlotState, str]] = {}
        self.untold = 0

    @property
    def names(self) -> frozenset[str]:
        """Jobs, and digests as they are called among moments."""
        digests = (_digest_name(channel) for channel in self._schedule.channels if channel.digest)
        return frozenset({job.name for job in self._schedule.jobs}.union(digests))

    async def keep(self) -> None:
        """Run jobs and send digests, for ever."""
        async with asyncio.TaskGroup() as group:
            group.create_task(self.scheduler.keep())
            group.create_task(self._digests())

    async def _after(self, job: Job, ended: Ended) -> None:
        """Tell what a job brought; one job at a time, as the next must see what was told already."""
        try:
            async with self._telling:
                told = await asyncio.to_thread(self._tell, job, ended)
            self._count(told)
        except BaselineError as error:
            log.error("nobody was told about job %s: %s", job.name, error)  # noqa: TRY400 - the reason says it all
            self.untold += 1

    def _tell(self, job: Job, ended: Ended) -> Told:
        with Store.open(self._location) as store:
            return tell(store, self._schedule, job, ended.reason, self._clock())

    async def _digests(self) -> None:
        while True:
            for channel in self._schedule.channels:
                if channel.digest:
                    await self._digest(channel)
            await asyncio.sleep(DIGEST_SECONDS)

    async def _digest(self, channel: Channel) -> None:
        try:
            told = await asyncio.to_thread(self.send_due_digest, channel)
        except BaselineError as error:
            log.error("no digest for %s: %s", channel.name, error)  # noqa: TRY400 - the reason says it all
            self.untold += 1
        else:
            self._count(told)

    def send_due_digest(self, channel: Channel) -> Told:
        """Send a channel its digest when it is due and nobody else does."""
        now = self._clock()
        self._began = min(self._began, now)
        name = _digest_name(channel)
        job = Job(name=name, cron=channel.digest, timezone=channel.timezone)
        with Store.open(self._location) as store:
            self._settle(store, name)
            last: datetime = store.schedule.last_due(now).get(name, self._began)
            what = due(job, last, now)
            if what.run is None or not store.schedule.claim(name, what.run, now):
                return Told()
            try:
                told = tell_digest(store, self._schedule, channel, self._began, now)
            except BaselineError as error:
                self._owed[name] = what.run, "failed", str(error)
                raise
            reason = "; ".join(told.failures)
            self._owed[name] = what.run, "failed" if reason else "done", reason
            self._settle(store, name)
            return told

    def _settle(self, store: Store, name: str) -> None:
        """Write how a digest went, now or once the store takes it: one that seems to go on keeps the next one back."""
        if name in self._owed:
            due, state, reason = self._owed[name]
            store.schedule.finish(name, due, state, exit_code=None, reason=reason, now=self._clock())
            del self._owed[name]

    def _count(self, told: Told) -> None:
        self.untold += len(told.failures)


def _digest_name(channel: Channel) -> str:
    return f"digest:{channel.name}"
