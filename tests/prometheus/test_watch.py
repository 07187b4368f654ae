"""An alert travels: a switch that changes, a run, the store, a scrape, a rule, Alertmanager, and who must solve it."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

WATCH = Path(__file__).resolve().parents[2] / "demo" / "watch.sh"


@pytest.mark.slow
@pytest.mark.skipif(
    not (shutil.which("prometheus") and shutil.which("prometheus-alertmanager")),
    reason="needs Prometheus and Alertmanager (apt-get install prometheus prometheus-alertmanager)",
)
def test_a_switch_that_goes_wrong_is_told_once_to_its_owner_and_so_is_its_repair(tmp_path):
    path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    environment = {"HOME": str(tmp_path), "PATH": path, "BASELINE_WATCH_FOLDER": str(tmp_path / "watch")}
    done = subprocess.run(
        [WATCH], env=environment, cwd=tmp_path, capture_output=True, text=True, timeout=400, check=False
    )
    logs = "\n".join(f"{log.name}: {log.read_text()[-1500:]}" for log in (tmp_path / "watch").glob("*.log"))
    assert done.returncode == 0, done.stdout + done.stderr + logs
    told = [line.split("\t") for line in (tmp_path / "watch" / "told.log").read_text().splitlines()]
    about = [line for line in told if line[3] == "zwolle-sw-01" and line[2] == "BaselineCriticalFailure"]
    assert [line[:2] for line in about] == [["netwerkbeheer-zwolle", "firing"], ["netwerkbeheer-zwolle", "resolved"]]
    assert about[0][4] == "zwolle-sw-01 does not meet: No SNMP community has a well-known name"
