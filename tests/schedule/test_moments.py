"""When jobs are due: in summer and winter time, after downtime, and when the clock jumps."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baseline.models.schedule import Job, Maintenance
from baseline.schedule.moments import delay, due, in_maintenance, moments, next_start

NIGHTLY = Job(name="nightly", cron="30 2 * * *")
HOURLY = Job(name="hourly", cron="0 * * * *")


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)


def first(cron: str, after: datetime, number: int) -> list[datetime]:
    found = moments(cron, "Europe/Amsterdam", after)
    return [next(found) for _ in range(number)]


def test_a_job_that_did_not_come_up_is_not_due():
    assert due(NIGHTLY, utc(2026, 3, 2, 1, 30), utc(2026, 3, 2, 23)).run is None


def test_a_job_is_due_at_its_local_time():
    assert due(NIGHTLY, utc(2026, 3, 1, 2), utc(2026, 3, 2, 1, 30)).run == utc(2026, 3, 2, 1, 30)


def test_the_night_that_clocks_go_forward_has_its_run():
    assert first("30 2 * * *", utc(2026, 3, 28, 2), 2) == [utc(2026, 3, 29, 1), utc(2026, 3, 30, 0, 30)]


def test_the_night_that_clocks_go_back_has_one_run():
    assert first("30 2 * * *", utc(2026, 10, 24, 2), 2) == [utc(2026, 10, 25, 0, 30), utc(2026, 10, 26, 1, 30)]


def test_every_hour_is_every_hour_also_when_clocks_go_back():
    found = first("0 * * * *", utc(2026, 10, 24, 20), 8)
    assert {later - sooner for sooner, later in pairwise(found)} == {timedelta(hours=1)}


def test_after_downtime_only_the_newest_runs_and_the_others_are_missed():
    what = due(HOURLY, utc(2026, 3, 2, 0), utc(2026, 3, 2, 5, 30))
    assert what.run == utc(2026, 3, 2, 5)
    assert what.missed == tuple(utc(2026, 3, 2, hour) for hour in range(1, 5))


def test_a_job_that_does_not_catch_up_waits_for_its_next_moment():
    calm = Job(name="hourly", cron="0 * * * *", catch_up=False)
    what = due(calm, utc(2026, 3, 2, 0), utc(2026, 3, 2, 5, 30))
    assert (what.run, len(what.missed)) == (None, 5)
    assert due(calm, utc(2026, 3, 2, 4), utc(2026, 3, 2, 5, 1)).run == utc(2026, 3, 2, 5)


def test_a_clock_that_jumps_back_runs_nothing_twice():
    assert due(HOURLY, utc(2026, 3, 2, 5), utc(2026, 3, 2, 3)).run is None


@pytest.mark.slow
def test_a_clock_that_jumps_a_year_ahead_is_bounded():
    what = due(Job(name="often", cron="* * * * *"), utc(2026, 1, 1), utc(2026, 3, 1))
    assert what.run == utc(2026, 3, 1)
    assert len(what.missed) == 999


def test_jitter_is_the_same_for_every_scheduler_and_within_its_bound():
    job = Job(name="nightly", cron="0 * * * *", jitter_seconds=600)
    delays = {delay(job, utc(2026, 3, day, hour)) for day in range(1, 8) for hour in range(24)}
    assert max(delays) <= timedelta(minutes=10)
    assert len(delays) > 100
    assert delay(job, utc(2026, 3, 1)) == delay(
        Job(name="nightly", cron="5 5 * * *", jitter_seconds=600), utc(2026, 3, 1)
    )
    start = next_start(job, utc(2026, 3, 1, 0, 30))
    assert due(job, utc(2026, 3, 1, 0, 30), start - timedelta(seconds=1)).run is None
    assert due(job, utc(2026, 3, 1, 0, 30), start).run == utc(2026, 3, 1, 1)


@given(st.integers(0, 365 * 86_400), st.lists(st.integers(1, 200_000), max_size=20))
def test_every_moment_is_run_or_missed_once_however_often_it_is_looked(second, steps):
    start = last = now = utc(2026, 1, 1) + timedelta(seconds=second)
    handled = []
    for step in steps:
        now += timedelta(seconds=step)
        what = due(NIGHTLY, last, now)
        handled += [*what.missed, *([what.run] if what.run else [])]
        last = handled[-1] if handled else last
    expected = []
    for moment in moments(NIGHTLY.cron, NIGHTLY.timezone, start):
        if moment > now:
            break
        expected.append(moment)
    assert handled == expected


def test_maintenance_is_open_from_its_start_for_its_minutes():
    window = Maintenance(name="patches", start="0 22 * * 2", minutes=240, reason="patch night", sites=("zwolle",))
    tuesday = utc(2026, 3, 3, 21)
    assert in_maintenance([window], tuesday - timedelta(seconds=1)) == []
    assert in_maintenance([window], tuesday) == [window]
    assert in_maintenance([window], tuesday + timedelta(minutes=239)) == [window]
    assert in_maintenance([window], tuesday + timedelta(minutes=241)) == []
