"""What a FortiOS configuration means: full or not, virtual domains, and the answers beside it."""

import pytest

from baseline.collectors.interface import wanted
from baseline.collectors.network.platforms import platform
from baseline.models.facts.fact import Unknown
from tests.platforms.vendors import recording, recordings
from tests.reference import reference_path

FORTIOS = platform("fortinet_fortios")
COMMAND = "show full-configuration"
SHOWS = {name.replace("_", " "): name for name in recordings("fortinet_fortios") if name.startswith("get_")}


def text(name):
    return recording("fortinet_fortios", name)


def facts_of(name):
    return FORTIOS.parse({COMMAND: text(name)}).facts


def by_name(items):
    return {item.name: item for item in items}


def test_what_a_short_configuration_leaves_out_is_at_its_documented_default_or_unknown():
    facts = facts_of("firewall_show")
    assert facts.management.login_protection.block_seconds == 60
    assert facts.management.ssh.timeout_seconds == 120
    assert facts.users[0].second_factor is False
    assert "`show full-configuration` prints it" in facts.configuration.automatic_download.reason
    assert "`show full-configuration` prints it" in facts.logging.enabled.reason
    assert isinstance(facts.management.http.tls_versions, Unknown)
    assert "default differs per release" in by_name(facts.firewall_rules)["2"].logged.reason


def test_what_a_full_configuration_does_not_hold_is_unknown():
    full = text("firewall_full").replace("    set admintimeout 10\n", "")
    line = by_name(FORTIOS.parse({COMMAND: full}).facts.management.lines)["cli"]
    assert line.idle_timeout_seconds.reason == "this release has no `set admintimeout` in `config system global`"
    start, stop = full.index("config firewall policy"), full.index("config firewall local-in-policy")
    facts = FORTIOS.parse({COMMAND: full[:start] + full[stop:]}).facts
    assert "the profile of the account may hide it" in facts.firewall_rules.reason


def test_the_old_ways_are_seen():
    facts = facts_of("firewall_show")
    assert (facts.management.ssh.version, facts.management.telnet.enabled, facts.management.http.enabled) == (
        1,
        True,
        True,
    )
    communities = by_name(facts.snmp.communities)
    assert (communities["community 1"].is_default_name, communities["community 1"].access_list) == (
        True,
        "192.0.2.80/32",
    )
    assert (facts.snmp.versions, facts.snmp.hosts[0].version) == (["1", "2c"], "1")
    assert facts.password_rules.weak_secrets == ["user radius rad: secret"]


def test_virtual_domains_have_policies_of_their_own():
    facts = facts_of("domains")
    rules = by_name(facts.firewall_rules)
    assert list(rules) == ["root 1", "klant 1", "root 0 implicit deny", "klant 0 implicit deny"]
    assert (rules["root 0 implicit deny"].logged, rules["klant 0 implicit deny"].logged) == (True, False)
    ports = by_name(facts.interfaces)
    assert (ports["port1"].unicast_rpf, ports["port2"].unicast_rpf) == ("loose", "strict")
    assert (facts.device.hostname, facts.logging.servers[0].name) == ("fw-huur-01", "192.0.2.50")
    assert [(n.name, n.vrf, n.external) for n in facts.routing.bgp_neighbours] == [("klant 10.2.0.2", "klant", True)]


def test_the_version_stands_above_a_configuration():
    assert facts_of("firewall_show").software.version == "7.2.11"
    assert facts_of("domains").software.version_numbers == [7, 0, 17]


@pytest.mark.parametrize(
    ("version", "setting", "expected"),
    [("7.4.8", "", False), ("7.0.17", "", True), ("7.0.17", "    set admin-maintainer disable\n", False)],
)
def test_recovery_from_the_console(version, setting, expected):
    short = text("firewall_show").replace("7.2.11", version).replace("    set admintimeout 480\n", setting)
    assert FORTIOS.parse({COMMAND: short}).facts.password_rules.recovery_enabled is expected


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ("", "gave no output"),
        ("Unknown action 0\nCommand fail. Return code -1\n", "hides it from an account"),
        (
            "command parse error before 'full-configuration'\nCommand fail. Return code -61\n",
            "hides it from an account",
        ),
        ('config system global\n    set hostname "a"\nend\n', "its profile must allow reading all of it"),
        ("#config-version=FGT60F-7.4.8-FW-build2795-250523:opmode=0\nconfig system global\n    set hostname", "inside"),
        ("version 22.4R3;\nsystem {\n}\n", "does not look like FortiOS"),
    ],
)
def test_an_answer_that_is_no_configuration_says_why(answer, expected):
    facts = FORTIOS.parse({COMMAND: answer}).facts
    for value in (facts.users, facts.interfaces, facts.management.lines, facts.clock.servers, facts.device.hostname):
        assert isinstance(value, Unknown)
    assert expected in facts.users.reason


def test_an_account_that_may_not_see_administrators_is_told_so():
    full = text("firewall_full")
    start, stop = full.index("config system admin\n"), full.index("config system ha\n")
    assert "give its profile read access" in FORTIOS.parse({COMMAND: full[:start] + full[stop:]}).facts.users.reason


def test_the_answers_of_get_commands():
    facts = FORTIOS.parse(
        {COMMAND: text("firewall_full")} | {command: text(name) for command, name in SHOWS.items()}
    ).facts
    assert (facts.device.model, facts.device.serial) == ("FortiGate-60F", "FGT60FTEST000001")
    assert (facts.software.version, facts.software.uptime_days) == ("7.4.8", 40)
    pair = facts.high_availability
    assert (pair.enabled, pair.peer_ready, pair.synchronised) == (True, True, True)
    ports = by_name(facts.interfaces)
    assert (ports["dmz"].link_up, ports["internal1"].link_up) == (True, False)
    assert "does not list it" in ports["lag1"].link_up.reason


def test_a_pair_that_is_not_ready():
    outputs = {COMMAND: text("firewall_full"), "get system ha status": text("get_system_ha_status")}
    alone = outputs["get system ha status"].replace("Secondary", "Lost")
    unequal = outputs["get system ha status"].replace(
        "002(updated 4 seconds ago): in-sync", "002(updated 4 seconds ago): out-of-sync"
    )
    assert FORTIOS.parse(outputs | {"get system ha status": alone}).facts.high_availability.peer_ready is False
    assert FORTIOS.parse(outputs | {"get system ha status": unequal}).facts.high_availability.synchronised is False


@pytest.mark.parametrize(
    ("need", "commands"),
    [
        ("software.version", {"get system status"}),
        ("software.uptime_days", {"get system status", "get system performance status"}),
        ("high_availability.synchronised", {"get system ha status"}),
        ("users", {COMMAND}),
    ],
)
def test_only_what_is_needed_is_asked(need, commands):
    assert {one.text for one in FORTIOS.commands if wanted(one.supplies, frozenset({need}))} == commands


@pytest.mark.parametrize(
    ("path", "lines"),
    [
        ("management.ssh.version", ["set admin-ssh-v1 disable"]),
        ("users.auditor", ['edit "auditor"', "set remote-auth disable", "set peer-auth disable"]),
        ("firewall_rules.9 slot", ["edit 9", "set status enable", 'set name "slot"']),
        ("logging.servers.192.0.2.51.level", ["set severity warning"]),
        ("banners.login", ['config system replacemsg admin "pre_admin-disclaimer-text"']),
    ],
)
def test_a_fact_names_the_lines_that_it_was_read_from(path, lines):
    source = FORTIOS.parse({COMMAND: text("firewall_full")}).sources[path]
    written = text("firewall_full").split("\n")
    found = [written[number - 1].strip() for number in source.lines]
    assert (source.artefact, [line for line in lines if line in found]) == (COMMAND, lines)


def test_secrets_are_taken_out_and_structure_stays():
    redacted = FORTIOS.redact(COMMAND, text("firewall_full"))
    assert (
        "Example"
        not in redacted.replace("AAAAC3NzaC1lZDI1NTE5AAAAIExample", "")
        .replace("MIIDdzCCAl+gAwIBAgIE", "")
        .split("BEGIN CERTIFICATE")[0]
    )
    assert "-----BEGIN ENCRYPTED PRIVATE KEY-----" in redacted
    assert redacted.count("ENC PB2<redacted>") == 1
    short = FORTIOS.redact(COMMAND, text("firewall_show"))
    assert "public" not in short
    assert "zomaar" not in short
    assert 'set secret "<redacted>"' in short


@pytest.mark.parametrize(
    "name", ["keytab", "preshared-key", "eab-key-hmac", "ddns-password", "passwd1", "secondary-key"]
)
def test_a_setting_that_holds_a_secret_is_blank(name):
    assert FORTIOS.redact(COMMAND, f'        set {name} "BQIAAAB9geheim"\n') == f'        set {name} "<redacted>"\n'


def test_a_real_firewall():
    answer = reference_path("network/outputs/fortios/show__fw.txt").read_text()
    facts = FORTIOS.parse({COMMAND: answer}).facts
    assert FORTIOS.cut_off(COMMAND, answer) is None
    assert (facts.device.hostname, facts.software.version) == ("fw", "6.4.4")
    ports = by_name(facts.interfaces)
    assert ports["port2"].management_access == ["ping", "https", "ssh", "http", "fgfm"]
    assert (ports["port1"].zone, ports["port3"].zone, ports["port1"].addresses) == (
        "inside",
        "outside",
        ["192.168.122.2/24"],
    )
    rules = by_name(facts.firewall_rules)
    assert (rules["3 ALLOW_PING_SSH"].any_source, rules["3 ALLOW_PING_SSH"].any_service) == (True, False)
    assert (rules["2 DENY_CUSTOM_SERVICES"].action, rules["2 DENY_CUSTOM_SERVICES"].logged) == ("deny", False)
    assert facts.configuration.automatic_download is True
    assert facts.users[0].trusted_sources == []
    assert facts.services["dhcp-server"].enabled is True
    redacted = FORTIOS.redact(COMMAND, answer)
    assert "SH2FhRZLb0kARj4" not in redacted
    assert FORTIOS.cut_off(COMMAND, redacted) is None


def test_real_answers_of_get_commands():
    facts = FORTIOS.parse(
        {"get system status": reference_path("network/outputs/fortios/get_system_status__7.4.8.raw").read_text()}
    ).facts
    assert (facts.device.model, facts.device.serial, facts.device.hostname) == (
        "FortiGate-60F",
        "FGT60ABC3303F26X",
        "fw1",
    )
    assert facts.software.version == "7.4.8"


@pytest.mark.parametrize("group", ['set member "kantoornet" "overal"', 'set member "groep-in"'])
def test_a_group_with_an_address_that_holds_everything_is_any_address(group):
    groups = f"""config firewall addrgrp
    edit "groep"
        {group}
    next
    edit "groep-in"
        set member "all"
    next
end
config firewall policy
"""
    configuration = text("firewall_full").replace("config firewall policy\n", groups, 1)
    configuration = configuration.replace('set srcaddr "kantoornet"', 'set srcaddr "groep"', 1)
    facts = FORTIOS.parse({COMMAND: configuration}).facts
    assert by_name(facts.firewall_rules)["1 kantoor-internet"].any_source is True


@pytest.mark.parametrize(
    ("area", "own", "authentication"),
    [
        ("", "", "none"),
        ("set authentication esp", "", "ipsec"),
        ("set authentication esp", "set authentication none", "none"),
    ],
)
def test_interfaces_of_ospf_version_3_are_listed(area, own, authentication):
    ospf6 = f"""config router ospf6
    set passive-interface "port9"
    config area
        edit 0.0.0.0
            {area}
        next
    end
    config ospf6-interface
        edit "kern"
            set area-id 0.0.0.0
            set interface "port2"
            {own}
        next
    end
end
config router ospf
"""
    configuration = text("firewall_full").replace("config router ospf\n", ospf6, 1)
    found = by_name(FORTIOS.parse({COMMAND: configuration}).facts.routing.interfaces)["ospfv3 port2"]
    assert (found.authentication, found.passive, found.area) == (authentication, False, "0.0.0.0")


@pytest.mark.parametrize(
    ("line", "storage"),
    [
        ("", "plain"),
        ("set remote-auth enable", "none"),
        ("set peer-auth enable", "none"),
        ("set password ENC PB2x=", "type8_pbkdf2"),
    ],
)
def test_a_local_administrator_without_a_password_has_an_empty_one(line, storage):
    admin = f'config system admin\n    edit "nieuw"\n        {line}\n    next\n'
    configuration = text("firewall_full").replace("config system admin\n", admin, 1)
    user = by_name(FORTIOS.parse({COMMAND: configuration}).facts.users)["nieuw"]
    assert (user.password_storage, user.has_password) == (storage, storage != "none")


def small(admin="", interface="", rest=""):
    """Facts of a configuration that holds little."""
    body = (
        'config system global\n set hostname "lab"\nend\n'
        f'config system interface\n edit "port1"\n set vdom "root"\n{interface}\n next\nend\n'
        f'config system admin\n edit "beheer"\n set password ENC PB2abc\n{admin}\n next\nend\n{rest}\n'
    )
    return FORTIOS.parse({COMMAND: body}).facts


def test_a_further_address_of_an_interface_accepts_what_it_says():
    further = "config secondaryip\n edit 1\n set ip 10.2.0.1 255.255.255.0\n set allowaccess ping telnet\n next\n end"
    facts = small(interface=f"set allowaccess ssh\n{further}")
    assert facts.interfaces[0].management_access == ["ssh", "ping", "telnet"]
    assert facts.management.telnet.enabled is True


@pytest.mark.parametrize(
    ("admin", "six", "expected"),
    [
        ("set trusthost1 10.9.0.0 255.255.0.0", "", ["10.9.0.0/16"]),
        ("set trusthost1 10.9.0.0 255.255.0.0", "set ip6-allowaccess ping https", ["10.9.0.0/16", "::/0"]),
        ("set trusthost1 10.9.0.0 255.255.0.0", "set ip6-allowaccess ping", ["10.9.0.0/16"]),
        (
            "set trusthost1 10.9.0.0 255.255.0.0\nset ip6-trusthost1 2001:db8:9::/48\nset ip6-trusthost2 ::/0",
            "set ip6-allowaccess https",
            ["10.9.0.0/16", "2001:db8:9::/48"],
        ),
        ("set ip6-trusthost1 2001:db8:9::/48", "", ["2001:db8:9::/48", "0.0.0.0/0"]),
        ("", "set ip6-allowaccess https", []),
    ],
)
def test_trusted_hosts_of_one_family_say_nothing_of_the_other(admin, six, expected):
    facts = small(admin, f"set allowaccess https\nconfig ipv6\n{six}\nend")
    assert facts.users[0].trusted_sources == expected


@pytest.mark.parametrize(
    ("actions", "expected"), [(["accept"], None), (["accept", "deny"], "local-in-policy"), ([""], "local-in-policy")]
)
def test_local_in_policies_protect_when_one_denies(actions, expected):
    entries = "".join(
        f"edit {place}\n set srcaddr all\n {f'set action {action}' if action else ''}\n next\n"
        for place, action in enumerate(actions, 1)
    )
    facts = small(rest=f"config firewall local-in-policy\n{entries}end")
    assert facts.control_plane.policy == expected


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ("", "loose"),
        ("set strict-src-check enable", "strict"),
        ("set strict-src-check enable\nset asymroute enable", "none"),
    ],
)
def test_sources_are_not_verified_where_routing_may_be_asymmetric(settings, expected):
    facts = small(rest=f"config system settings\n{settings}\nend")
    assert facts.interfaces[0].unicast_rpf == expected


@pytest.mark.parametrize(
    ("service", "source", "expected"),
    [
        ("ALL", "net", (True, False)),
        ("alles", "net", (True, False)),
        ("pakket", "bereik", (True, True)),
        ("gre", "masker", (False, True)),
    ],
)
def test_what_holds_everything_under_another_name_is_any(service, source, expected):
    rest = (
        'config firewall service custom\n edit "alles"\n set protocol IP\n next\n'
        ' edit "gre"\n set protocol IP\n set protocol-number 47\n next\nend\n'
        'config firewall service group\n edit "pakket"\n set member "gre" "alles"\n next\nend\n'
        'config firewall address\n edit "net"\n set subnet 10.0.0.0 255.0.0.0\n next\n'
        ' edit "bereik"\n set type iprange\n set start-ip 0.0.0.0\n set end-ip 255.255.255.255\n next\n'
        ' edit "masker"\n set type wildcard\n set wildcard 0.0.0.0 0.0.0.0\n next\nend\n'
        f'config firewall policy\n edit 1\n set srcaddr "{source}"\n set dstaddr "all"\n set action accept\n'
        f' set service "{service}"\n next\nend'
    )
    rule = small(rest=rest).firewall_rules[0]
    assert (rule.any_service, rule.any_source) == expected
