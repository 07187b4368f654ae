"""The life of a run: planned, running, finished or interrupted."""

from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Connection, Row, and_, func, insert, select, update

from baseline.models.errors import StoreError
from baseline.models.result import Status
from baseline.store.canonical import canonical_json
from baseline.store.process import Process
from baseline.store.records import ResultFilter, ResumedRun, RunCounts, RunRecord
from baseline.store.result_reader import count_results
from baseline.store.tables import RunRow, RunTargetRow, TargetRow

SILENCE = timedelta(minutes=5)
"""A run whose process cannot be seen from here counts as interrupted after this long without a heartbeat."""


def insert_run(connection: Connection, selection: dict[str, object], tool_version: str) -> int:
    """Write a running run of this process; give its number."""
    now = datetime.now(UTC)
    process = Process.this()
    row = insert(RunRow).values(
        status="running",
        started=now,
        heartbeat=now,
        selection=canonical_json(selection).decode(),
        tool_version=tool_version,
        host=process.host,
        pid=process.pid,
        process=process.token,
    )
    return int(connection.execute(row.returning(RunRow.id)).scalar_one())


def read_run(connection: Connection, run: int) -> RunRecord:
    """One run.

    Raises:
        StoreError: it is not there.
    """
    row = connection.execute(select(RunRow.__table__).where(RunRow.id == run)).first()
    if row is None:
        raise StoreError(f"the store holds no run {run}")
    return _record(row)


def read_runs(connection: Connection, limit: int | None = None, status: str | None = None) -> list[RunRecord]:
    """Runs, newest first."""
    query = select(RunRow.__table__).order_by(RunRow.id.desc()).limit(limit)
    if status is not None:
        query = query.where(RunRow.status == status)
    return [_record(row) for row in connection.execute(query)]


def read_last_runs(connection: Connection) -> list[RunRecord]:
    """Of each selection the last run and the last that finished, newest first."""
    last = select(func.max(RunRow.id)).group_by(RunRow.selection, RunRow.status == "finished")
    query = select(RunRow.__table__).where(RunRow.id.in_(last)).order_by(RunRow.id.desc())
    return [_record(row) for row in connection.execute(query)]


def update_own(connection: Connection, run: int, **values: object) -> None:
    """Change a run that this process holds; being alive, it is running whatever others thought.

    Raises:
        StoreError: it is finished, or another process holds it.
    """
    changed = connection.execute(
        update(RunRow).where(RunRow.id == run, RunRow.status != "finished", _held_by(Process.this())).values(**values)
    )
    if changed.rowcount == 0:
        held = read_run(connection, run)
        raise StoreError(f"run {run} is {held.status}, and held by process {held.pid} on {held.host}")


def mark_dead(connection: Connection) -> tuple[int, ...]:
    """Mark running runs interrupted whose process is gone, or cannot be seen and is silent."""
    running = select(RunRow.id, RunRow.heartbeat, RunRow.host, RunRow.pid, RunRow.process)
    dead = [row for row in connection.execute(running.where(RunRow.status == "running")) if _is_dead(*row[1:])]
    for row in dead:
        still = and_(RunRow.id == row.id, RunRow.status == "running", _held_by(Process(*row[2:])))
        connection.execute(update(RunRow).where(still).values(status="interrupted", finished=RunRow.heartbeat))
    return tuple(row.id for row in dead)


def resume(connection: Connection, run: int) -> ResumedRun:
    """Take an interrupted run over in this process.

    Raises:
        StoreError: it is not there, or not interrupted.
    """
    process = Process.this()
    taken = connection.execute(
        update(RunRow)
        .where(RunRow.id == run, RunRow.status == "interrupted")
        .values(
            status="running",
            finished=None,
            heartbeat=datetime.now(UTC),
            host=process.host,
            pid=process.pid,
            process=process.token,
        )
    )
    found = read_run(connection, run)
    if taken.rowcount == 0:
        raise StoreError(f"run {run} is {found.status}, only an interrupted run can be resumed")
    remaining = (
        select(TargetRow.name)
        .join(RunTargetRow, RunTargetRow.target_id == TargetRow.id)
        .where(RunTargetRow.run_id == run, RunTargetRow.outcome == "planned")
        .order_by(TargetRow.name)
    )
    return ResumedRun(id=run, selection=found.selection, remaining=tuple(connection.scalars(remaining)))


def count(connection: Connection, run: int) -> RunCounts:
    """Targets of a run by outcome, and its results by status."""
    query = select(RunTargetRow.outcome, func.count()).where(RunTargetRow.run_id == run).group_by(RunTargetRow.outcome)
    outcomes = dict(connection.execute(query).all())
    unchanged = select(func.count()).where(RunTargetRow.run_id == run, RunTargetRow.unchanged)
    statuses = count_results(connection, ["status"], ResultFilter(run=run))
    return RunCounts(
        **outcomes,
        unchanged=connection.execute(unchanged).scalar_one(),
        statuses={Status(str(each.group[0])): each.number for each in statuses},
    )


def _held_by(process: Process) -> ColumnElement[bool]:
    return and_(RunRow.host == process.host, RunRow.pid == process.pid, RunRow.process == process.token)


def _is_dead(heartbeat: datetime, host: str, pid: int, token: str) -> bool:
    alive = Process(host, pid, token).alive()
    return datetime.now(UTC) - heartbeat > SILENCE if alive is None else not alive


def _record(row: Row[Any]) -> RunRecord:
    """A run as it is, also where a reader may not mark the dead."""
    dead = row.status == "running" and _is_dead(row.heartbeat, row.host, row.pid, row.process)
    return RunRecord(
        id=row.id,
        status="interrupted" if dead else row.status,
        started=row.started,
        finished=row.heartbeat if dead else row.finished,
        heartbeat=row.heartbeat,
        selection=msgspec.json.decode(row.selection, type=dict[str, object]),
        tool_version=row.tool_version,
        host=row.host,
        pid=row.pid,
        counts=msgspec.json.decode(row.counts, type=RunCounts) if row.counts else None,
    )
