"""Writes the states of targets in a store that kept none yet."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, func, insert, select

from baseline.store.state_tables import TargetStateRow
from baseline.store.summaries import summarise
from baseline.store.tables import RunTargetRow, TargetRow


class _Last(NamedTuple):
    outcome: str = "planned"
    code: str | None = None
    at: datetime | None = None
    excluded: bool = False


def fill_states(connection: Connection) -> None:
    """Write the state of every target. One that is in no inventory any more is retired by the next whole run."""
    last, reached = _last_attempts(connection), _last_reached(connection)
    for target, (digest, content) in summarise(connection, connection.scalars(select(TargetRow.id)).all()):
        known = last.get(target, _Last())
        connection.execute(
            insert(TargetStateRow).values(
                target_id=target,
                outcome=known.outcome,
                code=known.code,
                excluded=known.excluded,
                attempted_at=known.at,
                reached_at=reached.get(target),
                assessed_at=reached.get(target),
                digest=digest,
                content=content,
            )
        )


def _last_attempts(connection: Connection) -> dict[int, _Last]:
    """How asking each target ended, in the order of runs; a run that did not come to it changes nothing."""
    last: dict[int, _Last] = {}
    query = select(RunTargetRow.target_id, RunTargetRow.outcome, RunTargetRow.code, RunTargetRow.collected_at)
    rows = connection.execute(query.order_by(RunTargetRow.run_id))
    for target, outcome, code, at in rows:
        if at is not None:
            last[target] = _Last(outcome, code, at)
        else:
            last[target] = last.get(target, _Last())._replace(excluded=outcome == "excluded")
    return last


def _last_reached(connection: Connection) -> dict[int, datetime | None]:
    query = select(RunTargetRow.target_id, func.max(RunTargetRow.collected_at))
    return dict(
        connection.execute(query.where(RunTargetRow.outcome == "reached").group_by(RunTargetRow.target_id)).all()
    )
