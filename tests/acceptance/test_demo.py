"""What ``make demo`` runs."""

import os
import re
import subprocess
from pathlib import Path

import pytest

from tests.acceptance.command import PROGRAM
from tests.acceptance.fleet import checks_for

pytestmark = pytest.mark.slow

SCRIPT = Path(__file__).resolve().parents[2] / "demo" / "run.sh"


def test_the_demonstration_runs_to_its_end(baseline, tmp_path):
    environment = baseline.environment(BASELINE_DEMO_PORT="0")
    environment["PATH"] = f"{PROGRAM.parent}{os.pathsep}{environment['PATH']}"
    ended = subprocess.run(
        ["sh", SCRIPT], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False, timeout=120
    )

    assert ended.returncode == 0, ended.stdout[-2000:] + ended.stderr[-2000:]
    assert "24 devices answer" in ended.stdout
    reached = [(int(some), int(every)) for some, every in re.findall(r"(\d+) of (\d+) targets reached", ended.stdout)]
    assert reached[0] == (25, 25)
    first, second = (int(number) for number in re.findall(r"# (\d+) checks judged", ended.stdout)[:2])
    assert first > 24 * len(checks_for("cisco_ios"))
    # Other tests change this machine meanwhile, which is one of the targets; no switch is judged again.
    assert second <= len(checks_for("linux", "host")), "the second run judges nothing again"
    assert "network-lines-ssh-only" in ended.stdout
    assert "kampen-sw-05" in ended.stdout
    assert "Traceback" not in ended.stdout + ended.stderr
    assert "clients tried 0 changes" in ended.stdout + ended.stderr
    assert not list((tmp_path / ".baseline" / "demo" / "lab" / "run").glob("*.sock")), "the lab was stopped"
