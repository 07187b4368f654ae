"""Periods agree with a simple model that keeps every observation, whatever the order in which they are recorded."""

import shutil
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from baseline.models.result import Status
from baseline.store.intervals import Finding, Interval, observe
from baseline.store.store import Store
from tests.store.examples import NOON, later, reached, result, switch, unreached, version

MINUTES = st.integers(0, 8)
CHECKS = ("check-a", "check-b", "check-c")
TARGETS = ("switch-1", "switch-2")
VARIANTS = 3
END = 10


def finding(variant: int, first_run: int) -> Finding:
    return Finding(f"status {variant}", "high", variant, 0, None, None, first_run, None, first_run)


def apply_changes(rows: dict, changes) -> None:
    """Do to rows, known by their start, what the store does to its table."""
    for start in changes.removed:
        del rows[start]
    for interval in changes.ended:
        rows[interval.valid_from] = rows[interval.valid_from]._replace(valid_to=interval.valid_to)
    for interval in changes.added:
        assert interval.valid_from not in rows
        rows[interval.valid_from] = interval


@given(st.lists(st.tuples(MINUTES, st.none() | st.integers(0, 2)), max_size=12))
def test_one_subject_agrees_with_every_observation_kept(observations):
    seen: dict = {}
    rows: dict = {}
    for number, (minute, variant) in enumerate(observations):
        seen[later(minute)] = variant
        until = min((at for at in seen if at > later(minute)), default=None)
        found = None if variant is None else finding(variant, number)
        apply_changes(rows, observe([rows[start] for start in sorted(rows)], found, later(minute), until))
        for moment in map(later, range(-1, END)):
            assert variant_at(rows, moment) == seen.get(max((at for at in seen if at <= moment), default=None))
        assert_one_row_per_change([rows[start] for start in sorted(rows)])


def variant_at(rows: dict, moment) -> int | None:
    holding = [
        each
        for each in rows.values()
        if each.valid_from <= moment and (each.valid_to is None or each.valid_to > moment)
    ]
    assert len(holding) <= 1
    return holding[0].finding.expected_id if holding else None


def assert_one_row_per_change(intervals: list[Interval]) -> None:
    assert all(each.valid_to is None or each.valid_to > each.valid_from for each in intervals)
    for first, second in pairwise(intervals):
        assert first.valid_to is not None
        assert first.valid_to <= second.valid_from
        assert first.valid_to < second.valid_from or first.finding != second.finding


class Look(msgspec.Struct, frozen=True):
    """One run that looks at some targets: when, with which checks, and what it finds (a variant per check)."""

    checks: frozenset[str]
    minutes: dict[str, int]
    variants: dict[tuple[str, str], int]
    silent: frozenset[str]


looks = st.builds(
    Look,
    checks=st.frozensets(st.sampled_from(CHECKS), min_size=1),
    minutes=st.dictionaries(st.sampled_from(TARGETS), MINUTES, min_size=1),
    variants=st.fixed_dictionaries({(t, c): st.integers(-1, VARIANTS - 1) for t in TARGETS for c in CHECKS}),
    silent=st.frozensets(st.sampled_from(TARGETS), max_size=1),
)


def results_of(check: str, variant: int, *, silent: bool) -> list:
    """What a check says: -1 is that it does not apply, others differ in subjects and statuses."""
    if silent:
        return [result(check, Status.ERROR, reason="no answer")]
    return [result(check, (Status.PASS, Status.FAIL)[(variant + n) % 2], f"port {n}") for n in range(variant + 1)]


class EveryObservation:
    """The simple model: nothing is ever thrown away."""

    def __init__(self) -> None:
        self.observations: list = []

    def add(self, target, at, checks, results) -> None:
        self.observations.extend((at, target, check, [r for r in results if r.check == check]) for check in checks)

    def as_of(self, moment) -> list:
        latest: dict = {}
        for at, target, check, results in self.observations:
            if (at <= moment and (target, check) not in latest) or (at <= moment and latest[target, check][0] <= at):
                latest[target, check] = (at, results)
        return sorted(
            (target, check, r.subject, r.status.value, r.observed, r.reason, at)
            for (target, check), (at, results) in latest.items()
            for r in results
        )


def material(results) -> list:
    return [(r.target, r.check, r.subject, r.status.value, r.observed, r.reason, r.measured_at) for r in results]


@pytest.fixture(scope="module")
def empty_store(tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("empty") / "store.db"
    Store.open(path).close()
    return path


@pytest.mark.slow
@given(looks=st.lists(looks, min_size=1, max_size=6), all_at_once=st.booleans())
@settings(max_examples=60, deadline=timedelta(seconds=10))
def test_the_store_agrees_with_every_observation_kept(empty_store, looks, all_at_once):
    model = EveryObservation()
    with TemporaryDirectory() as folder, Store.open(shutil.copy(empty_store, folder)) as store:
        for look in looks:
            record(store, model, look, in_groups=all_at_once)
        for minute in range(-1, END):
            assert material(store.results_as_of(later(minute))) == model.as_of(later(minute))
        assert material(store.current_results()) == model.as_of(later(END))


def record(store: Store, model: EveryObservation, look: Look, *, in_groups: bool) -> None:
    """What the engine does: leave out what stands with the same key; judge all when the store asks so."""
    targets = [switch(name) for name in TARGETS]
    run = store.begin_run({}, "0.1.0", targets, [version(check) for check in look.checks])
    standing = store.judge_keys(TARGETS)
    outcomes = {name: outcome(look, name, standing[name]) for name in look.minutes}
    if in_groups:
        refused = store.record_targets(run, list(outcomes.values()))
    else:
        refused = {name for name, each in outcomes.items() if not store.record_target(run, each)}
    for name in refused:
        assert store.record_target(run, outcome(look, name, {}))
    moments = {entry.target: entry.collected_at for entry in store.population(run)}
    for name, minute in look.minutes.items():
        assert timedelta(0) <= moments[name] - later(minute) < timedelta(microseconds=6)  # no two at one moment
        model.add(name, moments[name], look.checks, outcome(look, name, {}).results)


def outcome(look: Look, name: str, standing: dict[str, str]):
    silent = name in look.silent
    keys = {check: f"{silent} {look.variants[name, check]}" for check in look.checks if look.variants[name, check] >= 0}
    unchanged = {check: key for check, key in keys.items() if standing.get(check) == key}
    judged = {check: key for check, key in keys.items() if check not in unchanged}
    results = [r for check in judged for r in results_of(check, look.variants[name, check], silent=silent)]
    kind = unreached if silent else reached
    made = kind(*results, target=name, at=NOON + timedelta(minutes=look.minutes[name]))
    return msgspec.structs.replace(made, judged=judged, unchanged=unchanged)
