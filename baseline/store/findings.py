"""Turns the results of an outcome into findings: the form in which they are compared and kept."""

import hashlib
from collections.abc import Iterable, Iterator
from typing import NamedTuple

import msgspec
from sqlalchemy import Connection

from baseline.models.result import Result
from baseline.store.canonical import canonical_json, storable_text
from baseline.store.details import Details
from baseline.store.intervals import Finding
from baseline.store.records import TargetOutcome
from baseline.store.scope import Scope

LONGEST_SUBJECT = 400
"""Characters of a subject that are kept; PostgreSQL indexes at most 2,704 bytes, which is four each and some more."""


class Place(NamedTuple):
    """What a finding is about: numbers of target and check, and the subject's name."""

    target: int
    check: int
    subject: str


class _Texts(NamedTuple):
    expected: str
    observed: str
    reason: str | None
    sources: str | None
    artefacts: str | None


def findings(
    connection: Connection, scope: Scope, outcomes: Iterable[TargetOutcome], details: Details
) -> dict[Place, Finding]:
    """The finding of every result by its place."""
    results = dict(_placed(scope, outcomes))
    texts = {place: _texts(result) for place, result in results.items()}
    number = details.numbers(connection, {text for each in texts.values() for text in each if text is not None})
    return {place: _finding(result, texts[place], number, scope.run) for place, result in results.items()}


def _placed(scope: Scope, outcomes: Iterable[TargetOutcome]) -> Iterator[tuple[Place, Result]]:
    for outcome in outcomes:
        target = scope.target(outcome.target)
        taken: set[Place] = set()
        for result in outcome.results:
            place = _free_place(Place(target, scope.checks[result.check], _storable_subject(result.subject)), taken)
            taken.add(place)
            yield place, result


def _free_place(place: Place, taken: set[Place]) -> Place:
    """The place, numbered when a target names two subjects of one check the same: both stay visible."""
    if place not in taken:
        return place
    number = 2
    while (numbered := place._replace(subject=f"{place.subject} ({number})")) in taken:
        number += 1
    return numbered


def _storable_subject(subject: str) -> str:
    text = storable_text(subject)
    if len(text) <= LONGEST_SUBJECT:
        return text
    return f"{text[:LONGEST_SUBJECT]}... {hashlib.sha256(text.encode()).hexdigest()[:16]}"


def _texts(result: Result) -> _Texts:
    return _Texts(
        expected=storable_text(result.expected),
        observed=canonical_json(result.observed).decode(),
        reason=storable_text(result.reason) or None,
        sources=canonical_json(msgspec.to_builtins(result.sources)).decode() if result.sources else None,
        artefacts=canonical_json(result.artefacts).decode() if result.artefacts else None,
    )


def _finding(result: Result, texts: _Texts, number: dict[str, int], run: int) -> Finding:
    return Finding(
        status=result.status.value,
        severity=result.severity.value,
        expected_id=number[texts.expected],
        observed_id=number[texts.observed],
        reason_id=number[texts.reason] if texts.reason else None,
        waiver=storable_text(result.waiver) if result.waiver is not None else None,
        sources_id=number[texts.sources] if texts.sources else None,
        artefacts_id=number[texts.artefacts] if texts.artefacts else None,
        first_run=run,
    )
