"""What the whole command holds in memory: little at the start, and hardly more for more devices."""

import pytest

from baseline.lab.demo import demo_fleet
from tests.acceptance.command import Command
from tests.acceptance.fleet import Fleet

pytestmark = pytest.mark.slow

FEW, MANY = 12, 45
WORKERS = 5
"""Few enough that both runs have every worker busy for most of the time."""

FIRST_RUN_BYTES = 120_000_000
SECOND_RUN_BYTES = 112_000_000
"""Measured: 111 and 102 million, most of it libraries."""
BYTES_PER_DEVICE = 150_000
"""Measured: some 20,000. What is collected from one such device and judged takes 400,000."""


@pytest.fixture(scope="module")
def peaks(tmp_path_factory):
    """The peak of a first run over few devices and over many, and of a second run over many."""
    folder = tmp_path_factory.mktemp("memory")
    devices = demo_fleet(MANY, lines=1100)

    def peak(store, targets):
        limit = ",".join(device.name for device in targets)
        arguments = ("check", "-i", fleet.inventory, "--limit", limit, "--concurrency", WORKERS, "--json")
        ended = Command(folder / store)("--store", folder / f"{store}.db", *arguments)
        assert ended.document["summary"]["reached"] == len(targets)
        return ended.peak_bytes

    with Fleet(folder / "lab", *devices) as fleet:
        return peak("few", devices[:FEW]), peak("many", devices), peak("many", devices)


def test_a_first_run_and_a_second_stay_small(peaks):
    _, first, second = peaks
    assert first < FIRST_RUN_BYTES
    assert second < SECOND_RUN_BYTES


def test_memory_does_not_grow_with_the_number_of_devices(peaks):
    few, many, _ = peaks
    assert many - few < (MANY - FEW) * BYTES_PER_DEVICE
