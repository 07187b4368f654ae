"""What `baseline drift` ends with: what was not compared is never unchanged."""

import pytest
from click.testing import CliRunner

from baseline.cli.main import cli
from baseline.drift.approval import approve, states_to_approve
from baseline.store.store import Store
from tests.store.examples import SSH, later, reached, result, switch, version


@pytest.fixture
def place(tmp_path):
    path = tmp_path / "store.db"
    Store.open(path).close()
    return path


def look(place, minute: int, *names: str) -> None:
    with Store.open(place) as store:
        run = store.begin_run({}, "1", [switch(name) for name in names], [version(SSH)])
        for name in names:
            store.record_target(run, reached(result(), target=name, at=later(minute), key=str(minute)))
        store.finish_run(run)


def drift(place):
    return CliRunner().invoke(cli, ["--store", str(place), "drift"])


def test_an_empty_store_is_not_without_drift(place):
    ended = drift(place)
    assert ended.exit_code == 3
    assert "Nothing was compared" in ended.output


def test_targets_that_nobody_approved_are_not_without_drift(place):
    look(place, 0, "sw-1", "sw-2")
    with Store.open(place) as store:
        approve(store, states_to_approve(store, ["sw-1"]), ticket="C-1", person="piet")
    assert drift(place).exit_code == 3


def test_a_fleet_that_stays_as_it_was_approved_ends_with_0(place):
    look(place, 0, "sw-1", "sw-2")
    with Store.open(place) as store:
        approve(store, states_to_approve(store, ["sw-1", "sw-2"]), ticket="C-1", person="piet")
    look(place, 10, "sw-1", "sw-2")
    ended = drift(place)
    assert ended.exit_code == 0
    assert "No drift on 2 targets" in ended.output
