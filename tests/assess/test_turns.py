"""Targets are asked in order, and no more than some at one site at once."""

import asyncio
from collections import Counter

import pytest

from baseline.assess.plan import TargetPlan
from baseline.assess.turns import Turns
from baseline.models.target import Target


def plans(*sites: str | None) -> list[TargetPlan]:
    return [
        TargetPlan(
            target=Target(name=f"sw-{number}", kind="network", platform="cisco_ios", site=site),
            checks=(),
            needs=frozenset(),
        )
        for number, site in enumerate(sites)
    ]


async def asked(waiting: list[TargetPlan], workers: int, per_site: int) -> tuple[list[str], Counter[str], int]:
    """Order of asking, the most that were busy at each site at once, and the most in all."""
    order, busy, most = [], Counter(), Counter()
    turns = Turns(waiting, per_site)

    async def work() -> None:
        async for plan in turns.each():
            site = plan.target.site or "-"
            order.append(plan.target.name)
            busy[site] += 1
            most[site] = max(most[site], busy[site])
            most["in all"] = max(most["in all"], busy.total())
            await asyncio.sleep(0.001)
            busy[site] -= 1

    async with asyncio.timeout(10), asyncio.TaskGroup() as group:
        for _ in range(workers):
            group.create_task(work())
    return order, most, most.pop("in all")


@pytest.mark.parametrize("per_site", [1, 2, 3])
def test_no_more_than_asked_are_busy_at_one_site_and_all_get_their_turn(per_site):
    waiting = plans(*["zwolle"] * 9, *["kampen"] * 3, None, None)
    order, most, together = asyncio.run(asked(waiting, workers=8, per_site=per_site))
    assert sorted(order) == sorted(plan.target.name for plan in waiting)
    assert most["zwolle"] == per_site
    assert most["kampen"] <= per_site
    assert together > per_site


def test_a_full_site_does_not_hold_up_the_others():
    order, _, _ = asyncio.run(asked(plans("zwolle", "zwolle", "zwolle", "kampen"), workers=2, per_site=1))
    assert order.index("sw-3") == 1


def test_without_a_limit_they_go_in_order():
    order, most, _ = asyncio.run(asked(plans(*["zwolle"] * 6), workers=3, per_site=0))
    assert order == [f"sw-{number}" for number in range(6)]
    assert most["zwolle"] == 3
