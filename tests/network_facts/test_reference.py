"""Facts of real devices, recorded by others."""

import pytest

from baseline.collectors.network.platforms import platform
from baseline.models.facts.fact import Unknown
from tests.reference import reference_path

IOS = platform("cisco_ios")


def _answer(name: str) -> str:
    return reference_path(f"network/outputs/{name}").read_text(errors="replace")


def _configured(name: str):
    return IOS.parse({"show running-config": _answer(name)}).facts


def test_a_router_with_ios_15():
    facts = _configured("ios/show_running-config__as2border1.txt")
    lines = {line.name: line for line in facts.management.lines}
    assert facts.device.hostname == "as2border1"
    assert (lines["con 0"].idle_timeout_seconds, lines["con 0"].authentication) == (None, "none")
    assert (lines["vty 0 4"].transports, lines["vty 0 4"].access_list_ipv4) == (["ssh"], None)
    assert facts.password_rules.weak_secrets == ["username cisco privilege 15 password 0"]
    assert [server.authenticated for server in facts.clock.servers] == [False, False]
    assert (facts.services["pad"].enabled, facts.services["source-routing"].enabled) == (True, True)
    edge = {n.name: n for n in facts.routing.bgp_neighbours}["10.12.11.1"]
    assert (edge.external, edge.authentication, edge.filtered_in, edge.maximum_prefixes) == (True, "none", True, None)
    assert {a.name: a.permits_any for a in facts.access_lists}["OUTSIDE_TO_INSIDE"] is True


def test_a_router_with_ios_xe_16():
    facts = _configured("iosxe/show_running-config__d1_central.txt")
    assert (facts.device.hostname, facts.device.role) == ("d1_central", "router")
    assert (facts.management.http.enabled, facts.management.http.authentication) == (True, "local")
    assert facts.configuration.last_changed_at == "18:03:38 UTC Tue Dec 22 2020"
    assert facts.configuration.last_changed_by is None
    assert facts.services["mop"].enabled is False
    assert isinstance(facts.services["cdp"].enabled, Unknown)
    assert [port.mode for port in facts.interfaces] == ["routed"] * len(facts.interfaces)
    assert len(facts.routing.bgp_neighbours) == 14
    assert all(neighbour.filtered_out and not neighbour.filtered_in for neighbour in facts.routing.bgp_neighbours)


def test_answers_to_show_commands():
    facts = IOS.parse(
        {
            "show version": _answer("iosxe/show_version__c3850.txt"),
            "show ntp associations": _answer("iosxe/show_ntp_associations.txt"),
            "show logging": _answer("iosxe/show_logging.txt"),
            "show snmp user": _answer("iosxe/show_snmp_user.txt"),
            "show crypto pki certificates": _answer("iosxe/show_crypto_pki_certificates.txt"),
        }
    ).facts
    assert (facts.device.model, facts.device.serial) == ("WS-C3850-24P", "FCW1932D0LB")
    assert (facts.software.name, facts.software.uptime_days) == ("Cisco IOS XE", 0)
    assert facts.clock.reference == "127.127.1.1"
    assert (facts.logging.enabled, facts.logging.server_level, facts.logging.buffer_bytes) == (True, 6, 5000)
    assert facts.logging.dropped_messages == 0
    users = {user.name: user for user in facts.snmp.users}
    assert (users["bad3"].authentication, users["bad3"].privacy) == ("md5", "3des")
    assert (users["nmsops"].access_list, users["nmsops"].group) == ("69", "nmcigroup")
    assert [certificate.not_after for certificate in facts.certificates] == [
        "2025-11-20T00:44:52Z",
        "2037-11-12T13:00:17Z",
    ]


@pytest.mark.parametrize(
    "name",
    [
        "junos/show_configuration__dut.cfg",
        "junos/show_configuration_display_set__dut.txt",
        "fortios/show__fw.txt",
        "panos/show__d2.txt",
        "iosxr/cli-cfg_running.xml",
        "asa/show_version__3.raw",
    ],
)
def test_another_vendors_answer_gives_no_facts(name):
    facts = _configured(name)
    assert isinstance(facts.users, Unknown)
    assert isinstance(facts.interfaces, Unknown)


@pytest.mark.parametrize("name", ["nxos/show_running-config__napalm.txt", "eos/show_running-config__d3.txt"])
def test_a_close_relative_gives_no_facts_either(name):
    assert isinstance(_configured(name).users, Unknown)


def test_redaction_leaves_no_password_of_a_real_device():
    text = _answer("iosxe/show_running-config_aaa_username.txt")
    redacted = IOS.redact("show running-config", text)
    assert redacted.count("<redacted>") == 7
    assert "$9$" not in redacted
