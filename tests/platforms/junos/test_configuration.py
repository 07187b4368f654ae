"""What a Junos configuration means: groups, ranges, both styles, and the answers beside it."""

import pytest

from baseline.collectors.interface import wanted
from baseline.collectors.network.brace_style import parse_braces
from baseline.collectors.network.platforms import platform
from baseline.collectors.network.set_style import parse_sets
from baseline.models.facts.fact import Unknown
from tests.platforms.vendors import document, flat, recording
from tests.reference import reference_path

JUNOS = platform("juniper_junos")
COMMAND = "show configuration"
SHOWS = {
    "show version": "show_version",
    "show system uptime": "show_system_uptime",
    "show chassis hardware": "show_chassis_hardware",
    "show ntp associations no-resolve": "show_ntp_associations",
    "show ntp status no-resolve": "show_ntp_status",
    "show interfaces terse": "show_interfaces_terse",
}


def text(name):
    return recording("juniper_junos", name)


def facts_of(body, head="version 22.4R3;\nsystem {\n host-name lab;\n}\n"):
    return JUNOS.parse({COMMAND: head + body}).facts


def by_name(items):
    return {item.name: item for item in items}


def statements(node, path=()):
    """The same tree as set statements."""
    if not node.children:
        yield "set " + " ".join(f'"{word}"' if not word or " " in word or "\n" in word else word for word in path)
    for child in node.children.values():
        yield from statements(child, (*path, child.word))


@pytest.mark.parametrize("name", ["firewall", "switch"])
def test_set_statements_give_the_same_facts_as_braces(name):
    sets = "\n".join(statements(parse_braces(text(name).replace("{master:0}", "")).root)) + "\n"
    assert JUNOS.cut_off(COMMAND, sets) is None
    braces, plain = (
        flat(document("juniper_junos", {COMMAND: text(name)})),
        flat(document("juniper_junos", {COMMAND: sets})),
    )
    differing = {path for path in braces if braces[path] != plain.get(path)}
    assert differing == {f"configuration.{name}" for name in ("last_changed_at", "last_changed_by", "saved_at")}


def test_what_is_inactive_is_not_in_force():
    names = [rule.name for rule in JUNOS.parse({COMMAND: text("firewall")}).facts.firewall_rules]
    assert "kantoor to beheer: oud" not in names
    sets = "set version 22.4R3\nset system host-name a\nset system services telnet\ndeactivate system services telnet\n"
    assert JUNOS.parse({COMMAND: sets}).facts.management.telnet.enabled is False
    assert facts_of("inactive: snmp {\n community public;\n}\ninterfaces {\n}\n").snmp.communities == []


def test_groups_are_written_out_and_lose_from_what_the_configuration_says_itself():
    facts = facts_of(
        "groups {\n basis {\n  system {\n   host-name anders;\n   services {\n    telnet;\n   }\n  }\n"
        "  interfaces {\n   <ge-*> {\n    description uit-de-groep;\n   }\n  }\n }\n}\napply-groups basis;\n"
        "interfaces {\n ge-0/0/0 {\n  unit 0;\n }\n xe-0/0/0 {\n  unit 0;\n }\n ge-0/0/1 {\n  description eigen;\n }\n}\n"
    )
    ports = by_name(facts.interfaces)
    assert (facts.device.hostname, facts.management.telnet.enabled) == ("lab", True)
    assert [ports[name].description for name in ("ge-0/0/0", "xe-0/0/0", "ge-0/0/1")] == ["uit-de-groep", None, "eigen"]


def test_a_group_that_is_not_applied_says_nothing():
    facts = facts_of("groups {\n g {\n  system {\n   services {\n    telnet;\n   }\n  }\n }\n}\ninterfaces {\n}\n")
    assert facts.management.telnet.enabled is False
    facts = facts_of(
        "groups {\n g {\n  snmp {\n   community public;\n  }\n }\n}\napply-groups g;\nsnmp {\n apply-groups-except g;\n}\n"
        "interfaces {\n}\n"
    )
    assert facts.snmp.communities == []


@pytest.mark.slow
def test_groups_that_add_without_end_are_refused():
    ports = "".join(f" ge-0/0/{number} {{\n  unit 0;\n }}\n" for number in range(3_000))
    group = "".join(f"    description{number} x;\n" for number in range(200))
    body = f"groups {{\n g {{\n  interfaces {{\n   <*> {{\n{group}   }}\n  }}\n }}\n}}\napply-groups g;\ninterfaces {{\n{ports}}}\n"
    assert "groups and ranges add more than a device can hold" in facts_of(body).users.reason


@pytest.mark.parametrize(
    "ranges",
    [
        "".join(f"interface-range r{i} {{\n member-range ge-{i}/0/0 to ge-{i}/0/999;\n}}\n" for i in range(21)),
        "interface-range r {\n member-range ge-0/0/0 to ge-0/0/9999;\n}\n",
        'interface-range r {\n member "ge-0/0/[0-9999]";\n}\n',
    ],
)
def test_ranges_with_more_ports_than_a_device_has_are_refused(ranges):
    found = facts_of(f"interfaces {{\n{ranges}}}\n").interfaces
    assert "groups and ranges add more than a device can hold" in found.reason


def test_the_members_of_a_cluster_have_names_of_their_own():
    body = 'groups {\n node0 {\n  system {\n   host-name a;\n  }\n }\n}\napply-groups "${node}";\ninterfaces {\n}\n'
    facts = JUNOS.parse(
        {COMMAND: "version 22.4R3;\nsystem {\n services;\n}\n" + body, "show version": text("show_version")}
    ).facts
    assert facts.device.hostname == "ams-fw-rand-01"
    assert isinstance(facts_of(body, "version 22.4R3;\nsystem {\n services;\n}\n").device.hostname, Unknown)


def test_a_range_holds_for_its_members():
    ports = by_name(JUNOS.parse({COMMAND: text("switch")}).facts.interfaces)
    members = [f"ge-0/0/{number}" for number in (0, 1, 2, 3, 10, 11)]
    assert all(ports[name].access_vlan == 10 and ports[name].bpdu_guard and ports[name].dot1x for name in members)
    assert ports["ge-0/0/1"].description == "Vergaderkamer 2.14"
    assert (ports["ge-0/0/23"].dot1x, ports["ge-0/0/23"].portfast) == (False, False)


def test_a_range_with_a_pattern_holds_for_the_ports_that_it_matches():
    body = """interfaces {
 interface-range toegang {
  member "ge-0/0/*";
  unit 0 {
   family ethernet-switching {
    interface-mode access;
   }
  }
 }
 ge-0/0/7 {
  description Balie;
 }
 xe-0/1/0 {
  unit 0 {
   family inet;
  }
 }
}
protocols {
 dot1x {
  authenticator {
   interface {
    toegang;
   }
  }
 }
}
"""
    ports = by_name(facts_of(body).interfaces)
    assert [(name, port.mode, port.dot1x) for name, port in ports.items()] == [
        ("ge-0/0/7", "access", True),
        ("xe-0/1/0", "routed", False),
        ("ge-0/0/*", "access", True),
    ]


def test_a_prompt_heading_is_no_configuration():
    assert text("switch").endswith("{master:0}\n")
    assert JUNOS.cut_off(COMMAND, text("switch")) is None


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ("", "gave no output"),
        ("permission denied\n", "give the account the right to run it"),
        ("                  ^\nunknown command.\n", "hides it from an account"),
        ("error: permission denied: configuration\n", "give the account the right to run it"),
        ("version 22.4R3;\ninterfaces {\n ge-0/0/0 {\n  unit 0;\n }\n}\n", "its class may not view `system`"),
        ("version 22.4R3;\nsystem {\n host-name a;\n services {\n", "sections still open"),
        ("set version 22.4R3\nset system host-name a\nset system services te", "has no end"),
        ("interfaces {\n    ethernet eth0 {\n    }\n}\nsystem {\n    host-name vyos\n}\n", "does not look like Junos"),
        ("    version 2;\n}\nsystem {\n a b;\n}\n", "lines before it are missing"),
    ],
)
def test_an_answer_that_is_no_configuration_says_why(answer, expected):
    facts = JUNOS.parse({COMMAND: answer}).facts
    for value in (facts.users, facts.interfaces, facts.management.lines, facts.clock.servers, facts.device.hostname):
        assert isinstance(value, Unknown)
    assert expected in facts.users.reason


def test_the_answers_of_show_commands():
    facts = JUNOS.parse({COMMAND: text("firewall")} | {command: text(name) for command, name in SHOWS.items()}).facts
    assert (facts.device.model, facts.device.serial) == ("srx1500", "DK0000TEST01")
    assert (facts.software.version, facts.software.version_numbers) == ("22.4R3-S2.11", [22, 4, 3, 2, 11])
    assert facts.software.uptime_days == 5 * 7 + 2
    assert (facts.clock.synchronised, facts.clock.stratum, facts.clock.reference) == (True, 3, "192.0.2.90")
    assert (facts.clock.offset_milliseconds, [s.reachable for s in facts.clock.servers]) == (0.412, [True, False])
    links = {name: port.link_up for name, port in by_name(facts.interfaces).items()}
    assert (links["ge-0/0/0"], links["ge-0/0/2"], links["ae0.100"]) == (True, False, True)


@pytest.mark.parametrize(
    ("packages", "version"),
    [
        ("Junos: 22.4R3-S2.11\nJUNOS OS Kernel 64-bit [20240102.1f0d2c9_builder]", "22.4R3-S2.11"),
        ("JUNOS EX  Software Suite [15.1R7-S12.1]\nJUNOS Web Management [15.1R7-S12.1]", "15.1R7-S12.1"),
        ("JUNOS Software Release [12.3X48-D105.4]", "12.3X48-D105.4"),
        ("JUNOS OS libs [20230411.77aa1b2_builder]\nJUNOS telemetry [23.2R1.14]", "23.2R1.14"),
    ],
)
def test_the_date_on_which_a_package_was_built_is_no_release(packages, version):
    facts = JUNOS.parse({"show version": f"Hostname: br-utrecht\nModel: nfx150-s1\n{packages}\n"}).facts
    assert (facts.software.version, facts.device.model) == (version, "nfx150-s1")


def test_a_device_that_names_no_release_has_none():
    answer = "Hostname: br-utrecht\nModel: nfx150-s1\nJUNOS OS libs [20230411.77aa1b2_builder]\nJUNOS remover [1.0.0+20230411]\n"
    assert isinstance(JUNOS.parse({"show version": answer}).facts.software.version, Unknown)


def test_who_changed_last_is_told_by_the_device_when_the_configuration_does_not():
    sets = "set version 22.4R3\nset system host-name a\nset interfaces lo0 unit 0\n"
    facts = JUNOS.parse({COMMAND: sets, "show system uptime": text("show_system_uptime")}).facts
    assert (facts.configuration.last_changed_at, facts.configuration.last_changed_by) == (
        "2026-03-03 09:12:44 CET",
        "j.devries",
    )


def test_a_cluster_whose_other_node_is_ready():
    body = "chassis {\n cluster {\n  reth-count 2;\n }\n}\ninterfaces {\n}\n"
    configured = "version 22.4R3;\nsystem {\n host-name a;\n}\n" + body
    answer = text("show_chassis_cluster_status")

    def pair(status):
        return JUNOS.parse({COMMAND: configured, "show chassis cluster status": status}).facts.high_availability

    assert (pair(answer).enabled, pair(answer).peer_ready) == (True, True)
    assert pair(answer.replace("node1  100      secondary ", "node1  0        lost      ", 1)).peer_ready is False
    assert pair("error: Chassis cluster is not enabled.\n").enabled is False
    assert isinstance(pair("unknown command.\n").peer_ready, Unknown)


def test_a_refused_show_command_leaves_its_own_facts_unknown_and_no_others():
    outputs = {COMMAND: text("firewall")} | {command: text(name) for command, name in SHOWS.items()}
    facts = JUNOS.parse(outputs | {"show ntp status no-resolve": "unknown command.\n"}).facts
    assert "refused `show ntp status no-resolve`" in facts.clock.synchronised.reason
    assert facts.clock.reference == "192.0.2.90"


@pytest.mark.parametrize(
    ("need", "commands"),
    [
        ("software.version", {"show version"}),
        ("device.serial", {"show chassis hardware"}),
        ("clock.synchronised", {"show ntp status no-resolve"}),
        ("users", {COMMAND}),
        ("management.ssh.version", {COMMAND}),
    ],
)
def test_only_what_is_needed_is_asked(need, commands):
    assert {one.text for one in JUNOS.commands if wanted(one.supplies, frozenset({need}))} == commands


@pytest.mark.parametrize(
    ("path", "lines"),
    [
        ("users.noodtoegang", ["user noodtoegang {", "uid 2000;", "class beheerder;", "authentication {"]),
        ("management.ssh.version", ["protocol-version v2;"]),
        ("logging.servers.192.0.2.51", ["host 192.0.2.51 {", "any info;", "transport tls;", "port 6514;"]),
        ("configuration.last_changed_by", ["## Last commit: 2026-03-03 09:12:44 CET by j.devries"]),
        ("firewall_rules.kantoor to internet: rest", ["policy rest {", "match {"]),
    ],
)
def test_a_fact_names_the_lines_that_it_was_read_from(path, lines):
    source = JUNOS.parse({COMMAND: text("firewall")}).sources[path]
    written = text("firewall").split("\n")
    found = [written[number - 1].strip() for number in source.lines]
    assert (source.artefact, found[: len(lines)]) == (COMMAND, lines)


def test_secrets_are_taken_out_and_structure_stays():
    for name in ("firewall", "switch"):
        redacted = JUNOS.redact(COMMAND, text(name))
        for secret in (
            "Root$",
            "Nood2026$",
            "aBcDeF",
            "psk01",
            "bgpbgp",
            "ntpSleutel",
            "geheim-schrijf",
            "archiefArchief",
        ):
            assert secret not in redacted
        assert "community KLANT members" in redacted or name == "switch"
    plain = JUNOS.redact(
        COMMAND, "set snmp community Zeg-het-niet authorization read-only\nset policy-options community KLANT x\n"
    )
    assert plain == "set snmp community <redacted> authorization read-only\nset policy-options community KLANT x\n"


def test_a_real_device_in_both_styles():
    braces = reference_path("network/outputs/junos/show_configuration__dut.cfg").read_text()
    sets = reference_path("network/outputs/junos/show_configuration_display_set__dut.txt").read_text()
    assert (JUNOS.cut_off(COMMAND, braces), JUNOS.cut_off(COMMAND, sets)) == (None, None)
    tree, same = parse_braces(braces).root, parse_sets(sets).root
    for path in ("interfaces ge-0/0/0", "policy-options policy-statement IMPORT term ORIGIN-DEDUP"):
        assert set(tree.at(path).words()) == set(same.at(path).words()), path
    facts = JUNOS.parse({COMMAND: sets}).facts
    assert (facts.device.hostname, facts.management.vrf) == ("dut", "mgmt_junos")
    assert [(user.name, user.password_storage) for user in facts.users] == [
        ("root", "sha512_crypt"),
        ("admin", "sha512_crypt"),
    ]
    assert (facts.management.ssh.enabled, facts.management.ssh.version, facts.management.netconf_enabled) == (
        True,
        2,
        True,
    )
    assert by_name(facts.interfaces)["fxp0"].addresses == ["10.0.0.15/24", "2001:db8::2/64"]
    assert facts.routing.bgp_neighbours


def test_real_set_statements_of_ntp():
    answer = reference_path("network/outputs/junos/show_configuration_system_ntp_set.txt").read_text()
    statements = "\n".join(line.strip() for line in answer.splitlines() if line.strip().startswith("set "))
    facts = JUNOS.parse({COMMAND: f"set version 20.1R1\nset interfaces lo0 unit 0\n{statements}\n"}).facts
    assert [(server.name, server.peer, server.vrf) for server in facts.clock.servers] == [
        ("172.16.229.65", False, "mgmt_junos"),
        ("172.16.229.66", False, "mgmt_junos"),
        ("10.145.32.44", False, "mgmt_junos"),
        ("10.2.2.2", True, None),
    ]


SSH_DENIED = "term rest { from { protocol tcp; destination-port 22-23; } then { log; discard; } }"


@pytest.mark.parametrize(
    ("terms", "admits"),
    [
        ("term ssh { from { protocol tcp; destination-port ssh; } then accept; }", True),
        ("term ssh { from { source-address { 0.0.0.0/0; } protocol tcp; port [ ssh http ]; } then accept; }", True),
        ("term ssh { from { source-port 22; protocol tcp; } then count strangers; }", True),
        ("term web { from { protocol tcp; destination-port https; } then accept; }", False),
        ("term back { from { protocol tcp; tcp-established; } then accept; }", False),
        ("term ping { from { protocol icmp; } then accept; }", False),
        (
            "term ssh { from { source-prefix-list { beheer; } protocol tcp; destination-port ssh; } then accept; }",
            False,
        ),
        (f"{SSH_DENIED} term routing {{ then accept; }}", False),
        (
            f"term some {{ from {{ protocol tcp; }} then next term; }} {SSH_DENIED} term routing {{ then accept; }}",
            False,
        ),
        (
            SSH_DENIED.replace("}", "destination-address { 192.0.2.1/32; } }", 1) + " term routing { then accept; }",
            True,
        ),
    ],
)
def test_a_filter_that_lets_everyone_reach_the_device(terms, admits):
    body = f"firewall {{ family inet {{ filter RE {{ {terms} }} }} }}\n".replace("; ", ";\n").replace("{ ", "{\n")
    found = facts_of(body.replace("} ", "}\n"), "version 22.4R3;\nsystem {\n services {\n  ssh;\n }\n}\n").access_lists
    assert [one.permits_any for one in found] == [admits]


@pytest.mark.parametrize(
    ("limit", "expected"),
    [
        ("prefix-limit { maximum 100; }", None),
        ("prefix-limit { maximum 100; teardown 80 idle-timeout forever; }", 100),
        ("accepted-prefix-limit { maximum 50; drop-excess 90; }", 50),
    ],
)
def test_a_limit_on_prefixes_that_only_logs_is_none(limit, expected):
    group = f"type external; peer-as 64500; family inet {{ unicast {{ {limit} }} }} allow 192.0.2.0/24;"
    body = f"protocols {{ bgp {{ group g {{ {group} }} }} }}\n"
    found = facts_of(body.replace("; ", ";\n").replace("{ ", "{\n").replace("} ", "}\n")).routing.bgp_neighbours
    assert [(one.name, one.maximum_prefixes, one.authentication) for one in found] == [
        ("192.0.2.0/24", expected, "none")
    ]


@pytest.mark.parametrize(
    ("source", "anyone"), [("any", True), ("alles", True), ("set-van-sets", True), ("net", False), ("onbekend", False)]
)
def test_an_address_that_holds_everything_is_any_address(source, anyone):
    body = f"""security {{
 address-book {{
  global {{
   address alles 0.0.0.0/0;
   address net 10.0.0.0/8;
   address-set set {{
    address net;
    address alles;
   }}
   address-set set-van-sets {{
    address-set set;
   }}
  }}
 }}
 policies {{
  from-zone a {{
   to-zone b {{
    policy p {{
     match {{
      source-address {source};
      destination-address any;
      application any;
     }}
     then {{
      permit;
     }}
    }}
   }}
  }}
 }}
}}
"""
    assert by_name(facts_of(body).firewall_rules)["a to b: p"].any_source is anyone


@pytest.mark.parametrize(
    ("level", "whole", "expected"),
    [("", "", "md5"), ("no-hello-authentication;", "", "none"), ("", "no-authentication-check;", "none")],
)
def test_hellos_of_is_is_that_a_level_leaves_unauthenticated(level, whole, expected):
    said = 'level 2 { authentication-key "$9$abc"; authentication-type md5; ' + level + " }"
    facts = facts_of("protocols { isis { " + whole + " " + said + " interface xe-0/0/3.0; } }\n")
    assert [one.authentication for one in facts.routing.interfaces] == [expected]


def test_logical_systems_route_and_filter_like_the_device_itself():
    facts = facts_of(
        "logical-systems { klant { interfaces { xe-0/0/7 { unit 30 { family inet { address 192.0.2.9/30; } } } } "
        "protocols { bgp { group buiten { type external; peer-as 64999; neighbor 192.0.2.10; } } "
        "ospf { area 0.0.0.0 { interface xe-0/0/7.30; } } } "
        "security { policies { from-zone a { to-zone b { policy open { match { source-address any; "
        "destination-address any; application any; } then { permit; } } } } } } } }\n"
    )
    assert [(one.name, one.vrf, one.authentication) for one in facts.routing.bgp_neighbours] == [
        ("klant 192.0.2.10", "klant", "none")
    ]
    assert [(one.process, one.authentication) for one in facts.routing.interfaces] == [("klant ospf", "none")]
    assert "xe-0/0/7.30" in by_name(facts.interfaces)
    assert [(rule.name, rule.any_service) for rule in facts.firewall_rules] == [("klant a to b: open", True)]


@pytest.mark.parametrize(
    ("said", "level", "changes"),
    [
        ("any info;", 6, True),
        ("any info; interactive-commands none; change-log none;", None, False),
        ("any info; authorization error;", 3, True),
        ("any info; interactive-commands any;", 6, True),
        ('any any; match "RT_FLOW";', "unknown", False),
    ],
)
def test_what_a_collector_gets_in_the_end(said, level, changes):
    facts = facts_of("system { syslog { host 192.0.2.40 { " + said + " } } }\n")
    found = facts.logging.servers[0].level
    assert ("unknown" if isinstance(found, Unknown) else found, facts.configuration.change_log_to_syslog) == (
        level,
        changes,
    )


@pytest.mark.parametrize(
    ("said", "encrypted"),
    [
        ("security-mode static-cak;", True),
        ("security-mode static-cak; no-encryption;", False),
        ("mka { should-secure; }", False),
    ],
)
def test_a_link_is_encrypted_when_its_association_encrypts_everything(said, encrypted):
    body = (
        "security { macsec { connectivity-association BUITEN { " + said + " } "
        "interfaces { xe-0/1/0 { connectivity-association BUITEN; } } } }\n"
        "interfaces { xe-0/1/0 { unit 0 { family inet; } } }\n"
    )
    assert by_name(facts_of(body).interfaces)["xe-0/1/0"].macsec is encrypted


def test_the_server_for_scripts_in_clear_text_is_a_way_in():
    facts = facts_of("system { services { ssh; xnm-clear-text; } }\n")
    assert facts.management.lines[0].transports == ["ssh", "xnm-clear-text"]


@pytest.mark.parametrize(
    ("prefixes", "port", "anyone"),
    [("10.9.0.0/16;", "ssh", False), ("10.9.0.0/16; 0.0.0.0/0;", "ssh", True), ("0.0.0.0/0;", "830", True)],
)
def test_a_filter_for_a_list_of_everything_lets_everyone_in(prefixes, port, anyone):
    facts = facts_of(
        "system { services { ssh; netconf { ssh; } } }\npolicy-options { prefix-list BEHEER { " + prefixes + " } }\n"
        "firewall { family inet { filter RE { term in { from { source-prefix-list { BEHEER; } protocol tcp; "
        "destination-port " + port + "; } then accept; } term rest { then discard; } } } }\n"
    )
    assert by_name(facts.access_lists)["RE"].permits_any is anyone


@pytest.mark.parametrize(("own", "guarded"), [("family inet { filter { input RE; } }", "RE"), ("family inet;", None)])
def test_a_loopback_of_a_routing_instance_needs_a_filter_of_its_own(own, guarded):
    facts = facts_of(
        "interfaces { lo0 { unit 0 { family inet { filter { input RE; } } } unit 7 { " + own + " } } }\n"
        "routing-instances { klant { instance-type virtual-router; interface lo0.7; } }\n"
    )
    assert facts.control_plane.policy == guarded


@pytest.mark.parametrize(
    ("key", "expected"),
    [("", "none"), ("authentication-key-chain k;", "hmac_sha"), ('authentication-key "$9$x";', "hmac_sha")],
)
def test_an_algorithm_without_a_key_authenticates_nothing(key, expected):
    said = "authentication-algorithm hmac-sha-1-96; " + key
    facts = facts_of("protocols { bgp { group a { peer-as 64999; " + said + " neighbor 192.0.2.10; } } }\n")
    assert facts.routing.bgp_neighbours[0].authentication == expected


def test_a_community_under_version_3_is_a_community():
    facts = facts_of('snmp { v3 { snmp-community a { community-name "public"; security-name lezer; } } }\n')
    assert [(one.is_default_name, one.access_list) for one in facts.snmp.communities] == [(True, None)]
    assert (facts.snmp.enabled, facts.snmp.versions) == (True, ["1", "2c"])


def test_a_vlan_that_is_named_has_only_what_it_says_itself():
    facts = facts_of(
        "vlans { kantoor { vlan-id 10; } gasten { vlan-id 20; } }\n"
        "ethernet-switching-options { secure-access-port { vlan all { examine-dhcp; arp-inspection; } "
        "vlan gasten { no-examine-dhcp; } } }\n"
    )
    assert (facts.dhcp_snooping.vlans, facts.arp_inspection.vlans) == ([10], [10])


@pytest.mark.parametrize(
    ("whole", "own", "guarded"), [("", "edge;", True), ("disable;", "edge;", False), ("", "edge; disable;", False)]
)
def test_a_protocol_that_is_disabled_guards_no_port(whole, own, guarded):
    facts = facts_of(
        "interfaces { ge-0/0/5 { unit 0 { family ethernet-switching { vlan { members 10; } } } } }\n"
        "protocols { rstp { " + whole + " bpdu-block-on-edge; interface ge-0/0/5 { " + own + " } } }\n"
    )
    assert facts.interfaces[0].bpdu_guard is guarded


@pytest.mark.parametrize(("action", "anyone"), [("discard", False), ("accept", True)])
def test_filters_in_a_list_are_one_filter(action, anyone):
    facts = facts_of(
        "system { services { ssh; } }\n"
        "interfaces { lo0 { unit 0 { family inet { filter { input-list [ BEHEER REST ]; } } } } }\n"
        "firewall { family inet { filter BEHEER { term in { from { source-address 10.9.0.0/16; } then accept; } } "
        "filter REST { term rest { then " + action + "; } } } }\n"
    )
    name = facts.management.lines[0].access_list_ipv4
    assert (name, by_name(facts.access_lists)[name].permits_any) == ("BEHEER REST", anyone)
