"""Reads the retention schedule that stands beside an inventory: terms from the selection list, and legal holds."""

import re
from datetime import date
from pathlib import Path
from typing import cast, get_args

from baseline.content.document import load_document
from baseline.content.reading import NO_DAY, Reading
from baseline.models.errors import ContentError, Problem
from baseline.models.retention import (
    INCIDENT_YEARS,
    LEAST_MONTHS,
    Appraisal,
    Category,
    Hold,
    Rule,
    Schedule,
    Term,
)

FILE_NAME = "retention.yml"
"""The file in an inventory's folder that holds its retention schedule."""

_TERM = re.compile(r"(?:(\d{1,3}) years?)? ?(?:(\d{1,4}) months?)?")


def load_schedule(file: Path) -> Schedule:
    """The schedule in a file.

    Raises:
        ContentError: a rule or hold lacks something or contradicts itself; it holds every problem.
    """
    problems: list[Problem] = []
    document = load_document(file, problems)
    if document is None or problems:
        raise ContentError(problems)
    reading = Reading(document, problems)
    reading.only(("categories", "holds"))
    schedule = Schedule(rules=_rules(reading), holds=tuple(_hold(item) for item in reading.mappings("holds")))
    _refuse_doubles(reading, schedule)
    if problems:
        raise ContentError(problems)
    return schedule


def _rules(reading: Reading) -> dict[Category, Rule]:
    body = reading.mapping("categories")
    if body is None:
        reading.report((), "'categories' is missing", f"one or more of: {', '.join(get_args(Category))}")
        return {}
    body.only(get_args(Category))
    return {
        cast("Category", name): _rule(Reading(body.document, body.problems, (*body.keys, name)), cast("Category", name))
        for name in get_args(Category)
        if name in body.data
    }


def _rule(reading: Reading, category: Category) -> Rule:
    reading.only(("appraisal", "term", "source"))
    appraisal = cast("Appraisal", reading.choice("appraisal", get_args(Appraisal), required=True) or "B")
    term = _term(reading)
    if (appraisal == "V") != (term is not None):
        reading.report(("appraisal",), "V has a 'term', and B has none", "B is kept for ever")
    return Rule(category=category, appraisal=appraisal, term=term, source=reading.text("source", required=True))


def _term(reading: Reading) -> Term | None:
    text = reading.text("term")
    if not text:
        return None
    found = _TERM.fullmatch(text)
    if not found or not any(found.groups()):
        reading.report(("term",), f"'{text}' is not a term", "such as 7 years, 18 months or 1 year 6 months")
        return None
    term = Term(years=int(found[1] or 0), months=int(found[2] or 0))
    if term.in_months < LEAST_MONTHS:
        reading.report(("term",), f"is shorter than {LEAST_MONTHS} months", "BIO2 8.18.02 asks for half a year")
    return term


def _hold(reading: Reading) -> Hold:
    reading.only(("id", "reason", "ordered_by", "targets", "since", "until", "incident", "ends"))
    hold = Hold(
        id=reading.text("id", required=True),
        reason=reading.text("reason", required=True),
        ordered_by=reading.text("ordered_by", required=True),
        targets=reading.texts("targets", required=True),
        since=_day(reading, "since"),
        until=_day(reading, "until"),
        incident=_day(reading, "incident"),
        ends=_day(reading, "ends"),
    )
    least = Term(years=INCIDENT_YEARS).after(hold.incident) if hold.incident else None
    if least and hold.ends and hold.ends < least:
        hint = f"{least} or later: BIO2 5.28.01 asks for {INCIDENT_YEARS} years"
        reading.report(("ends",), "is too soon for evidence of an incident", hint)
    return hold


def _day(reading: Reading, key: str) -> date | None:
    day = reading.day(key)
    return None if day == NO_DAY else day


def _refuse_doubles(reading: Reading, schedule: Schedule) -> None:
    seen: set[str] = set()
    for hold in schedule.holds:
        if hold.id in seen:
            reading.report(("holds",), f"two holds have the id '{hold.id}'", "give each its own")
        seen.add(hold.id)
