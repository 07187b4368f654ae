"""What is known of each target now. Kept with every change, so that it can be read without counting results."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any, Literal

import msgspec
from sqlalchemy import Connection, bindparam, select, update

from baseline.models.target import Kind
from baseline.store.bulk import batches, insert_missing
from baseline.store.records import TargetOutcome
from baseline.store.state_tables import TargetStateRow
from baseline.store.summaries import Group, read_summary, summarise
from baseline.store.tables import CheckRow, TargetRow

State = TargetStateRow


class TargetState(msgspec.Struct, frozen=True, gc=False):
    """One target that exists. ``outcome`` tells how asking it ended last (``planned``: it was never asked) and ``code``
    why it was not reached. ``assessed_at`` is the last time that it was reached by a run that held every check that stood.
    ``digest`` identifies the summary of its results; None: it was never judged.
    """

    target: str
    kind: Kind
    platform: str
    site: str | None
    zone: str | None
    owner: str | None
    outcome: Literal["planned", "reached", "unreached"]
    code: str | None
    excluded: bool
    attempted_at: datetime | None
    reached_at: datetime | None
    assessed_at: datetime | None
    digest: bytes | None


class TargetStates(msgspec.Struct, frozen=True, kw_only=True):
    """Every target that exists, ordered by name, as one state of the store.

    ``summaries`` holds the summaries by digest that the reader did not know yet; ``checks`` maps numbers to ids.
    """

    states: list[TargetState]
    summaries: dict[bytes, tuple[Group, ...]]
    checks: dict[int, str]


_COLUMNS = (
    *(TargetRow.name, TargetRow.kind, TargetRow.platform, TargetRow.site, TargetRow.zone, TargetRow.owner),
    *(State.outcome, State.code, State.excluded, State.attempted_at, State.reached_at, State.assessed_at, State.digest),
)


def read_states(connection: Connection, known: Collection[bytes]) -> TargetStates:
    """The targets that exist, and the summaries that are not ``known`` by their digest."""
    query = select(*_COLUMNS).join(TargetRow, TargetRow.id == State.target_id).where(State.retired_at.is_(None))
    rows = connection.execute(query.order_by(TargetRow.name))
    states = [TargetState(*row) for row in rows]  # type: ignore[arg-type,call-arg]  # as they were written
    unknown = sorted({state.digest for state in states if state.digest is not None} - frozenset(known))
    summaries: dict[bytes, tuple[Group, ...]] = {}
    for some in batches(unknown):
        contents = select(State.digest, State.content).where(State.digest.in_(some), State.retired_at.is_(None))
        for digest, content in connection.execute(contents):
            if digest is not None and content is not None and digest not in summaries:
                summaries[digest] = read_summary(content)
    checks = dict(connection.execute(select(CheckRow.id, CheckRow.name)).all())
    return TargetStates(states=states, summaries=summaries, checks=checks)


def plan_states(connection: Connection, targets: Mapping[int, bool]) -> None:
    """Say that these targets exist; the flag says whether each is excluded."""
    planned = [{"target_id": target, "outcome": "planned", "excluded": targets[target]} for target in sorted(targets)]
    insert_missing(connection, TargetStateRow, planned)
    for excluded in (False, True):
        those = sorted(target for target, each in targets.items() if each is excluded)
        for some in batches(those):
            differing = State.target_id.in_(some) & (State.retired_at.is_not(None) | (State.excluded != excluded))
            connection.execute(update(State).where(differing).values(retired_at=None, excluded=excluded))


def record_states(
    connection: Connection, outcomes: Mapping[int, tuple[TargetOutcome, bool]], changed: Collection[int]
) -> None:
    """Write how asking targets went; the flag says that the run held every check that stood.

    ``changed`` are the targets whose results changed.
    """
    before = _attempts(connection, outcomes)
    rows = [_values(target, *each, before.get(target)) for target, each in sorted(outcomes.items())]
    names = ("outcome", "code", "attempted_at", "reached_at", "assessed_at")
    _write(connection, names, rows)
    summarise_again(connection, changed)


def summarise_again(connection: Connection, targets: Collection[int]) -> None:
    """Write the summary of the results that stand now."""
    rows = [
        {"this": target, "new_digest": digest, "new_content": content}
        for target, (digest, content) in summarise(connection, targets)
    ]
    _write(connection, ("digest", "content"), rows)


def retire_states(connection: Connection, gone: Collection[int], at: datetime) -> None:
    """Say that targets do not exist any more."""
    for some in batches(sorted(gone)):
        connection.execute(
            update(State).where(State.target_id.in_(some), State.retired_at.is_(None)).values(retired_at=at)
        )


def _attempts(connection: Connection, targets: Collection[int]) -> dict[int, Any]:
    columns = (State.target_id, State.outcome, State.code, State.attempted_at, State.reached_at, State.assessed_at)
    found: dict[int, Any] = {}
    for some in batches(sorted(targets)):
        found.update(
            (row.target_id, row) for row in connection.execute(select(*columns).where(State.target_id.in_(some)))
        )
    return found


def _values(target: int, outcome: TargetOutcome, complete: bool, before: Any) -> dict[str, Any]:
    """New values of one row; what another run found later stays."""
    at, is_reached = outcome.collected_at, outcome.unreached is None
    is_latest = before is None or before.attempted_at is None or before.attempted_at <= at
    code = None if outcome.unreached is None else outcome.unreached.code
    return {
        "this": target,
        "new_outcome": ("reached" if is_reached else "unreached") if is_latest else before.outcome,
        "new_code": code if is_latest else before.code,
        "new_attempted_at": at if is_latest else before.attempted_at,
        "new_reached_at": _later(before and before.reached_at, at if is_reached else None),
        "new_assessed_at": _later(before and before.assessed_at, at if is_reached and complete else None),
    }


def _later(first: datetime | None, second: datetime | None) -> datetime | None:
    return max((each for each in (first, second) if each is not None), default=None)


def _write(connection: Connection, names: tuple[str, ...], rows: list[dict[str, Any]]) -> None:
    if rows:
        values: dict[str, Any] = {name: bindparam(f"new_{name}") for name in names}
        connection.execute(update(State).where(State.target_id == bindparam("this")).values(values), rows)
