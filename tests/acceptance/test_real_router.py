"""A real FRRouting router: verdicts follow its running configuration, line by line."""

import re

import pytest
import yaml

from tests.services.frr import frr_router

pytestmark = [pytest.mark.slow, pytest.mark.frr, pytest.mark.sshd]

CHECK = ("router-1", "network-secrets-stored-safely", "")
SHARED_LOGIN = ("router-1", "network-lines-login-personal", "vty")
NEIGHBOUR = ("router-1", "network-bgp-neighbours-authenticated", "192.0.2.1")
SECRET = "geheim-tussen-buren"

CONFIGURATION = """\
frr defaults traditional
hostname utrecht-rtr-1
log syslog informational
service integrated-vtysh-config
!
router bgp 65010
 bgp router-id 192.0.2.10
 neighbor 192.0.2.1 remote-as 65020
 neighbor 192.0.2.1 description naar de buren
exit
!
end
"""

WEAK_LINES = {
    "a password of a BGP neighbour": (
        ("router bgp 65010",),
        f"neighbor 192.0.2.1 password {SECRET}",
        {CHECK: "fail", NEIGHBOUR: "pass"},
    ),
    "a password of the terminals": ((), f"password {SECRET}", {CHECK: "fail", SHARED_LOGIN: "fail"}),
    "a password of the privileged mode": ((), f"enable password {SECRET}", {CHECK: "fail"}),
}
"""Where a line with a secret stands, the line, and what it flips; a password of the terminals is also everybody's,
and one of a neighbour, however it is stored, does authenticate it."""

HARMLESS_LINES = {
    "another description": (("router bgp 65010",), "neighbor 192.0.2.1 description het wachtwoord staat elders"),
    "an access list": ((), "access-list LOKAAL seq 5 permit 192.0.2.0/24"),
}


@pytest.fixture(scope="module")
def router(tmp_path_factory):
    with frr_router(tmp_path_factory.mktemp("router"), configuration=CONFIGURATION) as router:
        yield router


@pytest.fixture
def inventory(router, tmp_path):
    server = router.server
    variables = {
        "ansible_host": server.address,
        "ansible_port": server.port,
        "ansible_user": server.user,
        "ansible_ssh_private_key_file": str(server.key_file),
        "ansible_connection": "ansible.netcommon.network_cli",
        "baseline_platform": "frr",
        "baseline_known_hosts": str(server.known_hosts),
        "baseline_owner": "netwerkbeheer",
    }
    path = tmp_path / "inventory.yml"
    path.write_text(yaml.safe_dump({"all": {"hosts": {"router-1": variables}}}))
    return path


def is_safe(router):
    """Whether a person would say that the running configuration shows no secret."""
    return not re.search(r"^\s*(?:.* )?password \S", router.vtysh("show running-config"), re.MULTILINE)


def test_a_router_without_secrets_meets_the_check_that_is_about_them(baseline, router, inventory):
    ended = baseline("check", "-i", inventory, "--json")
    assert is_safe(router)
    assert ended.verdicts[CHECK] == "pass"
    assert "error" not in ended.verdicts.values()


@pytest.mark.parametrize("what", WEAK_LINES)
def test_one_line_with_a_secret_flips_the_checks_about_it_and_removing_it_flips_them_back(
    baseline, router, inventory, what
):
    where, line, flipped = WEAK_LINES[what]
    before = baseline("check", "-i", inventory, "--json")
    try:
        router.vtysh("configure terminal", *where, line)
        assert not is_safe(router)
        weak = baseline("check", "-i", inventory, "--json")
        told = baseline("show", CHECK[1], "router-1", code=1)
    finally:
        router.vtysh("configure terminal", *where, f"no {line}" if where else f"no {line.rpartition(' ')[0]}")
    after = baseline("check", "-i", inventory, "--json")

    assert is_safe(router)
    assert weak.verdicts == before.verdicts | flipped
    assert after.verdicts == before.verdicts
    for said in (weak.stdout, told.stdout):
        assert SECRET not in said
    assert "<redacted>" in told.stdout


@pytest.mark.parametrize("what", HARMLESS_LINES)
def test_a_line_without_a_secret_flips_nothing(baseline, router, inventory, what):
    where, line = HARMLESS_LINES[what]
    before = baseline("check", "-i", inventory, "--json")
    try:
        router.vtysh("configure terminal", *where, line)
        after = baseline("check", "-i", inventory, "--json")
    finally:
        router.vtysh("configure terminal", *where, f"no {line}")
    assert after.verdicts == before.verdicts


def test_asking_a_router_changes_nothing(baseline, router, inventory):
    before = router.vtysh("show running-config")
    baseline("check", "-i", inventory)
    assert router.vtysh("show running-config") == before
