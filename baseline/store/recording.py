"""Writes what a run learned of a group of targets, in the transaction of the caller."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from msgspec.structs import replace
from sqlalchemy import Connection, select

from baseline.models.errors import StoreError
from baseline.store.bulk import batches
from baseline.store.details import Details
from baseline.store.evidence_recording import Recorded, log_targets
from baseline.store.findings import findings
from baseline.store.intervals import NOTHING, observe
from baseline.store.judged import Keys, read_keys, write_keys
from baseline.store.later import Later, free_moments, read_later
from baseline.store.population import write_population
from baseline.store.records import TargetOutcome
from baseline.store.result_rows import read_intervals, write_changes
from baseline.store.scope import Scope, lock_targets
from baseline.store.tables import RunTargetRow
from baseline.store.target_states import record_states


class _Entry(NamedTuple):
    """One target of the group. ``observed`` are the checks whose results this outcome settles."""

    outcome: TargetOutcome
    keys: Keys
    observed: frozenset[str]


def record(connection: Connection, scope: Scope, outcomes: Sequence[TargetOutcome], details: Details) -> frozenset[str]:
    """Write the outcomes, except of targets that the run has recorded already.

    Gives the names of targets whose unchanged checks do not stand with the same key any more; nothing of those is
    written.

    Raises:
        StoreError: an outcome contradicts itself or names what the run was not begun with.
    """
    for outcome in outcomes:
        _require_sense(scope, outcome)
    pending = _pending(connection, scope, {scope.target(each.target): each for each in reversed(outcomes)})
    if not pending:
        return frozenset()
    pending = _at_moments_of_their_own(connection, pending)
    standing = read_keys(connection, pending)
    later = read_later(connection, scope.run, {target: each.collected_at for target, each in pending.items()})
    outdated = {target for target, each in pending.items() if _outdated(each, standing[target], later.has(target))}
    entries = {
        target: _Entry(outcome, standing[target], _observed(scope, outcome, standing[target], later.has(target)))
        for target, outcome in pending.items()
        if target not in outdated
    }
    changed = _write_results(connection, scope, entries, later, details)
    _write_keys(connection, scope, entries, later)
    write_population(
        connection,
        scope.run,
        {target: (entry.outcome, not entry.observed) for target, entry in entries.items()},
        changed,
    )
    held = {target: (each.outcome, each.keys.keys() <= scope.checks.keys()) for target, each in entries.items()}
    record_states(connection, held, changed)
    log_targets(connection, scope, {target: _recorded(entry, later.has(target)) for target, entry in entries.items()})
    return frozenset(pending[target].target for target in outdated)


def _recorded(entry: _Entry, is_late: bool) -> Recorded:
    return Recorded(entry.outcome.target, entry.outcome.collected_at, bool(entry.observed), is_late)


def _at_moments_of_their_own(connection: Connection, pending: Mapping[int, TargetOutcome]) -> dict[int, TargetOutcome]:
    """The outcomes, moved by a microsecond where another run observed the target at that very moment.

    Saved files keep their time, and what one run concluded must not be written over by the next.
    """
    moments = free_moments(connection, {target: each.collected_at for target, each in pending.items()})
    return {target: replace(each, collected_at=moments[target]) for target, each in pending.items()}


def _require_sense(scope: Scope, outcome: TargetOutcome) -> None:
    scope.require_checks([*outcome.judged, *outcome.unchanged])
    strange = {each.check for each in outcome.results} - outcome.judged.keys()
    if strange:
        raise StoreError(f"target {outcome.target}: results of {', '.join(sorted(strange))}, which was not judged")
    if outcome.collected_at.tzinfo is None:
        raise StoreError(f"target {outcome.target}: its moment of collection has no time zone")
    if (outcome.facts is None) == (outcome.unreached is None):
        raise StoreError(f"target {outcome.target}: give either its facts or why it was not reached")
    both = outcome.judged.keys() & outcome.unchanged.keys()
    if both:
        raise StoreError(f"target {outcome.target}: {', '.join(sorted(both))} cannot be both judged and unchanged")


def _pending(connection: Connection, scope: Scope, outcomes: Mapping[int, TargetOutcome]) -> dict[int, TargetOutcome]:
    """The outcomes of targets that this run has not recorded yet; other runs cannot record those until we are done."""
    lock_targets(connection, outcomes)
    planned: list[int] = []
    for some in batches(sorted(outcomes)):
        query = select(RunTargetRow.target_id).where(
            RunTargetRow.run_id == scope.run, RunTargetRow.target_id.in_(some), RunTargetRow.outcome == "planned"
        )
        planned.extend(connection.scalars(query))
    return {target: outcomes[target] for target in planned}


def _outdated(outcome: TargetOutcome, standing: Keys, is_late: bool) -> bool:
    if not outcome.unchanged:
        return False
    return is_late or any(standing.get(check) != key for check, key in outcome.unchanged.items())


def _observed(scope: Scope, outcome: TargetOutcome, standing: Keys, is_late: bool) -> frozenset[str]:
    """Checks whose results change: judged now, or standing and not mentioned (they do not apply here any more)."""
    candidates = scope.checks.keys() if is_late else scope.checks.keys() & standing.keys()
    return frozenset(outcome.judged.keys() | candidates) - outcome.unchanged.keys()


def _write_results(
    connection: Connection, scope: Scope, entries: Mapping[int, _Entry], later: Later, details: Details
) -> frozenset[int]:
    """Write what changes in results; give the targets of which something did."""
    changing = {target: entry for target, entry in entries.items() if entry.observed}
    if not changing:
        return frozenset()
    found = findings(connection, scope, [entry.outcome for entry in changing.values()], details)
    since = min(entry.outcome.collected_at for entry in changing.values())
    standing = read_intervals(connection, changing, since)
    settled = {target: {scope.checks[name] for name in entry.observed} for target, entry in changing.items()}
    changes = {
        place: observe(
            standing.get(place, ()),
            found.get(place),
            changing[place.target].outcome.collected_at,
            later.next(place.target, place.check),
        )
        for place in dict.fromkeys([*found, *standing])
        if place.check in settled[place.target]
    }
    write_changes(connection, changes)
    return frozenset(place.target for place, each in changes.items() if each != NOTHING)


def _write_keys(connection: Connection, scope: Scope, entries: Mapping[int, _Entry], later: Later) -> None:
    changed: dict[int, Keys] = {}
    for target, entry in entries.items():
        latest = {name for name in entry.observed if later.next(target, scope.checks[name]) is None}
        keys = {name: key for name, key in entry.keys.items() if name not in latest}
        keys |= {name: key for name, key in entry.outcome.judged.items() if name in latest}
        if keys != entry.keys:
            changed[target] = keys
    write_keys(connection, changed)
