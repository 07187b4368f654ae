"""Facts of recorded EOS switches: the device, accounts, monitoring, and what is no configuration."""

import time

import pytest

from baseline.collectors.network.screen import visible_text
from baseline.models.facts.fact import Unknown
from tests.platforms.eos.recorded import EOS, RUNNING, by_name, configured, recorded
from tests.reference import reference_path


def test_device_and_software(leaf, spine):
    assert (leaf.device.hostname, leaf.device.domain) == ("gem-leaf-01", "beheer.gemeente.example")
    assert (leaf.device.model, leaf.device.serial) == ("DCS-7050SX3-48YC8-R", "JPE00000TST")
    assert (leaf.software.version, leaf.software.boot_image) == ("4.28.3M", "flash:/EOS-4.28.3M.swi")
    assert leaf.software.uptime_days == 8 * 7 + 5


def test_the_comments_of_a_saved_configuration_tell_model_and_release(spine):
    assert (spine.device.model, spine.software.version) == ("cEOSLab", "4.34.0F")
    assert "show version" in spine.device.serial.reason


def test_saving(leaf, outputs):
    assert leaf.configuration.saved_at == "Tue Mar  3 09:13:02 2026"
    assert leaf.configuration.saved_matches_running is True
    changed = outputs | {RUNNING: outputs[RUNNING].replace("idle-timeout 10", "idle-timeout 11")}
    assert EOS.parse(changed).facts.configuration.saved_matches_running is False


def test_the_log_tells_who_changed_the_configuration_last(leaf, spine):
    state = leaf.configuration
    assert (state.last_changed_at, state.last_changed_by) == ("2026-03-03T09:12:58.010203+01:00", "j.devries")
    assert "`show logging`" in spine.configuration.last_changed_by.reason


def test_a_log_made_to_be_slow_is_read_in_time():
    line = "a" * 300 + " %SYS-5-CONFIG_" + "b" * 300
    start = time.process_time()
    EOS.parse({"show logging": "Syslog logging: enabled\n\nLog Buffer:\n" + f"{line}\n" * 5_000})
    assert time.process_time() - start < 2


def test_the_message_of_the_last_change_is_its_source_also_in_what_is_kept(outputs):
    source = EOS.parse(outputs).sources["configuration.last_changed_by"]
    kept = EOS.redact(source.artefact, outputs["show logging"]).split("\n")
    (line,) = source.lines
    assert kept[line - 1].endswith("Configured from console by j.devries on vty3 (192.0.2.66)")


@pytest.mark.parametrize(
    ("message", "at", "by"),
    [
        (
            "Mar  3 09:12:58 sw1 ConfigAgent: %SYS-5-CONFIG_I: Configured from console by jan on con0 (0.0.0.0)",
            "Mar  3 09:12:58",
            "jan",
        ),
        ("2026 Mar  3 09:12:58 CET sw1 Cli: %SYS-5-CONFIG_I: Configured from console by jan", None, "jan"),
        (
            "Mar  3 09:12:58 sw1 ConfigAgent: %SYS-5-CONFIG_SESSION_COMMIT_SUCCESS: User cvp committed configuration "
            "session a-1 successfully on TerminAttr (localhost)",
            "Mar  3 09:12:58",
            "cvp",
        ),
        ("Mar  3 09:12:58 sw1 ConfigAgent: %SYS-5-CONFIG_E: Enter configuration mode from console by jan", "", ""),
        ("Mar  3 09:12:58 sw1 Cli: %SYS-6-LOGMSG_INFO: Message from jan: %SYS-5-CONFIG_I: Configured by piet", "", ""),
        ("", "", ""),
    ],
)
def test_messages_of_a_change(message, at, by):
    text = f"Syslog logging: enabled\n\nLog Buffer:\n{message}\n"
    state = EOS.parse({"show logging": text}).facts.configuration
    if by:
        assert state.last_changed_by == by
        assert at in (None, state.last_changed_at)
    else:
        assert "no message of a change" in state.last_changed_by.reason


def test_changes_are_logged_where_commands_are_accounted(leaf, spine):
    assert (leaf.configuration.change_log_enabled, leaf.configuration.change_log_to_syslog) == (True, True)
    assert (spine.configuration.change_log_enabled, spine.logging.configuration_changes) == (False, False)
    assert "event handler" in leaf.configuration.archive_on_save.reason


def test_accounts_and_how_their_passwords_are_stored(leaf, spine):
    users = by_name(leaf.users)
    assert {name: user.password_storage for name, user in users.items()} == {
        "noodtoegang": "sha512_crypt",
        "oud": "type5_md5",
        "leeg": "plain",
        "sleutel": "none",
    }
    assert (users["noodtoegang"].privilege, users["oud"].privilege, users["oud"].roles) == (15, 1, ["network-operator"])
    assert (users["sleutel"].ssh_keys, users["sleutel"].has_password) == (1, False)
    assert users["leeg"].has_password is True  # an empty one
    assert (leaf.enable_secret.configured, leaf.enable_secret.storage) == (True, "sha512_crypt")
    assert (spine.enable_secret.configured, spine.enable_secret.storage) == (False, "none")


def test_root_counts_as_an_account_once_it_may_log_in():
    (root,) = configured("aaa root secret sha512 $6$a$b").users
    assert (root.name, root.privilege, root.password_storage) == ("root", 15, "sha512_crypt")
    assert configured("no aaa root").users == []
    (root,) = configured("aaa root nopassword").users
    assert (root.has_password, root.password_storage) == (True, "plain")


def test_weak_secrets_are_named_without_the_secret(leaf, spine):
    assert leaf.password_rules.weak_secrets == [
        "ntp authentication-key 7 sha1 7",
        "ntp authentication-key 8 md5 7",
        "tacacs-server key 7",
        "radius-server host 192.0.2.80 vrf BEHEER key 7",
        "interface Vlan10: vrrp 10 peer authentication ietf-md5 key-string 7",
        "mac security: key 0abcdef0 7",
    ]
    assert "router bgp 64512: neighbor RAND password 7" in spine.password_rules.weak_secrets


def test_password_rules(leaf, spine):
    assert (leaf.password_rules.minimum_length, leaf.password_rules.complexity) == (12, True)
    assert (leaf.password_rules.lockout_attempts, leaf.password_rules.master_key) == (5, True)
    assert (spine.password_rules.minimum_length, spine.password_rules.complexity) == (None, False)


def test_aaa(leaf):
    lists = by_name(leaf.aaa.authentication)
    assert list(lists) == ["login default", "login console", "enable default", "dot1x default"]
    assert (lists["login default"].central, lists["login default"].local_fallback) == (True, True)
    commands = by_name(leaf.aaa.authorization)["commands all default"]
    assert (commands.level, commands.methods) == (15, ["group BEHEER-TAC", "local"])
    accounting = by_name(leaf.aaa.accounting)["commands all default"]
    assert (accounting.record, accounting.methods) == ("start-stop", ["group BEHEER-TAC", "logging"])
    assert {server.name: server.key_storage for server in leaf.aaa.servers} == {
        "192.0.2.70": "type6_aes",
        "192.0.2.71": "type7_reversible",
        "192.0.2.80": "type7_reversible",
    }
    assert leaf.aaa.server_groups[0].vrf == "BEHEER"
    assert (leaf.aaa.console_authorization, leaf.aaa.source_interface) == (True, "Management1")


def test_snmp(leaf, spine):
    first, second = leaf.snmp.communities
    assert (first.access, first.access_list, first.view) == ("read", "SNMP-LEES", "ALLES")
    assert (second.access, second.access_list, second.is_default_name) == ("write", "SNMP-BRONNEN", True)
    users = by_name(leaf.snmp.users)
    assert (users["bewaker"].authentication, users["bewaker"].privacy) == ("sha256", "aes256")
    assert (users["oud"].authentication, users["oud"].security_level) == ("md5", "auth")
    assert {host.name: (host.version, host.security_level, host.vrf) for host in leaf.snmp.hosts} == {
        "192.0.2.60": ("3", "priv", "BEHEER"),
        "192.0.2.61": ("2c", None, None),
    }
    assert leaf.snmp.source_interface == "Management1"
    assert (spine.snmp.enabled, spine.snmp.versions) == (False, [])


def test_users_for_a_receiver_elsewhere_count():
    users = configured(
        "snmp-server user a G remote 192.0.2.1 udp-port 162 v3 auth md5 x\n"
        "snmp-server user b G remote 192.0.2.1 v3 auth sha256 x priv aes256 y\n"
        "snmp-server user c G v3\nsnmp-server user d G v1"
    ).snmp.users
    assert [(user.name, user.authentication, user.privacy) for user in users] == [
        ("a", "md5", "none"),
        ("b", "sha256", "aes256"),
        ("c", "none", "none"),
    ]


@pytest.mark.parametrize(
    ("text", "access_list"), [("ro", None), ("ro A", "A"), ("ro ipv6 A6", None), ("rw ipv6 A6 A", "ipv6 A6 A")]
)
def test_a_filter_for_ipv6_alone_guards_no_community(text, access_list):
    (community,) = configured(f"snmp-server community x {text}").snmp.communities
    assert community.access_list == access_list


def test_time(leaf, spine):
    servers = by_name(leaf.clock.servers)
    assert {name: (one.authenticated, one.reachable, one.vrf) for name, one in servers.items()} == {
        "192.0.2.90": (True, True, "BEHEER"),
        "192.0.2.91": (False, True, "BEHEER"),
        "192.0.2.92": (False, False, None),
    }
    assert (leaf.clock.synchronised, leaf.clock.stratum, leaf.clock.offset_milliseconds) == (True, 3, 0.214)
    assert (spine.clock.timezone, spine.clock.timezone_offset_minutes) == ("Europe/Amsterdam", 60)


def test_a_zone_that_nobody_knows_has_no_offset():
    assert isinstance(configured("clock timezone Maan/Zuid").clock.timezone_offset_minutes, Unknown)
    assert isinstance(configured("clock timezone ../../etc/passwd").clock.timezone_offset_minutes, Unknown)


def test_logging(leaf, spine):
    servers = by_name(leaf.logging.servers)
    assert {name: (one.transport, one.port, one.vrf) for name, one in servers.items()} == {
        "192.0.2.50": ("udp", 514, "BEHEER"),
        "192.0.2.51": ("tls", 6514, "BEHEER"),
        "192.0.2.52": ("tcp", 5514, None),
    }
    assert (leaf.logging.server_level, leaf.logging.console_level, leaf.logging.buffer_level) == (5, 3, 6)
    stamps = leaf.logging.timestamps
    assert (stamps.milliseconds, stamps.timezone, stamps.year, leaf.logging.sequence_numbers) == (True,) * 4
    assert (spine.logging.console_level, spine.logging.server_level, spine.logging.timestamps.year) == (None, 6, False)


def test_every_unknown_fact_of_the_leaf_has_a_reason(leaf):
    assert "not collected" not in str(leaf)


def test_log_messages_are_left_out_of_what_is_kept_but_for_the_last_change(outputs):
    kept = EOS.redact("show logging", outputs["show logging"])
    assert "p.bakker" not in kept
    assert "LOGIN" not in kept
    assert kept.count("by j.devries") == 1
    assert kept.count("\n") == outputs["show logging"].count("\n")
    assert EOS.parse({"show logging": kept}).facts == EOS.parse({"show logging": outputs["show logging"]}).facts


def test_no_secret_survives(outputs):
    kept = EOS.redact(RUNNING, outputs[RUNNING])
    for secret in ("070C285F4D06", "Fq0mZ1Pd2", "odaWRJCcm4", "wQ0Ds3hv", "kijkmaar", "5f3c8de0", "Ab1xYz", "Z3ZjMTIz"):
        assert secret not in kept
    for word in ("070E234F1F5B4A", "yqR5KJBqI", "07070D295C", "9e902c38"):
        assert word not in kept


def test_a_switch_of_the_reference_data():
    text = reference_path("network/outputs/eos/show_running-config__d3.txt").read_text()
    facts = EOS.parse({RUNNING: text}).facts
    assert (facts.device.hostname, facts.device.model) == ("d3-undefined-ref-out", "vEOS")
    assert (facts.software.version, facts.spanning_tree.mode) == ("4.21.1.1F", "mst")
    assert [(user.name, user.password_storage) for user in facts.users] == [("admin", "sha512_crypt")]
    assert by_name(facts.interfaces)["Ethernet1"].mode == "routed"
    assert by_name(facts.interfaces)["Ethernet8"].mode == "access"
    edge = by_name(facts.routing.bgp_neighbours)["10.13.66.1"]
    assert (edge.group, edge.remote_as, edge.maximum_prefixes) == ("normal_defined_pg_undefined", "65001", 12_000)
    assert (edge.filtered_in, edge.filtered_out, edge.authentication) == (False, True, "none")


@pytest.mark.parametrize("mark", [" --More-- \n", " --More--           "])
def test_a_configuration_with_marks_of_pages_is_not_believed(mark):
    lines = recorded("leaf").split("\n")
    lines[40] = mark + lines[40]
    paged = "\n".join(lines)
    assert "paging on" in EOS.cut_off(RUNNING, paged)
    assert "paging on" in EOS.parse({RUNNING: paged}).facts.users.reason


def test_marks_that_the_device_erased_do_no_harm():
    erased = " --More-- " + "\b" * 10 + " " * 10 + "\b" * 10
    lines = recorded("leaf").split("\n")
    text = "\n".join(line if number % 24 else erased + line for number, line in enumerate(lines))
    assert visible_text(text) == recorded("leaf")


def test_a_part_of_a_configuration_is_no_configuration():
    text = reference_path("network/outputs/eos/show_running-config_all__bgp.txt").read_text()
    assert "cut off" in EOS.parse({RUNNING: text}).facts.users.reason
    neighbour = EOS.parse({RUNNING: f"{text}\nend\n"}).facts.routing.bgp_neighbours[0]
    assert (neighbour.name, neighbour.group, neighbour.remote_as) == ("192.0.2.7", "OTHER_GROUP", "64901")
    assert neighbour.maximum_prefixes == 12_000
