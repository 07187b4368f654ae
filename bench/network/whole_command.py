"""The whole command: start, Ansible's inventory, checks, devices, store, report."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import msgspec

from bench.contender import Work
from bench.measuring import ROOT


class Summary(msgspec.Struct):
    """What is looked at in the report's summary."""

    reached: int
    judged_checks: int


class Report(msgspec.Struct):
    """What is looked at in a report, so that the memory of the bench stays below that of the command."""

    summary: Summary


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
        text = report.read_bytes()
        summary = msgspec.json.decode(text, type=Report).summary
        folder.cleanup()
        return {"answered": summary.reached, "judged": summary.judged_checks, "bytes": len(text)}

    return work
