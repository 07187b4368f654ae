"""Folders of saved configurations, as a tool that saves them every night leaves them."""

import os
from pathlib import Path

import pytest

from baseline.lab.device import Device
from baseline.lab.moment import Moment, local_now
from baseline.lab.spec import DeviceSpec
from tests.acceptance.command import Command

SAVED_AT = 1_763_000_000
"""When the files were last modified: 2025-11-13, in seconds since 1970."""


class Saved:
    """A folder that holds what devices said."""

    def __init__(self, root: Path) -> None:
        self.root = root
        root.mkdir()

    def write(self, path: str, text: str | bytes, modified: int = SAVED_AT) -> Path:
        """Keep a file with a modification time."""
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
        os.utime(file, (modified, modified))
        return file


@pytest.fixture
def saved(tmp_path) -> Saved:
    """An empty folder of saved files."""
    return Saved(tmp_path / "saved")


@pytest.fixture
def baseline(tmp_path) -> Command:
    """Runs the command; every test has its own store."""
    return Command(tmp_path)


@pytest.fixture(scope="session")
def switch():
    """A function that gives the configuration of a simulated switch, and one that gives what it answers."""

    def made(name: str = "sw-01", *defects: str) -> Device:
        return Device(DeviceSpec(name=name, lines=450, defects=defects), seed=1)

    return made


@pytest.fixture(scope="session")
def answer():
    """A function that gives the answer of a simulated switch to a command."""

    def made(device: Device, command: str) -> str:
        moment = Moment(now=local_now(), up_seconds=3600.0, logins=(), own_line=0, privilege=15)
        return device.answer(command, (), moment).text

    return made
