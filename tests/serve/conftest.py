"""A ``baseline serve`` of its own, as a program, over a store with something in it."""

import os
import re
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from baseline.store.store import Store
from tests.prometheus.organisation import fill, inventory

PROGRAM = Path(sys.executable).with_name("baseline")


class Served:
    """The program, and a client for it."""

    def __init__(self, folder: Path, *options: str, **client) -> None:
        self.folder = folder
        environment = {"HOME": str(folder), "PATH": os.environ["PATH"], "BASELINE_STORE": str(folder / "store.db")}
        self.process = subprocess.Popen(
            [PROGRAM, "serve", "--listen", "127.0.0.1:0", *options],
            env=environment,
            cwd=folder,
            stderr=subprocess.PIPE,
            text=True,
        )
        self.said = ""
        while (found := re.search(r"Listening on (\S+)", self.said)) is None:
            line = self.process.stderr.readline()
            assert line, f"it ended: {self.said}"
            self.said += line
        self.url = found[1]
        self.client = httpx.Client(base_url=self.url, timeout=60, trust_env=False, **client)

    def get(self, path: str, **options) -> httpx.Response:
        return self.client.get(path, **options)

    def close(self) -> int:
        """Stop it as systemd does; the exit code."""
        self.client.close()
        self.process.terminate()
        try:
            self.said += self.process.communicate(timeout=30)[1]
        except subprocess.TimeoutExpired:
            self.process.kill()
            raise
        return self.process.returncode


@pytest.fixture(scope="session")
def filled_folder(tmp_path_factory):
    """A folder with a store and an inventory."""
    folder = tmp_path_factory.mktemp("served")
    with Store.open(folder / "store.db") as store:
        fill(store)
    inventory(folder / "inventory")
    return folder


@pytest.fixture
def serve(filled_folder):
    """Start servers over that folder; all are stopped in the end."""
    started = []

    def start(*options, **client):
        started.append(Served(filled_folder, *options, **client))
        return started[-1]

    yield start
    for each in started:
        if each.process.poll() is None:
            each.close()
