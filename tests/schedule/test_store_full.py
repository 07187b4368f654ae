"""A store that is full: nothing is written off, it is said and counted, and it goes on once there is room."""

import asyncio
import contextlib
from datetime import UTC, datetime, timedelta

import pytest

from baseline.models.schedule import Job, Schedule
from baseline.schedule.scheduler import Scheduler
from baseline.store.store import Store
from tests.store.test_disk_full import small_disk

__all__ = ["small_disk"]

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def fill(path) -> None:
    """Leave no room on the disk."""
    with path.open("wb", buffering=0) as stream, contextlib.suppress(OSError):
        while stream.write(b"x" * 512):
            pass


@pytest.mark.slow
def test_a_full_store_is_told_and_counted_and_the_run_comes_once_there_is_room(small_disk, tmp_path):
    place, filler = small_disk / "store.db", small_disk / "filler"
    Store.open(place).close()
    schedule = Schedule(inventories=(str(tmp_path / "gone.yml"),), jobs=(Job(name="hourly", cron="0 * * * *"),))
    clock = [NOON - timedelta(minutes=1)]
    scheduler = Scheduler(schedule, str(place), clock=lambda: clock[0])

    async def live() -> list[tuple[str, datetime]]:
        fill(filler)
        clock[0] = NOON + timedelta(seconds=1)
        for _ in range(3):
            await scheduler.look()
        assert scheduler.health.store_errors == 3
        assert "full" in scheduler.health.last_store_error
        filler.unlink()
        for _ in range(3):
            await scheduler.look()
        await scheduler.settled()
        with Store.open(place) as store:
            return [(slot.state, slot.due) for slot in store.schedule.slots()]

    found = asyncio.run(asyncio.wait_for(live(), 60))
    assert found == [("failed", NOON)]
    assert (scheduler.health.store_errors, scheduler.health.last_store_error) == (3, "")
