"""This machine asked once, as root or whoever runs the tests, and an account that may do nothing."""

import asyncio
import contextlib
import os
import shutil
import subprocess
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


@pytest.fixture(scope="session")
def here() -> Collection:
    """Everything about this machine."""
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
    subprocess.run(["useradd", "-m", "-s", "/bin/bash", "-p", "*", name], check=True, capture_output=True)
    try:
        yield name
    finally:
        subprocess.run(["userdel", "-r", "-f", name], check=False, capture_output=True)


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
