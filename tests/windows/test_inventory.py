"""Windows in an inventory: what Ansible's own variables mean, and what is refused."""

import pytest

from baseline.content.inventory import load_inventory
from baseline.content.inventory.model import refuse_errors
from baseline.models.errors import ContentError

GOOD = """
all:
  vars: {baseline_owner: servers, ansible_user: baseline}
  hosts:
    over-ssh: {ansible_shell_type: powershell}
    stated: {baseline_platform: windows, ansible_port: 2222}
    psrp: {ansible_connection: psrp, ansible_psrp_auth: kerberos, ansible_psrp_ca_cert: pki/ca.pem}
    winrm: {ansible_connection: ansible.builtin.winrm, ansible_winrm_transport: ssl, ansible_port: 443}
    linux: {}
"""
BAD = """
all:
  vars: {baseline_owner: servers, ansible_user: baseline, ansible_connection: psrp}
  hosts:
    plain: {ansible_psrp_protocol: http}
    port: {ansible_port: 5985}
    blind: {ansible_psrp_cert_validation: ignore}
    credssp: {ansible_psrp_auth: credssp}
    open: {ansible_winrm_password: Welkom01}
"""


@pytest.fixture
def load(tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)

    def write(text):
        path = tmp_path / "inventory.yml"
        path.write_text(text)
        return load_inventory(path)

    return write


def test_hosts_of_windows_are_known_by_ansibles_own_variables(load):
    targets = {target.name: target for target in load(GOOD).targets}
    found = {name: (target.platform, target.connection.transport) for name, target in targets.items()}
    assert found == {
        "over-ssh": ("windows", "ssh"),
        "stated": ("windows", "ssh"),
        "psrp": ("windows", "winrm"),
        "winrm": ("windows", "winrm"),
        "linux": ("linux", "ssh"),
    }
    assert {target.kind for name, target in targets.items() if name != "linux"} == {"workplace"}
    assert [targets[name].connection.port for name in ("over-ssh", "stated", "psrp", "winrm")] == [22, 2222, 5986, 443]
    psrp, winrm = targets["psrp"].connection, targets["winrm"].connection
    assert (psrp.authentication, psrp.certificate_authority) == ("kerberos", "pki/ca.pem")
    assert (winrm.authentication, winrm.certificate_authority) == ("basic", "")


def test_what_is_not_safe_is_refused_with_what_to_do_instead(load):
    found = load(BAD)
    words = {
        name: next(f"{problem.message}; {problem.hint}" for problem in found.errors if problem.line == line)
        for line, name in enumerate(("plain", "port", "blind", "credssp", "open"), 5)
    }
    assert "within TLS only" in words["plain"]
    assert "5986" in words["port"]
    assert "always checked" in words["blind"]
    assert "credssp" in words["credssp"]
    assert "in plain text" in words["open"]
    assert "Welkom01" not in str(found.errors)
    with pytest.raises(ContentError):
        refuse_errors(found)
