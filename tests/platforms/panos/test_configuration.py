"""What a PAN-OS configuration means: its three forms, what Panorama pushes, and the answers beside it."""

import re

import pytest

from baseline.collectors.interface import wanted
from baseline.collectors.network.brace_style import parse_braces
from baseline.collectors.network.platforms import platform
from baseline.models.facts.fact import Unknown
from tests.platforms.vendors import document, flat, recording, recordings
from tests.reference import reference_path

PANOS = platform("paloalto_panos")
COMMAND = "show config running"
TEMPLATE, POLICY = "show config pushed-template", "show config pushed-shared-policy"
SHOWS = {name.replace("_", " "): name for name in recordings("paloalto_panos") if name.startswith("show_")}


def text(name):
    return recording("paloalto_panos", name)


def by_name(items):
    return {item.name: item for item in items}


def as_sets(node, path=()):
    if not node.children:
        yield "set " + " ".join(f'"{word}"' if not word or re.search(r"[\s;]", word) else word for word in path)
    for child in node.children.values():
        yield from as_sets(child, (*path, child.word))


def as_elements(node):
    for child in node.children.values():
        name = child.word.replace("&", "&amp;").replace("<", "&lt;")
        yield f'<entry name="{name}">'
        yield from as_elements(child)
        yield "</entry>"


@pytest.mark.parametrize("write", ["sets", "elements"])
def test_every_form_gives_the_same_facts(write):
    root = parse_braces(text("firewall")).root
    if write == "sets":
        again = "\n".join(as_sets(root)) + "\n"
    else:
        body = "\n".join(as_elements(root.at("config")))
        again = re.sub(
            r'<entry name="(devices|mgt-config|shared)">', r'<entry name="\1">', f"<config>\n{body}\n</config>\n"
        )
    assert PANOS.cut_off(COMMAND, again) is None
    assert flat(document("paloalto_panos", {COMMAND: again})) == flat(
        document("paloalto_panos", {COMMAND: text("firewall")})
    )


def test_a_small_configuration_with_old_ways():
    facts = PANOS.parse({COMMAND: text("branch_set")}).facts
    assert facts.device.hostname == "fil-fw-02"
    assert (facts.management.telnet.enabled, facts.management.http.enabled) == (True, True)
    assert by_name(facts.interfaces)["ethernet1/1"].management_access == ["ssh", "http"]
    assert by_name(facts.management.lines)["cli"].idle_timeout_seconds is None
    assert (facts.snmp.versions, facts.snmp.communities[0].is_default_name) == (["2c"], True)
    assert facts.users[0].password_storage == "type5_md5"
    rule = by_name(facts.firewall_rules)["alles"]
    assert (rule.any_source, rule.any_destination, rule.any_service, rule.logged) == (True, True, True, True)
    assert facts.logging.servers[0].level is None
    assert isinstance(facts.password_rules.minimum_length, Unknown)
    assert by_name(facts.firewall_rules)["intrazone-default"].logged is False


def test_a_firewall_that_panorama_manages_is_not_judged_by_its_own_half():
    facts = PANOS.parse({COMMAND: text("managed")}).facts
    assert "`show config pushed-template` does" in facts.users.reason
    facts = PANOS.parse({COMMAND: text("managed"), TEMPLATE: text("pushed_template")}).facts
    assert "`show config pushed-shared-policy` does" in facts.firewall_rules.reason
    assert facts.banners.login == "Alleen voor bevoegden"


def test_what_panorama_pushes_stands_under_what_the_firewall_says_and_around_its_rules():
    parsed = PANOS.parse({COMMAND: text("managed"), TEMPLATE: text("pushed_template"), POLICY: text("pushed_policy")})
    facts = parsed.facts
    assert (facts.device.hostname, facts.clock.timezone, facts.management.telnet.enabled) == ("den-fw-07", "UTC", False)
    assert [server.name for server in facts.clock.servers] == ["192.0.2.90"]
    rules = by_name(facts.firewall_rules)
    assert list(rules) == [
        "pre: blokkeer-bekend",
        "eigen & lokaal",
        "post: slot",
        "intrazone-default",
        "interzone-default",
    ]
    assert (rules["intrazone-default"].action, rules["intrazone-default"].logged) == ("deny", True)
    assert (rules["pre: blokkeer-bekend"].any_source, rules["post: slot"].action) == (False, "deny")
    lines = text("managed").split("\n")
    assert all(1 <= number <= len(lines) for source in parsed.sources.values() for number in source.lines)


def test_rules_per_virtual_system_are_unknown_under_panorama():
    one = text("managed")
    start, stop = one.index('        <entry name="vsys1">'), one.index("      </vsys>")
    two = one[:stop] + one[start:stop].replace("vsys1", "vsys2") + one[stop:]
    facts = PANOS.parse({COMMAND: two, TEMPLATE: "", POLICY: text("pushed_policy")}).facts
    assert "each of several virtual systems" in facts.firewall_rules.reason
    alone = two.replace("<panorama>", "<nobody>").replace("</panorama>", "</nobody>")
    assert [rule.name for rule in PANOS.parse({COMMAND: alone}).facts.firewall_rules][:2] == [
        "vsys1 eigen & lokaal",
        "vsys2 eigen & lokaal",
    ]


def test_the_advanced_routing_engine_is_not_guessed():
    advanced = text("branch_set") + "set network logical-router default vrf default bgp enable yes\n"
    assert "advanced routing engine" in PANOS.parse({COMMAND: advanced}).facts.routing.bgp_neighbours.reason


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ("", "gave no output"),
        ("Unknown command: config\n", "hides it from an account"),
        ("Server error : op command for client mgmtsrvr timed out\n", "Server error"),
        ("config {\n  devices {\n    localhost.localdomain {\n      deviceconfig {\n", "sections still open"),
        ("set deviceconfig system hostname a\nset network interface ethernet\n", "may not see `mgt-config`"),
        ("set mgt-config users a phash x\n", "may not see `deviceconfig`"),
        ("set deviceconfig system hostname a\nset mgt-config users a phash x\nset zo", "has no end"),
        ("<config>\n<devices>\n", "with <devices> still open"),
        ("version 22.4R3;\nsystem {\n}\n", "does not look like PAN-OS"),
    ],
)
def test_an_answer_that_is_no_configuration_says_why(answer, expected):
    facts = PANOS.parse({COMMAND: answer}).facts
    for value in (facts.users, facts.interfaces, facts.management.lines, facts.clock.servers, facts.device.hostname):
        assert isinstance(value, Unknown)
    assert expected in facts.users.reason


def test_the_answers_of_show_commands():
    facts = PANOS.parse({COMMAND: text("firewall")} | {command: text(name) for command, name in SHOWS.items()}).facts
    assert (facts.device.model, facts.device.serial) == ("PA-850", "012345678901")
    assert (facts.software.version, facts.software.uptime_days) == (
        "10.2.9-h1",
        12,
    )
    assert (facts.clock.synchronised, facts.clock.reference) == (True, "192.0.2.90")
    assert [server.reachable for server in facts.clock.servers] == [True, False]
    pair = facts.high_availability
    assert (pair.enabled, pair.peer_ready, pair.synchronised) == (True, True, True)
    assert facts.configuration.last_changed_at == "2026/03/03 09:12:44"
    ports = by_name(facts.interfaces)
    assert (ports["ethernet1/1"].link_up, ports["ethernet1/3"].link_up) == (True, False)


def test_a_clock_that_follows_nobody_and_a_pair_that_is_broken():
    outputs = {COMMAND: text("firewall"), "show ntp": "NTP state:\n    NTP not synched, using local clock\n"}
    outputs["show high-availability all"] = (
        text("show_high-availability_all")
        .replace("State: passive", "State: suspended")
        .replace(": synchronized", ": not synchronized")
    )
    facts = PANOS.parse(outputs).facts
    assert (facts.clock.synchronised, facts.clock.reference) == (False, None)
    assert (facts.high_availability.peer_ready, facts.high_availability.synchronised) == (False, False)


@pytest.mark.parametrize(
    ("need", "commands"),
    [
        ("software.version", {"show system info"}),
        ("clock.synchronised", {"show ntp"}),
        ("users", {COMMAND}),
        ("firewall_rules", {COMMAND, POLICY}),
        ("management.ssh.ciphers", {COMMAND, TEMPLATE}),
    ],
)
def test_only_what_is_needed_is_asked(need, commands):
    assert {one.text for one in PANOS.commands if wanted(one.supplies, frozenset({need}))} == commands


@pytest.mark.parametrize(
    ("path", "lines"),
    [
        ("management.permitted_sources", ["permitted-ip {", "192.0.2.0/24;", "198.51.100.7;"]),
        ("users.auditor", ["auditor {", "permissions {"]),
        ("firewall_rules.slot", ["slot {", "to any;"]),
        ("device.domain", ["domain voorbeeld.nl;"]),
    ],
)
def test_a_fact_names_the_lines_that_it_was_read_from(path, lines):
    source = PANOS.parse({COMMAND: text("firewall")}).sources[path]
    written = text("firewall").split("\n")
    found = [written[number - 1].strip() for number in source.lines]
    assert (source.artefact, found[: len(lines)]) == (COMMAND, lines)


def test_secrets_are_taken_out_and_structure_stays():
    redacted = PANOS.redact(COMMAND, text("firewall"))
    assert not re.search(r"-AQ==[A-Za-z]", redacted)
    assert "fnRL/" not in redacted
    assert "AdminAdmin" not in redacted
    assert "phash $5$<redacted>;" in redacted
    sets = PANOS.redact(COMMAND, text("branch_set"))
    assert "snmp-community-string <redacted>\n" in sets
    assert "AdminAdmin" not in sets
    markup = PANOS.redact(COMMAND, text("managed") + "<secret>-AQ==abc=</secret>\n<community>geheim</community>\n")
    assert "<phash>$5$<redacted></phash>" in markup
    assert "geheim" not in markup
    assert "-AQ==abc" not in markup


def test_a_real_firewall():
    answer = reference_path("network/outputs/panos/show__d2.txt").read_text()
    facts = PANOS.parse({COMMAND: answer}).facts
    assert PANOS.cut_off(COMMAND, answer) is None
    assert (facts.device.hostname, facts.users[0].password_storage) == ("d2", "des_crypt")
    assert (facts.management.telnet.enabled, facts.management.http.enabled) == (False, False)
    ports = by_name(facts.interfaces)
    assert ports["management"].addresses == ["dhcp"]
    assert (ports["ethernet1/7"].addresses, ports["ethernet1/7"].zone) == (["192.168.122.2/24"], "INSIDE")
    assert ports["ethernet1/7"].management_access == ["ping", "ssh", "https"]
    peers = by_name(facts.routing.bgp_neighbours)
    assert len(peers) == 5
    assert (peers["10.25.51.2"].maximum_prefixes, peers["10.25.51.2"].filtered_out) == (5000, True)
    assert [rule.name for rule in facts.firewall_rules] == ["intrazone-default", "interzone-default"]
    assert facts.vpn_proposals == []
    assert "fnRL/G5lXVMug" not in PANOS.redact(COMMAND, answer)


def test_a_real_answer_of_system_info():
    facts = PANOS.parse(
        {"show system info": reference_path("network/outputs/panos/show_system_info.raw").read_text()}
    ).facts
    assert (facts.device.model, facts.software.version, facts.software.uptime_days) == (
        "PA-VM",
        "7.0.1",
        2,
    )
    assert facts.device.serial.reason == "`show system info` does not tell it"


@pytest.mark.parametrize(
    ("source", "anyone"),
    [("any", True), ("0.0.0.0/0", True), ("alles", True), ("reeks", True), ("groep", True), ("net", False)],
)
def test_an_address_that_holds_everything_is_any_address(source, anyone):
    rule = f"set rulebase security rules r source {source}\nset rulebase security rules r action allow\n"
    objects = """set address alles ip-netmask 0.0.0.0/0
set address reeks ip-range 0.0.0.0-255.255.255.255
set address net ip-netmask 10.0.0.0/8
set address-group groep static [ net alles ]
"""
    facts = PANOS.parse({COMMAND: text("branch_set").rstrip("\n") + "\n" + objects + rule}).facts
    assert by_name(facts.firewall_rules)["r"].any_source is anyone


@pytest.mark.parametrize(
    ("said", "sent"),
    [("", True), ("filter 'All Logs'", True), ("filter '(admin eq iemand)'", False)],
)
def test_a_filter_on_the_configuration_log_leaves_changes_out(said, sent):
    lines = [
        "set mgt-config users admin phash *",
        "set deviceconfig system hostname fw",
        "set shared log-settings config match-list alles send-syslog centraal",
        f"set shared log-settings config match-list alles {said}".replace("'", '"') if said else "",
    ]
    facts = PANOS.parse({COMMAND: "\n".join(lines) + "\n"}).facts
    assert facts.configuration.change_log_to_syslog is sent
