"""Real schedulers, in processes of their own, on one store: no run is lost, and none happens twice."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest

from baseline.store.store import Store

pytestmark = pytest.mark.slow

PATIENCE = 60.0


@pytest.fixture(scope="module")
def inventory(tmp_path_factory):
    """Two simulated switches that answer slowly enough to be caught at it."""
    folder = tmp_path_factory.mktemp("lab")
    up = ["lab", "up", "--folder", str(folder), "--devices", "2", "--first-port", "0", "--latency-ms", "150"]
    baseline(*up)
    yield folder / "inventory.yml"
    baseline("lab", "down", "--folder", str(folder))


def baseline(*words: str) -> None:
    program = "from baseline.cli.main import main; main()"
    subprocess.run([sys.executable, "-c", program, *words], check=True, stdout=subprocess.DEVNULL, timeout=60)


@pytest.fixture
def place(tmp_path):
    path = tmp_path / "store.db"
    Store.open(path).close()
    return path


def before_the_minute(seconds: float) -> float:
    """How far a clock must be ahead to be this many seconds before a whole minute."""
    now = datetime.now(UTC)
    minute = now.replace(second=0, microsecond=0) + timedelta(minutes=1)
    return (minute - now).total_seconds() - seconds


@contextmanager
def keeper(place, inventory, ahead: float, cron: str = "* * * * *"):
    words = [sys.executable, "-m", "tests.schedule.keeper", str(place), str(inventory), str(ahead), cron]
    process = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    process.stdout.readline()
    try:
        yield process
    finally:
        process.send_signal(signal.SIGCONT)
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        process.stdout.close()
        process.stderr.close()


def eventually(place, condition, patience: float = PATIENCE):
    """What the condition gives of the slots, once it gives something."""
    end = time.monotonic() + patience
    while time.monotonic() < end:
        with Store.open(place, read_only=True) as store:
            slots, runs = store.schedule.slots(), store.runs()
        found = condition(slots, runs)
        if found:
            return found
        time.sleep(0.2)
    pytest.fail(f"did not happen in {patience:.0f} s; slots: {slots}; runs: {[run.status for run in runs]}")


def done(slots, runs):
    return [slot for slot in slots if slot.state == "done"] and (slots, runs)


def test_two_schedulers_on_one_store_run_a_moment_once(place, inventory):
    ahead = before_the_minute(3)
    with keeper(place, inventory, ahead), keeper(place, inventory, ahead):
        slots, _ = eventually(place, done)
        time.sleep(5)
        slots, runs = eventually(place, done)
    assert [(slot.state, slot.attempt) for slot in slots] == [("done", 1)]
    assert [run.status for run in runs] == ["finished"]


def test_a_scheduler_that_is_killed_loses_no_run_and_leaves_none_behind(place, inventory):
    ahead = before_the_minute(2)
    with keeper(place, inventory, ahead) as first:
        eventually(place, lambda _, runs: runs)
        os.kill(first.pid, signal.SIGKILL)
        first.wait()
        eventually(place, lambda _, runs: runs[0].status == "interrupted")
    with keeper(place, inventory, ahead):
        slots, runs = eventually(place, done)
    assert [(slot.state, slot.attempt) for slot in slots if slot.attempt > 1] == [("done", 2)]
    assert sorted(run.status for run in runs) == ["finished", "interrupted"]


def test_a_store_that_is_locked_is_waited_for(place, inventory):
    lock = sqlite3.connect(place, isolation_level=None)
    with keeper(place, inventory, before_the_minute(2)) as process:
        lock.execute("BEGIN IMMEDIATE")
        time.sleep(8)
        lock.execute("ROLLBACK")
        lock.close()
        slots, runs = eventually(place, done)
    assert [run.status for run in runs] == ["finished"]
    assert [slot.state for slot in slots if slot.state != "missed"][-1:] == ["done"]
    assert process.returncode is not None


def test_what_came_up_while_nobody_was_there_runs_once_afterwards(place, inventory):
    with Store.open(place) as store:
        old = datetime.now(UTC).replace(second=0, microsecond=0) - timedelta(hours=3)
        store.schedule.note_missed("nightly", [old], "first look", old)
    with keeper(place, inventory, 0, cron="0 * * * *"):
        slots, runs = eventually(place, done)
    assert len(runs) == 1
    assert sorted(slot.state for slot in slots) in (
        ["done", "missed", "missed"],
        ["done", "missed", "missed", "missed"],
    )


def test_a_job_whose_inventory_is_gone_fails_with_the_reason(place, tmp_path):
    with keeper(place, tmp_path / "gone.yml", before_the_minute(2)):
        slots = eventually(place, lambda slots, _: [slot for slot in slots if slot.state == "failed"])
    assert slots[0].exit_code == 2
    assert "gone.yml" in slots[0].reason
