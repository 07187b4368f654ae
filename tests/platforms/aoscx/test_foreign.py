"""Recordings of AOS-CX that others published give the facts that plain regular expressions find in them."""

import re

import yaml

from baseline.collectors.files.recognition import recognised
from baseline.collectors.files.removed import parse_without_secrets
from baseline.collectors.network.platforms import platform
from baseline.models.facts.fact import Unknown
from tests.platforms.aoscx import foreign
from tests.platforms.aoscx.foreign import RUNNING, told, words

AOSCX = platform("aruba_aoscx")


def whole():
    """File, configuration and facts of each switch whose configuration was not shortened."""
    found = [(file, text) for file, text in foreign.configurations() if foreign.is_whole(text)]
    assert found, "every configuration here was shortened"
    return [(file, text, AOSCX.parse({RUNNING: text}).facts) for file, text in found]


def by_name(items):
    return {item.name: item for item in items}


def test_the_switch_and_its_accounts():
    for file, text, facts in whole():
        assert [facts.device.hostname] == words(text, r"hostname (\S+)"), file
        assert [facts.software.version] == words(text, r"!Version \S+ (\S+)"), file
        assert sorted(by_name(facts.users)) == sorted(words(text, r"user (\S+) ")), file
        secret = dict.fromkeys(words(text, r"user (\S+) "), "none") | dict.fromkeys(
            words(text, r"user (\S+) .*password ciphertext"), "sha512_crypt"
        )
        assert {user.name: user.password_storage for user in facts.users} == secret, file
        assert facts.password_rules.master_key is ("default" not in words(text, r"!export-password: (\S+)")), file


def test_where_a_session_can_start_and_how_long_it_lasts():
    for file, text, facts in whole():
        instances = words(text, r"ssh server vrf (\S+)")
        lines = by_name(facts.management.lines)
        assert sorted(lines) == sorted(["console", *(f"vty {instance}" for instance in instances)]), file
        assert facts.management.ssh.enabled is bool(instances), file
        assert facts.management.http.https_enabled is bool(words(text, "https-server vrf")), file
        minutes = re.search(r"^cli-session\n +timeout (\d+)", text, re.MULTILINE)
        seconds = (int(minutes[1]) if minutes else 30) * 60 or None
        assert {line.idle_timeout_seconds for line in lines.values()} == {seconds}, file
        named = words(text, r"ssh key-exchange-algorithms (.+)")
        if named:
            assert facts.management.ssh.key_exchanges == named[0].split(), file


def test_servers_for_time_logging_and_logins():
    for file, text, facts in whole():
        assert sorted(by_name(facts.clock.servers)) == sorted(words(text, r"ntp server (\S+)")), file
        assert [facts.clock.timezone] == (words(text, r"clock timezone (\S+)") or ["UTC"]), file
        assert isinstance(facts.clock.timezone_offset_minutes, int), file
        assert sorted(by_name(facts.logging.servers)) == sorted(words(text, r"logging (\d\S+)")), file
        assert sorted(by_name(facts.aaa.servers)) == sorted(words(text, r"(?:tacacs|radius)-server host (\S+)")), file
        central = words(text, r"aaa authentication login (\S+) group (?!local)")
        assert {one.list_name for one in facts.aaa.authentication if one.central} == set(central), file


def test_snmp():
    for file, text, facts in whole():
        levels = re.findall(r"^snmp-server community \S+ *\n(?: +access-level (\w+))?", text, re.MULTILINE)
        if levels:
            access = ["write" if level == "rw" else "read" for level in levels]
            assert [community.access for community in facts.snmp.communities] == access, file
        else:
            assert {one.is_default_name for one in facts.snmp.communities} <= {True}, file
        assert sorted(by_name(facts.snmp.users)) == sorted(words(text, r"snmpv3 user (\S+)")), file
        assert sorted(by_name(facts.snmp.hosts)) == sorted(words(text, r"snmp-server host (\S+)")), file
        assert facts.snmp.enabled is bool(words(text, r"snmp-server vrf") and facts.snmp.versions), file


def test_ports_and_vlans():
    for file, text, facts in whole():
        expected = foreign.ports(text)
        assert sorted(by_name(facts.interfaces)) == sorted(expected), file
        assert [vlan.number for vlan in facts.vlans] == foreign.numbers(words(text, r"vlan ([\d,-]+)")), file
        assert (facts.spanning_tree.mode is not None) is bool(words(text, "spanning-tree$")), file
        for name, port in by_name(facts.interfaces).items():
            lines, where = expected[name], f"{file}: {name}"
            assert port.description == told(lines, "description (.+?)"), where
            assert port.addresses == re.findall(r"^ +ip(?:v6)? (?:address|static) (\S+)", lines, re.MULTILINE) + (
                ["dhcp"] if told(lines, "(ip dhcp)") else []
            ), where
            assert port.vrf == ("mgmt" if name == "mgmt" else told(lines, r"vrf attach (\S+)")), where
            assert (port.bpdu_guard, port.root_guard, port.portfast) == (
                bool(told(lines, "(spanning-tree bpdu-guard)")),
                bool(told(lines, "(spanning-tree root-guard)")),
                bool(told(lines, "(spanning-tree port-type admin-edge)")),
            ), where
            if told(lines, "((?:no )?shutdown)"):
                assert port.enabled is (told(lines, "((?:no )?shutdown)") == "no shutdown"), where
            member, access, trunk = (
                told(lines, one) for one in (r"lag (\d+)", r"vlan access (\d+)", r"(vlan trunk .+)")
            )
            if member:
                assert (port.mode, port.aggregate) == ("member", f"lag {member}"), where
            elif access:
                assert (port.mode, port.access_vlan) == ("access", int(access)), where
            elif trunk:
                native, allowed = told(lines, r"vlan trunk native (\d+)"), told(lines, r"vlan trunk allowed (\S+)")
                assert (port.mode, port.native_vlan) == ("trunk", int(native) if native else None), where
                assert port.allowed_vlans == (None if allowed == "all" else allowed), where
            elif "/" in name:
                assert port.mode == "routed", where


def test_filters_and_routing():
    for file, text, facts in whole():
        sections = re.findall(r"^access-list \w+ (\S+)\n((?: .*\n)*)", text, re.MULTILINE)
        entries = {name: len(re.findall(r"^ +\d+ (?:permit|deny) ", lines, re.MULTILINE)) for name, lines in sections}
        assert {one.name: one.entries for one in facts.access_lists} == entries, file
        assert len(facts.routing.bgp_neighbours) == len(
            re.findall(r"^ +neighbor \S+ remote-as ", text, re.MULTILINE)
        ), file
        joined = [name for name, lines in foreign.ports(text).items() if told(lines, r"ip ospf (\d+) area \S+")]
        ospf = [one.interface for one in facts.routing.interfaces if one.protocol == "ospf"]
        assert sorted(ospf) == sorted(joined), file


def test_what_oxidized_keeps_above_a_configuration_changes_nothing():
    for file, text, facts in whole():
        bare = text[text.index("!Version ") :]
        assert AOSCX.parse({RUNNING: bare}).facts == facts, file
        assert parse_without_secrets(AOSCX.parse, {RUNNING: text}).facts == facts, file
        assert recognised(text, {}) == "aruba_aoscx", file


def test_a_configuration_that_somebody_shortened_is_not_believed():
    for file, text in foreign.configurations():
        if not foreign.is_whole(text):
            users = AOSCX.parse({RUNNING: text}).facts.users
            assert isinstance(users, Unknown), file
            assert "cut off" in users.reason, file


def test_no_secret_is_kept():
    for file, text in foreign.configurations():
        secrets = re.findall(r"(?:ciphertext|plaintext|snmp-server community|trap .*community) (\S+)", text)
        left = AOSCX.redact(RUNNING, text).split()
        assert not set(secrets) & set(left), file
        assert len(left) > 1, file


def test_what_a_switch_says_of_itself():
    for path in foreign.found(foreign.SIMULATED):
        outputs = foreign.answers(path)
        facts = AOSCX.parse(outputs).facts
        if "show version" in outputs:
            assert [facts.software.version] == words(outputs["show version"], r"Version +: (\S+)"), path
            assert [facts.software.boot_image] == words(outputs["show version"], r"Active Image : (\S+)"), path
        if "show system" in outputs:
            assert [facts.device.model] == words(outputs["show system"], r"Product Name +: (.+?) *$"), path
            assert [facts.device.serial] == words(outputs["show system"], r"Chassis Serial Nbr +: (\S+)"), path
            weeks, days = re.findall(
                r"^Up Time .*: (?:(\d+) weeks?, )?(?:(\d+) days?, )?", outputs["show system"], re.MULTILINE
            )[0]
            assert facts.software.uptime_days == int(weeks or 0) * 7 + int(days or 0), path


def test_what_textfsm_reads_in_show_system_is_read_here():
    for path in foreign.found("aruba_aoscx/show_system/*.raw"):
        (row,) = yaml.safe_load(path.with_suffix(".yml").read_text())["parsed_sample"]
        facts = AOSCX.parse({"show system": path.read_text()}).facts
        assert (facts.device.model, facts.device.serial) == (row["product"], row["serial"]), path
        days = int(row["uptime_weeks"] or 0) * 7 + int(row["uptime_days"] or 0)
        assert facts.software.uptime_days == days, path


def test_what_textfsm_reads_in_show_ntp_associations_is_read_here():
    for path in foreign.found("aruba_aoscx/show_ntp_associations/*.raw"):
        rows = yaml.safe_load(path.with_suffix(".yml").read_text())["parsed_sample"]
        servers = "".join(f"ntp server {row['name']}\n" for row in rows)
        text = f"!Version ArubaOS-CX FL.10.13.1030\n{servers}ntp enable\nvlan 1\ninterface mgmt\n"
        facts = AOSCX.parse({RUNNING: text, "show ntp associations": path.read_text()}).facts
        answered = {row["name"]: row["reach"].strip("0") != "" for row in rows}
        assert {server.name: server.reachable for server in facts.clock.servers} == answered, path
