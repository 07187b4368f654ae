"""Queries over results: which ones, as of when, and when they were last seen."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, func, null, or_, select
from sqlalchemy.orm import aliased

from baseline.store.records import Dimension, ResultFilter
from baseline.store.tables import CheckRow, DetailRow, ResultRow, RunCheckRow, RunTargetRow, TargetRow

DIMENSIONS: dict[Dimension, Any] = {
    "status": ResultRow.status,
    "severity": ResultRow.severity,
    "check": CheckRow.name,
    "target": TargetRow.name,
    "kind": TargetRow.kind,
    "platform": TargetRow.platform,
    "site": TargetRow.site,
    "zone": TargetRow.zone,
    "owner": TargetRow.owner,
}

TARGET_FILTERS: dict[str, Dimension] = {
    "targets": "target",
    "kinds": "kind",
    "platforms": "platform",
    "sites": "site",
    "zones": "zone",
    "owners": "owner",
}
"""Field of ResultFilter -> the dimension of the target that it narrows."""

RESULT_FILTERS: dict[str, Dimension] = {"checks": "check", "statuses": "status", "severities": "severity"}
"""Field of ResultFilter -> the dimension of the result that it narrows."""

SEEN = aliased(RunTargetRow, name="seen")
EXPECTED = aliased(DetailRow, name="expected")
OBSERVED = aliased(DetailRow, name="observed")
REASON = aliased(DetailRow, name="reason")
SOURCES = aliased(DetailRow, name="sources")
ARTEFACTS = aliased(DetailRow, name="artefacts")


def targets_query(where: ResultFilter) -> Select[Any]:
    """Numbers of the targets that the filter lets through, ordered by name."""
    query = _narrowed(select(TargetRow.id), where, TARGET_FILTERS).order_by(TargetRow.name)
    if where.run is not None:
        query = query.join(RunTargetRow, RunTargetRow.target_id == TargetRow.id).where(RunTargetRow.run_id == where.run)
    return query


def results_query(targets: Sequence[int], where: ResultFilter, moment: datetime | None) -> Select[Any]:
    """Results of targets (by number) that stand now, or stood at ``moment`` or in ``where.run``.

    They are ordered by target, check and subject.
    """
    if where.run is not None:
        measured_at: ColumnElement[Any] = RunTargetRow.collected_at.expression
    else:
        measured_at = _last_seen() if moment is None else _last_seen(SEEN.collected_at <= moment)
    query = _standing(_named(_detailed(measured_at)), where, moment).where(ResultRow.target_id.in_(targets))
    return _narrowed(query, where, RESULT_FILTERS).order_by(TargetRow.name, CheckRow.name, ResultRow.subject)


def history_query(target: str, check: str, subject: str | None) -> Select[Any]:
    """Every period of a check on a target, oldest first."""
    before_its_end = or_(ResultRow.valid_to.is_(None), SEEN.collected_at < ResultRow.valid_to)
    query = _named(_detailed(_last_seen(before_its_end))).where(TargetRow.name == target, CheckRow.name == check)
    if subject is not None:
        query = query.where(ResultRow.subject == subject)
    return query.order_by(ResultRow.valid_from, ResultRow.subject)


def counts_query(by: Sequence[Dimension], where: ResultFilter) -> Select[Any]:
    """Numbers of results that stand now, or stood in ``where.run``, by group."""
    columns = [DIMENSIONS[dimension] for dimension in by]
    query = _standing(_named(select(*columns, func.count()).select_from(ResultRow)), where, None)
    query = _narrowed(query, where, TARGET_FILTERS | RESULT_FILTERS)
    return query.group_by(*columns).order_by(*columns)


def _detailed(measured_at: ColumnElement[Any]) -> Select[Any]:
    """The columns that ``result_reader`` makes a Period of, in its order."""
    return (
        select(TargetRow.name, CheckRow.name, ResultRow.subject, ResultRow.status, ResultRow.severity)
        .add_columns(EXPECTED.content, OBSERVED.content, REASON.content, SOURCES.content, ARTEFACTS.content)
        .add_columns(ResultRow.waiver, measured_at)
        .add_columns(ResultRow.first_run, ResultRow.valid_from, ResultRow.valid_to)
        .select_from(ResultRow)
        .join(EXPECTED, EXPECTED.id == ResultRow.expected_id)
        .join(OBSERVED, OBSERVED.id == ResultRow.observed_id)
        .outerjoin(REASON, REASON.id == ResultRow.reason_id)
        .outerjoin(SOURCES, SOURCES.id == ResultRow.sources_id)
        .outerjoin(ARTEFACTS, ARTEFACTS.id == ResultRow.artefacts_id)
    )


def _named(query: Select[Any]) -> Select[Any]:
    return query.join(TargetRow, TargetRow.id == ResultRow.target_id).join(CheckRow, CheckRow.id == ResultRow.check_id)


def _narrowed(query: Select[Any], where: ResultFilter, filters: Mapping[str, Dimension]) -> Select[Any]:
    for field, dimension in filters.items():
        values = [str(value) for value in getattr(where, field)]
        query = query.where(DIMENSIONS[dimension].in_(values)) if values else query
    return query


def _standing(query: Select[Any], where: ResultFilter, moment: datetime | None) -> Select[Any]:
    if where.run is not None:
        return _in_run(query, where.run)
    if moment is None:
        return query.where(ResultRow.valid_to.is_(None))
    return query.where(ResultRow.valid_from <= moment, or_(ResultRow.valid_to.is_(None), ResultRow.valid_to > moment))


def _in_run(query: Select[Any], run: int) -> Select[Any]:
    """Results that held when the run observed their target, of checks that the run held."""
    seen_at = RunTargetRow.collected_at
    return (
        query.join(RunTargetRow, RunTargetRow.target_id == ResultRow.target_id)
        .join(RunCheckRow, RunCheckRow.check_id == ResultRow.check_id)
        .where(RunTargetRow.run_id == run, RunCheckRow.run_id == run, ResultRow.valid_from <= seen_at)
        .where(or_(ResultRow.valid_to.is_(None), ResultRow.valid_to > seen_at))
    )


def _last_seen(*conditions: ColumnElement[bool]) -> ColumnElement[Any]:
    """The last moment at which a run observed the result's check on its target."""
    held = (
        exists()
        .where(RunCheckRow.run_id == SEEN.run_id, RunCheckRow.check_id == ResultRow.check_id)
        .correlate(SEEN, ResultRow)
    )
    return (
        select(SEEN.collected_at)
        .where(SEEN.target_id == ResultRow.target_id, SEEN.collected_at.is_not(None), held, *conditions)
        .order_by(SEEN.collected_at.desc())
        .limit(1)
        .correlate(ResultRow)
        .scalar_subquery()
    )


def rows_query(targets: Sequence[int]) -> Select[Any]:
    """Every row of ``result`` of these targets, whenever it held, ordered by target, check and subject."""
    query = _named(_detailed(null())).where(ResultRow.target_id.in_(targets))
    return query.order_by(TargetRow.name, CheckRow.name, ResultRow.subject, ResultRow.valid_from)
