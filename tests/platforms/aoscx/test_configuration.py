"""Facts of recorded AOS-CX switches."""

import re

import msgspec
import pytest

from baseline.collectors.network.platforms import platform
from baseline.models.facts.fact import Unknown

AOSCX = platform("aruba_aoscx")
RUNNING = "show running-config"


def _by_name(items):
    return {item.name: item for item in items}


def configured(text, version="!Version ArubaOS-CX FL.10.13.1030\n!export-password: custom"):
    return AOSCX.parse({RUNNING: f"{version}\nhostname lab\n{text}\nvlan 1\ninterface mgmt\n"}).facts


def test_device_and_software(access):
    assert (access.device.hostname, access.device.domain) == ("pr-sw-kantoor-01", "beheer.provincie.example")
    assert (access.device.model, access.device.serial) == ("JL661A 6300M 48G CL4 PoE 4SFP56 Sw", "SG00KTEST0")
    assert (access.software.version, access.software.version_numbers) == ("FL.10.13.1030", [10, 13, 1030])
    assert (access.software.boot_image, access.software.uptime_days) == (
        "primary",
        37,
    )


def test_a_configuration_alone_names_the_release_that_wrote_it(aggregation):
    software = aggregation.software
    assert (software.name, software.version) == ("HPE Aruba AOS-CX", "GL.10.15.1010")
    assert software.version_numbers == [10, 15, 1010]
    assert "show version" in software.boot_image.reason


def test_changes_and_saving(access, outputs):
    state = access.configuration
    assert (state.last_changed_at, state.last_changed_by) == ("2026-03-03T09:17:44Z", None)
    assert (state.saved_at, state.saved_matches_running) == ("2026-03-03T09:18:02Z", True)
    changed = outputs | {RUNNING: outputs[RUNNING].replace("    timeout 10", "    timeout 9")}
    assert AOSCX.parse(changed).facts.configuration.saved_matches_running is False


def test_secrets_that_are_encrypted_anew_are_no_change_that_anybody_can_be_sure_of(outputs):
    changed = outputs | {RUNNING: outputs[RUNNING].replace("auth-pass ciphertext AQBap", "auth-pass ciphertext AQBaq")}
    state = AOSCX.parse(changed).facts.configuration.saved_matches_running
    assert "encrypt anew" in state.reason


def test_checkpoints_in_the_older_layout_are_read():
    text = (
        "|NAME |TYPE |WRITER |DATE |HARDWARE |IMAGE VERSION |\n|ckpt1 |checkpoint |User |2017-03-08 21:39:04 | |0.1.0 |\n"
        "|startup-config |startup |User |2017-03-08 21:40:22 | |0.1.0 |\n"
    )
    state = AOSCX.parse({"show checkpoint list all": text}).facts.configuration
    assert (state.last_changed_at, state.saved_at) == ("2017-03-08 21:39:04", "2017-03-08 21:40:22")


def test_management_access(access, aggregation):
    console, vty = access.management.lines
    assert (console.authentication, console.transports) == ("local_users", [])
    assert (vty.name, vty.transports, vty.authentication, vty.authentication_list) == (
        "vty mgmt",
        ["ssh"],
        "aaa",
        "default",
    )
    assert (vty.idle_timeout_seconds, vty.access_list_ipv4) == (600, "ssh server allow-list")
    assert (access.management.vrf, access.management.ssh.vrf, aggregation.management.vrf) == ("mgmt", "mgmt", None)
    ssh = access.management.ssh
    assert (ssh.version, ssh.timeout_seconds, ssh.authentication_retries) == (2, 60, 3)
    assert [(key.type, key.bits) for key in ssh.host_keys] == [("ecdsa", 521), ("ed25519", 256)]
    lines = _by_name(aggregation.management.lines)
    assert {name: line.transports for name, line in lines.items()} == {
        "console": [],
        "vty default": ["ssh", "telnet"],
        "vty BEHEER": ["ssh"],
    }
    assert (lines["vty default"].access_list_ipv4, lines["vty BEHEER"].access_list_ipv4) == (None, "RAND")
    assert lines["vty BEHEER"].idle_timeout_seconds is None
    assert isinstance(aggregation.management.ssh.vrf, Unknown)
    assert (aggregation.management.http.https_enabled, aggregation.management.http.access_list) == (True, None)


def test_algorithms_that_are_not_configured_come_from_the_server_itself(outputs):
    silent = re.sub(r"^ssh (?:ciphers|macs|key-exchange|host-key).*\n", "", outputs[RUNNING], flags=re.MULTILINE)
    ssh = AOSCX.parse(outputs | {RUNNING: silent}).facts.management.ssh
    assert ssh.ciphers == ["aes256-gcm@openssh.com", "aes256-ctr"]
    assert ssh.macs == ["hmac-sha2-512-etm@openssh.com", "hmac-sha2-256-etm@openssh.com"]
    assert ssh.key_exchanges == ["curve25519-sha256", "ecdh-sha2-nistp521"]
    assert ssh.host_key_algorithms == ["ecdsa-sha2-nistp521", "ssh-ed25519"]
    alone = AOSCX.parse({RUNNING: silent}).facts.management.ssh
    assert isinstance(alone.ciphers, Unknown)
    assert isinstance(alone.timeout_seconds, Unknown)


def test_what_the_server_offers_is_known_without_the_configuration(outputs):
    ssh = AOSCX.parse({key: text for key, text in outputs.items() if key != RUNNING}).facts.management.ssh
    assert ssh.ciphers == ["aes256-gcm@openssh.com", "aes256-ctr"]
    assert isinstance(ssh.enabled, Unknown)


@pytest.mark.parametrize(
    ("entries", "limited"),
    [
        ("10 permit tcp 192.0.2.0/24 any eq 22", True),
        ("10 permit tcp any any eq 22", False),
        ("10 permit tcp any any range 20 25", False),
        ("10 permit tcp any any", False),
        ("10 permit any any any", False),
        ("10 deny tcp any any eq 23\n    20 permit any any any", False),
        ("10 permit tcp 192.0.2.0/24 any eq 22\n    20 deny tcp any any eq 22 log\n    30 permit any any any", True),
        ("10 permit tcp any 192.0.2.1 eq ssh\n    20 deny tcp any any eq ssh\n    30 permit any any any", False),
        ("10 deny tcp any 192.0.2.1 eq ssh\n    20 permit any any any", False),
        ("10 deny tcp any eq 1000 any eq ssh\n    20 permit any any any", False),
        ("10 permit udp any eq ntp any\n    20 permit tcp any any gt 1023\n    30 permit tcp any any neq 443", False),
        ("10 permit udp any eq ntp any\n    20 permit tcp any any gt 1023\n    30 permit tcp any any lt 20", True),
        ("10 permit icmp any any\n    20 deny any any any log count", True),
    ],
)
def test_a_list_on_the_control_plane_counts_when_it_keeps_strangers_out(entries, limited):
    text = f"ssh server vrf mgmt\naccess-list ip A\n    {entries}\napply access-list ip A control-plane vrf mgmt"
    facts = configured(text)
    assert facts.management.lines[1].access_list_ipv4 == ("A" if limited else None)
    assert not (limited and facts.access_lists[0].permits_any)


def test_a_list_on_another_control_plane_or_that_does_not_exist_guards_nothing():
    for text in (
        "access-list ip A\n    10 permit tcp 192.0.2.0/24 any eq 22\napply access-list ip A control-plane vrf default",
        "apply access-list ip A control-plane vrf mgmt",
    ):
        assert configured(f"ssh server vrf mgmt\n{text}").management.lines[1].access_list_ipv4 is None


def test_banners_end_where_their_mark_stands(access):
    assert access.banners.motd.endswith("vlan 1 telt hier niet mee.")
    assert (access.banners.login, access.banners.exec) == (None, "Wijzig niets zonder wijzigingsnummer.")


def test_accounts_and_how_their_passwords_are_stored(access, aggregation):
    users = _by_name(access.users)
    assert {name: user.password_storage for name, user in users.items()} == {
        "admin": "sha512_crypt",
        "noodtoegang": "sha512_crypt",
        "sleutel": "none",
    }
    assert (users["sleutel"].has_password, users["sleutel"].ssh_keys) == (False, 1)
    assert (users["admin"].roles, users["admin"].privilege) == (["administrators"], None)
    assert _by_name(aggregation.users)["oud"].roles == ["beheerders"]


def test_password_rules(access, aggregation):
    assert (access.password_rules.minimum_length, access.password_rules.complexity) == (14, True)
    assert (aggregation.password_rules.minimum_length, aggregation.password_rules.complexity) == (None, False)
    assert (access.password_rules.recovery_enabled, aggregation.password_rules.recovery_enabled) == (False, True)
    one_kind = "password complexity\n    enable\n    minimum-length 9\n" + "".join(
        f"    {kind}-count 0\n" for kind in ("lowercase", "uppercase", "numeric")
    )
    assert configured(one_kind).password_rules.complexity is False


def test_aaa(access, aggregation):
    lists = _by_name(aggregation.aaa.authentication)
    assert lists["login default"].methods == ["group tacacs+", "group radius", "local"]
    assert (lists["login ssh"].central, lists["login ssh"].local_fallback) == (True, True)
    assert {one.name: one.methods for one in aggregation.aaa.accounting} == {
        "exec ssh": ["group tacacs+"],
        "commands ssh": ["group tacacs+"],
        "exec default": ["local"],
        "commands default": ["local"],
    }
    servers = _by_name(aggregation.aaa.servers)
    assert {name: server.key_storage for name, server in servers.items()} == {
        "198.51.100.70": "type7_reversible",
        "198.51.100.80": "plain",
    }
    assert _by_name(access.aaa.servers)["192.0.2.71"].key_storage == "type6_aes"
    over_tls = _by_name(access.aaa.servers)["nac.provincie.example"]
    assert "RFC 6614" in over_tls.key_storage.reason
    assert access.aaa.server_groups[0].vrf == "mgmt"


def test_snmp(access, aggregation):
    assert (access.snmp.enabled, access.snmp.versions) == (True, ["3"])
    public, writing = aggregation.snmp.communities
    assert (public.is_default_name, public.access, public.access_list) == (True, "read", None)
    assert (writing.access, writing.is_default_name) == ("write", False)
    users = _by_name(aggregation.snmp.users)
    assert (users["oud"].security_level, users["beheerder"].privacy, users["beheerder"].group) == ("auth", "des", "rw")
    assert {host.name: (host.version, host.vrf) for host in aggregation.snmp.hosts} == {
        "198.51.100.60": ("2c", "default"),
        "198.51.100.61": ("2c", None),
    }


def test_an_agent_without_a_community_of_its_own_answers_to_public():
    (community,) = configured("snmp-server vrf default").snmp.communities
    assert (community.is_default_name, community.access) == (True, "read")
    assert configured("snmp-server vrf default\nsnmp-server snmpv3-only").snmp.communities == []
    assert configured("").snmp.communities == []
    assert configured("").snmp.enabled is False


def test_time(access):
    servers = _by_name(access.clock.servers)
    assert {name: (server.authenticated, server.reachable) for name, server in servers.items()} == {
        "192.0.2.90": (True, True),
        "192.0.2.91": (False, False),
    }
    clock = access.clock
    assert (clock.synchronised, clock.stratum, clock.reference) == (True, 3, "192.0.2.90")
    assert (clock.offset_milliseconds, clock.timezone_offset_minutes) == (4.0, 60)


def test_time_status_in_words_is_read_too():
    text = (
        "NTP is enabled.\nNTP authentication is enabled.\nNTP is using the default VRF for NTP server connections.\n"
        "Synchronized to NTP Server 192.0.2.9 at stratum 2.\nPoll interval = 1024 seconds.\n"
        "Time accuracy is within 0.994 seconds\n"
    )
    clock = AOSCX.parse({"show ntp status": text}).facts.clock
    assert (clock.synchronised, clock.stratum, clock.reference) == (True, 3, "192.0.2.9")
    assert clock.offset_milliseconds == pytest.approx(994)
    lost = AOSCX.parse({"show ntp status": "NTP is enabled.\nNot synchronized with an NTP server.\n"}).facts.clock
    assert (lost.synchronised, lost.stratum, lost.reference) == (False, 16, None)


def test_logging(access):
    servers = _by_name(access.logging.servers)
    secure = servers["192.0.2.50"]
    assert (secure.level, secure.transport, secure.port, secure.vrf) == (6, "tls", 6515, "mgmt")
    assert (servers["192.0.2.51"].level, servers["192.0.2.51"].transport) == (4, "udp")
    assert (access.logging.console_level, access.logging.source_interface) == (2, "mgmt")
    assert access.configuration.change_log_to_syslog is True


def test_ports(access):
    ports = _by_name(access.interfaces)
    desk, phone = ports["1/1/1"], ports["1/1/2"]
    assert (desk.mode, desk.access_vlan, desk.dot1x, desk.mab, desk.port_control) == ("access", 10, True, True, "auto")
    assert (desk.bpdu_guard, desk.root_guard, desk.portfast, desk.port_security_maximum) == (True, True, True, 3)
    assert (desk.cdp, desk.lldp_transmit, desk.lldp_receive) == (False, False, True)
    assert (desk.storm_control, desk.source_guard) == (["broadcast", "unicast"], True)
    assert (phone.mode, phone.native_vlan, phone.voice_vlan, phone.mab) == ("trunk", 10, 20, False)
    assert {name: ports[name].enabled for name in ("1/1/3", "1/1/4", "vlan 1", "vlan 900", "mgmt")} == {
        "1/1/3": False,
        "1/1/4": True,
        "vlan 1": False,
        "vlan 900": True,
        "mgmt": True,
    }
    assert {name: ports[name].link_up for name in ("1/1/1", "1/1/2", "lag 1")} == {
        "1/1/1": True,
        "1/1/2": False,
        "lag 1": True,
    }
    assert (ports["1/1/49"].mode, ports["1/1/49"].aggregate, ports["1/1/49"].macsec) == ("member", "lag 1", True)
    assert (ports["mgmt"].mode, ports["mgmt"].vrf, ports["mgmt"].addresses) == ("routed", "mgmt", ["192.0.2.10/24"])


def test_a_template_of_ports_is_no_port():
    facts = configured("interface persona access\n    loop-protect\n    vlan access 10")
    assert [port.name for port in facts.interfaces] == ["mgmt"]


def test_routed_ports_and_bundles(aggregation):
    ports = _by_name(aggregation.interfaces)
    assert (ports["1/1/2"].mode, ports["1/1/2"].unicast_rpf, ports["1/1/2"].access_list_in) == (
        "routed",
        "strict",
        "RAND",
    )
    assert (ports["lag 10"].allowed_vlans, ports["lag 10"].native_vlan) == (None, 1)
    assert (ports["lag 256"].allowed_vlans, ports["lag 256"].native_vlan) == ("10-12,20", None)
    assert (ports["1/1/8.100"].kind, ports["vxlan 1"].kind, ports["loopback 0"].kind) == (
        "subinterface",
        "tunnel",
        "loopback",
    )
    assert isinstance(ports["1/1/7"].enabled, Unknown)
    assert ports["vlan 10"].redirects is True


@pytest.mark.parametrize(
    ("text", "mode"),
    [
        ("no routing", "access"),
        ("vlan access 10", "access"),
        ("no routing\n    vlan trunk native 1", "trunk"),
        ("no shutdown", "routed"),
        ("ip address 192.0.2.1/24", "routed"),
        ("lag 1", "member"),
    ],
)
def test_a_port_without_vlans_routes(text, mode):
    found = _by_name(configured(f"interface 1/1/1\n    {text}").interfaces)["1/1/1"]
    assert found.mode == mode


def test_vlans_and_spanning_tree(access, aggregation):
    vlans = {vlan.number: vlan for vlan in access.vlans}
    assert list(vlans) == [1, 10, 20, 900, 998]
    assert (vlans[10].label, vlans[10].dhcp_snooping, vlans[10].arp_inspection) == ("kantoor", True, True)
    assert (vlans[998].enabled, access.dhcp_snooping.vlans, access.arp_inspection.vlans) == (False, [10, 20], [10, 20])
    assert (access.spanning_tree.mode, aggregation.spanning_tree.mode) == ("mst", "rapid-pvst")
    assert [vlan.number for vlan in aggregation.vlans] == [1, 10, 11, 12, 20]
    assert configured("spanning-tree mode rpvst").spanning_tree.mode is None


def test_in_the_management_instance_there_is_one_source():
    for where, source in (("mgmt", "mgmt"), ("default", None)):
        facts = configured(
            f"logging 192.0.2.50 vrf {where}\nntp server 192.0.2.90\nntp vrf {where}\n"
            f"tacacs-server host 192.0.2.70 vrf {where}\nsnmp-server host 192.0.2.60 trap version v2c vrf {where}"
        )
        assert facts.logging.source_interface == facts.clock.source_interface == source
        assert facts.aaa.source_interface == facts.snmp.source_interface == source
    both = configured("logging 192.0.2.50 vrf mgmt\nlogging 192.0.2.51 vrf default")
    assert both.logging.source_interface is None
    assert configured("").logging.source_interface is None


def test_services(access, aggregation):
    wanted = ("cdp", "lldp", "dns-lookup", "dhcp-server", "tftp", "finger")
    assert [access.services[name].enabled for name in wanted] == [False, True, True, False, False, False]
    assert [aggregation.services[name].enabled for name in wanted] == [True, True, False, True, False, False]
    assert configured("tftp-server vrf mgmt\n    enable").services["tftp"].enabled is True


def test_routing(aggregation):
    found = {one.name: (one.authentication, one.passive) for one in aggregation.routing.interfaces}
    assert found == {
        "ospf 1/1/2": ("md5", False),
        "ospf 1/1/3": ("none", False),
        "ospf 1/1/5": ("plain", True),
        "ospf 1/1/6": ("key_chain", True),
        "ospf loopback 0": ("none", True),
        "ospf vlan 10": ("none", True),
        "ospfv3 1/1/5": ("ipsec", False),
    }
    neighbours = _by_name(aggregation.routing.bgp_neighbours)
    edge = neighbours["203.0.113.20"]
    assert (edge.external, edge.authentication, edge.ttl_security_hops, edge.maximum_prefixes) == (True, "md5", 1, 1000)
    assert (edge.filtered_in, edge.filtered_out, edge.group) == (True, True, "RAND")
    assert neighbours["BEHEER 10.0.0.1"].vrf == "BEHEER"
    assert neighbours["203.0.113.21"].enabled is False
    assert [group.name for group in aggregation.routing.first_hop_groups] == ["vlan 10 vrrp 10"]


def test_the_control_plane_is_always_policed(access, aggregation):
    assert (access.control_plane.policy, aggregation.control_plane.policy) == ("default", "eigen")


def test_every_fact_of_the_whole_switch_that_is_unknown_says_why(access):
    reasons = re.findall(r'"\$unknown": ?"([^"]*)"', msgspec.json.encode(access).decode())
    assert "not collected" not in reasons
    assert all(len(reason) > 10 for reason in reasons)


def test_a_process_is_passive_only_in_the_routing_instance_that_says_so():
    text = """router ospf 1
    area 0.0.0.0 authentication message-digest
router ospf 1 vrf KLANT
    passive-interface default
    area 0.0.0.0
interface 1/1/1
    routing
    ip ospf 1 area 0.0.0.0
interface 1/1/2
    routing
    vrf attach KLANT
    ip ospf 1 area 0.0.0.0"""
    routing = configured(text).routing
    assert [(one.interface, one.passive) for one in routing.interfaces] == [("1/1/1", False), ("1/1/2", True)]
    assert [(area.name, area.authentication) for area in routing.ospf_areas] == [
        ("1 area 0.0.0.0", "md5"),
        ("1 vrf KLANT area 0.0.0.0", "none"),
    ]


def test_an_interface_with_rip_is_listed_although_its_authentication_is_not_read():
    (interface,) = configured(
        "router rip 1\n    enable\ninterface 1/1/1\n    routing\n    ip rip 1 all-ip"
    ).routing.interfaces
    assert (interface.name, isinstance(interface.authentication, Unknown)) == ("rip 1/1/1", True)
