"""The playbooks for those who drive everything from Ansible, on switches of the lab."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.acceptance.fleet import Fleet, switch

pytestmark = pytest.mark.slow

PLAYBOOKS = Path(__file__).parents[2] / "playbooks"
PROGRAMS = Path(sys.executable).parent


@pytest.fixture(scope="module")
def fleet(tmp_path_factory):
    with Fleet(tmp_path_factory.mktemp("lab"), switch("sw-01"), switch("sw-02", defects=("telnet_on_vty",))) as fleet:
        yield fleet


@pytest.fixture
def play(tmp_path, fleet):
    """Runs a playbook; gives its exit code and what it printed."""

    def run(name, *variables):
        environment = {
            "PATH": f"{PROGRAMS}:{os.defpath}",
            "HOME": str(tmp_path),
            "LC_ALL": "C.UTF-8",
            "BASELINE_STORE": str(tmp_path / "store.db"),
        }
        words = [word for variable in variables for word in ("-e", variable)]
        ended = subprocess.run(
            [PROGRAMS / "ansible-playbook", "-i", fleet.inventory, PLAYBOOKS / name, *words],
            env=environment, cwd=tmp_path, capture_output=True, text=True, check=False,
        )  # fmt: skip
        return ended.returncode, ended.stdout + ended.stderr

    return run


def test_a_scheduled_check_fails_when_something_is_not_met_unless_it_only_reports(play, fleet, tmp_path):
    code, said = play("check.yml")
    assert code != 0, said
    listed = subprocess.run(
        [PROGRAMS / "baseline", "--store", tmp_path / "store.db", "runs", "--json"], capture_output=True, check=True
    )
    assert b'"reached": 2' in listed.stdout
    code, said = play("check.yml", "baseline_report_only=true", "baseline_limit=sw-01")
    assert code == 0, said


def test_after_a_rollout_a_report_is_written_and_a_device_that_is_not_right_ends_it(play, tmp_path):
    code, said = play("after_rollout.yml")
    assert code != 0
    assert "baseline_group=GROUP" in said
    code, said = play(
        "after_rollout.yml", "baseline_group=access_switches", f"baseline_report={tmp_path}/hand-over.html"
    )
    assert code != 0, said
    assert (tmp_path / "hand-over.html").exists(), said
    assert "sw-02" in (tmp_path / "hand-over.html").read_text()
