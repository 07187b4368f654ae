"""The whole command: start, Ansible's inventory, checks, devices, store, report."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import ijson
import msgspec

from bench.contender import Work
from bench.measuring import ROOT


class Summary(msgspec.Struct):
    """What is looked at in the report's summary."""

    reached: int
    judged_checks: int


def check(inventory: str) -> Work:
    """``baseline check`` with its report as JSON."""
    folder = tempfile.TemporaryDirectory(prefix="baseline-bench-")
    report = Path(folder.name) / "report.json"

    def work() -> dict[str, float]:
        program = [sys.executable, "-m", "baseline.cli.main", "--store", str(Path(folder.name) / "store.db")]
        with report.open("wb") as answer:
            done = subprocess.run(
                [*program, "check", "-i", inventory, "--json"],
                check=False,
                stdout=answer,
                stderr=subprocess.PIPE,
                env=os.environ | {"PYTHONPATH": str(ROOT)},
            )
        if done.returncode not in (0, 1, 3):
            raise RuntimeError(done.stderr.decode()[-2000:])
        size = report.stat().st_size
        with report.open("rb") as answer:
            # As a stream: the report of a thousand devices is larger than the command that is measured.
            summary = msgspec.convert(next(ijson.items(answer, "summary")), Summary)
        folder.cleanup()
        return {"answered": summary.reached, "judged": summary.judged_checks, "bytes": size}

    return work
