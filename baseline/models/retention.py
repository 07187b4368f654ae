"""Retention: how long what is stored is kept, and what keeps it longer (BIO2 v1.3, measure 5.33.01)."""

from datetime import date
from typing import Literal

import msgspec

Category = Literal["raw-answers", "facts", "reassessments"]
"""What can be destroyed: what targets said word for word, the facts that were read in it, and outcomes judged again."""

CATEGORY_MEANING: dict[Category, str] = {
    "raw-answers": "what targets said word for word, without secrets",
    "facts": "what was read in it, with names of accounts",
    "reassessments": "outcomes that were judged again and kept",
}

Appraisal = Literal["B", "V"]
"""The selection list's word: B (bewaren, keep for ever) or V (vernietigen, destroy when the term is over)."""

INCIDENT_YEARS = 3
"""Evidence of an incident is kept at least this long (BIO2 v1.3, measure 5.28.01)."""
LEAST_MONTHS = 6
"""Nothing is kept shorter: logs of powerful tools are kept half a year (BIO2 v1.3, measure 8.18.02)."""


class Term(msgspec.Struct, frozen=True, kw_only=True):
    """A term on the calendar, such as three years."""

    years: int = 0
    months: int = 0

    @property
    def in_months(self) -> int:
        """The whole of it in months."""
        return self.years * 12 + self.months

    def before(self, day: date) -> date:
        """The day that lies this term before another; the last of its month where there is no such day."""
        months = day.year * 12 + day.month - 1 - self.in_months
        year, month = divmod(months, 12)
        return date(year, month + 1, min(day.day, _days_in(year, month + 1)))

    def after(self, day: date) -> date:
        """The day that lies this term after another."""
        return Term(months=-self.in_months).before(day)

    def __str__(self) -> str:
        parts = ((self.years, "year"), (self.months, "month"))
        return " ".join(f"{number} {word}{'s' if number > 1 else ''}" for number, word in parts if number) or "no term"


def _days_in(year: int, month: int) -> int:
    following = date(year + month // 12, month % 12 + 1, 1)
    return (following - date(year, month, 1)).days


class Rule(msgspec.Struct, frozen=True, kw_only=True):
    """What the selection list says of one category; ``source`` is the list and its process. ``term`` None goes with B."""

    category: Category
    appraisal: Appraisal
    term: Term | None
    source: str


class Hold(msgspec.Struct, frozen=True, kw_only=True):
    """What may not be destroyed for now. ``targets`` are names that may hold ``*`` and ``?``.

    ``since`` and ``until`` say of which days what was collected is held; None: whatever came before or after.
    ``incident`` is the day of the incident that it is about; ``ends`` the last day of the hold, None: until it is taken
    out of the file.
    """

    id: str
    reason: str
    ordered_by: str
    targets: tuple[str, ...]
    since: date | None = None
    until: date | None = None
    incident: date | None = None
    ends: date | None = None

    def stands(self, today: date) -> bool:
        """Whether it holds on a day."""
        return self.ends is None or today <= self.ends


class Schedule(msgspec.Struct, frozen=True, kw_only=True):
    """The rules by category, and the holds. A category without a rule is kept."""

    rules: dict[Category, Rule]
    holds: tuple[Hold, ...] = ()
