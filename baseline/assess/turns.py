"""Who is asked next: targets in order, but no more than some at one site at the same time."""

import asyncio
from collections import Counter, deque
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager

from baseline.assess.plan import TargetPlan


class Turns:
    """Hands out plans to workers. ``per_site`` is how many at one site may be busy at once; 0 does not limit.

    A target without a site is limited by nothing.
    """

    def __init__(self, plans: Iterable[TargetPlan], per_site: int = 0) -> None:
        self._waiting = deque(plans)
        self._per_site = per_site
        self._busy: Counter[str] = Counter()
        self._freed = asyncio.Condition()

    async def each(self) -> AsyncIterator[TargetPlan]:
        """The plans that one worker gets; it has a plan until it asks for the next."""
        while (plan := await self._next()) is not None:
            async with self._busy_with(plan):
                yield plan

    async def _next(self) -> TargetPlan | None:
        async with self._freed:
            while self._waiting:
                for _ in range(len(self._waiting)):
                    plan = self._waiting.popleft()
                    if self._has_room(plan):
                        self._busy[plan.target.site or ""] += 1
                        return plan
                    self._waiting.append(plan)
                await self._freed.wait()
        return None

    def _has_room(self, plan: TargetPlan) -> bool:
        site = plan.target.site or ""
        return not self._per_site or not site or self._busy[site] < self._per_site

    @asynccontextmanager
    async def _busy_with(self, plan: TargetPlan) -> AsyncIterator[None]:
        try:
            yield
        finally:
            async with self._freed:
                self._busy[plan.target.site or ""] -= 1
                self._freed.notify_all()
