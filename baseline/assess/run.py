"""Runs an assessment: asks every target once, judges, and reports nothing as done before it is stored."""

import asyncio
import gc
import logging
from collections.abc import AsyncIterator, Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from typing import Protocol, TypeVar

import msgspec

from baseline.assess.outcome import judged_outcome, unreached_outcome
from baseline.assess.plan import TargetPlan
from baseline.assess.sealing import ask
from baseline.assess.turns import Turns
from baseline.assess.waive import Waivers
from baseline.collectors.interface import CollectSettings
from baseline.models.collection import Collection
from baseline.models.errors import CollectError, StoreError
from baseline.store.records import TargetOutcome
from baseline.store.store import Store

DEFAULT_CONCURRENCY = 20
"""Targets that are asked at the same time."""
GROUP_SIZE = 4
"""Outcomes that are at most stored in one transaction. Answers that wait for it are what a run's memory holds most of:
there is one fewer than this, and one more with each worker.
"""
HEARTBEAT_SECONDS = 30.0
GRACE_SECONDS = 5.0
"""What a target may take beyond the collector's own limit before it is given up."""

Answer = TypeVar("Answer")
Said = TypeVar("Said")

_Answered = tuple[TargetPlan, Collection | CollectError]
"""What was asked of a target, and what came back."""

log = logging.getLogger(__name__)


@asynccontextmanager
async def _settled_memory() -> AsyncIterator[None]:
    """What was there before a run stays to its end: the garbage collector does not look through it again and again."""
    gc.collect()
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


class Progress(Protocol):
    """Is told what happens, for a person who waits."""

    def asked(self, target: str) -> None:
        """A target is being asked."""

    def stored(self, outcome: TargetOutcome) -> None:
        """A target's results are in the store."""


class RunSummary(msgspec.Struct, kw_only=True):
    """How a run went. ``unstored`` maps targets to why their results are not in the store."""

    run: int
    reached: int = 0
    unreached: int = 0
    judged_checks: int = 0
    unchanged_checks: int = 0
    round_trips: int = 0
    unstored: dict[str, str] = {}


class Assessment:
    """One run over planned targets: at most ``concurrency`` at once, and ``site_concurrency`` at one site (0: no limit).

    ``store`` is used from a single thread of its own while the run goes on.
    """

    def __init__(
        self,
        store: Store,
        run: int,
        waivers: Waivers,
        settings: CollectSettings,
        progress: Progress,
        concurrency: int = DEFAULT_CONCURRENCY,
        site_concurrency: int = 0,
    ) -> None:
        self._store, self._run, self._waivers = store, run, waivers
        self._settings, self._progress, self._concurrency = settings, progress, concurrency
        self._site_concurrency = site_concurrency
        self._queue: asyncio.Queue[_Answered | None] = asyncio.Queue(GROUP_SIZE - 1)
        self._store_thread = ThreadPoolExecutor(1, thread_name_prefix="store")
        self.summary = RunSummary(run=run)

    async def assess(self, plans: tuple[TargetPlan, ...]) -> RunSummary:
        """Ask and judge every target. Cancelling stores what was answered so far, then raises CancelledError."""
        turns = Turns(plans, self._site_concurrency)
        async with _settled_memory(), self._writing(), asyncio.TaskGroup() as workers:
            for _ in range(min(self._concurrency, len(plans))):
                workers.create_task(self._worker(turns))
        return self.summary

    @asynccontextmanager
    async def _writing(self) -> AsyncIterator[None]:
        writer = asyncio.create_task(self._write())
        beat = asyncio.create_task(self._heartbeat())
        try:
            yield
        finally:
            beat.cancel()
            await asyncio.shield(self._queue.put(None))
            await asyncio.shield(writer)
            self._store_thread.shutdown()

    async def _worker(self, turns: Turns) -> None:
        async for plan in turns.each():
            self._tell(self._progress.asked, plan.target.name)
            await self._queue.put((plan, await self._ask(plan)))

    def _tell(self, say: Callable[[Said], None], what: Said) -> None:
        """A terminal that is gone stops nothing: what is answered is stored all the same."""
        try:
            say(what)
        except Exception:
            log.debug("progress could not be shown", exc_info=True)

    async def _ask(self, plan: TargetPlan) -> Collection | CollectError:
        limit = self._settings.timeout_seconds + GRACE_SECONDS
        try:
            async with asyncio.timeout(limit):
                return await ask(plan.target, plan.needs, self._settings)
        except CollectError as error:
            return error
        except TimeoutError:
            return CollectError("timeout", f"did not finish within {limit:.0f} seconds")
        except Exception as error:
            log.debug("collecting from %s failed", plan.target.name, exc_info=True)
            return CollectError("internal", f"the collector failed: {type(error).__name__}", "run with --debug")

    async def _write(self) -> None:
        while (group := await self._next_group()) is not None:
            try:
                outcomes = await self._stored(group)
            except StoreError as error:
                self._give_up(group, str(error))
            except Exception as error:  # one bad group never stops the rest
                log.exception("storing failed")
                self._give_up(group, f"storing failed: {type(error).__name__}")
            else:
                for outcome in outcomes:
                    self._count(outcome)
                    self._tell(self._progress.stored, outcome)

    async def _stored(self, group: list[_Answered]) -> list[TargetOutcome]:
        """Judge what changed since it was judged last, and store it; all of it where another run came in between."""
        names = [plan.target.name for plan, _ in group]
        keys = await self._in_store_thread(lambda: self._store.judge_keys(names))
        outcomes = [await self._judged(plan, answer, keys[plan.target.name]) for plan, answer in group]
        refused = await self._record(outcomes)
        again = [await self._judged(plan, answer, {}) for plan, answer in group if plan.target.name in refused]
        await self._record(again)
        return [outcome for outcome in outcomes if outcome.target not in refused] + again

    def _give_up(self, group: list[_Answered], reason: str) -> None:
        self.summary.unstored |= dict.fromkeys((plan.target.name for plan, _ in group), reason)

    async def _next_group(self) -> list[_Answered] | None:
        first = await self._queue.get()
        if first is None:
            return None
        group = [first]
        while len(group) < GROUP_SIZE and not self._queue.empty():
            following = self._queue.get_nowait()
            if following is None:
                self._queue.put_nowait(None)
                break
            group.append(following)
        return group

    async def _judged(
        self, plan: TargetPlan, answer: Collection | CollectError, standing: Mapping[str, str]
    ) -> TargetOutcome:
        """Judge one target, and let those that are being asked go on before the next."""
        await asyncio.sleep(0)
        if isinstance(answer, CollectError):
            return unreached_outcome(plan, answer, standing)
        try:
            return judged_outcome(plan, answer, standing, self._waivers)
        except Exception as error:
            log.exception("judging %s failed", plan.target.name)
            failure = CollectError("internal", f"judging failed: {type(error).__name__}", "run with --debug")
            return unreached_outcome(plan, failure, standing)

    async def _record(self, outcomes: list[TargetOutcome]) -> frozenset[str]:
        if not outcomes:
            return frozenset()
        return await self._in_store_thread(lambda: self._store.record_targets(self._run, outcomes))

    def _count(self, outcome: TargetOutcome) -> None:
        summary = self.summary
        if outcome.unreached is None:
            summary.reached += 1
            summary.judged_checks += len(outcome.judged)
            summary.unchanged_checks += len(outcome.unchanged)
            summary.round_trips += outcome.round_trips
        else:
            summary.unreached += 1

    async def _heartbeat(self) -> None:
        while True:
            await asyncio.sleep(HEARTBEAT_SECONDS)
            try:
                await self._in_store_thread(lambda: self._store.heartbeat(self._run))
            except StoreError:
                log.warning("the store did not take a sign of life", exc_info=True)

    async def _in_store_thread(self, work: Callable[[], Answer]) -> Answer:
        return await asyncio.get_running_loop().run_in_executor(self._store_thread, work)
