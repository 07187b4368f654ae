"""Reads recurring reviews of access (Entra ID Governance)."""

import re
from datetime import date

import msgspec

from baseline.collectors.cloud.microsoft365 import requests
from baseline.collectors.cloud.microsoft365.answers import Answers
from baseline.collectors.cloud.microsoft365.told import Told, unique_names
from baseline.models.facts.fact import Unknown
from baseline.models.facts.microsoft365.reviews import AccessReview

_DAYS = {
    "daily": 1,
    "weekly": 7,
    "absoluteMonthly": 31,
    "relativeMonthly": 31,
    "absoluteYearly": 366,
    "relativeYearly": 366,
}
"""Longest time of one step of a recurrence pattern (Microsoft Graph, *recurrencePattern*)."""
_ROLE = re.compile(r"roleDefinitions/([0-9a-fA-F-]{36})")


def read_reviews(answers: Answers) -> list[AccessReview] | Unknown:
    """The fact ``access_reviews``."""
    rows = answers.rows(requests.ACCESS_REVIEWS)
    if isinstance(rows, Unknown):
        return rows
    names = unique_names((str(row.fields.get("displayName") or ""), row.fields["id"]) for row in rows)
    return [_review(name, row, answers) for name, row in zip(names, rows, strict=True)]


def _review(name: str, row: Told, answers: Answers) -> AccessReview:
    recurrence = row.inner("settings").fields.get("recurrence")
    told = row.inner("settings").inner("recurrence")
    recurring: bool | Unknown = False
    interval: int | Unknown | None = None
    if isinstance(recurrence, dict):
        recurring, interval = _goes_on(told.inner("range"), answers), _interval(told.inner("pattern"))
    scope = _text_of(row, "scope")
    return AccessReview(
        name=name,
        recurring=recurring,
        interval_days=interval,
        guests="guest" in scope.lower(),
        roles=sorted(set(_ROLE.findall(scope))),
    )


def _text_of(row: Told, field: str) -> str:
    """The scope as one text: it nests queries in several forms, and only what they name matters."""
    parts = [row.fields.get(field), row.fields.get("instanceEnumerationScope")]
    return msgspec.json.encode(parts).decode()


def _goes_on(told: Told, answers: Answers) -> bool | Unknown:
    kind = told.word("type", {"noEnd": "noEnd", "endDate": "endDate", "numbered": "numbered"})
    if isinstance(kind, Unknown) or kind == "noEnd":
        return kind if isinstance(kind, Unknown) else True
    ends = told.text("endDate")
    if isinstance(ends, Unknown):
        return ends
    try:
        return date.fromisoformat(ends[:10]) > answers.now.date()
    except ValueError:
        return told.unknown("endDate")


def _interval(told: Told) -> int | Unknown:
    days, count = told.word("type", _DAYS), told.number("interval")
    if isinstance(days, Unknown):
        return days
    return count if isinstance(count, Unknown) else days * count
