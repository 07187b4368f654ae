import pytest

from baseline.collectors.network.platforms import platform
from baseline.collectors.network.platforms.frr.running import HOST
from baseline.models.facts.fact import Unknown

FRR = platform("frr")
RUNNING = "show running-config"


@pytest.fixture
def facts(recorded):
    return FRR.parse({RUNNING: recorded("frr/running"), "show version": recorded("frr/version")}).facts


def _by_name(items):
    return {item.name: item for item in items}


def test_the_router_and_its_software(facts):
    assert (facts.device.hostname, facts.device.role) == ("kern-rt1", "router")
    assert (facts.software.name, facts.software.version, facts.software.version_numbers) == (
        "FRRouting",
        "8.4.4",
        [8, 4, 4],
    )


def test_what_frrouting_leaves_to_its_host_is_unknown_for_that_reason(facts):
    for fact in (facts.users, facts.aaa, facts.snmp, facts.clock, facts.management.ssh, facts.services["cdp"].enabled):
        assert fact == Unknown(HOST) or fact.enabled == Unknown(HOST)
    assert facts.logging.servers == Unknown(HOST)


def test_the_terminals_of_its_daemons(facts):
    (line,) = facts.management.lines
    assert (line.access_list_ipv4, line.access_list_ipv6, line.idle_timeout_seconds) == ("BEHEER", "BEHEER6", 300)
    assert line.authentication == "line_password"
    assert isinstance(line.transports, Unknown)


@pytest.mark.parametrize(
    ("text", "expected"), [("", "blocked"), ("password x", "line_password"), ("line vty\n no login", "none")]
)
def test_who_may_use_the_terminals(text, expected):
    facts = FRR.parse({RUNNING: f"frr version 8.4\n{text}\nend\n"}).facts
    assert facts.management.lines[0].authentication == expected


def test_secrets(facts):
    assert (facts.enable_secret.configured, facts.enable_secret.storage) == (True, "des_crypt")
    assert facts.password_rules.encryption_service is True
    assert facts.password_rules.weak_secrets == [
        "key chain OSPFKETEN: key-string",
        "interface dummy0: ip ospf message-digest-key 1 md5",
        "router bgp 65010: neighbor TRANSIT password",
    ]


def test_logging(facts):
    assert (facts.logging.enabled, facts.logging.server_level, facts.logging.configuration_changes) == (True, 6, True)
    assert facts.logging.timestamps.milliseconds is True
    assert (facts.configuration.change_log_enabled, facts.configuration.change_log_to_syslog) == (True, True)


def test_bgp_neighbours(facts):
    neighbours = _by_name(facts.routing.bgp_neighbours)
    edge = neighbours["198.51.100.2"]
    assert (edge.external, edge.authentication, edge.group, edge.ttl_security_hops) == (True, "md5", "TRANSIT", 1)
    assert (edge.maximum_prefixes, edge.filtered_in, edge.filtered_out) == (5000, True, True)
    assert (neighbours["192.0.2.9"].external, neighbours["192.0.2.9"].enabled) == (False, False)
    assert (neighbours["198.51.100.6"].external, neighbours["198.51.100.6"].filtered_in) == (True, False)


def test_neighbours_by_interface():
    text = (
        "frr version 8.4\nrouter bgp 1\n neighbor eth0 interface remote-as external\n neighbor eth0 password x\nend\n"
    )
    (neighbour,) = FRR.parse({RUNNING: text}).facts.routing.bgp_neighbours
    assert (neighbour.name, neighbour.external, neighbour.authentication) == ("eth0", True, "md5")


def test_interior_routing(facts):
    interfaces = _by_name(facts.routing.interfaces)
    assert (interfaces["ospf dummy0"].authentication, interfaces["ospf dummy0"].area) == ("md5", "0.0.0.0")
    assert interfaces["ospfv3 dummy0"].authentication == "none"
    assert facts.routing.ospf_areas[0].authentication == "md5"


def test_filter_lists(facts):
    lists = _by_name(facts.access_lists)
    assert (lists["BEHEER"].entries, lists["BEHEER"].permitted_sources) == (2, ["192.0.2.0/24"])
    assert (lists["BEHEER6"].family, lists["BEHEER6"].permitted_sources) == ("ipv6", ["2001:db8::/32"])


def test_interfaces(facts):
    ports = _by_name(facts.interfaces)
    assert (ports["dummy0"].addresses, ports["dummy0"].description) == (["198.51.100.1/30"], "koppeling naar rt2")
    assert (ports["dummy1"].enabled, ports["lo"].kind) == (False, "loopback")


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ("% Unknown command: show running-config\n", "refused"),
        ("Exiting: failed to connect to any daemons.\n", "refused"),
        ("frr version 8.4\nhostname a\n", "cut off after line"),
        ("version 15.2\nhostname a\nend\n", "does not look like FRRouting output"),
        ("", "gave no output"),
    ],
)
def test_an_answer_that_is_no_configuration_says_why(answer, expected):
    facts = FRR.parse({RUNNING: answer}).facts
    assert expected in facts.routing.reason
    assert expected in facts.users.reason


def test_redaction_keeps_the_lines(recorded):
    text = recorded("frr/running")
    redacted = FRR.redact(RUNNING, text)
    assert "geheim" not in redacted
    assert redacted.count("\n") == text.count("\n")
