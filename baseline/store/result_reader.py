"""Makes results of rows."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import Connection, Select

from baseline.models.artefact import SourceLines
from baseline.models.result import Result, Severity, Status
from baseline.store.bulk import batches
from baseline.store.records import Count, Dimension, Period, ResultFilter
from baseline.store.result_query import counts_query, history_query, results_query, targets_query

SOURCES = msgspec.json.Decoder(tuple[SourceLines, ...])
OBSERVED = msgspec.json.Decoder(dict[str, object])
ARTEFACTS = msgspec.json.Decoder(dict[str, str])

PAGE = 1000
"""Rows fetched at a time."""

TARGETS = 20
"""Targets whose results are read, and sorted, at a time; so results come at once, and take no room in a file."""


def read_results(connection: Connection, where: ResultFilter, moment: datetime | None = None) -> Iterator[Period]:
    """Results that stand now, or stood at ``moment`` or in ``where.run``, ordered by target, check and subject."""
    targets = connection.scalars(targets_query(where)).all()
    for some in batches(targets, TARGETS):
        yield from _periods(connection, results_query(some, where, moment))


def read_history(connection: Connection, target: str, check: str, subject: str | None) -> Iterator[Period]:
    """Every period of a check on a target, oldest first."""
    return _periods(connection, history_query(target, check, subject))


def count_results(connection: Connection, by: Sequence[Dimension], where: ResultFilter) -> list[Count]:
    """Numbers of results that stand now, or stood in ``where.run``, by group."""
    return [Count(group=tuple(group), number=number) for *group, number in connection.execute(counts_query(by, where))]


def _periods(connection: Connection, query: Select[Any]) -> Iterator[Period]:
    with connection.execution_options(yield_per=PAGE).execute(query) as rows:
        for row in rows:
            yield _period(*row)


def _period(
    target: str,
    check: str,
    subject: str,
    status: str,
    severity: str,
    expected: str,
    observed: str,
    reason: str | None,
    sources: str | None,
    artefacts: str | None,
    waiver: str | None,
    measured_at: datetime | None,
    first_run: int,
    valid_from: datetime,
    valid_to: datetime | None,
) -> Period:
    result = Result(
        target=target,
        check=check,
        subject=subject,
        status=Status(status),
        severity=Severity(severity),
        expected=expected,
        observed=OBSERVED.decode(observed),
        reason=reason or "",
        sources=SOURCES.decode(sources) if sources else (),
        artefacts=ARTEFACTS.decode(artefacts) if artefacts else {},
        measured_at=measured_at or valid_from,
        waiver=waiver,
    )
    return Period(result=result, first_run=first_run, valid_from=valid_from, valid_to=valid_to)
