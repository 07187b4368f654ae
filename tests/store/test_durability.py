"""Killed at any moment, a process leaves a store with all that it said was recorded."""

import random
import subprocess
import sys
import time

import pytest
from sqlalchemy import text

from baseline.store.records import ResultFilter
from baseline.store.store import Store
from tests.store import killed_writer

TARGETS = 60


def kill_a_writer(location: str, after: str, seconds: float, group: int) -> list[list[str]]:
    """Start a writer, kill it some seconds after it first said a word, and give all that it said."""
    writer = subprocess.Popen(
        [sys.executable, killed_writer.__file__, location, str(TARGETS), str(group)], stdout=subprocess.PIPE, text=True
    )
    assert writer.stdout is not None
    said = []
    for line in writer.stdout:
        said.append(line.split())
        if said[-1][0] == after:
            break
    time.sleep(seconds)
    writer.kill()
    said.extend(line.split() for line in writer.stdout.read().splitlines(keepends=True) if line.endswith("\n"))
    writer.stdout.close()
    writer.wait()
    return said


def assert_nothing_was_lost(location: str, said: list[list[str]]) -> None:
    with Store.open(location) as store:
        assert store.mark_dead_runs() == ()
        assert not [run for run in store.runs(limit=10_000) if run.status == "running"]
        for word, run, *names in (each for each in said if len(each) > 1):
            reached = {each.target for each in store.population(int(run)) if each.outcome == "reached"}
            assert word != "recorded" or reached >= set(names)
            assert word != "finished" or store.run(int(run)).status == "finished"
        for run in store.runs(limit=2):
            assert_every_target_is_whole(store, run.id)
        assert_the_database_is_sound(store)


def assert_every_target_is_whole(store: Store, run: int) -> None:
    """A target is recorded with all its results, or not at all."""
    reached = {each.target for each in store.population(run) if each.outcome == "reached"}
    results = list(store.current_results(ResultFilter(run=run)))
    assert {each.target for each in results} == reached
    assert len(results) == len(reached) * len(killed_writer.CHECKS)
    assert {each.observed["run"] for each in results} <= {run}
    for name in reached:
        assert store.facts(name, run) is not None
    keys = store.judge_keys(reached)
    assert all(set(each) == set(killed_writer.CHECKS) for each in keys.values())


def assert_the_database_is_sound(store: Store) -> None:
    with store._database.reading() as connection:
        if connection.dialect.name == "sqlite":
            assert connection.execute(text("PRAGMA integrity_check")).scalar() == "ok"
            assert connection.execute(text("PRAGMA foreign_key_check")).all() == []


def test_a_killed_writer_loses_nothing_that_it_said_was_recorded(location):
    said = kill_a_writer(location, "recorded", seconds=0.2, group=3)
    assert_nothing_was_lost(location, said)
    with Store.open(location) as store:
        [interrupted] = store.interrupted_runs()
        remaining = store.resume_run(interrupted.id).remaining
        reached = {each.target for each in store.population(interrupted.id) if each.outcome == "reached"}
        assert len(remaining) + len(reached) == TARGETS


@pytest.mark.slow
def test_a_store_survives_being_killed_at_many_random_moments(location):
    chance = random.Random(20261122)
    for _ in range(25):
        after, longest = chance.choice([("opening", 0.3), ("begun", 0.1), ("recorded", 0.5), ("finished", 0.1)])
        said = kill_a_writer(location, after, chance.uniform(0, longest), group=chance.choice([1, 7, 60]))
        assert_nothing_was_lost(location, said)


@pytest.mark.slow
def test_a_store_killed_while_it_is_created_opens(tmp_path):
    chance = random.Random(20261123)
    for number in range(12):
        location = str(tmp_path / f"store-{number}.db")
        kill_a_writer(location, "opening", chance.uniform(0, 0.4), group=1)
        assert_nothing_was_lost(location, [])
