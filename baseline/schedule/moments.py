"""When a job is due: moments of cron expressions, in a time zone that has summer time."""

import hashlib
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import msgspec

from baseline.models.schedule import Job, Maintenance

MOST_MISSED = 1000
"""Moments that are looked at after downtime; older ones are not even named."""
PUNCTUAL = timedelta(minutes=5)
"""A job that starts within this time of its moment, and its jitter, was not missed."""


class Due(msgspec.Struct, frozen=True, kw_only=True):
    """What is to be done for a job now: a moment to run, and moments that passed without a run."""

    run: datetime | None = None
    missed: tuple[datetime, ...] = ()


def moments(cron: str, timezone: str, after: datetime) -> Iterator[datetime]:
    """The moments of a cron expression after another moment, in UTC, for ever.

    In the night that clocks go forward, a moment that does not exist comes at the next hour; in the night that they go
    back, an hour that comes twice counts once, unless the expression says every hour.
    """
    from croniter import croniter  # noqa: PLC0415 - an extra, and slow to import

    each_hour = "*" in cron.split()[1]
    local = croniter(cron, after.astimezone(ZoneInfo(timezone)))
    while True:
        moment: datetime = local.get_next(datetime)
        if moment.fold and not each_hour:
            continue
        yield moment.astimezone(UTC)


def due(job: Job, last: datetime, now: datetime) -> Due:
    """What is to be done, when everything up to ``last`` was.

    Of several moments that passed only the newest runs, late, if the job catches up.
    """
    passed: list[datetime] = []
    for moment in moments(job.cron, job.timezone, last):
        if moment + delay(job, moment) > now:
            break
        passed = [*passed[-MOST_MISSED + 1 :], moment]
    if not passed:
        return Due()
    newest = passed[-1]
    late = now - newest > PUNCTUAL + timedelta(seconds=job.jitter_seconds)
    if late and not job.catch_up:
        return Due(missed=tuple(passed))
    return Due(run=newest, missed=tuple(passed[:-1]))


def next_start(job: Job, now: datetime) -> datetime:
    """When the job starts next, its jitter included."""
    moment = next(moments(job.cron, job.timezone, now))
    return moment + delay(job, moment)


def delay(job: Job, moment: datetime) -> timedelta:
    """How much later than its moment a job starts; the same for every scheduler that looks."""
    if not job.jitter_seconds:
        return timedelta(0)
    digest = hashlib.blake2b(f"{job.name} {moment.isoformat()}".encode(), digest_size=8).digest()
    return timedelta(seconds=int.from_bytes(digest) % (job.jitter_seconds + 1))


def in_maintenance(windows: Sequence[Maintenance], now: datetime) -> list[Maintenance]:
    """The windows that are open."""
    return [window for window in windows if _is_open(window, now)]


def _is_open(window: Maintenance, now: datetime) -> bool:
    length = timedelta(minutes=window.minutes)
    return next(moments(window.start, window.timezone, now - length)) <= now
