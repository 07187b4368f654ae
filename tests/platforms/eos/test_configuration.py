"""Facts of recorded EOS switches."""

import pytest

from baseline.collectors.network.platforms import platform
from baseline.collectors.network.screen import visible_text
from baseline.models.facts.fact import Unknown
from tests.platforms.vendors import recording
from tests.reference import reference_path

EOS = platform("arista_eos")
RUNNING = "show running-config"
SHOWS = [command.text for command in EOS.commands if command.text not in {RUNNING, "show startup-config"}]


def _recorded(file):
    return recording("arista_eos", file)


def _by_name(items):
    return {item.name: item for item in items}


@pytest.fixture(scope="module")
def outputs():
    saved = _recorded("leaf").replace(
        "! Command: show running-config",
        "! Command: show startup-config\n! Startup-config last modified at Tue Mar  3 09:13:02 2026 by j.devries",
    )
    shows = {command: _recorded(command.replace(" ", "_")) for command in SHOWS}
    return {RUNNING: _recorded("leaf"), "show startup-config": saved} | shows


@pytest.fixture(scope="module")
def leaf(outputs):
    return EOS.parse(outputs).facts


@pytest.fixture(scope="module")
def spine():
    return EOS.parse({RUNNING: _recorded("spine")}).facts


def configured(text):
    config = f"! device: lab (DCS-7050TX-64, EOS-4.28.3M)\nhostname lab\n{text}\nend\n"
    return EOS.parse({RUNNING: config}).facts


def test_device_and_software(leaf, spine):
    assert (leaf.device.hostname, leaf.device.domain) == ("gem-leaf-01", "beheer.gemeente.example")
    assert (leaf.device.model, leaf.device.serial) == ("DCS-7050SX3-48YC8-R", "JPE00000TST")
    assert (leaf.software.version, leaf.software.boot_image) == ("4.28.3M", "flash:/EOS-4.28.3M.swi")
    assert leaf.software.uptime_seconds == ((8 * 7 + 5) * 24 + 15) * 3_600 + 5 * 60


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


def test_a_status_in_a_description_is_no_status():
    lines = "Port       Name            Status       Vlan\nEt1        not connected   notconnect   1    auto\n"
    facts = EOS.parse({RUNNING: _recorded("leaf"), "show interfaces status": lines}).facts
    assert {port.name: port.link_up for port in facts.interfaces}["Ethernet1"] is False


def test_only_keys_that_the_server_offers_count(outputs):
    def keys(text, **changed):
        found = EOS.parse(outputs | {RUNNING: text} | changed).facts.management.ssh.host_keys
        return found if isinstance(found, Unknown) else [key.type for key in found]

    plain = _recorded("leaf").replace("   hostkey server ed25519 rsa\n", "")
    assert keys(plain) == ["rsa", "ecdsa", "ed25519"]
    only = _recorded("leaf").replace("hostkey server ed25519 rsa", "hostkey server ecdsa-nistp521")
    refused = {"show management ssh hostkey rsa public": "% Invalid input\n"}
    assert keys(only) == keys(only, **refused) == ["ecdsa"]
    assert "refused" in keys(plain, **refused).reason
    elliptic = {f"show management ssh hostkey {name} public": "% Invalid input\n" for name in ("ecdsa-nistp521",)}
    assert keys(plain, **elliptic) == ["rsa", "ed25519"]


def test_changes_are_logged_where_commands_are_accounted(leaf, spine):
    assert (leaf.configuration.change_log_enabled, leaf.configuration.change_log_to_syslog) == (True, True)
    assert (spine.configuration.change_log_enabled, spine.logging.configuration_changes) == (False, False)
    assert "event handler" in leaf.configuration.archive_on_save.reason


def test_management_access(leaf, spine):
    lines = _by_name(leaf.management.lines)
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
    assert _by_name(spine.management.lines)["telnet"].transports == ["telnet"]
    assert _by_name(spine.management.lines)["ssh"].idle_timeout_seconds is None
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


def test_accounts_and_how_their_passwords_are_stored(leaf, spine):
    users = _by_name(leaf.users)
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
    lists = _by_name(leaf.aaa.authentication)
    assert list(lists) == ["login default", "login console", "enable default", "dot1x default"]
    assert (lists["login default"].central, lists["login default"].local_fallback) == (True, True)
    commands = _by_name(leaf.aaa.authorization)["commands all default"]
    assert (commands.level, commands.methods) == (15, ["group BEHEER-TAC", "local"])
    accounting = _by_name(leaf.aaa.accounting)["commands all default"]
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
    users = _by_name(leaf.snmp.users)
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
    servers = _by_name(leaf.clock.servers)
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
    servers = _by_name(leaf.logging.servers)
    assert {name: (one.transport, one.port, one.vrf) for name, one in servers.items()} == {
        "192.0.2.50": ("udp", 514, "BEHEER"),
        "192.0.2.51": ("tls", 6514, "BEHEER"),
        "192.0.2.52": ("tcp", 5514, None),
    }
    assert (leaf.logging.server_level, leaf.logging.console_level, leaf.logging.buffer_level) == (5, 3, 6)
    stamps = leaf.logging.timestamps
    assert (stamps.milliseconds, stamps.timezone, stamps.year, leaf.logging.sequence_numbers) == (True,) * 4
    assert (spine.logging.console_level, spine.logging.server_level, spine.logging.timestamps.year) == (None, 6, False)


def test_ports(leaf, spine):
    ports = _by_name(leaf.interfaces)
    desk = ports["Ethernet1"]
    assert (desk.mode, desk.access_vlan, desk.voice_vlan, desk.dot1x, desk.mab) == ("access", 10, 20, True, True)
    assert (desk.portfast, desk.bpdu_guard, desk.root_guard, desk.port_security_maximum) == (True, True, True, 3)
    assert (desk.lldp_transmit, desk.lldp_receive, desk.cdp) == (False, True, False)
    assert (desk.storm_control, desk.source_guard, desk.link_up) == (["broadcast", "multicast"], True, True)
    assert (ports["Ethernet2"].access_vlan, ports["Ethernet2"].link_up, ports["Ethernet3"].enabled) == (1, False, False)
    wan = ports["Ethernet47"]
    assert (wan.mode, wan.macsec, wan.unicast_rpf, wan.access_list_in) == ("routed", True, "strict", "RAND-IN")
    assert (ports["Ethernet48"].mode, ports["Ethernet48"].aggregate) == ("member", "Port-Channel1")
    assert (ports["Port-Channel1"].allowed_vlans, ports["Port-Channel1"].native_vlan) == ("10,20-22", 999)
    assert (ports["Vlan10"].proxy_arp, ports["Vlan10"].redirects, ports["Vlan10"].addresses) == (
        True,
        False,
        ["198.51.100.1/24"],
    )
    assert {port.name: port.mode for port in spine.interfaces}["Ethernet5"] == "access"
    assert {port.name: port.mode for port in spine.interfaces}["Ethernet1"] == "routed"


def ports(text):
    return _by_name(configured(text).interfaces)


def test_a_port_for_a_telephone_is_a_port_for_users():
    text = "interface Ethernet1\n   switchport trunk native vlan 110\n   switchport phone vlan 120\n"
    port = ports(f"{text}   switchport mode trunk phone\n   switchport")["Ethernet1"]
    assert (port.mode, port.access_vlan, port.voice_vlan, port.allowed_vlans) == ("access", 110, 120, None)


def test_defaults_and_profiles_are_no_interfaces_but_count_for_them():
    found = ports(
        "interface defaults\n   ethernet\n      shutdown\n   mtu 9214\n!\n"
        "interface profile STIL\n   command no lldp transmit\n   command storm-control broadcast level 1\n!\n"
        "interface Ethernet1\n   profile STIL\n   no shutdown\n!\n"
        "interface Ethernet2\n!\ninterface Management1\n!\ninterface Vlan10"
    )
    assert {name: port.enabled for name, port in found.items()} == {
        "Ethernet1": True,
        "Ethernet2": False,
        "Management1": True,
        "Vlan10": True,
    }
    assert (found["Ethernet1"].lldp_transmit, found["Ethernet1"].storm_control) == (False, ["broadcast"])
    assert found["Ethernet2"].lldp_transmit is True


def test_algorithms_that_are_not_written_are_not_guessed():
    lines = "ip security\n   ike policy A\n      dh-group 20\n   sa policy B\n      esp encryption aes256gcm128"
    ike, ipsec = configured(lines).vpn_proposals
    assert "write it out" in ike.ciphers.reason
    assert isinstance(ike.hashes, Unknown)
    assert (ipsec.ciphers, ipsec.hashes, ipsec.dh_groups) == (["aes256gcm128"], [], [])


def test_a_host_certificate_is_no_key_of_the_server(outputs):
    certificate = "   hostkey server cert a.cert\n   hostkey server ed25519 rsa\n"
    text = _recorded("leaf").replace("   hostkey server ed25519 rsa\n", certificate)
    found = EOS.parse(outputs | {RUNNING: text}).facts.management.ssh.host_keys
    assert [key.type for key in found] == ["rsa", "ed25519"]


def test_vlans_and_spanning_tree(leaf, spine):
    vlans = {vlan.number: vlan for vlan in leaf.vlans}
    assert list(vlans) == [10, 20, 21, 22, 999]
    assert (vlans[10].label, vlans[10].dhcp_snooping, vlans[999].enabled) == ("kantoor", True, False)
    assert (leaf.spanning_tree.mode, spine.spanning_tree.mode) == ("mst", None)


def test_access_lists(leaf):
    lists = _by_name(leaf.access_lists)
    assert lists["SSH-IN"].permitted_sources == ["192.0.2.64/27", "192.0.2.5"]
    assert (lists["ALLES"].permits_any, lists["RAND-IN"].denials_logged) == (True, True)


def test_routing(spine, leaf):
    found = {one.name: (one.authentication, one.passive) for one in spine.routing.interfaces}
    assert found == {
        "ospf Ethernet1": ("hmac_sha", False),
        "ospf Ethernet2": ("md5", True),
        "ospf Ethernet3": ("none", True),
        "ospfv3 Ethernet1": ("ipsec", False),
        "isis Ethernet3": ("hmac_sha", False),
        "isis Loopback0": ("none", True),
        "rip Ethernet4": ("none", False),
    }
    assert [(group.name, group.authentication) for group in leaf.routing.first_hop_groups] == [
        ("Vlan10 vrrp 10", "md5")
    ]


def test_bgp_neighbours_take_what_their_group_says(spine):
    neighbours = _by_name(spine.routing.bgp_neighbours)
    assert "`maximum-routes`" in neighbours["KLANT 10.0.0.1"].maximum_prefixes.reason
    assert {name: one.authentication for name, one in neighbours.items()} == {
        "10.9.0.0/16": "md5",
        "203.0.113.20": "md5",
        "203.0.113.21": "none",
        "KLANT 10.0.0.1": "tcp_ao",
    }
    limits = {name: neighbours[name].maximum_prefixes for name in ("10.9.0.0/16", "203.0.113.20", "203.0.113.21")}
    assert limits == {"10.9.0.0/16": 1000, "203.0.113.20": 1000, "203.0.113.21": None}
    edge = neighbours["203.0.113.20"]
    assert (edge.group, edge.enabled, edge.remote_as, edge.ttl_security_hops) == ("RAND", False, "64496", 1)
    assert (edge.filtered_in, edge.filtered_out) == (True, True)


def test_neighbours_that_are_found_on_a_link():
    lines = (
        "router bgp 65001\n   neighbor BUREN peer group\n   neighbor BUREN password 7 070C285F4D06\n"
        "   neighbor BUREN maximum-routes 500\n   neighbor interface Ethernet1-3 peer-group BUREN remote-as 65002"
    )
    (found,) = configured(lines).routing.bgp_neighbours
    assert (found.name, found.group, found.remote_as) == ("interface Ethernet1-3", "BUREN", "65002")
    assert (found.external, found.authentication, found.maximum_prefixes) == (True, "md5", 500)


def test_certificates_and_vpn(leaf):
    own, default = leaf.certificates
    assert (own.name, own.key_bits, own.not_after) == ("api.crt", 3072, "2026-11-12T03:12:40Z")
    assert (own.issuer, own.self_signed, default.self_signed) == ("CN=Beheer CA,O=Gemeente,C=NL", False, True)
    ike, ipsec = leaf.vpn_proposals
    assert (ike.name, ike.ciphers, ike.hashes, ike.dh_groups) == ("ikev2 STERK", ["aes256"], ["sha384"], [20])
    assert (ipsec.name, ipsec.ciphers) == ("ipsec STERK", ["aes256gcm128"])


def test_a_pair(leaf, spine):
    pair = leaf.high_availability
    assert (pair.enabled, pair.peer_ready, pair.synchronised) == (True, True, True)
    assert spine.high_availability.enabled is False
    assert "`show mlag`" in spine.high_availability.peer_ready.reason


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("state                              :              Active", "state : Inactive", (True, False, True)),
        (
            "negotiation status                 :           Connected",
            "negotiation status : Connecting",
            (True, False, True),
        ),
        ("peer-link status                   :                  Up", "peer-link status : Down", (True, False, True)),
        ("peer-config                        :          consistent", "peer-config : inconsistent", (True, True, False)),
    ],
)
def test_a_pair_that_is_not_ready(outputs, old, new, expected):
    assert outputs["show mlag"].count(old) == 1
    pair = EOS.parse(outputs | {"show mlag": outputs["show mlag"].replace(old, new)}).facts.high_availability
    assert (pair.enabled, pair.peer_ready, pair.synchronised) == expected


def test_a_device_without_a_peer(outputs):
    text = "MLAG Status:\nstate : Disabled\nnegotiation status :\npeer-link status :\n"
    pair = EOS.parse(outputs | {"show mlag": text}).facts.high_availability
    assert pair.enabled is False
    assert "not one of" in pair.peer_ready.reason


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
    assert _by_name(facts.interfaces)["Ethernet1"].mode == "routed"
    assert _by_name(facts.interfaces)["Ethernet8"].mode == "access"
    edge = _by_name(facts.routing.bgp_neighbours)["10.13.66.1"]
    assert (edge.group, edge.remote_as, edge.maximum_prefixes) == ("normal_defined_pg_undefined", "65001", 12_000)
    assert (edge.filtered_in, edge.filtered_out, edge.authentication) == (False, True, "none")


@pytest.mark.parametrize("mark", [" --More-- \n", " --More--           "])
def test_a_configuration_with_marks_of_pages_is_not_believed(mark):
    lines = _recorded("leaf").split("\n")
    lines[40] = mark + lines[40]
    paged = "\n".join(lines)
    assert "paging on" in EOS.cut_off(RUNNING, paged)
    assert "paging on" in EOS.parse({RUNNING: paged}).facts.users.reason


def test_marks_that_the_device_erased_do_no_harm():
    erased = " --More-- " + "\b" * 10 + " " * 10 + "\b" * 10
    lines = _recorded("leaf").split("\n")
    text = "\n".join(line if number % 24 else erased + line for number, line in enumerate(lines))
    assert visible_text(text) == _recorded("leaf")


def test_a_part_of_a_configuration_is_no_configuration():
    text = reference_path("network/outputs/eos/show_running-config_all__bgp.txt").read_text()
    assert "cut off" in EOS.parse({RUNNING: text}).facts.users.reason
    neighbour = EOS.parse({RUNNING: f"{text}\nend\n"}).facts.routing.bgp_neighbours[0]
    assert (neighbour.name, neighbour.group, neighbour.remote_as) == ("192.0.2.7", "OTHER_GROUP", "64901")
    assert neighbour.maximum_prefixes == 12_000
