"""Reads what happened over a period: results as they changed, and when targets were asked."""

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import aliased

from baseline.models.result import Severity, Status
from baseline.store.database import Database
from baseline.store.records import Period, ResultFilter, RunRecord
from baseline.store.result_reader import PAGE, read_results
from baseline.store.runs import read_last_runs
from baseline.store.tables import CheckRow, ResultRow, RunCheckRow, RunTargetRow, TargetRow

NOT_MET = (Status.FAIL.value, Status.ERROR.value, Status.WAIVED.value)


class ResultInterval(NamedTuple):
    """A result's status over the time that nothing material about it changed; ``valid_to`` None: it stands."""

    target: str
    check: str
    subject: str
    status: Status
    severity: Severity
    waiver: str | None
    first_run: int
    valid_from: datetime
    valid_to: datetime | None


class Assessment(NamedTuple):
    """One time that a run asked a target; not ``reached``: it gave no answer."""

    run: int
    target: str
    at: datetime
    reached: bool


class SeriesStore:
    """Reads series from an open store."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def last_runs(self) -> list[RunRecord]:
        """The last run of each selection and the last that finished, newest first, however many others came after."""
        with self._database.reading() as connection:
            return read_last_runs(connection)

    def intervals(self, since: datetime, until: datetime) -> Iterator[ResultInterval]:
        """Intervals that touch the time from ``since`` until just before ``until``, in order.

        Every earlier one that was not met is among them too, with what came after it, so that each failure is whole.
        They are ordered by target, check, subject and time.
        """
        before = aliased(ResultRow)
        after_failing = exists().where(
            before.target_id == ResultRow.target_id,
            before.check_id == ResultRow.check_id,
            before.subject == ResultRow.subject,
            before.valid_to == ResultRow.valid_from,
            before.status.in_(NOT_MET),
        )
        query = (
            select(TargetRow.name, CheckRow.name, ResultRow.subject, ResultRow.status, ResultRow.severity)
            .add_columns(ResultRow.waiver, ResultRow.first_run, ResultRow.valid_from, ResultRow.valid_to)
            .select_from(ResultRow)
            .join(TargetRow, TargetRow.id == ResultRow.target_id)
            .join(CheckRow, CheckRow.id == ResultRow.check_id)
            .where(ResultRow.valid_from < until)
            .where(
                or_(
                    ResultRow.valid_to.is_(None),
                    ResultRow.valid_to > since,
                    ResultRow.status.in_(NOT_MET),
                    after_failing,
                )
            )
            .order_by(TargetRow.name, CheckRow.name, ResultRow.subject, ResultRow.valid_from)
        )
        with (
            self._database.reading() as connection,
            connection.execution_options(yield_per=PAGE).execute(query) as rows,
        ):
            for target, check, subject, status, severity, *rest in rows:
                yield ResultInterval(target, check, subject, Status(status), Severity(severity), *rest)

    def assessments(self, since: datetime, until: datetime) -> list[Assessment]:
        """Every time that a target was asked in this time, in order."""
        query = (
            select(RunTargetRow.run_id, TargetRow.name, RunTargetRow.collected_at, RunTargetRow.outcome)
            .join(TargetRow, TargetRow.id == RunTargetRow.target_id)
            .where(RunTargetRow.collected_at >= since, RunTargetRow.collected_at < until)
            .order_by(RunTargetRow.collected_at, RunTargetRow.run_id, TargetRow.name)
        )
        with self._database.reading() as connection:
            return [
                Assessment(run, name, at, outcome == "reached")
                for run, name, at, outcome in connection.execute(query)
                if at
            ]

    def assessed_before(self, moment: datetime) -> frozenset[str]:
        """Targets that were reached at some time before a moment."""
        query = (
            select(TargetRow.name)
            .join(RunTargetRow, RunTargetRow.target_id == TargetRow.id)
            .where(RunTargetRow.collected_at < moment, RunTargetRow.outcome == "reached")
            .distinct()
        )
        with self._database.reading() as connection:
            return frozenset(connection.scalars(query))

    def held_checks(self, since: datetime, until: datetime) -> dict[int, frozenset[str]]:
        """Which checks each run held that asked a target in this time."""
        asked = select(RunTargetRow.run_id).where(RunTargetRow.collected_at >= since, RunTargetRow.collected_at < until)
        query = (
            select(RunCheckRow.run_id, CheckRow.name)
            .join(CheckRow, CheckRow.id == RunCheckRow.check_id)
            .where(RunCheckRow.run_id.in_(asked.distinct()))
        )
        found: dict[int, set[str]] = {}
        with self._database.reading() as connection:
            for run, check in connection.execute(query):
                found.setdefault(run, set()).add(check)
        shared: dict[frozenset[str], frozenset[str]] = {}
        return {run: shared.setdefault(frozenset(checks), frozenset(checks)) for run, checks in found.items()}

    def standing(self, moment: datetime, where: ResultFilter) -> Iterator[Period]:
        """Results as they stood at a moment, with their evidence and since when they stood."""
        with self._database.reading() as connection:
            yield from read_results(connection, where, moment)
