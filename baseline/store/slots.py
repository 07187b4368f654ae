"""Claims moments of jobs for one scheduler at a time, in the transaction of the caller."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any, Literal

import msgspec
from sqlalchemy import Connection, Row, exists, func, insert, select, text, update

from baseline.store.bulk import insert_missing
from baseline.store.canonical import storable_text
from baseline.store.process import Process
from baseline.store.schedule_tables import NoticeRow, SlotRow

SlotState = Literal["running", "done", "failed", "missed", "lost"]

SILENCE = timedelta(minutes=3)
"""A claim whose process cannot be seen from here counts as lost after this long without a sign of life."""
MOST_ATTEMPTS = 3
"""How often a moment is tried whose scheduler died."""
CLAIM_LOCK = 0x42617366
"""Number of the PostgreSQL advisory lock that one claiming scheduler holds; SQLite has one writer anyway."""


class Slot(msgspec.Struct, frozen=True, kw_only=True):
    """A moment at which a job was due, and what came of it.

    ``done``: it ran, and ``exit_code`` says what was found. ``failed``: it could not run to its end. ``missed``: it never
    ran. ``lost``: its scheduler died while it ran.
    """

    job: str
    due: datetime
    state: SlotState
    attempt: int
    claimed: datetime
    finished: datetime | None
    exit_code: int | None
    reason: str


def claim(connection: Connection, job: str, due: datetime, now: datetime) -> bool:
    """Take a moment of a job; False when somebody has it, or the job still runs."""
    _lock(connection)
    running = connection.execute(select(SlotRow.__table__).where(SlotRow.job == job, SlotRow.state == "running")).all()
    for row in running:
        if not _is_dead(row, now):
            return False
    for row in running:
        _lose(connection, row, now)
    taken = connection.execute(select(SlotRow.state, SlotRow.attempt).where(_at(job, due))).first()
    if taken is None:
        connection.execute(insert(SlotRow).values(_row(job, due, "running", now)))
        return True
    if taken.state != "lost" or taken.attempt >= MOST_ATTEMPTS:
        return False
    again = _row(job, due, "running", now) | {"attempt": taken.attempt + 1}
    connection.execute(update(SlotRow).where(_at(job, due)).values(again))
    return True


def note_missed(connection: Connection, job: str, moments: Iterable[datetime], reason: str, now: datetime) -> None:
    """Write that a job did not run at these moments; what is known of one stays."""
    rows = [
        _row(job, due, "missed", now) | {"finished": now, "reason": storable_text(reason)} for due in sorted(moments)
    ]
    insert_missing(connection, SlotRow, rows)


def beat(connection: Connection, job: str, due: datetime, now: datetime) -> None:
    """Say that a claimed job still runs."""
    connection.execute(update(SlotRow).where(_at(job, due), SlotRow.state == "running").values(heartbeat=now))


def finish(
    connection: Connection,
    job: str,
    due: datetime,
    state: SlotState,
    *,
    exit_code: int | None,
    reason: str,
    now: datetime,
) -> None:
    """Write how it ended."""
    values = {
        "state": state,
        "finished": now,
        "heartbeat": now,
        "exit_code": exit_code,
        "reason": storable_text(reason),
    }
    connection.execute(update(SlotRow).where(_at(job, due)).values(values))


def lost(connection: Connection, now: datetime) -> list[Slot]:
    """Claims whose scheduler died, marked as lost, that may be tried again."""
    _lock(connection)
    for row in _running(connection):
        if _is_dead(row, now):
            _lose(connection, row, now)
    query = select(SlotRow.__table__).where(SlotRow.state == "lost", SlotRow.attempt < MOST_ATTEMPTS)
    return [_slot(row) for row in connection.execute(query.order_by(SlotRow.due))]


def any_lost(connection: Connection, now: datetime) -> bool:
    """Whether ``lost`` would give something; asks without keeping others from writing."""
    again = exists().where(SlotRow.state == "lost", SlotRow.attempt < MOST_ATTEMPTS)
    return any(_is_dead(row, now) for row in _running(connection)) or bool(connection.scalar(select(again)))


def last_due(connection: Connection, until: datetime | None) -> dict[str, datetime]:
    """The newest moment of each job of which something is known, up to ``until``."""
    query = select(SlotRow.job, func.max(SlotRow.due)).group_by(SlotRow.job)
    return dict(connection.execute(query if until is None else query.where(SlotRow.due <= until)).all())


def read_slots(connection: Connection, limit: int, job: str | None = None) -> list[Slot]:
    """The latest moments, newest first."""
    query = select(SlotRow.__table__).order_by(SlotRow.due.desc(), SlotRow.job).limit(limit)
    return [_slot(row) for row in connection.execute(query if job is None else query.where(SlotRow.job == job))]


def read_notices(connection: Connection, channel: str) -> dict[str, tuple[str, datetime]]:
    """Subject -> what a channel was told last about it, and when."""
    query = select(NoticeRow.subject, NoticeRow.state, NoticeRow.told).where(NoticeRow.channel == channel)
    return {subject: (state, told) for subject, state, told in connection.execute(query)}


def write_notice(connection: Connection, channel: str, subject: str, state: str, now: datetime) -> None:
    """Write that a channel was told something."""
    place = (NoticeRow.channel == channel) & (NoticeRow.subject == subject)
    changed = connection.execute(update(NoticeRow).where(place).values(state=state, told=now))
    if changed.rowcount == 0:
        insert_missing(connection, NoticeRow, [{"channel": channel, "subject": subject, "state": state, "told": now}])


def _running(connection: Connection) -> Sequence[Row[Any]]:
    return connection.execute(select(SlotRow.__table__).where(SlotRow.state == "running")).all()


def _lock(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": CLAIM_LOCK})


def _at(job: str, due: datetime) -> Any:
    return (SlotRow.job == job) & (SlotRow.due == due)


def _row(job: str, due: datetime, state: SlotState, now: datetime) -> dict[str, Any]:
    process = Process.this()
    return {
        "job": job,
        "due": due,
        "state": state,
        "attempt": 1,
        "host": process.host,
        "pid": process.pid,
        "process": process.token,
        "claimed": now,
        "heartbeat": now,
        "finished": None,
        "exit_code": None,
        "reason": "",
    }


def _is_dead(row: Row[Any], now: datetime) -> bool:
    alive = Process(row.host, row.pid, row.process).alive()
    return now - row.heartbeat > SILENCE if alive is None else not alive


def _lose(connection: Connection, row: Row[Any], now: datetime) -> None:
    reason = f"process {row.pid} on {row.host} that ran it is gone"
    finish(connection, row.job, row.due, "lost", exit_code=None, reason=reason, now=now)


def _slot(row: Row[Any]) -> Slot:
    return Slot(
        job=row.job,
        due=row.due,
        state=row.state,
        attempt=row.attempt,
        claimed=row.claimed,
        finished=row.finished,
        exit_code=row.exit_code,
        reason=row.reason,
    )
