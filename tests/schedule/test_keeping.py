"""What the keeper of a schedule does when something under it fails: it is written down, and comes again."""

import asyncio
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from baseline.models.errors import BaselineError
from baseline.models.schedule import Channel, Job, Schedule, Webhook
from baseline.schedule.child import Ended
from baseline.schedule.keeping import Keeper
from baseline.schedule.scheduler import Scheduler
from baseline.store.store import Store
from tests.schedule.test_telling import JOB, drifted, schedule

MORNING = datetime(2026, 3, 2, 7, tzinfo=UTC)


def test_a_digest_that_could_not_be_made_does_not_keep_the_next_one_back(fleet, posts, tmp_path):
    drifted(fleet)
    channel = Channel(name="beheer", means=Webhook(url=posts.url), digest="0 7 * * *", timezone="UTC")
    clock = [MORNING - timedelta(minutes=1)]
    keeper = Keeper(
        Schedule(inventories=(), jobs=(), channels=(channel,)), fleet.store._database.place, lambda: clock[0]
    )
    key = Path(tmp_path, ".config", "baseline", "pseudonyms.key")
    key.parent.mkdir(parents=True, mode=0o700)
    key.write_text("no key")
    clock[0] = MORNING
    with pytest.raises(BaselineError, match="pseudonyms"):
        keeper.send_due_digest(channel)
    key.unlink()
    clock[0] = MORNING + timedelta(days=1)
    assert keeper.send_due_digest(channel).sent == 1
    assert [(slot.state, "pseudonyms" in slot.reason) for slot in fleet.store.schedule.slots()] == [
        ("done", False),
        ("failed", True),
    ]


def test_two_jobs_that_end_together_tell_what_is_new_once(fleet, posts):
    drifted(fleet)
    keeper = Keeper(schedule(Webhook(url=posts.url)), fleet.store._database.place)
    ended = Ended(exit_code=1)

    async def end_all() -> None:
        await asyncio.gather(*(keeper._after(Job(name=name, cron=JOB.cron), ended) for name in ("one", "two", "three")))

    asyncio.run(end_all())
    assert [each["state"] for each in posts.taken] == ["standing"]


def test_a_run_that_cannot_be_begun_fails_with_the_reason(fleet, monkeypatch, tmp_path):
    """As when the program was replaced by an update while the server goes on."""
    clock = [MORNING - timedelta(minutes=1)]
    job = Job(name="nightly", cron="0 7 * * *", timezone="UTC")
    place = fleet.store._database.place
    scheduler = Scheduler(Schedule(inventories=(), jobs=(job,)), place, clock=lambda: clock[0])
    monkeypatch.setattr(sys, "executable", str(tmp_path / "gone"))

    async def live() -> None:
        clock[0] = MORNING
        await scheduler.look()
        await scheduler.settled()

    asyncio.run(live())
    with Store.open(place) as store:
        (slot,) = store.schedule.slots()
    assert (slot.state, slot.reason) == ("failed", "cannot be started: No such file or directory")


def test_a_clock_that_was_years_ahead_keeps_no_digest_back(fleet, posts):
    channel = Channel(name="beheer", means=Webhook(url=posts.url), digest="0 7 * * *", timezone="UTC")
    clock = [MORNING + timedelta(days=3650, hours=-1)]
    keeper = Keeper(
        Schedule(inventories=(), jobs=(), channels=(channel,)), fleet.store._database.place, lambda: clock[0]
    )
    sent = []
    for moment in (MORNING + timedelta(days=3650), MORNING, MORNING + timedelta(days=1), MORNING + timedelta(days=1)):
        clock[0] = moment
        sent.append(keeper.send_due_digest(channel).sent)
    assert sent == [1, 0, 1, 0]
