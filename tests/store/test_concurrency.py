"""Several processes write runs into one store at once: each completes, and no row is lost."""

import subprocess
import sys
import textwrap

import pytest

from baseline.models.result import Status
from baseline.store.store import Store

TARGETS = 40
PROGRAM = """
    import sys
    from datetime import datetime, UTC
    from baseline.models.result import Status
    from baseline.store.store import Store
    from tests.store.examples import reached, result, switch, version

    location, process, targets = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    checks = ["check-a", "check-b", f"check-of-{process}"]
    names = [f"switch-{number}" for number in range(targets)]
    status = [Status.PASS, Status.FAIL][process % 2]
    store = Store.open(location)
    run = store.begin_run({}, "0.1.0", [switch(name, owner=str(process)) for name in names], map(version, checks))
    for start in range(0, targets, 5):
        some = names[start:start + 5]
        if process % 2:
            some.reverse()
        moment = datetime.now(UTC)
        results = [result(check, status, f"port {n}") for check in checks for n in range(3)]
        store.record_targets(run, [reached(*results, target=name, at=moment, key=f"{process}") for name in some])
    store.finish_run(run)
"""


def run_at_once(location: str, processes: int) -> None:
    program = textwrap.dedent(PROGRAM).replace("map(version, checks)", "[version(check) for check in checks]")
    started = [
        subprocess.Popen(
            [sys.executable, "-c", program, location, str(number), str(TARGETS)], stderr=subprocess.PIPE, text=True
        )
        for number in range(processes)
    ]
    for process in started:
        _, errors = process.communicate(timeout=120)
        assert process.returncode == 0, errors


@pytest.mark.slow
def test_processes_that_create_and_write_one_store_lose_nothing(location):
    run_at_once(location, processes=4)
    with Store.open(location) as store:
        runs = store.runs()
        assert [each.status for each in runs] == ["finished"] * 4
        for run in runs:
            population = list(store.population(run.id))
            assert [each.outcome for each in population] == ["reached"] * TARGETS
            assert all(each.judged == 3 for each in population)
        standing = list(store.current_results())
        assert len(standing) == TARGETS * 3 * (2 + 4)
        for name in {each.target for each in standing}:
            assert_the_last_look_stands(store, name)


def assert_the_last_look_stands(store: Store, target: str) -> None:
    looks = {}
    for run in store.runs():
        [entry] = [each for each in store.population(run.id) if each.target == target]
        [own_check] = [each.id for each in store.run_checks(run.id) if each.id.startswith("check-of")]
        looks[entry.collected_at] = (Status.PASS, Status.FAIL)[int(own_check[-1]) % 2]
    periods = store.history(target, "check-a", "port 1")
    assert periods[-1].result.status == looks[max(looks)]
    for moment, status in looks.items():
        [at_that_time] = [
            each for each in periods if each.valid_from <= moment and (not each.valid_to or moment < each.valid_to)
        ]
        assert at_that_time.result.status == status
