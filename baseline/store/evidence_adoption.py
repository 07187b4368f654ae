"""Takes a store from before the log into it: what is there now is committed to, and any later change is found."""

from collections import defaultdict
from datetime import datetime

from sqlalchemy import Connection, func, select

from baseline.store.bulk import batches
from baseline.store.database import Database
from baseline.store.evidence_history import read_histories
from baseline.store.evidence_log import append
from baseline.store.evidence_recording import keys_digests, log_attributes, log_contents
from baseline.store.evidence_results import Root
from baseline.store.evidence_rows import GUARDED, log_row
from baseline.store.evidence_runs import log_begin, log_end
from baseline.store.evidence_tables import HeadRow
from baseline.store.tables import ArtefactRow, CheckRow, RunCheckRow, RunRow, RunTargetRow, TargetRow

Roots = dict[int, dict[str, Root]]
"""Run -> target -> the root over its results."""
Ends = dict[str, dict[str, list[str]]]
"""Target -> moment -> checks of which results ended then, though no run looked: they were retired."""


def adopt(database: Database) -> None:
    """Log what a store holds that was there before its log; nothing happens when the log has begun."""
    with database.reading() as connection:
        if not _is_before_the_log(connection):
            return
    with database.writing() as connection:
        connection.execute(select(HeadRow.id).with_for_update()).all()
        if _is_before_the_log(connection):
            _adopt(connection)


def _is_before_the_log(connection: Connection) -> bool:
    size = connection.scalar(select(HeadRow.size))
    return size == 0 and connection.scalar(select(func.max(RunRow.id))) is not None


def _adopt(connection: Connection) -> None:
    targets = [row._asdict() for row in connection.execute(select(TargetRow.__table__))]
    log_attributes(connection, None, targets)
    for some in batches(connection.execute(select(ArtefactRow.digest, ArtefactRow.media_type, ArtefactRow.size)).all()):
        log_contents(connection, [row._asdict() for row in some])
    names = {row["id"]: row["name"] for row in targets}
    roots, ends = _histories(connection, names)
    keys = {names[number]: digest for number, digest in keys_digests(connection, list(names)).items()}
    append(connection, "adoption", {"ends": ends, "keys": keys})
    for run, status in connection.execute(select(RunRow.id, RunRow.status).order_by(RunRow.id)).all():
        log_begin(connection, run)
        if status != "running":
            log_end(connection, run, roots.get(run, {}))
    for table in GUARDED:
        column = table.__table__.c.id
        for number in connection.scalars(select(column).order_by(column)).all():
            log_row(connection, table, id=number)


def _histories(connection: Connection, names: dict[int, str]) -> tuple[Roots, Ends]:
    """The roots of every run, and what ended outside a run."""
    checks: dict[int, set[str]] = defaultdict(set)
    held = select(RunCheckRow.run_id, CheckRow.name).join(CheckRow, CheckRow.id == RunCheckRow.check_id)
    for run, check in connection.execute(held):
        checks[run].add(check)
    frozen = {run: frozenset(each) for run, each in checks.items()}
    seen: dict[str, list[tuple[datetime, int]]] = defaultdict(list)
    for target, run, at in connection.execute(
        select(RunTargetRow.target_id, RunTargetRow.run_id, RunTargetRow.collected_at)
    ):
        if at is not None:
            seen[names[target]].append((at, run))
    roots: Roots = defaultdict(dict)
    ends: Ends = {}
    for history in read_histories(connection, sorted(names)):
        looks = seen[history.target]
        for at, run in looks:
            roots[run][history.target] = history.at(at, frozen.get(run, frozenset()))[1]
        retired: dict[str, list[str]] = defaultdict(list)
        for row in history.rows:
            looked = any(at == row.valid_to and row.check in frozen.get(run, ()) for at, run in looks)
            if row.valid_to is not None and not (looked and row.valid_from < row.valid_to):
                retired[row.valid_to.isoformat()].append(row.check)
        if retired:
            ends[history.target] = {moment: sorted(set(each)) for moment, each in sorted(retired.items())}
    return roots, ends
