"""A disk that fills up while a run goes on."""

import contextlib
import os
import shutil
import sqlite3
import subprocess

import pytest

from tests.acceptance.fleet import Fleet, checks_for, switch

pytestmark = pytest.mark.slow

NAMES = [f"switch-{number:02}" for number in range(1, 25)]
ROOM = 600
"""KiB that hold what some of these switches said, and not what all of them did."""


class SmallDisk:
    """A disk of its own, in a mount namespace that only the commands of a test see."""

    def __init__(self, folder):
        self.folder = folder
        script = f'mount -t tmpfs -o size=100k tmpfs "{folder}" && echo ready && exec sleep 300'
        self._keeper = subprocess.Popen(["unshare", "--mount", "sh", "-c", script], stdout=subprocess.PIPE, text=True)
        self.is_there = self._keeper.stdout.readline() == "ready\n"
        self.inside = ("nsenter", f"--mount=/proc/{self._keeper.pid}/ns/mnt", f"--wd={folder.parent}", "--")

    def resize(self, size):
        self.run("mount", "-o", f"remount,size={size}", self.folder)

    def leave(self, room):
        """So many KiB beyond what is used now."""
        used = int(self.run("df", "--block-size=1K", "--output=used", self.folder).split()[-1])
        self.resize(f"{used + room}k")

    def run(self, *command):
        return subprocess.run([*self.inside, *command], check=True, capture_output=True, text=True).stdout

    def close(self):
        self._keeper.terminate()
        self._keeper.wait()
        self._keeper.stdout.close()


@pytest.fixture
def disk(tmp_path):
    if os.geteuid() != 0 or shutil.which("nsenter") is None:
        pytest.skip("needs root, for a small disk")
    folder = tmp_path / "disk"
    folder.mkdir()
    disk = SmallDisk(folder)
    try:
        if not disk.is_there:
            pytest.skip("mounting is not allowed here")
        yield disk
    finally:
        disk.close()


def check(baseline, disk, *arguments):
    return baseline("check", *arguments, before=disk.inside, BASELINE_STORE=str(disk.folder / "store.db"))


@pytest.mark.parametrize("said", [(), ("--quiet",)], ids=["", "quiet"])
def test_a_full_disk_is_said_and_after_it_has_room_the_run_goes_on(baseline, disk, tmp_path, said):
    with Fleet(tmp_path / "lab", *[switch(name, number=number) for number, name in enumerate(NAMES, 1)]) as fleet:
        disk.resize("50m")
        check(baseline, disk, "-i", fleet.inventory, "--target", NAMES[0])
        disk.leave(ROOM)
        full = check(baseline, disk, "-i", fleet.inventory, "--concurrency", 2, *said)
        asked = {device.name: device.connections for device in fleet.status.devices}

        assert full.code == 3
        assert "disk is full" in full.stdout + full.stderr
        assert "baseline check --resume" in full.stdout + full.stderr
        assert "Traceback" not in full.stderr

        disk.resize("50m")
        resumed = check(baseline, disk, "--resume", "--json")

        assert resumed.code == 0, resumed.stderr
        assert {entry["outcome"] for entry in resumed.document["population"]} == {"reached"}
        assert {check for _, check, _ in resumed.verdicts} == checks_for("cisco_ios")
        again = {device.name: device.connections - asked[device.name] for device in fleet.status.devices}
        stored = {name for name in NAMES if again[name] == 0}
        assert 0 < len(stored) < len(NAMES), "some were stored before the disk was full, and are not asked again"


REFUSED = """
CREATE TRIGGER no_results BEFORE INSERT ON result BEGIN SELECT RAISE(FAIL, 'no room'); END;
CREATE TRIGGER no_end BEFORE UPDATE OF status ON run BEGIN SELECT RAISE(FAIL, 'no room'); END;
"""


def test_a_store_that_takes_not_even_the_end_of_a_run_loses_nothing(baseline, tmp_path):
    with Fleet(tmp_path / "lab", switch("switch-1"), switch("switch-2", number=2)) as fleet:
        baseline("check", "-i", fleet.inventory, "--target", "switch-1", code=0)
        with contextlib.closing(sqlite3.connect(baseline.store)) as store:
            store.executescript(REFUSED)
        full = baseline("check", "-i", fleet.inventory, code=3)
        with contextlib.closing(sqlite3.connect(baseline.store)) as store:
            store.executescript("DROP TRIGGER no_results; DROP TRIGGER no_end;")
        resumed = baseline("check", "--resume", "--json", code=0)

    assert "baseline check --resume" in full.stdout + full.stderr
    assert "Traceback" not in full.stderr
    assert {entry["outcome"] for entry in resumed.document["population"]} == {"reached"}


def test_a_disk_without_any_room_stops_the_run_before_it_begins(baseline, disk, tmp_path):
    with Fleet(tmp_path / "lab", switch("switch-1")) as fleet:
        disk.run("sh", "-c", f"head -c 90k /dev/zero > '{disk.folder}/filler'")
        full = check(baseline, disk, "-i", fleet.inventory)
        connections = fleet.device("switch-1").connections
        disk.run("rm", f"{disk.folder}/filler")
        disk.resize("50m")
        after = check(baseline, disk, "-i", fleet.inventory)

    assert full.code == 2
    assert "disk is full" in full.stderr
    assert "Traceback" not in full.stderr
    assert connections == 0
    assert after.code == 0, after.stderr
