"""A run begins, lives, and ends or is interrupted, and then it can go on."""

import os
import subprocess
import sys
import textwrap
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import create_engine, update

from baseline.models.errors import StoreError
from baseline.models.result import Status
from baseline.store.process import Process
from baseline.store.records import RunCounts
from baseline.store.store import Store
from baseline.store.tables import RunRow
from tests.store.examples import NOON, SSH, later, reached, result, switch, unreached, version

TARGETS = [switch("switch-1"), switch("switch-2"), switch("switch-3", excluded="spare")]


def begin(store, targets=TARGETS):
    return store.begin_run({"tags": ["ssh"], "limit": None}, "0.1.0", targets, [version(SSH)])


def begin_elsewhere(location: str) -> int:
    """A run whose process is gone."""
    program = f"""
        from baseline.store.store import Store
        from tests.store.examples import SSH, reached, result, version
        from tests.store.test_runs import TARGETS
        store = Store.open({location!r})
        run = store.begin_run({{"tags": ["ssh"]}}, "0.1.0", TARGETS, [version(SSH)])
        store.record_target(run, reached(result(), target="switch-2"))
        print(run)
    """
    done = subprocess.run([sys.executable, "-c", textwrap.dedent(program)], check=True, capture_output=True, text=True)
    return int(done.stdout)


def set_run(location, **values):
    engine = create_engine(location if "://" in location else f"sqlite:///{location}")
    with engine.begin() as connection:
        connection.execute(update(RunRow).values(**values))
    engine.dispose()


def test_a_run_knows_what_it_is_and_who_holds_it(store):
    run = store.run(begin(store))
    assert (run.status, run.finished, run.counts) == ("running", None, None)
    assert (run.selection, run.tool_version, run.pid) == ({"tags": ["ssh"], "limit": None}, "0.1.0", os.getpid())
    assert datetime.now(UTC) - run.started < timedelta(minutes=1)
    assert run.started.utcoffset() == timedelta(0)


def test_a_finished_run_is_counted(store):
    run = begin(store)
    store.record_target(run, reached(result()))
    store.record_target(run, unreached(result(status=Status.ERROR), target="switch-2"))
    finished = store.finish_run(run)
    assert finished.status == "finished"
    assert finished.finished is not None
    assert finished.counts == RunCounts(reached=1, unreached=1, excluded=1, statuses={Status.PASS: 1, Status.ERROR: 1})
    again = begin(store)
    store.record_target(again, reached(at=later(1), unchanged={SSH: "key"}))
    assert store.finish_run(again).counts == RunCounts(
        planned=1, reached=1, excluded=1, unchanged=1, statuses={Status.PASS: 1}
    )


def test_the_latest_runs_come_first(store):
    numbers = [begin(store) for _ in range(3)]
    assert [each.id for each in store.runs()] == numbers[::-1]
    assert [each.id for each in store.runs(limit=2)] == numbers[:0:-1]


def test_a_run_that_is_not_there_is_said_so(store):
    for ask in (store.run, store.finish_run, store.heartbeat, store.interrupt_run, store.resume_run):
        with pytest.raises(StoreError, match="holds no run 7"):
            ask(7)


def test_a_run_cannot_hold_two_targets_or_checks_of_one_name(store):
    with pytest.raises(StoreError, match="two targets of one name"):
        begin(store, [switch(), switch(site="elsewhere")])
    with pytest.raises(StoreError, match="two checks of one id"):
        store.begin_run({}, "0.1.0", [], [version(SSH), version(SSH, "other")])
    assert store.runs() == []


def test_a_run_whose_process_is_gone_is_marked_by_the_next_open(location):
    run = begin_elsewhere(location)
    with Store.open(location) as store:
        marked = store.run(run)
        assert (marked.status, marked.finished) == ("interrupted", marked.heartbeat)
        assert [each.id for each in store.interrupted_runs()] == [run]
        assert store.mark_dead_runs() == ()


@pytest.mark.slow
def test_a_reader_sees_that_the_process_of_a_run_is_gone(location):
    run = begin_elsewhere(location)
    with Store.open(location, read_only=True) as store:
        assert (store.run(run).status, store.runs()[0].status) == ("interrupted", "interrupted")


def test_a_run_whose_process_lives_is_left_alone(store, location):
    run = begin(store)
    with Store.open(location) as other:
        assert other.mark_dead_runs() == ()
        assert other.run(run).status == "running"


@pytest.mark.parametrize(("silence", "marked"), [(timedelta(minutes=4), ()), (timedelta(minutes=6), (1,))])
def test_a_run_on_another_host_is_judged_by_its_heartbeat(store, location, silence, marked):
    begin(store)
    set_run(location, host="another-host", heartbeat=datetime.now(UTC) - silence)
    assert store.mark_dead_runs() == marked


def test_a_process_with_the_number_of_a_dead_one_is_not_taken_for_it():
    this = Process.this()
    assert this.alive()
    earlier = this.token.rpartition(" ")[0] + " 12"
    assert Process(this.host, this.pid, earlier).alive() is False
    assert Process(this.host, this.pid, "another-boot pid:[1] 12").alive() is None


def test_a_process_that_nobody_waited_for_yet_is_gone():
    child = subprocess.Popen(["sleep", "60"])
    try:
        this = Process.this()
        namespace = this.token.rpartition(" ")[0]
        fields = Path(f"/proc/{child.pid}/stat").read_text().rpartition(")")[2].split()
        process = Process(this.host, child.pid, f"{namespace} {fields[19]}")
        assert process.alive()
        child.kill()
        os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOWAIT)
        assert process.alive() is False
    finally:
        child.wait()


def test_an_interrupted_run_goes_on_where_it_was(location):
    run = begin_elsewhere(location)
    with Store.open(location) as store:
        resumed = store.resume_run(run)
        assert resumed.remaining == ("switch-1",)
        assert resumed.selection == {"tags": ["ssh"]}
        store.record_target(run, reached(result(), at=later(5)))
        assert store.finish_run(run).counts.reached == 2


def test_an_interrupt_can_be_resumed(store):
    run = begin(store)
    store.interrupt_run(run)
    assert store.run(run).status == "interrupted"
    assert store.resume_run(run).remaining == ("switch-1", "switch-2")
    assert store.run(run).status == "running"


@pytest.mark.parametrize("end", ["running", "finished"])
def test_only_an_interrupted_run_can_be_resumed(store, end):
    run = begin(store)
    if end == "finished":
        store.finish_run(run)
    with pytest.raises(StoreError, match=f"run 1 is {end}"):
        store.resume_run(run)


def test_a_run_that_another_process_took_over_cannot_be_ended_by_the_first(store, location):
    run = begin(store)
    set_run(location, pid=1, process="another")
    for ask in (store.finish_run, store.heartbeat, store.interrupt_run):
        with pytest.raises(StoreError, match="held by process 1"):
            ask(run)


def test_a_living_run_that_was_thought_dead_is_running_again_at_its_heartbeat(store, location):
    run = begin(store)
    set_run(location, status="interrupted", finished=NOON)
    store.heartbeat(run)
    assert (store.run(run).status, store.run(run).finished) == ("running", None)


def test_what_no_longer_exists_is_retired(store):
    targets = [switch("switch-1"), switch("switch-2")]
    run = store.begin_run({}, "0.1.0", targets, [version(SSH), version("old-check")])
    for target in targets:
        store.record_target(run, reached(result(), result("old-check"), target=target.name))
    assert store.retire(["switch-1"], [SSH], later(10)) == 3
    assert [(each.target, each.check) for each in store.current_results()] == [("switch-1", SSH)]
    assert store.judge_keys(["switch-1", "switch-2"]) == {"switch-1": {SSH: "key"}, "switch-2": {}}
    assert [each.valid_to for each in store.history("switch-2", SSH)] == [later(10)]
    assert store.retire(["switch-1"], [SSH], later(20)) == 0
