"""Facts of recorded NX-OS switches."""

import pytest

from baseline.collectors.network.platforms import platform
from baseline.models.facts.fact import Unknown
from tests.platforms.vendors import recording
from tests.reference import reference_path

NXOS = platform("cisco_nxos")
RUNNING = "show running-config"
SHOWS = [command.text for command in NXOS.commands if command.text not in {RUNNING, "show startup-config"}]


def _recorded(file):
    return recording("cisco_nxos", file)


def _by_name(items):
    return {item.name: item for item in items}


@pytest.fixture(scope="module")
def outputs():
    saved = _recorded("switch").replace(
        "!Running configuration last done at: Tue Mar  3 09:12:44 2026",
        "!Startup config saved at: Tue Mar  3 09:13:02 2026",
    )
    shows = {command: _recorded(command.replace(" ", "_")) for command in SHOWS}
    return {RUNNING: _recorded("switch"), "show startup-config": saved} | shows


@pytest.fixture(scope="module")
def switch(outputs):
    return NXOS.parse(outputs).facts


@pytest.fixture(scope="module")
def spine():
    return NXOS.parse({RUNNING: _recorded("spine")}).facts


def configured(text):
    config = f"version 9.3(10) Bios:version 05.45\nhostname lab\n{text}\nline console\nline vty\n"
    return NXOS.parse({RUNNING: config}).facts


def test_device_and_software(switch):
    assert (switch.device.hostname, switch.device.domain) == ("pr-sw-datahal-01", "beheer.provincie.example")
    assert (switch.device.model, switch.device.serial) == ("Nexus9000 C93180YC-FX", "FDO00000TST")
    assert (switch.software.version, switch.software.version_numbers) == ("9.3(10)", [9, 3, 10])
    assert switch.software.boot_image == "bootflash:///nxos.9.3.10.bin"
    assert switch.software.uptime_days == 41


def test_changes_and_saving(switch, spine):
    assert switch.configuration.last_changed_at == "Tue Mar  3 09:12:44 2026"
    assert (switch.configuration.saved_at, switch.configuration.saved_matches_running) == (
        "Tue Mar  3 09:13:02 2026",
        True,
    )
    assert spine.configuration.last_changed_at is None


def test_a_change_that_was_not_saved_is_seen(outputs):
    changed = outputs | {RUNNING: outputs[RUNNING].replace("exec-timeout 9", "exec-timeout 8")}
    assert NXOS.parse(changed).facts.configuration.saved_matches_running is False


def test_management_access(switch, spine):
    console, vty = switch.management.lines
    assert (console.idle_timeout_seconds, console.authentication, console.transports) == (300, "local_users", [])
    assert (vty.idle_timeout_seconds, vty.authentication, vty.authentication_list) == (540, "aaa", "default")
    assert (vty.transports, vty.access_list_ipv4, vty.access_list_ipv6) == (["ssh"], "BEHEERSTATIONS", "BEHEER6")
    assert (switch.management.telnet.enabled, switch.management.ssh.enabled) == (False, True)
    assert (switch.management.http.enabled, switch.management.http.https_enabled) == (False, True)
    assert switch.management.http.tls_versions == ["1.2"]
    assert [(key.type, key.bits) for key in switch.management.ssh.host_keys] == [("rsa", 2048)]
    assert (switch.management.ssh.version, switch.management.ssh.authentication_retries) == (2, 2)
    assert switch.management.login_protection.quiet_access_list == "BEHEERSTATIONS"
    assert switch.management.vrf == "management"
    assert spine.management.lines[1].transports == ["telnet"]
    assert (spine.management.ssh.enabled, spine.management.netconf_enabled) == (False, True)
    assert spine.management.http.enabled is False
    assert spine.management.lines[1].absolute_timeout_seconds == 3_600


def test_the_banner_ends_where_its_mark_stands(switch):
    assert switch.banners.motd.endswith("line vty telt hier niet mee")
    assert (switch.banners.login, switch.banners.exec) == (None, None)


def test_accounts_and_how_their_passwords_are_stored(switch, spine):
    users = _by_name(switch.users)
    assert {name: user.password_storage for name, user in users.items()} == {
        "admin": "sha256_crypt",
        "oud": "type5_md5",
        "sleutel": "none",
    }
    assert (users["sleutel"].has_password, users["sleutel"].ssh_keys) == (False, 1)
    assert (users["admin"].roles, users["admin"].privilege) == (["network-admin"], None)
    assert spine.users[0].password_storage == "type9_scrypt"


def test_weak_secrets_are_named_without_the_secret(switch, spine):
    assert switch.password_rules.weak_secrets == [
        "tacacs-server key 7",
        "tacacs-server host 192.0.2.70 key 7",
        "ntp authentication-key 7 md5",
        "ntp authentication-key 8 md5",
        "key chain HSRP: key-string 7",
    ]
    assert spine.password_rules.weak_secrets == [
        "interface Ethernet1/1: ip ospf message-digest-key 1 md5 3",
        "interface Ethernet1/4: authentication text",
        "router ospfv3 ZES: area 0.0.0.0 authentication ipsec spi 256 md5 3",
        "router bgp 64512: password 3",
        "router bgp 64512: password 7",
    ]


def test_password_rules(switch, spine):
    assert (switch.password_rules.minimum_length, switch.password_rules.complexity) == (12, False)
    assert (spine.password_rules.minimum_length, spine.password_rules.complexity) == (8, True)
    assert (switch.password_rules.master_key, spine.password_rules.master_key) == (True, False)


def test_aaa(switch, spine):
    lists = _by_name(switch.aaa.authentication)
    assert (lists["login default"].central, lists["login default"].local_fallback) == (True, True)
    assert lists["login console"].methods == ["local"]
    assert [one.name for one in switch.aaa.authorization] == ["config-commands default", "commands default"]
    assert {one.service: (one.level, one.record) for one in switch.aaa.accounting} == {
        "exec": (None, "start-stop"),
        "commands": (15, "start-stop"),
    }
    servers = _by_name(switch.aaa.servers)
    assert {name: server.key_storage for name, server in servers.items()} == {
        "192.0.2.70": "type7_reversible",
        "192.0.2.71": "type7_reversible",
        "192.0.2.80": "type6_aes",
    }
    group = switch.aaa.server_groups[0]
    assert (group.name, group.servers, group.vrf) == ("BEHEER-TAC", ["192.0.2.70", "192.0.2.71"], "management")
    assert [one.methods for one in spine.aaa.accounting] == [["local"], ["local"]]


def test_local_accounts_are_not_asked_where_that_is_negated():
    facts = configured(
        "aaa authentication login default group TAC\nno aaa authentication login default fallback error local"
    )
    assert facts.aaa.authentication[0].local_fallback is False


def test_snmp(switch, spine):
    first, second = switch.snmp.communities
    assert (first.access, first.access_list, first.is_default_name) == ("read", "BEHEERSTATIONS", False)
    assert (second.access, second.access_list, second.is_default_name) == ("write", None, True)
    users = _by_name(switch.snmp.users)
    assert (users["bewaker"].authentication, users["bewaker"].privacy) == ("sha256", "aes128")
    assert (users["bewaker"].access_list, users["oud"].security_level) == ("BEHEERSTATIONS", "auth")
    assert {host.name: (host.version, host.vrf) for host in switch.snmp.hosts} == {
        "192.0.2.60": ("3", "management"),
        "192.0.2.61": ("2c", None),
    }
    assert (spine.snmp.enabled, spine.snmp.versions) == (False, [])


def test_a_cipher_without_a_name_is_des_in_old_releases_and_unknown_in_new_ones():
    line = "snmp-server user a auth md5 0x12 priv 0x34 localizedkey"
    assert configured(line).snmp.users[0].privacy == "des"
    new = NXOS.parse({RUNNING: f"version 10.3(4a)\n{line}\nline vty\n"}).facts
    assert isinstance(new.snmp.users[0].privacy, Unknown)


def test_time(switch):
    servers = _by_name(switch.clock.servers)
    assert {name: server.authenticated for name, server in servers.items()} == {
        "192.0.2.90": True,
        "192.0.2.91": False,
        "192.0.2.92": False,
    }
    assert {name: server.reachable for name, server in servers.items()}["192.0.2.92"] is False
    assert (switch.clock.synchronised, switch.clock.stratum, switch.clock.reference) == (True, 3, "192.0.2.90")
    assert (switch.clock.timezone, switch.clock.timezone_offset_minutes) == ("CET", 60)


def test_logging(switch):
    servers = _by_name(switch.logging.servers)
    assert (servers["192.0.2.50"].level, servers["192.0.2.50"].transport, servers["192.0.2.50"].port) == (6, "udp", 514)
    assert (servers["192.0.2.51"].transport, servers["192.0.2.51"].port) == ("tls", 6515)
    assert servers["192.0.2.51"].reachable is False
    assert (switch.logging.server_level, switch.logging.console_level) == (6, 3)
    assert (switch.logging.buffer_bytes, switch.logging.buffer_level) == (8_388_608, 6)
    assert switch.logging.timestamps.milliseconds is True


def test_ports(switch):
    ports = _by_name(switch.interfaces)
    desk = ports["Ethernet1/1"]
    assert (desk.mode, desk.access_vlan, desk.dot1x, desk.mab) == ("access", 10, True, True)
    assert (desk.portfast, desk.bpdu_guard, desk.root_guard, desk.port_security_maximum) == (True, True, True, 3)
    assert (desk.cdp, desk.lldp_transmit, desk.lldp_receive) == (False, False, True)
    assert (desk.storm_control, desk.source_guard, desk.trunk_negotiation) == (["broadcast", "multicast"], True, False)
    assert {
        name: ports[name].enabled for name in ("Ethernet1/1", "Ethernet1/2", "Ethernet1/3", "Vlan1", "Vlan900")
    } == {
        "Ethernet1/1": True,
        "Ethernet1/2": True,
        "Ethernet1/3": False,
        "Vlan1": False,
        "Vlan900": True,
    }
    assert {name: ports[name].link_up for name in ("Ethernet1/1", "Ethernet1/2", "port-channel1", "loopback0")} == {
        "Ethernet1/1": True,
        "Ethernet1/2": False,
        "port-channel1": True,
        "loopback0": True,
    }
    assert (ports["Ethernet1/48"].mode, ports["Ethernet1/48"].aggregate) == ("member", "port-channel1")
    assert (ports["port-channel1"].allowed_vlans, ports["port-channel1"].native_vlan) == ("10,20-22", 999)
    assert (ports["Ethernet1/47"].mode, ports["Ethernet1/47"].unicast_rpf) == ("routed", "strict")
    assert (ports["mgmt0"].mode, ports["mgmt0"].vrf) == ("routed", "management")


@pytest.mark.parametrize(
    ("text", "mode"),
    [
        ("interface Ethernet1/1", None),
        ("system default switchport\ninterface Ethernet1/1", "access"),
        ("no system default switchport\ninterface Ethernet1/1", "routed"),
        ("interface Ethernet1/1\ninterface Ethernet1/2\n  no switchport", "access"),
        ("interface Ethernet1/1\ninterface Ethernet1/2\n  switchport", "routed"),
        ("interface Ethernet1/1\n  switchport mode fex-fabric", "other"),
        ("interface Ethernet1/1\n  ip address 192.0.2.1/24", "routed"),
    ],
)
def test_whether_a_port_switches_is_said_by_itself_by_a_default_or_by_the_others(text, mode):
    found = configured(text).interfaces[0].mode
    assert isinstance(found, Unknown) if mode is None else found == mode


def test_a_port_that_does_not_say_whether_it_is_shut_down_is_asked_for_its_state(outputs):
    text = outputs[RUNNING].replace("no system default switchport shutdown\n", "")
    alone, asked = NXOS.parse({RUNNING: text}).facts, NXOS.parse(outputs | {RUNNING: text}).facts
    assert isinstance(_by_name(alone.interfaces)["Ethernet1/2"].enabled, Unknown)
    port = _by_name(
        NXOS.parse(
            outputs | {RUNNING: text.replace("  shutdown\n\ninterface Ethernet1/47", "\ninterface Ethernet1/47")}
        ).facts.interfaces
    )
    assert port["Ethernet1/3"].enabled is False
    assert _by_name(asked.interfaces)["Ethernet1/2"].link_up is False


def test_vlans_and_spanning_tree(switch):
    vlans = {vlan.number: vlan for vlan in switch.vlans}
    assert list(vlans) == [1, 10, 20, 21, 22, 999]
    assert (vlans[10].label, vlans[10].dhcp_snooping, vlans[10].arp_inspection) == ("kantoor", True, True)
    assert (vlans[999].enabled, vlans[20].arp_inspection) == (False, False)
    assert (switch.spanning_tree.mode, switch.spanning_tree.bpdu_guard_default) == ("mst", True)


def test_services(switch, spine):
    assert {
        name: switch.services[name].enabled for name in ("lldp", "cdp", "source-routing", "pad", "smart-install")
    } == {
        "lldp": True,
        "cdp": True,
        "source-routing": False,
        "pad": False,
        "smart-install": False,
    }
    assert (spine.services["cdp"].enabled, spine.services["dns-lookup"].enabled) == (False, False)
    assert isinstance(spine.services["source-routing"].enabled, Unknown)


def test_access_lists(switch):
    lists = _by_name(switch.access_lists)
    assert {name: found.permits_any for name, found in lists.items()} == {
        "BEHEERSTATIONS": False,
        "ALLES": True,
        "BEHEER6": False,
    }
    assert lists["BEHEERSTATIONS"].denials_logged is True


def test_routing(spine):
    found = {one.name: (one.authentication, one.passive) for one in spine.routing.interfaces}
    assert found == {
        "ospf Ethernet1/1": ("md5", True),
        "ospfv3 Ethernet1/1": ("ipsec", False),
        "ospf Ethernet1/2": ("none", False),
        "ospf Ethernet1/3": ("none", True),
        "isis Ethernet1/3": ("md5", False),
        "eigrp Ethernet1/4": ("md5", True),
        "rip Ethernet1/4": ("plain", False),
        "ospf loopback0": ("none", True),
    }
    assert {area.name: area.authentication for area in spine.routing.ospf_areas} == {
        "ONDERLAAG area 0.0.0.0": "md5",
        "ONDERLAAG area 0.0.0.1": "none",
        "ZES area 0.0.0.0": "ipsec",
    }
    assert [(group.name, group.authentication) for group in spine.routing.first_hop_groups] == [
        ("Ethernet1/4 vrrp 3", "plain")
    ]


def test_bgp_neighbours_take_what_their_templates_say(spine):
    neighbours = _by_name(spine.routing.bgp_neighbours)
    edge, other, customer = neighbours.values()
    assert (edge.remote_as, edge.external, edge.enabled, edge.group) == ("64496", True, False, "RAND")
    assert (edge.authentication, edge.maximum_prefixes, edge.ttl_security_hops) == ("md5", 1000, 1)
    assert (edge.filtered_in, edge.filtered_out) == (True, True)
    assert (other.maximum_prefixes, other.filtered_in, other.filtered_out) == (50, True, False)
    assert (customer.name, customer.vrf, customer.external) == ("KLANT 10.0.0.1", "KLANT", False)


def test_certificates(switch):
    own, authority = switch.certificates
    assert (own.name, own.kind, own.not_after) == ("PROVINCIE device", "device", "2026-11-12T03:12:40Z")
    assert (authority.kind, authority.self_signed) == ("authority", True)


def test_the_control_plane_is_what_the_device_says_else_what_is_configured(switch, spine):
    assert switch.control_plane.policy == "copp-system-p-policy-strict"
    assert spine.control_plane.policy == "copp-eigen"
    assert isinstance(configured("").control_plane.policy, Unknown)


def test_every_unknown_fact_of_the_switch_has_a_reason(switch):
    assert "not collected" not in str(switch)


def test_a_switch_of_the_reference_data():
    outputs = {
        command: reference_path(f"network/outputs/nxos/{name}.txt").read_text()
        for command, name in {
            RUNNING: "show_running-config__napalm",
            "show feature": "show_feature",
            "show ntp peer-status": "show_ntp_peer-status",
        }.items()
    }
    facts = NXOS.parse(outputs).facts
    assert (facts.device.hostname, facts.management.telnet.enabled) == ("nxos1", True)
    assert {user.name: user.password_storage for user in facts.users} == {
        "admin": "sha256_crypt",
        "pyclass": "sha256_crypt",
    }
    assert [(user.authentication, user.privacy) for user in facts.snmp.users] == [("md5", "des"), ("md5", "des")]
    assert (facts.clock.synchronised, facts.clock.stratum) == (True, 9)
    ports = _by_name(facts.interfaces)
    assert (ports["Ethernet2/1"].mode, ports["Ethernet2/1"].enabled, ports["Ethernet2/8"].enabled) == (
        "routed",
        True,
        False,
    )
    redacted = NXOS.redact(RUNNING, outputs[RUNNING])
    for secret in ("0xd1e3bf", "0x9e902c", "bogus123", "kNH7qXBa", "7I3Bg"):
        assert secret not in redacted


def test_a_process_is_passive_only_in_the_routing_instance_that_says_so():
    ports = "".join(
        f"interface Ethernet1/{number}\n  no switchport\n{member}  ip router ospf 1 area 0.0.0.0\n"
        for number, member in ((1, ""), (2, "  vrf member KLANT\n"), (3, "  vrf member ANDERS\n"))
    )
    process = (
        "router ospf 1\n  area 0.0.0.0 authentication message-digest\n  vrf KLANT\n    passive-interface default\n"
    )
    routing = configured(f"feature ospf\n{process}{ports}").routing
    assert [one.passive for one in routing.interfaces] == [False, True, False]
    assert [(area.name, area.authentication) for area in routing.ospf_areas] == [
        ("1 area 0.0.0.0", "md5"),
        ("KLANT 1 area 0.0.0.0", "none"),
        ("ANDERS 1 area 0.0.0.0", "none"),
    ]


@pytest.mark.parametrize(
    ("policy", "encrypted"),
    [("security-policy must-secure", True), ("security-policy should-secure", False), ("", None)],
)
def test_a_link_is_encrypted_when_its_policy_lets_nothing_else_over_it(policy, encrypted):
    port = "interface Ethernet1/1\n  macsec keychain K policy P fallback-keychain F"
    (found,) = configured(f"feature macsec\nmacsec policy P\n  {policy}\n{port}").interfaces
    assert (None if isinstance(found.macsec, Unknown) else found.macsec) is encrypted
