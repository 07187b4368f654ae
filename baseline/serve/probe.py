"""Asks one target on demand and tells what it found (https://prometheus.io/docs/guides/multi-target-exporter/)."""

import asyncio
import math
import time
from collections import Counter
from collections.abc import Callable, Iterator

import msgspec

from baseline.assess.outcome import judged_outcome
from baseline.assess.plan import TargetPlan
from baseline.assess.sealing import ask
from baseline.assess.waive import Waivers
from baseline.collectors.interface import CollectSettings
from baseline.content.inventory import Secrets
from baseline.exporters.prometheus.collecting import Exposition
from baseline.exporters.prometheus.family import Family, single
from baseline.exporters.prometheus.tally import SEVERITIES, STATUSES
from baseline.models.errors import BaselineError, CollectError
from baseline.models.result import Result
from baseline.serve.content import Loaded

AT_ONCE = 10
"""Targets that are probed at a time."""
RESERVE_SECONDS = 0.5
"""What is left of the time that Prometheus waits, for judging and answering; the same as blackbox_exporter's."""
LEAST_SECONDS, MOST_SECONDS = 1.0, 300.0


class ProbeRefusedError(BaselineError):
    """A probe that is not done; ``status`` is of HTTP."""

    def __init__(self, message: str, status: int) -> None:
        self.status = status
        super().__init__(message)


class Probed(msgspec.Struct, frozen=True, kw_only=True):
    """What came of it. Is a source of metrics."""

    target: str
    seconds: float
    results: tuple[Result, ...] = ()
    failure: str = ""
    name: str = "probe"

    def families(self) -> Iterator[Family]:
        """Success, duration, and every result."""
        yield single("probe_success", "Whether the target answered.", float(not self.failure))
        yield single("probe_duration_seconds", "How long asking and judging took.", self.seconds)
        yield Family(
            name="baseline_probe_failure_info",
            help="Why the target did not answer.",
            labels=("code",),
            rows=[((self.failure,), 1)] if self.failure else [],
        )
        numbers = Counter((each.severity.value, each.status.value) for each in self.results)
        yield Family(
            name="baseline_probe_results",
            help="Results of this probe.",
            labels=("severity", "status"),
            rows=[((one, two), numbers[one, two]) for one in SEVERITIES for two in STATUSES] if self.results else [],
        )
        checks = Counter((each.check, each.severity.value, each.status.value) for each in self.results)
        yield Family(
            name="baseline_probe_check_results",
            help="Results of this probe by check.",
            labels=("check", "severity", "status"),
            rows=sorted(checks.items()),
        )


class Prober:
    """Probes targets of the inventory, each at most once at a time. Nothing is stored."""

    def __init__(self, loaded: Callable[[], Loaded], settings: CollectSettings) -> None:
        self._loaded, self._settings = loaded, settings
        self._busy: set[str] = set()

    async def probe(self, target: str, waits_seconds: float | None) -> bytes:
        """Ask a target and tell what it says, as text; ``waits_seconds`` is how long the caller waits.

        Raises:
            ProbeRefusedError: there is no such target, it is excluded, or is being probed, or too many are.
        """
        loaded = self._loaded()
        plan = _plan(loaded, target)
        if target in self._busy:
            raise ProbeRefusedError(f"{target} is being probed already", 429)
        if len(self._busy) >= AT_ONCE:
            raise ProbeRefusedError(f"{AT_ONCE} targets are being probed already", 503)
        self._busy.add(target)
        try:
            return Exposition([await self._probed(plan, loaded, self._limit(waits_seconds))]).text()
        finally:
            self._busy.discard(target)

    def _limit(self, waits_seconds: float | None) -> float:
        if waits_seconds is None or not math.isfinite(waits_seconds):
            return self._settings.timeout_seconds
        return min(max(waits_seconds - RESERVE_SECONDS, LEAST_SECONDS), MOST_SECONDS)

    async def _probed(self, plan: TargetPlan, loaded: Loaded, limit: float) -> Probed:
        started = time.perf_counter()
        name = plan.target.name
        try:
            async with asyncio.timeout(limit):
                results = await self._results(plan, loaded, limit)
        except CollectError as error:
            return Probed(target=name, seconds=time.perf_counter() - started, failure=error.code)
        except TimeoutError:
            return Probed(target=name, seconds=time.perf_counter() - started, failure="timeout")
        return Probed(target=name, seconds=time.perf_counter() - started, results=results)

    async def _results(self, plan: TargetPlan, loaded: Loaded, limit: float) -> tuple[Result, ...]:
        if loaded.inventory is None:
            raise ProbeRefusedError("probing needs an inventory", 404)
        with Secrets(loaded.inventory) as secrets:
            settings = msgspec.structs.replace(self._settings, secret=secrets, timeout_seconds=limit)
            collected = await ask(plan.target, plan.needs, settings)
        waivers = Waivers.today(loaded.waivers)
        outcome = await asyncio.to_thread(judged_outcome, plan, collected, {}, waivers)
        return outcome.results


def _plan(loaded: Loaded, target: str) -> TargetPlan:
    plan = loaded.plan
    found = next((each for each in plan.targets if each.target.name == target), None) if plan else None
    if found is None:
        excluded = next((each.excluded for each in plan.population if each.name == target), None) if plan else None
        raise ProbeRefusedError(
            f"excluded: {excluded}" if excluded else "there is no such target in the inventory", 404
        )
    return found
