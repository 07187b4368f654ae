import msgspec
import pytest

from baseline.collectors.network.platforms.arista_eos.snmp import read_snmp as read_snmp_of_eos
from baseline.collectors.network.platforms.cisco_iosxr.snmp import read_snmp as read_snmp_of_iosxr
from baseline.collectors.network.platforms.indented.reading import Reading
from baseline.collectors.network.provenance import Provenance
from baseline.collectors.network.section_tree import parse_sections
from baseline.models.facts.fact import Unknown


def _by_name(items):
    return {item.name: item for item in items}


def test_snmp_communities_are_judged_without_keeping_the_string(switch):
    first, second = switch.snmp.communities
    assert (first.name, first.access, first.access_list, first.view) == ("community 1", "read", "10", "ALLES")
    assert (first.is_default_name, second.is_default_name, second.access) == (False, True, "write")
    assert b"kijkmaar" not in msgspec.json.encode(switch)


def test_snmp_groups_users_and_receivers(switch):
    groups = _by_name(switch.snmp.groups)
    group = groups["OPZICHT v3 priv"]
    assert (group.security_level, group.read_view, group.write_view, group.access_list) == ("priv", "ALLES", None, "10")
    assert groups["OUD v3 noauth"].security_level == "noauth"
    users = _by_name(switch.snmp.users)
    assert (users["bewaker"].authentication, users["bewaker"].privacy, users["bewaker"].security_level) == (
        "sha",
        "aes256",
        "priv",
    )
    assert (users["bewaker"].group, users["bewaker"].access_list) == ("OPZICHT", "10")
    assert (users["oudje"].privacy, users["oudje"].security_level) == ("none", "auth")
    hosts = _by_name(switch.snmp.hosts)
    assert (hosts["192.0.2.60"].version, hosts["192.0.2.60"].security_level, hosts["192.0.2.60"].vrf) == (
        "3",
        "priv",
        "BEHEER",
    )
    assert (hosts["192.0.2.61"].version, hosts["192.0.2.61"].security_level) == ("2c", None)
    assert switch.snmp.versions == ["1", "2c", "3"]


def test_without_snmp_lines_the_agent_is_off(configured):
    snmp = configured().snmp
    assert (snmp.enabled, snmp.versions, snmp.communities) == (False, [], [])
    assert isinstance(snmp.users, Unknown)


def test_time_servers_count_as_authenticated_only_with_a_trusted_key(switch):
    servers = _by_name(switch.clock.servers)
    assert (servers["192.0.2.90"].authenticated, servers["192.0.2.90"].key_id, servers["192.0.2.90"].preferred) == (
        True,
        7,
        True,
    )
    assert (servers["192.0.2.91"].authenticated, servers["192.0.2.91"].key_id) == (False, 8)
    assert (servers["192.0.2.92"].authenticated, servers["192.0.2.92"].key_id) == (False, None)
    assert servers["192.0.2.90"].vrf == "BEHEER"
    assert (servers["192.0.2.90"].reachable, servers["192.0.2.92"].reachable) == (True, False)


def test_a_key_is_worth_nothing_when_keys_are_not_checked(configured):
    text = "ntp authentication-key 1 md5 0958401D0B 7\nntp trusted-key 1 - 3\nntp server 192.0.2.1 key 1"
    assert configured(text).clock.servers[0].authenticated is False
    assert configured("ntp authenticate\n" + text).clock.servers[0].authenticated is True


def test_the_clock_as_it_is_set_and_as_it_runs(switch):
    clock = switch.clock
    assert (clock.timezone, clock.timezone_offset_minutes) == ("CET", 60)
    assert (clock.synchronised, clock.stratum, clock.offset_milliseconds, clock.reference) == (
        True,
        3,
        1.43,
        "192.0.2.90",
    )
    assert (clock.source_interface, clock.access_list) == ("Vlan900", "peer 10")


def test_time_zones_west_of_greenwich_and_none_at_all(configured):
    assert configured("clock timezone NST -3 30").clock.timezone_offset_minutes == -210
    assert configured().clock.timezone == "UTC"


def test_log_servers_with_transport_and_state(switch):
    servers = _by_name(switch.logging.servers)
    first, second = servers["192.0.2.50"], servers["192.0.2.51"]
    assert (first.transport, first.port, first.level, first.vrf) == ("udp", 514, 5, "BEHEER")
    assert (second.transport, second.port) == ("tcp", 6514)
    assert (first.reachable, second.reachable) == (True, False)
    assert (first.dropped_messages, second.dropped_messages) == (0, 5)


def test_logging_as_a_whole(switch):
    logging = switch.logging
    assert (logging.enabled, logging.server_level, logging.console_level) == (True, 5, None)
    assert (logging.buffer_bytes, logging.buffer_level, logging.dropped_messages) == (65536, 6, 3)
    assert (logging.sequence_numbers, logging.login_success, logging.login_failure) == (True, True, True)
    assert (logging.configuration_changes, logging.source_interface) == (True, "Vlan900")
    stamps = logging.timestamps
    assert (stamps.datetime, stamps.milliseconds, stamps.timezone, stamps.year) == (True, True, True, True)


def test_old_ways_of_naming_a_log_server(configured):
    logging = configured("logging 192.0.2.1\nlogging facility local5\nno logging trap").logging
    assert [(server.name, server.level) for server in logging.servers] == [("192.0.2.1", None)]
    assert logging.server_level is None
    assert isinstance(logging.buffer_bytes, Unknown)


def test_changes_to_the_configuration(switch):
    configuration = switch.configuration
    assert configuration.last_changed_by == "j.devries"
    assert configuration.last_changed_at == "09:12:44 CET Tue Mar 3 2026"
    assert configuration.saved_at == "09:13:02 CET Tue Mar 3 2026"
    assert configuration.saved_matches_running is True
    assert (configuration.change_log_enabled, configuration.change_log_hides_keys) == (True, True)
    assert (configuration.change_log_to_syslog, configuration.archive_configured, configuration.archive_on_save) == (
        True,
        True,
        True,
    )
    assert configuration.automatic_download is False


def test_a_device_that_was_not_changed_since_it_started_knows_that(router):
    assert (router.configuration.last_changed_at, router.configuration.last_changed_by) == (None, None)


@pytest.mark.parametrize(
    ("words", "expected"),
    [("", None), ("10", "10"), ("ipv6 BEHEER6 10", "ipv6 BEHEER6 10"), ("ipv6 BEHEER6", None)],
)
def test_a_filter_of_snmp_for_ipv6_alone_limits_nobody_on_ipv4(configured, words, expected):
    group = f"snmp-server group G v3 priv{' access ' + words if words else ''}"
    snmp = configured(f"snmp-server community geheim RO {words}\n{group}").snmp
    assert (snmp.communities[0].access_list, snmp.groups[0].access_list) == (expected, expected)


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("logging 192.0.2.7", ["192.0.2.7"]),
        ("logging 2001:db8::7", ["2001:db8::7"]),
        ("logging log.example.org", ["log.example.org"]),
        ("logging flowsec high-rate", []),
        ("logging host loghost", ["loghost"]),
    ],
)
def test_only_an_address_right_behind_logging_is_a_collector(configured, line, names):
    assert [server.name for server in configured(line).logging.servers] == names


def test_a_group_of_an_old_version_answers_without_a_community(configured):
    snmp = configured("snmp-server group oud v2c\nsnmp-server user lezer oud v2c").snmp
    assert (snmp.enabled, snmp.versions) == (True, ["2c"])


@pytest.mark.parametrize("read", [read_snmp_of_eos, read_snmp_of_iosxr])
def test_such_a_group_answers_on_other_platforms_too(read):
    text = "snmp-server group oud v2c\nsnmp-server user lezer oud v2c\n"
    snmp = read(Reading(parse_sections(text), Provenance("show running-config"), {}))
    assert (snmp.enabled, snmp.versions) == (True, ["2c"])
