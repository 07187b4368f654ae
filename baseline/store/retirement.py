"""Closes what stands of targets and checks that do not exist any more."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import ColumnElement, Connection, func, select, update

from baseline.store.bulk import batches
from baseline.store.evidence_retirement import Closed, log_retirement
from baseline.store.imported_records import IMPORTED, MARK
from baseline.store.judged import read_keys, write_keys
from baseline.store.scope import lock_targets
from baseline.store.tables import CheckRow, ResultRow, RunTargetRow, TargetRow
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
    ledger = _Ledger([], {}, [])
    for those in [*of_targets, *of_checks]:
        _close(connection, those, at, known_checks, ledger)
    retire_states(connection, gone_targets, at)
    closed = [Closed(target, known_targets[target], known_checks[check]) for target, check in ledger.closed]
    log_retirement(connection, at, closed, {known_targets[target]: end for target, end in ledger.later.items()})
    return sum(ledger.numbers)


class _Ledger(NamedTuple):
    """What was closed: target and check, the end of each target that was seen later than ``at``, numbers of results."""

    closed: list[tuple[int, int]]
    later: dict[int, datetime]
    numbers: list[int]


def _close(
    connection: Connection, those: ColumnElement[bool], at: datetime, names: dict[int, str], ledger: _Ledger
) -> None:
    standing = select(ResultRow.target_id, ResultRow.check_id).where(ResultRow.valid_to.is_(None), those).distinct()
    targets = sorted({target for target, _ in connection.execute(standing)})
    lock_targets(connection, targets)
    locked = set(targets)
    affected = [(target, check) for target, check in connection.execute(standing) if target in locked]
    _forget_keys(connection, affected, names)
    later = _ends_of_those_seen_later(connection, targets, at)
    closing = update(ResultRow).where(ResultRow.valid_to.is_(None), those)
    for target, end in later.items():
        done = connection.execute(closing.where(ResultRow.target_id == target).values(valid_to=end))
        ledger.numbers.append(done.rowcount)
    for some in batches(targets):
        done = connection.execute(closing.where(ResultRow.target_id.in_(some)).values(valid_to=at))
        ledger.numbers.append(done.rowcount)
    ledger.closed.extend(affected)
    ledger.later.update(later)
    summarise_again(connection, locked)


def _ends_of_those_seen_later(connection: Connection, targets: Sequence[int], at: datetime) -> dict[int, datetime]:
    """Just after the last look at a target, where that was not before ``at`` (clocks differ): what it saw must stay."""
    seen = RunTargetRow.collected_at
    ends: dict[int, datetime] = {}
    for some in batches(targets):
        query = select(RunTargetRow.target_id, func.max(seen)).where(RunTargetRow.target_id.in_(some), seen >= at)
        for target, last in connection.execute(query.group_by(RunTargetRow.target_id)):
            ends[target] = max(last or at, at) + timedelta(microseconds=1)
    return ends


def _forget_keys(connection: Connection, affected: Sequence[tuple[int, int]], names: dict[int, str]) -> None:
    keys = read_keys(connection, sorted({target for target, _ in affected}))
    for target, check in affected:
        keys[target].pop(names[check], None)
    write_keys(connection, keys)
