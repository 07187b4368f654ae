"""A run that is killed or stopped keeps what it reported, and goes on where it was."""

import contextlib
import signal
import time

import pytest

from baseline.models.errors import StoreError
from baseline.store.store import Store
from tests.acceptance.fleet import Fleet, checks_for, switch

pytestmark = pytest.mark.slow

NAMES = [f"switch-{number:02}" for number in range(1, 15)]


@pytest.fixture
def fleet(tmp_path):
    """Switches far away: each takes about two seconds."""
    devices = [switch(name, number=number) for number, name in enumerate(NAMES, start=1)]
    with Fleet(tmp_path / "lab", *devices, latency_ms=120) as fleet:
        yield fleet


def stored(baseline, run=1):
    """The targets whose results a run has in the store; none while there is no such run yet."""
    with contextlib.suppress(StoreError), Store.open(baseline.store, read_only=True) as store:
        return {entry.target for entry in store.population(run) if entry.outcome == "reached"}
    return set()


def stop_half_way(baseline, fleet, number):
    """Begin a run, and send it a signal when some targets are done and others are being asked."""
    started = time.monotonic()
    process = baseline.start("check", "-i", fleet.inventory, "--concurrency", 3)
    while not 3 <= len(stored(baseline)) < len(NAMES) and time.monotonic() < started + 60:
        time.sleep(0.2)
    process.send_signal(number)
    return baseline.end(process, started, seconds=15)


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGINT, signal.SIGTERM], ids=lambda number: number.name)
def test_a_stopped_run_keeps_what_it_has_and_resuming_asks_only_the_rest(baseline, fleet, number):
    ended = stop_half_way(baseline, fleet, number)
    done = stored(baseline)
    if len(done) == len(NAMES):
        pytest.skip("the run ended before the signal came: this machine is too busy to stop it half-way")
    asked = {device.name: device.connections for device in fleet.status.devices}

    if number == signal.SIGKILL:
        assert ended.code == -signal.SIGKILL
    else:
        assert ended.code == 3
        assert "baseline check --resume" in ended.stderr
        assert "Traceback" not in ended.stderr
    assert 3 <= len(done) < len(NAMES)
    (run,) = baseline("runs", "--json", code=0).document
    assert run["status"] == "interrupted"
    results = baseline("results", "--json").document
    for name in done:
        assert {each["check"] for each in results if each["target"] == name} == checks_for("cisco_ios")

    resumed = baseline("check", "--resume", "--json", code=0)

    assert resumed.document["run"] == run["id"]
    assert {entry["target"]: entry["outcome"] for entry in resumed.document["population"]} == dict.fromkeys(
        NAMES, "reached"
    )
    assert {name for name in NAMES if {check for check, _ in resumed.of(name)} == checks_for("cisco_ios")} == set(NAMES)
    again = {device.name: device.connections - asked[device.name] for device in fleet.status.devices}
    assert again == {name: 0 if name in done else 1 for name in NAMES}
    (run,) = baseline("runs", "--json", code=0).document
    assert run["status"] == "finished"


def test_there_is_nothing_to_resume_when_every_run_ended(baseline, fleet):
    baseline("check", "-i", fleet.inventory, "--target", NAMES[0], code=0)
    ended = baseline("check", "--resume", code=2)
    assert "no run was interrupted" in ended.stderr


def test_two_runs_at_once_on_one_store_both_complete(baseline, fleet):
    started = time.monotonic()
    both = [baseline.start("check", "-i", fleet.inventory, "--json") for _ in range(2)]
    ended = [baseline.end(process, started) for process in both]

    for run in ended:
        assert run.code == 0, run.stderr
        assert {check for _, check, _ in run.verdicts} == checks_for("cisco_ios")
    assert ended[0].verdicts == ended[1].verdicts
    assert {run["status"] for run in baseline("runs", "--json", code=0).document} == {"finished"}
    assert {device.connections for device in fleet.status.devices} == {2}
