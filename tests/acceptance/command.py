"""Runs the real ``baseline`` command in a process of its own, as a user does."""

import json
import os
import re
import subprocess
import sys
import time
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

PROGRAM = Path(sys.executable).with_name("baseline")

Verdicts = dict[tuple[str, str, str], str]
"""(target, check, subject) -> status."""


@dataclass
class Ended:
    """A command that ended. ``peak_bytes`` is the most memory that its process held at any moment."""

    code: int
    stdout: str
    stderr: str
    seconds: float
    peak_bytes: int

    @cached_property
    def document(self) -> Any:
        """What ``--json`` printed."""
        return json.loads(self.stdout)

    @property
    def results(self) -> list[dict[str, Any]]:
        """The results in the report of ``check --json``."""
        return list(self.document["results"])

    @cached_property
    def verdicts(self) -> Verdicts:
        """The verdicts in the report of ``check --json``."""
        return {(each["target"], each["check"], each["subject"]): each["status"] for each in self.results}

    def of(self, target: str) -> dict[tuple[str, str], str]:
        """The verdicts on one target: (check, subject) -> status."""
        return {key[1:]: status for key, status in self.verdicts.items() if key[0] == target}

    def reasons(self, target: str) -> set[str]:
        """Why checks of one target could not be checked."""
        return {each["reason"] for each in self.results if each["target"] == target and each["status"] == "error"}


class Command:
    """Runs ``baseline`` with a store, a home and a working folder of its own, and no settings of this machine."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.store = folder / "store.db"
        self.home = folder / "home"
        (self.home / ".ssh").mkdir(parents=True, exist_ok=True)
        self._started: dict[int, tuple[subprocess.Popen[bytes], int]] = {}

    def __call__(self, *arguments: object, code: int | None = None, **options: Any) -> Ended:
        """Run it to its end, at most two minutes; ``code`` is the exit code that it must have."""
        started = time.monotonic()
        ended = self.end(self.start(*arguments, **options), started)
        said = f"{ended.stdout[-2000:]}\n{ended.stderr[-2000:]}"
        assert code in (None, ended.code), f"ended with {ended.code}, not {code}:\n{said}"
        return ended

    def start(self, *arguments: object, before: tuple[str, ...] = (), **environment: str) -> subprocess.Popen[bytes]:
        """Start it; what it prints goes to files. ``before`` is a command that runs it, such as unshare(1)."""
        number = len(list(self.folder.glob("*.out")))
        with (self.folder / f"{number}.out").open("wb") as out, (self.folder / f"{number}.err").open("wb") as err:
            process = subprocess.Popen(
                [*before, PROGRAM, *map(str, arguments)],
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=err,
                cwd=self.folder,
                env=self.environment(**environment),
            )
        self._started[process.pid] = (process, number)
        return process

    def end(self, process: subprocess.Popen[bytes], started: float, *, seconds: float = 120.0) -> Ended:
        """Wait for a started command."""
        deadline, peak = time.monotonic() + seconds, 0
        while True:
            peak = max(peak, _peak_bytes(process.pid))
            found, status = os.waitpid(process.pid, os.WNOHANG)
            if found:
                break
            assert time.monotonic() < deadline, f"still running after {seconds:g} s: {process.args}"
            time.sleep(0.02)
        process.returncode = os.waitstatus_to_exitcode(status)
        _, number = self._started.pop(process.pid)
        return Ended(
            code=process.returncode,
            stdout=(self.folder / f"{number}.out").read_text(errors="replace"),
            stderr=(self.folder / f"{number}.err").read_text(errors="replace"),
            seconds=time.monotonic() - started,
            peak_bytes=peak,
        )

    def close(self) -> None:
        """Kill what a test that failed left behind."""
        for process, _ in self._started.values():
            process.kill()
            process.wait()

    def environment(self, **more: str) -> dict[str, str]:
        """The variables of a user with an empty home."""
        kept = {name: os.environ[name] for name in ("PATH", "PYTHONPATH", "LANG", "TMPDIR") if name in os.environ}
        mine = {"HOME": str(self.home), "BASELINE_STORE": str(self.store), "COLUMNS": "160"}
        return kept | mine | more


def _peak_bytes(pid: int) -> int:
    """The most memory that a process held so far; 0 when it is gone.

    Not ru_maxrss, which also counts what the process that started it held.
    """
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0
    found = re.search(r"VmHWM:\s*(\d+) kB", status)
    return int(found[1]) * 1024 if found else 0
