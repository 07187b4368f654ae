"""A thousand targets with fifty checks each are recorded in seconds, and hardly anything when nothing changed."""

import time
from datetime import timedelta
from pathlib import Path

import msgspec
import pytest

from baseline.models.artefact import Artefact
from baseline.models.result import Status
from baseline.store.bulk import batches
from baseline.store.store import Store
from tests.store.examples import NOON, facts, reached, result, switch, version

pytestmark = pytest.mark.slow

TARGETS = [f"switch-{number:04}" for number in range(1000)]
CHECKS = [f"network-check-{number}" for number in range(50)]


def first_outcome(name: str):
    configuration = Artefact(name="show running-config", content=f"hostname {name}\n".encode() * 100)
    results = [
        result(
            check, (Status.PASS, Status.FAIL)[number % 4 == 0], artefacts={"show running-config": configuration.digest}
        )
        for number, check in enumerate(CHECKS)
    ]
    return reached(
        *results, target=name, artefacts=(configuration,), facts=facts(hostname=name, ports=list(range(500)))
    )


def record(store: Store, outcomes) -> float:
    """Seconds of processor time that recording the outcomes takes, a hundred at a time."""
    run = store.begin_run({}, "0.1.0", [switch(name) for name in TARGETS], [version(check) for check in CHECKS])
    started = time.process_time()
    for some in batches(outcomes, 100):
        assert not store.record_targets(run, some)
    used = time.process_time() - started
    store.finish_run(run)
    return used


def test_a_thousand_targets_of_fifty_checks(tmp_path):
    path = tmp_path / "store.db"
    with Store.open(path) as store:
        first = record(store, [first_outcome(name) for name in TARGETS])
        keys = store.judge_keys(TARGETS)
        unchanged = [
            msgspec.structs.replace(
                first_outcome(name), collected_at=NOON + timedelta(days=1), judged={}, results=(), unchanged=keys[name]
            )
            for name in TARGETS
        ]
        second = record(store, unchanged)
        started = time.process_time()
        assert sum(1 for _ in store.current_results()) == 50_000
        reading = time.process_time() - started
    size = Path(path).stat().st_size
    print(f"first run {first:.2f} s, unchanged run {second:.2f} s, reading {reading:.2f} s, {size / 1e6:.1f} MB")
    assert (first < 15, second < 3, reading < 5) == (True, True, True), (first, second, reading)
    assert size < 16_000_000
