"""What changes from one answer to the next: the time, and who is logged in."""

from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


class Login(msgspec.Struct, frozen=True):
    """One session on the device. ``line`` is its vty number."""

    line: int
    user: str
    address: str


class Moment(msgspec.Struct, frozen=True, kw_only=True):
    """The circumstances of one answer. ``up_seconds`` counts from the start of the lab; ``own_line`` is the asker's vty."""

    now: datetime
    up_seconds: float = 0.0
    logins: tuple[Login, ...] = ()
    own_line: int = 0
    privilege: int = 15


def local_now() -> datetime:
    """The time in the Netherlands, or one hour east of UTC where time zone data is not installed."""
    try:
        return datetime.now(ZoneInfo("Europe/Amsterdam"))
    except ZoneInfoNotFoundError:
        return datetime.now(UTC).astimezone(timezone(timedelta(hours=1), "CET"))


def long_date(moment: datetime, zone: str | None = None) -> str:
    """Time and date as IOS writes them: ``09:14:27 CEST Tue Sep 1 2026``; never in the language of the locale."""
    day, month = DAYS[moment.weekday()], MONTHS[moment.month - 1]
    return f"{moment:%H:%M:%S} {zone or moment.tzname() or 'CET'} {day} {month} {moment.day} {moment.year}"


def duration(seconds: float) -> str:
    """Time since a start as IOS writes it: ``3 weeks, 1 day, 2 hours, 5 minutes``."""
    minutes = int(seconds) // 60
    parts: list[str] = []
    for name, size in (("year", 525_600), ("week", 10_080), ("day", 1_440), ("hour", 60), ("minute", 1)):
        amount, minutes = divmod(minutes, size)
        if amount or (name == "minute" and not parts):
            parts.append(f"{amount} {name}{'' if amount == 1 else 's'}")
    return ", ".join(parts)
