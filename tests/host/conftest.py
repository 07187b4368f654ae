"""This machine asked once, as root or whoever runs the tests, and an account that may do nothing."""

import asyncio
import contextlib
import fcntl
import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from baseline.collectors.host.collector import HostCollector
from baseline.collectors.interface import CollectSettings
from baseline.models.collection import Collection
from baseline.models.target import Connection, Target

needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="needs root: it looks at what only root may see")


def local_target(**connection: object) -> Target:
    return Target(name="here", kind="host", platform="linux", connection=Connection(transport="local", **connection))


def collect_here(*needs: str, **connection: object) -> Collection:
    return asyncio.run(HostCollector().collect(local_target(**connection), frozenset(needs), CollectSettings()))


@contextlib.contextmanager
def accounts_lock(kind: int) -> Iterator[None]:
    """Keeps tests that make accounts apart from tests that compare this machine with itself, in other workers too."""
    with Path(tempfile.gettempdir(), "baseline-test-accounts.lock").open("w") as file:
        fcntl.flock(file, kind)
        yield


@pytest.fixture
def steady_machine() -> Iterator[None]:
    """No test makes or removes an account meanwhile."""
    with accounts_lock(fcntl.LOCK_SH):
        yield


@pytest.fixture(scope="session")
def here() -> Collection:
    """Everything about this machine."""
    with accounts_lock(fcntl.LOCK_SH):
        return collect_here()


@pytest.fixture(scope="session")
def as_nobody() -> Callable[[bytes], bytes]:
    """Runs a script as an account without any rights."""
    if os.geteuid() != 0:
        pytest.skip("needs root to become nobody")

    def run(script: bytes) -> bytes:
        nobody = {"user": 65534, "group": 65534, "extra_groups": []}
        done = subprocess.run(["sh", "-s"], input=script, capture_output=True, cwd="/", check=False, **nobody)
        return done.stdout

    return run


@pytest.fixture
def account() -> Iterator[str]:
    """A throw-away account that may log in with a key; it is gone afterwards."""
    if os.geteuid() != 0 or not shutil.which("useradd"):
        pytest.skip("needs root and useradd to make an account")
    name = f"bl{os.getpid()}"
    with accounts_lock(fcntl.LOCK_EX):
        subprocess.run(["useradd", "-m", "-s", "/bin/bash", "-p", "*", name], check=True, capture_output=True)
        try:
            yield name
        finally:
            subprocess.run(["userdel", "-r", "-f", name], check=False, capture_output=True)
            Path("/run/sudo/ts", name).unlink(missing_ok=True)


@contextlib.contextmanager
def sudo_rule(name: str, rule: str) -> Iterator[None]:
    """A line in /etc/sudoers.d for as long as it lasts."""
    if not shutil.which("sudo"):
        pytest.skip("needs sudo (apt-get install sudo)")
    path = Path(f"/etc/sudoers.d/{name}")
    try:
        path.touch(0o440)
        path.write_text(f"{name} {rule}\n")
        yield
    finally:
        path.unlink(missing_ok=True)
