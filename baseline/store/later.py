"""Later observations: what other runs recorded already, of a moment after the one being recorded."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import Connection, select

from baseline.store.bulk import batches
from baseline.store.tables import RunCheckRow, RunTargetRow


class Later:
    """For each target: when, and by which run, it was observed after the moment in question. Mostly empty."""

    def __init__(self, observations: Mapping[int, list[tuple[datetime, int]]], checks: Mapping[int, set[int]]) -> None:
        self._observations = observations
        self._checks = checks

    def has(self, target: int) -> bool:
        """Whether there is a later observation of the target."""
        return target in self._observations

    def next(self, target: int, check: int) -> datetime | None:
        """The first later observation of a check on a target; None when there is none."""
        if target not in self._observations:
            return None
        return min((at for at, run in self._observations[target] if check in self._checks[run]), default=None)


def read_later(connection: Connection, run: int, moments: Mapping[int, datetime]) -> Later:
    """What was observed after the moment given for each target."""
    observations: dict[int, list[tuple[datetime, int]]] = defaultdict(list)
    for some in batches(list(moments)):
        query = select(RunTargetRow.target_id, RunTargetRow.run_id, RunTargetRow.collected_at).where(
            RunTargetRow.target_id.in_(some),
            RunTargetRow.collected_at > min(moments[target] for target in some),
            RunTargetRow.run_id != run,
        )
        for target, other, at in connection.execute(query):
            if at is not None and at > moments[target]:
                observations[target].append((at, other))
    runs = {other for each in observations.values() for _, other in each}
    return Later(observations, {other: _checks(connection, other) for other in runs})


def free_moments(connection: Connection, moments: Mapping[int, datetime]) -> dict[int, datetime]:
    """The first moment of each target, not before the one given, at which no run observed it."""
    taken: set[tuple[int, datetime | None]] = set()
    for some in batches(list(moments)):
        query = select(RunTargetRow.target_id, RunTargetRow.collected_at).where(
            RunTargetRow.target_id.in_(some), RunTargetRow.collected_at >= min(moments[target] for target in some)
        )
        taken.update((target, at) for target, at in connection.execute(query))
    free = {}
    for target, moment in moments.items():
        at = moment
        while (target, at) in taken:
            at += timedelta(microseconds=1)
        free[target] = at
    return free


def _checks(connection: Connection, run: int) -> set[int]:
    return set(connection.scalars(select(RunCheckRow.check_id).where(RunCheckRow.run_id == run)))
