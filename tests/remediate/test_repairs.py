"""``baseline remediate`` on a real Debian with a real sshd: a dry run changes nothing, a repair turns fail into pass."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from baseline.remediate.playbooks import playbooks
from tests.acceptance.command import Command
from tests.acceptance.terminal import Terminal
from tests.remediate.disposable import disposable_host

pytestmark = [pytest.mark.slow, pytest.mark.sshd]

KERNEL = {"host-kernel-network-hardened", "host-kernel-memory-protected"}
"""These change the kernel, which a disposable host shares with this machine; they have tests of their own."""
ALIKE = {
    check
    for check, playbook in playbooks().items()
    if "tasks/sshd.yml" in playbook.path.read_text() and check != "host-ssh-attempts-limited"
} - {"host-ssh-algorithms-strong", "host-ssh-connections-limited"}
"""These differ in nothing but the settings that they give to the same tasks."""
ON_HOST = sorted(set(playbooks()) - KERNEL)


@pytest.fixture(scope="module")
def host(tmp_path_factory):
    with disposable_host(tmp_path_factory.mktemp("disposable")) as host:
        yield host


@pytest.fixture(scope="module")
def baseline(tmp_path_factory):
    command = Command(tmp_path_factory.mktemp("command"))
    yield command
    command.close()


@pytest.fixture(scope="module")
def story(host, baseline):
    """Everything in its order: a dry run, the repair, and a look afterwards."""
    told = {"before": host.settings()}
    told["dry words"] = baseline("remediate", "host-ssh-attempts-limited", "-i", host.inventory, code=1)
    terminal = Terminal(
        baseline, "remediate", *ON_HOST, "-i", host.inventory, "--apply", "--ticket", "CHG-4711", "--by", "an", "--json"
    )
    terminal.read_until("[y/N]")
    told["after dry"] = host.settings()
    terminal.answer("y")
    told["repaired"], told["code"] = terminal.read_to_end()
    told["after"] = host.settings()
    return told


def document(shown):
    """The JSON document that ends what a terminal was shown."""
    return json.loads(shown[shown.index("\n{") :])


def test_a_dry_run_shows_what_would_change_and_changes_nothing(story):
    planned = document(story["repaired"])
    assert {each["check"] for each in planned["plan"]["repairs"]} == set(ON_HOST)
    changing = {each["check"] for each in planned["planned"] if each["outcome"] == "changed"}
    assert changing == set(ON_HOST)
    assert not {each["outcome"] for each in planned["planned"]} & {"failed", "unreachable"}
    assert story["after dry"] == story["before"]
    assert "+MaxAuthTries 3" in story["dry words"].stdout
    assert "Nothing was changed. To change it: --apply --ticket NUMBER" in story["dry words"].stdout


def test_every_playbook_turns_fail_into_pass(story, host, baseline):
    told = document(story["repaired"])
    assert told["left"] == []
    assert (told["status"], story["code"]) == ("repaired", 0)
    words = [word for check in ON_HOST for word in ("--check", check)]
    verdicts = baseline("check", "-i", host.inventory, *words, "--json", code=0).verdicts
    assert {check for _, check, _ in verdicts} == set(ON_HOST)
    assert set(verdicts.values()) == {"pass"}
    assert "maxauthtries 3\n" in host.run("/usr/sbin/sshd", "-T")


def test_nothing_is_left_to_repair_afterwards(story, host, baseline):
    again = baseline("remediate", *ON_HOST, "-i", host.inventory, code=0)
    assert "Nothing to repair by machine." in again.stdout


def test_every_playbook_is_idempotent_and_runs_without_baseline(story, host):
    ended = subprocess.run(
        [Path(sys.executable).with_name("ansible-playbook"), "-i", host.inventory,
         *(playbooks()[check].path for check in ON_HOST if check not in ALIKE)],
        env={"PATH": "/usr/bin:/bin:/usr/sbin:/sbin", "HOME": str(host.folder), "LC_ALL": "C.UTF-8",
             "ANSIBLE_SSH_COMMON_ARGS": f"-o UserKnownHostsFile={host.folder / 'known_hosts'}",
             "ANSIBLE_PIPELINING": "True"},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    # The parameter of the inventory is baseline's own: alone, the playbook writes the check's default.
    changed = [line for line in ended.stdout.splitlines() if line.startswith("changed:")]
    assert len(changed) == 2, ended.stdout  # MaxAuthTries, and the reload
    assert "failed=0" in ended.stdout


def test_what_was_repaired_is_kept_with_its_ticket(story, baseline):
    (record,) = baseline("remediations", "--json", code=0).document
    assert (record["ticket"], record["person"], record["status"]) == ("CHG-4711", "an", "repaired")
    assert record["run_before"] < record["run_after"]
    assert set(record["document"]["playbooks"]) == set(ON_HOST)
    assert "+PermitRootLogin no" in baseline("remediations", "1", code=0).stdout


def files_of(host):
    """Every file under /etc with its digest."""
    return [line for line in host.settings().split("\n") if "  ./" in line]


def test_what_an_earlier_repair_wrote_is_put_back_when_sshd_refuses_a_setting(story, host, baseline, tmp_path):
    before = files_of(host)
    source = playbooks()["host-ssh-attempts-limited"].path
    (tmp_path / "tasks").symlink_to(source.parent / "tasks")
    (tmp_path / "handlers").symlink_to(source.parent / "handlers")
    (tmp_path / source.name).write_text(source.read_text().replace("MaxAuthTries:", "MaxAuthTriez:"))
    inventory = yaml.safe_load(host.inventory.read_text())
    inventory["all"]["hosts"]["server-1"]["baseline_params"] = {"host-ssh-attempts-limited": {"maximum_attempts": 2}}
    stricter = tmp_path / "stricter.yml"
    stricter.write_text(yaml.safe_dump(inventory))
    ended = baseline(
        "remediate", "host-ssh-attempts-limited", "-i", stricter, "--playbooks", tmp_path,
        "--apply", "--yes", "--ticket", "CHG-4712", "--json",
    )  # fmt: skip
    told = ended.document
    assert (told["status"], ended.code) == ("failed", 1)
    assert any("sshd refused the settings" in each["message"] for each in told["done"])
    assert told["left"] == [{"check": "host-ssh-attempts-limited", "target": "server-1"}]
    assert any(line.endswith("./ssh/sshd_config.d/00-host-ssh-attempts-limited.conf") for line in before)
    assert files_of(host) == before


def test_changing_needs_a_ticket_and_somebody_who_agrees(host, baseline):
    said = baseline("remediate", "host-ssh-attempts-limited", "-i", host.inventory, "--apply", code=2).stderr
    assert "--ticket" in said
    said = baseline(
        "remediate", "host-ssh-attempts-limited", "-i", host.inventory, "--apply", "--ticket", "1", code=2
    ).stderr
    assert "--yes" in said


def test_a_check_without_a_playbook_is_named_with_the_nearest_that_has_one(host, baseline):
    said = baseline("remediate", "host-ssh-atempts-limited", "-i", host.inventory, code=2).stderr
    assert "did you mean 'host-ssh-attempts-limited'" in said
