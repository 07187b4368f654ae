"""What an operator can get wrong is told with its place and its remedy; what is right is checked all the same."""

import re
import shlex
import subprocess
import textwrap

import pytest

from tests.acceptance.command import PROGRAM
from tests.acceptance.fleet import Fleet, switch

pytestmark = pytest.mark.slow

PASSWORD = "Fiets-Banaan-19-Regen"


@pytest.fixture(scope="module")
def fleet(tmp_path_factory):
    with Fleet(tmp_path_factory.mktemp("lab"), switch("switch-1"), switch("switch-2", number=12)) as fleet:
        yield fleet


@pytest.fixture
def inventory(fleet, tmp_path):
    """Writes an inventory of the two switches, with more lines for the second one."""

    def write(more=""):
        devices = {device.name: device for device in fleet.status.devices}
        text = textwrap.dedent(f"""\
            all:
              vars:
                ansible_network_os: cisco.ios.ios
                ansible_connection: ansible.netcommon.network_cli
                ansible_user: auditor
                ansible_ssh_private_key_file: {fleet.folder.client_key}
                baseline_known_hosts: {fleet.folder.known_hosts}
                baseline_owner: netwerkbeheer
              hosts:
                switch-1:
                  ansible_host: 127.0.0.1
                  ansible_port: {devices["switch-1"].port}
                switch-2:
                  ansible_host: 127.0.0.1
                  ansible_port: {devices["switch-2"].port}
            """)
        path = tmp_path / "inventory.yml"
        path.write_text(text + textwrap.indent(more, " " * 6))
        return path

    return write


def test_an_inventory_that_is_no_yaml_is_pointed_at_and_nothing_is_asked(baseline, fleet, tmp_path):
    path = tmp_path / "hosts.yml"
    path.write_text("all:\n  hosts:\n    switch-1: {ansible_host: 127.0.0.1\n    switch-2:\n")
    before = fleet.status.devices
    ended = baseline("check", "-i", path, code=2)

    assert re.search(r"^hosts\.yml:4:\d+: error: is not valid YAML", ended.stderr)
    assert ended.stdout == ""
    assert "Traceback" not in ended.stderr
    assert fleet.status.devices == before


def test_an_unknown_platform_is_named_with_the_nearest_and_the_others_are_checked(baseline, inventory):
    path = inventory("baseline_platform: cisco_iso\n")
    ended = baseline("check", "-i", path, "--json", code=3)

    line = path.read_text().splitlines().index("      baseline_platform: cisco_iso") + 1
    assert f"inventory.yml:{line}:" in ended.stderr
    assert "did you mean 'cisco_ios'?" in ended.stderr
    outcomes = {entry["target"]: entry["outcome"] for entry in ended.document["population"]}
    assert outcomes == {"switch-1": "reached", "switch-2": "excluded"}
    assert set(ended.verdicts.values()) == {"pass", "not_applicable"}


@pytest.mark.parametrize("variable", ["ansible_password", "ansible_ssh_pass", "ansible_become_password"])
def test_a_password_in_plain_text_is_refused_with_the_remedy_and_never_shown(baseline, inventory, tmp_path, variable):
    path = inventory(f"{variable}: {PASSWORD}\n")
    ended = baseline("--debug", "check", "-i", path, code=3)
    listed = baseline("--debug", "inventory", "validate", "-i", path, code=2)
    shown = baseline("inventory", "show", "-i", path, "switch-2", code=2)

    assert f"{variable} is in plain text" in ended.stderr
    assert f"ansible-vault encrypt_string --stdin-name {variable}" in ended.stderr
    for said in (ended, listed, shown):
        assert PASSWORD not in said.stdout + said.stderr
    assert PASSWORD.encode() not in baseline.store.read_bytes()


def test_a_misspelt_setting_is_an_error_with_the_nearest_name(baseline, inventory):
    ended = baseline("check", "-i", inventory("baseline_ownr: piet\n"), code=3)
    assert "baseline_ownr is not a setting of baseline (did you mean 'baseline_owner'?)" in ended.stderr


def test_a_parameter_that_a_check_lacks_stops_everything_with_the_nearest_name(baseline, inventory):
    path = inventory("baseline_params: {network-ssh-version-2: {minimum_versoin: 2}}\n")
    ended = baseline("check", "-i", path, code=2)
    assert "has no parameter 'minimum_versoin'" in ended.stderr
    assert "did you mean 'minimum_version'?" in ended.stderr


CHECK = """\
id: network-banner-shown
title: A banner is shown
title_nl: Er wordt een banner getoond
controls: [bio2:8.20.02, iso27001:A.8.20]
severity: low
applies_to: {kind: network}
expect: management.ssh.version >= 2
rationale: Because.
rationale_nl: Daarom.
remediation:
  text: Make one.
  text_nl: Maak er een.
examples:
  pass: [{management: {ssh: {version: 2}}}]
  fail: [{management: {ssh: {version: 1}}}]
  error: [{management: {ssh: unknown}}]
"""

BROKEN_CHECKS = {
    "a misspelt key": ("severity: low", "severty: low", 5, "severity"),
    "a misspelt fact": ("management.ssh.version >= 2", "management.ssh.versoin >= 2", 7, "version"),
    "a control that does not exist": ("bio2:8.20.02", "bio2:8.20.20", 4, "bio2:8.20.02"),
    "a severity that does not exist": ("severity: low", "severity: hihg", 5, "high"),
}


@pytest.mark.parametrize("mistake", BROKEN_CHECKS)
def test_a_broken_check_stops_everything_with_file_line_column_and_the_nearest_name(baseline, fleet, tmp_path, mistake):
    right, wrong, line, nearest = BROKEN_CHECKS[mistake]
    folder = tmp_path / "checks"
    folder.mkdir()
    path = folder / "network-banner-shown.yaml"
    path.write_text(CHECK)
    baseline("checks", "lint", path, code=0)
    path.write_text(CHECK.replace(right, wrong))

    ended = baseline("check", "-i", fleet.inventory, "--checks-folder", folder, code=2)
    linted = baseline("checks", "lint", path, code=2)

    for said in (ended.stderr, linted.stdout + linted.stderr):
        assert re.search(rf"{re.escape(str(path))}:{line}:[1-9]\d*: error: ", said), said
        assert f"'{nearest}'" in said, said
    assert ended.stdout == ""


def test_an_unknown_host_key_is_refused_with_the_exact_command_that_accepts_it(baseline, fleet, inventory, tmp_path):
    known = tmp_path / "known_hosts"
    path = inventory()
    path.write_text(path.read_text().replace(str(fleet.folder.known_hosts), str(known)))
    ended = baseline("check", "-i", path, code=3)

    assert "ssh-ed25519 SHA256:" in ended.stdout
    command = re.search(r"baseline trust -i \S+ switch-1 switch-2", ended.stdout)
    assert command is not None, ended.stdout
    answered = subprocess.run(
        [PROGRAM, *shlex.split(command[0])[1:]],
        input="y\ny\n",
        capture_output=True,
        text=True,
        check=True,
        env=baseline.environment(),
        cwd=tmp_path,
        timeout=60,
    )
    assert answered.stdout.count("accepted, in") == 2
    baseline("check", "-i", path, code=0)


def test_a_changed_host_key_is_refused_until_it_is_replaced(baseline, tmp_path):
    with Fleet(tmp_path / "lab", switch("switch-1")) as fleet:
        fleet.break_device("switch-1", "changed_host_key")
        refused = baseline("check", "-i", fleet.inventory, "--json", code=3)
        baseline("trust", "-i", fleet.inventory, "--yes", "switch-1", code=3)
        still = baseline("check", "-i", fleet.inventory, code=3)
        baseline("trust", "-i", fleet.inventory, "--yes", "--replace", "switch-1", code=0)
        baseline("check", "-i", fleet.inventory, code=0)

    (reason,) = refused.reasons("switch-1")
    assert "changed: it presents ssh-ed25519 SHA256:" in reason
    assert "baseline trust --replace switch-1" in reason
    assert "changed" in still.stdout


def test_a_wrong_password_is_tried_once_and_a_right_one_lets_in(baseline, tmp_path, monkeypatch):
    monkeypatch.setenv("BASELINE_LAB_PASSWORD", PASSWORD)
    with Fleet(tmp_path / "lab", switch("switch-1")) as fleet:
        fleet.set_variables(ansible_ssh_private_key_file=None, baseline_password_environment="SWITCH_PASSWORD")
        wrong = baseline("--debug", "check", "-i", fleet.inventory, "--json", code=3, SWITCH_PASSWORD="Boom-Roos-Vis")
        failures = fleet.device("switch-1").authentication_failures
        right = baseline("--debug", "check", "-i", fleet.inventory, "--json", code=0, SWITCH_PASSWORD=PASSWORD)

    (reason,) = wrong.reasons("switch-1")
    assert "refused the login of auditor" in reason
    assert failures == 1
    for said in (wrong, right):
        assert "Boom-Roos-Vis" not in said.stdout + said.stderr
        assert PASSWORD not in said.stdout + said.stderr
