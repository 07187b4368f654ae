"""Closes what stands of targets and checks that do not exist any more."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, Row, case, literal, select, update

from baseline.store.bulk import batches
from baseline.store.column_types import Moment
from baseline.store.evidence_retirement import Closed, log_retirement
from baseline.store.imported_records import IMPORTED, MARK
from baseline.store.judged import read_keys, write_keys
from baseline.store.scope import lock_targets
from baseline.store.tables import CheckRow, ResultRow, TargetRow
from baseline.store.target_states import retire_states, summarise_again


def retire(connection: Connection, targets: Collection[str], checks: Collection[str], at: datetime) -> int:
    """Close the results of every target and check that is not given; give back how many that were.

    What only imports speak about is in no inventory and no folder of checks: it stays until an import closes it.
    """
    known_targets = dict(connection.execute(select(TargetRow.id, TargetRow.name)).all())
    known_checks = dict(connection.execute(select(CheckRow.id, CheckRow.name)).all())
    imported = set(connection.scalars(select(TargetRow.id).where(TargetRow.platform == IMPORTED)))
    gone_targets = sorted(n for n, name in known_targets.items() if name not in targets and n not in imported)
    gone_checks = sorted(n for n, name in known_checks.items() if name not in checks and MARK not in name)
    of_targets = [ResultRow.target_id.in_(some) for some in batches(gone_targets)]
    of_checks = [ResultRow.check_id.in_(some) for some in batches(gone_checks)]
    closed = [row for those in [*of_targets, *of_checks] for row in _close(connection, those, at, known_checks)]
    retire_states(connection, gone_targets, at)
    log_retirement(
        connection,
        at,
        [Closed(row[0], known_targets[row[0]], known_checks[row[1]], row[2], row[3]) for row in closed],
    )
    return len(closed)


def _close(
    connection: Connection, those: ColumnElement[bool], at: datetime, names: dict[int, str]
) -> Sequence[Row[int, int, str, datetime]]:
    standing = select(ResultRow.target_id, ResultRow.check_id).where(ResultRow.valid_to.is_(None), those).distinct()
    affected = connection.execute(standing).all()
    if not affected:
        return ()
    _forget_keys(connection, affected, names)
    end = case((ResultRow.valid_from < at, literal(at, Moment())), else_=ResultRow.valid_from)
    closing = update(ResultRow).where(ResultRow.valid_to.is_(None), those).values(valid_to=end)
    columns = (ResultRow.target_id, ResultRow.check_id, ResultRow.subject, ResultRow.valid_from)
    closed = connection.execute(closing.returning(*columns)).all()
    summarise_again(connection, {target for target, _ in affected})
    return closed


def _forget_keys(connection: Connection, affected: Sequence[tuple[int, int]], names: dict[int, str]) -> None:
    targets = sorted({target for target, _ in affected})
    lock_targets(connection, targets)
    keys = read_keys(connection, targets)
    for target, check in affected:
        keys[target].pop(names[check], None)
    write_keys(connection, keys)
