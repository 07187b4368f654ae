"""A full disk is said in words, costs nothing that was recorded, and is over when there is room again."""

import os
import random
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from baseline.models.artefact import Artefact
from baseline.models.errors import StoreError
from baseline.store.records import ResultFilter
from baseline.store.store import Store
from tests.store.examples import SSH, later, reached, result, switch, version

pytestmark = pytest.mark.slow


def mount(*arguments: str | Path) -> None:
    subprocess.run(["mount", *arguments], check=True, capture_output=True)


@pytest.fixture
def small_disk(tmp_path) -> Iterator[Path]:
    """A disk of two megabytes."""
    if os.geteuid() != 0:
        pytest.skip("needs root, to mount a small disk")
    folder = tmp_path / "disk"
    folder.mkdir()
    try:
        mount("-t", "tmpfs", "-o", "size=2m", "tmpfs", folder)
    except (OSError, subprocess.CalledProcessError) as error:
        pytest.skip(f"cannot mount a small disk: {error}")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", folder], check=True)


def fill_up(store: Store, run: int, names: list[str]) -> tuple[list[str], StoreError]:
    """Record targets with artefacts that do not compress, until the store refuses."""
    chance = random.Random(1)
    for number, name in enumerate(names):
        artefact = Artefact(name="show tech-support", content=chance.randbytes(60_000))
        try:
            store.record_target(run, reached(result(), target=name, at=later(number), artefacts=(artefact,)))
        except StoreError as error:
            return names[:number], error
    pytest.fail("the disk was never full")


def test_a_full_disk_costs_nothing_that_was_recorded(small_disk):
    names = [f"switch-{number}" for number in range(100)]
    path = small_disk / "store.db"
    with Store.open(path) as store:
        run = store.begin_run({}, "0.1.0", [switch(name) for name in names], [version(SSH)])
        recorded, error = fill_up(store, run, names)
        assert "its disk is full" in str(error)
        assert str(path) in str(error)
        assert len(recorded) > 5
        assert_held(store, run, recorded)
    with Store.open(path) as store:
        assert_held(store, run, recorded)


def test_a_run_goes_on_when_there_is_room_again(small_disk):
    names = [f"switch-{number}" for number in range(40)]
    with Store.open(small_disk / "store.db") as store:
        run = store.begin_run({}, "0.1.0", [switch(name) for name in names], [version(SSH)])
        recorded, _ = fill_up(store, run, names)
        mount("-o", "remount,size=16m", small_disk)
        for name in names[len(recorded) :]:
            assert store.record_target(run, reached(result(), target=name))
        assert store.finish_run(run).counts.reached == 40


def test_a_disk_without_any_room_is_said_when_creating(small_disk):
    (small_disk / "filler").write_bytes(b"x" * (2 * 1024 * 1024))
    with pytest.raises(StoreError, match=r"disk is full|free space"):
        Store.open(small_disk / "store.db")
    (small_disk / "filler").unlink()
    Store.open(small_disk / "store.db").close()


def test_a_store_on_a_read_only_disk_says_so_and_can_be_read(small_disk):
    path = small_disk / "store.db"
    with Store.open(path) as store:
        run = store.begin_run({}, "0.1.0", [switch()], [version(SSH)])
        store.record_target(run, reached(result()))
    mount("-o", "remount,ro", small_disk)
    with pytest.raises(StoreError, match="Read-only file system"):
        Store.open(path)
    with Store.open(path, read_only=True) as store:
        assert_held(store, run, ["switch-1"])


def assert_held(store: Store, run: int, names: list[str]) -> None:
    assert [each.target for each in store.current_results(ResultFilter(run=run))] == sorted(names)
    for entry in store.population(run):
        assert entry.outcome == ("reached" if entry.target in names else "planned")
