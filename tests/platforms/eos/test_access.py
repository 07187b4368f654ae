"""Administrative access to recorded EOS switches."""

import pytest

from baseline.models.facts.fact import Unknown
from tests.platforms.eos.recorded import EOS, RUNNING, by_name, configured, recorded


def test_only_keys_that_the_server_offers_count(outputs):
    def keys(text, **changed):
        found = EOS.parse(outputs | {RUNNING: text} | changed).facts.management.ssh.host_keys
        return found if isinstance(found, Unknown) else [key.type for key in found]

    plain = recorded("leaf").replace("   hostkey server ed25519 rsa\n", "")
    assert keys(plain) == ["rsa", "ecdsa", "ed25519"]
    only = recorded("leaf").replace("hostkey server ed25519 rsa", "hostkey server ecdsa-nistp521")
    refused = {"show management ssh hostkey rsa public": "% Invalid input\n"}
    assert keys(only) == keys(only, **refused) == ["ecdsa"]
    assert "refused" in keys(plain, **refused).reason
    elliptic = {f"show management ssh hostkey {name} public": "% Invalid input\n" for name in ("ecdsa-nistp521",)}
    assert keys(plain, **elliptic) == ["rsa", "ed25519"]


def test_management_access(leaf, spine):
    lines = by_name(leaf.management.lines)
    assert (lines["console"].idle_timeout_seconds, lines["console"].authentication) == (300, "local_users")
    ssh = lines["ssh"]
    assert (ssh.transports, ssh.idle_timeout_seconds, ssh.authentication) == (["ssh"], 600, "aaa")
    assert (ssh.access_list_ipv4, ssh.access_list_ipv6) == ("SSH-IN", "SSH6-IN")
    assert lines["telnet"].transports == []
    assert (leaf.management.ssh.vrf, leaf.management.ssh.timeout_seconds) == ("BEHEER", 60)
    assert leaf.management.ssh.authentication_methods == ["publickey", "password"]
    assert [(key.type, key.bits) for key in leaf.management.ssh.host_keys] == [("rsa", 3072), ("ed25519", 256)]
    assert leaf.management.http.tls_versions == ["1.2", "1.3"]
    assert leaf.management.vrf == "BEHEER"
    assert by_name(spine.management.lines)["telnet"].transports == ["telnet"]
    assert by_name(spine.management.lines)["ssh"].idle_timeout_seconds is None
    assert (spine.management.http.enabled, spine.management.http.https_enabled) == (True, False)
    assert (spine.management.netconf_enabled, spine.management.restconf_enabled) == (True, False)


@pytest.mark.parametrize(
    ("text", "enabled", "vrf", "access_list"),
    [
        ("", True, None, None),
        ("management ssh\n   shutdown", False, None, None),
        ("management ssh\n   ip access-group A in", True, None, "A"),
        ("management ssh\n   ip access-group A in\n   vrf M\n      no shutdown", True, "default, M", None),
        (
            "management ssh\n   ip access-group A in\n   ip access-group B vrf M in\n   vrf M\n      no shutdown",
            True,
            "default, M",
            "differs",
        ),
        ("management ssh\n   vrf default\n      shutdown\n   vrf M\n      no shutdown", True, "M", None),
    ],
)
def test_a_filter_counts_where_the_server_runs(text, enabled, vrf, access_list):
    ssh = configured(text).management.ssh
    assert (ssh.enabled, ssh.vrf) == (enabled, vrf)
    if access_list == "differs":
        assert "use one for all" in ssh.access_list.reason
    else:
        assert ssh.access_list == access_list


def test_each_routing_instance_has_a_line_with_its_own_filter():
    text = "management ssh\n   ip access-group A in\n   vrf M\n      no shutdown\n      ip access-group B"
    lines = configured(text).management.lines
    assert [(line.name, line.access_list_ipv4, line.exec_enabled) for line in lines] == [
        ("console", None, True),
        ("ssh default", "A", True),
        ("ssh M", "B", True),
        ("telnet", None, False),
    ]


def test_a_server_that_is_off_in_the_default_instance_may_run_in_another(leaf):
    assert leaf.management.ssh.enabled is True


def test_banners_end_at_eof(leaf):
    assert leaf.banners.login.endswith("hostname telt hier niet mee")
    assert (leaf.banners.motd, leaf.banners.exec) == ("Gebruik wordt vastgelegd", None)


def test_a_host_certificate_is_no_key_of_the_server(outputs):
    certificate = "   hostkey server cert a.cert\n   hostkey server ed25519 rsa\n"
    text = recorded("leaf").replace("   hostkey server ed25519 rsa\n", certificate)
    found = EOS.parse(outputs | {RUNNING: text}).facts.management.ssh.host_keys
    assert [key.type for key in found] == ["rsa", "ed25519"]


def test_services_and_control_plane(leaf, spine):
    assert leaf.control_plane.policy == "BEHEER-CP"
    assert spine.control_plane.policy == "default-control-plane-acl"
    assert {name: leaf.services[name].enabled for name in ("lldp", "cdp", "dhcp-server", "pad")} == {
        "lldp": True,
        "cdp": False,
        "dhcp-server": False,
        "pad": False,
    }
    assert spine.services["lldp"].enabled is False
