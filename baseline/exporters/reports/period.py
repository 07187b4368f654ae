"""The period that a report is about."""

import re
from datetime import UTC, date, datetime, time, timedelta

import msgspec

from baseline.models.errors import BaselineError

_QUARTER = re.compile(r"(\d{4})-?[QqKk]([1-4])")
_MONTH = re.compile(r"(\d{4})-(\d{2})")
_YEAR = re.compile(r"\d{4}")
_RANGE = re.compile(r"(\d{4}-\d{2}-\d{2})(?:/|\.\.)(\d{4}-\d{2}-\d{2})")


class PeriodError(BaselineError):
    """A period that cannot be understood."""

    def __init__(self, text: str) -> None:
        super().__init__(f"'{text[:40]}' is not a period; write 2026, 2026-Q3, 2026-07 or 2026-07-01/2026-09-30")


class ReportPeriod(msgspec.Struct, frozen=True):
    """Whole days in UTC, ``first`` and ``last`` included."""

    name: str
    first: date
    last: date

    @property
    def begins(self) -> datetime:
        """The first moment of the first day."""
        return datetime.combine(self.first, time(), UTC)

    @property
    def ends(self) -> datetime:
        """The first moment after the last day."""
        return datetime.combine(self.last + timedelta(days=1), time(), UTC)

    def until(self, day: date) -> "ReportPeriod":
        """The part of the period up to and including a day.

        Raises:
            PeriodError: it begins after that day.
        """
        if day < self.first:
            raise BaselineError(f"period {self.name} begins on {self.first}, after the day of the report ({day})")
        return msgspec.structs.replace(self, last=min(self.last, day))

    def part(self, moment: datetime) -> float:
        """Where a moment lies: 0 at the beginning, 1 at the end; never outside."""
        return min(1.0, max(0.0, (moment - self.begins) / (self.ends - self.begins)))

    def month_starts(self) -> list[date]:
        """The first day of each month that begins within the period."""
        months = range(self.first.year * 12 + self.first.month - 1, self.last.year * 12 + self.last.month)
        starts = [date(month // 12, month % 12 + 1, 1) for month in months]
        return [start for start in starts if start >= self.first]


def parse_period(text: str) -> ReportPeriod:
    """The period that a person means: a year, a quarter, a month, or a first and a last day.

    Raises:
        PeriodError: it is none of these, or ends before it begins.
    """
    wanted = text.strip()
    try:
        first, last = _days(wanted)
    except ValueError:
        raise PeriodError(text) from None
    if last < first:
        raise PeriodError(text)
    return ReportPeriod(wanted.upper().replace("K", "Q"), first, last)


def _days(text: str) -> tuple[date, date]:
    if found := _QUARTER.fullmatch(text):
        year, quarter = int(found[1]), int(found[2])
        return date(year, quarter * 3 - 2, 1), _month_end(year, quarter * 3)
    if found := _MONTH.fullmatch(text):
        year, month = int(found[1]), int(found[2])
        return date(year, month, 1), _month_end(year, month)
    if found := _RANGE.fullmatch(text):
        return date.fromisoformat(found[1]), date.fromisoformat(found[2])
    if _YEAR.fullmatch(text):
        return date(int(text), 1, 1), date(int(text), 12, 31)
    raise ValueError(text)


def _month_end(year: int, month: int) -> date:
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
