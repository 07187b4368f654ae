"""One changed line changes the facts that it is about, and no other."""

import pytest

from tests.platforms.vendors import GONE, NEW, SOMEHOW, changes, compare, recording

COMMAND = "show running-config"
DESK = "interfaces.1/1/1"
PORTS = ("1/1/1", "1/1/2", "1/1/3", "1/1/4", "1/1/49", "mgmt")

ACCESS = [
    ("\nhostname pr-sw-kantoor-01", "\nhostname anders", {"device.hostname": "anders"}),
    ("ip dns domain-name beheer.provincie.example\n", "", {"device.domain": None}),
    (
        "!export-password: custom",
        "!export-password: default",
        {
            "password_rules.master_key": False,
            "password_rules.weak_secrets": SOMEHOW,
            "aaa.servers.192.0.2.70.key_storage": "type7_reversible",
            "aaa.servers.192.0.2.71.key_storage": "type7_reversible",
            "aaa.servers.192.0.2.80.key_storage": "type7_reversible",
        },
    ),
    (
        "!export-password: custom\n",
        "!\n",
        {
            "password_rules.master_key": "unknown",
            "password_rules.weak_secrets": "unknown",
            "aaa.servers.192.0.2.70.key_storage": "unknown",
            "aaa.servers.192.0.2.71.key_storage": "unknown",
            "aaa.servers.192.0.2.80.key_storage": "unknown",
        },
    ),
    ("alleen voor bevoegde", "voor alle", {"banners.motd": SOMEHOW}),
    ("Wijzig niets", "Wijzig alles", {"banners.exec": SOMEHOW}),
    ("user sleutel authorized-key", "user oud authorized-key", {"users.sleutel.ssh_keys": 0, "users.oud": NEW}),
    ("user sleutel group operators", "user sleutel group administrators", {"users.sleutel.roles": ["administrators"]}),
    (
        "user noodtoegang group administrators password ciphertext",
        "user noodtoegang group administrators password plaintext",
        {"users.noodtoegang.password_storage": "plain"},
    ),
    (
        "password complexity\n    enable\n",
        "password complexity\n",
        {"password_rules.complexity": False, "password_rules.minimum_length": None},
    ),
    ("    minimum-length 14", "    minimum-length 8", {"password_rules.minimum_length": 8}),
    ("    minimum-length 14\n", "", {"password_rules.minimum_length": "unknown"}),
    ("system serviceos password-prompt\n", "", {"password_rules.recovery_enabled": True}),
    (
        "    timeout 10\n",
        "",
        {
            "management.lines.console.idle_timeout_seconds": 1800,
            "management.lines.vty mgmt.idle_timeout_seconds": 1800,
        },
    ),
    (
        "    timeout 10\n",
        "    timeout 0\n",
        {
            "management.lines.console.idle_timeout_seconds": None,
            "management.lines.vty mgmt.idle_timeout_seconds": None,
        },
    ),
    (
        "aaa authentication limit-login-attempts 4 lockout-time 300\n",
        "",
        {
            "management.login_protection.enabled": False,
            "management.login_protection.block_seconds": None,
            "management.login_protection.attempts": None,
            "password_rules.lockout_attempts": None,
        },
    ),
    (
        "limit-login-attempts 4 lockout-time 300",
        "limit-login-attempts 4 lockout-time 60",
        {"management.login_protection.block_seconds": 60},
    ),
    (
        "clock timezone europe/amsterdam",
        "clock timezone america/new_york",
        {"clock.timezone": "america/new_york", "clock.timezone_offset_minutes": -300},
    ),
    (
        "ntp authentication\n",
        "",
        {"clock.authentication_enabled": False, "clock.servers.192.0.2.90.authenticated": False},
    ),
    (
        " trusted\n",
        "\nntp trusted-key 8\n",
        {
            "clock.keys.7.trusted": False,
            "clock.keys.8.trusted": True,
            "clock.servers.192.0.2.90.authenticated": False,
            "clock.servers.192.0.2.91.authenticated": True,
        },
    ),
    ("ntp authentication-key 8 md5", "ntp authentication-key 8 sha1", {"clock.keys.8.algorithm": "sha1"}),
    ("key-id 7 iburst prefer", "key-id 7 iburst", {"clock.servers.192.0.2.90.preferred": False}),
    ("ntp server 192.0.2.91 key-id 8 iburst\n", "", {"clock.servers.192.0.2.91": GONE}),
    ("ntp vrf mgmt\n", "", {"clock.servers.192.0.2.90.vrf": None, "clock.servers.192.0.2.91.vrf": None}),
    (
        "tacacs-server key ciphertext",
        "tacacs-server auth-type",
        {"aaa.servers.192.0.2.71.has_key": False, "aaa.servers.192.0.2.71.key_storage": "none"},
    ),
    (
        "nac.provincie.example tls vrf mgmt",
        "nac.provincie.example vrf mgmt",
        {
            "aaa.servers.nac.provincie.example.has_key": False,
            "aaa.servers.nac.provincie.example.key_storage": "none",
        },
    ),
    ("    server 192.0.2.71 vrf mgmt\n", "", {"aaa.server_groups.BEHEER-TAC.servers": ["192.0.2.70"]}),
    (
        "aaa authentication login default group BEHEER-TAC local",
        "aaa authentication login default local",
        {
            "aaa.authentication.login default.methods": ["local"],
            "aaa.authentication.login default.central": False,
            "aaa.authentication.login default.local_fallback": False,
            "management.lines.vty mgmt.authentication": "local_users",
            "management.lines.vty mgmt.authentication_list": None,
            "management.http.authentication": "local",
        },
    ),
    (
        "aaa authorization commands default group BEHEER-TAC local",
        "aaa authorization commands default none",
        {
            "aaa.authorization.commands default.methods": ["none"],
            "aaa.authorization.commands default.central": False,
            "aaa.authorization.commands default.local_fallback": False,
        },
    ),
    (
        "aaa accounting all-mgmt default start-stop group BEHEER-TAC local\n",
        "",
        {
            "aaa.accounting.exec default.methods": ["local"],
            "aaa.accounting.exec default.central": False,
            "aaa.accounting.exec default.local_fallback": False,
            "aaa.accounting.commands default.methods": ["local"],
            "aaa.accounting.commands default.central": False,
            "aaa.accounting.commands default.local_fallback": False,
        },
    ),
    ("ip source-interface tacacs interface mgmt vrf mgmt\n", "", {}),
    (
        "ip source-interface tacacs interface mgmt vrf mgmt",
        "ip source-interface tacacs interface vlan900",
        {"aaa.source_interface": "vlan900"},
    ),
    ("192.0.2.50 tls 6515", "192.0.2.50 tcp", {"logging.servers.192.0.2.50": SOMEHOW}),
    (
        "severity warning vrf mgmt",
        "vrf default",
        {"logging.servers.192.0.2.51.level": 6, "logging.servers.192.0.2.51.vrf": None},
    ),
    (" include-auditable-events", "", {"configuration.change_log_to_syslog": False}),
    ("logging console severity crit\n", "", {"logging.console_level": None}),
    ("ip source-interface syslog interface mgmt vrf mgmt\n", "", {}),
    ("ip source-interface ntp 192.0.2.10 vrf mgmt\n", "", {"clock.source_interface": "mgmt"}),
    (
        "ip source-interface ntp 192.0.2.10 vrf mgmt",
        "ip source-interface all interface loopback0",
        {"clock.source_interface": "loopback0", "management.ssh.source_interface": "loopback0"},
    ),
    ("ssh maximum-auth-attempts 3\n", "", {"management.ssh.authentication_retries": 6}),
    (
        "ssh ciphers aes256-gcm@openssh.com aes256-ctr",
        "ssh ciphers aes128-cbc",
        {"management.ssh.ciphers": ["aes128-cbc"]},
    ),
    ("ssh macs hmac", "ssh mac hmac", {"management.ssh.macs": "unknown"}),
    (
        "no ssh password-authentication\n",
        "",
        {"management.ssh.authentication_methods": ["publickey", "password"]},
    ),
    (
        "    ip 192.0.2.100\n    enable\n",
        "    ip 192.0.2.100\n",
        {
            "management.ssh.access_list": None,
            "management.lines.vty mgmt.access_list_ipv4": "BEHEERVERKEER",
            "management.lines.vty mgmt.access_list_ipv6": None,
            "access_lists.ssh server allow-list": GONE,
            "access_lists.ssh server allow-list ipv6": GONE,
        },
    ),
    (
        "    ip 192.0.2.100\n",
        "    ip 0.0.0.0/0\n",
        {
            "access_lists.ssh server allow-list.permits_any": True,
            "access_lists.ssh server allow-list.permitted_sources": ["192.0.2.64/27", "0.0.0.0/0"],
        },
    ),
    (
        "    30 deny tcp any any eq 443 log count\n",
        "",
        {"access_lists.BEHEERVERKEER.entries": 6, "management.http.access_list": None},
    ),
    (
        "    40 deny tcp any any eq ssh log count",
        "    40 deny tcp any any eq ssh count",
        {"access_lists.BEHEERVERKEER.denials_logged": False},
    ),
    (
        "    20 deny any any any log\n",
        "",
        {"access_lists.BEHEER6.entries": 1, "access_lists.BEHEER6.denials_logged": False},
    ),
    (
        "apply access-list ip BEHEERVERKEER control-plane vrf mgmt\n",
        "",
        {
            "management.http.access_list": None,
            "access_lists.BEHEERVERKEER.permits_any": True,
            "access_lists.BEHEERVERKEER.denials_logged": False,
        },
    ),
    ("snmp-server vrf mgmt\n", "", {"snmp.enabled": False, "snmp.versions": []}),
    ("snmp-server snmpv3-only\n", "", {"snmp.versions": ["1", "2c", "3"]}),
    ("auth sha256 auth-pass", "auth sha auth-pass", {"snmp.users.bewaker.authentication": "sha"}),
    ("priv aes256 priv-pass", "priv des priv-pass", {"snmp.users.bewaker.privacy": "des"}),
    ("trap version v3 user bewaker", "trap version v3 user wie", {"snmp.hosts.192.0.2.60.security_level": "noauth"}),
    ("snmp-server trap-source interface mgmt vrf mgmt\n", "", {}),
    ("    access-level ro\n", "    access-level rw\n", {"snmp.communities.community 1.access": "write"}),
    ("    access-list WERKPLEK\n", "", {"snmp.communities.community 1.access_list": "BEHEERVERKEER"}),
    ("    view BEPERKT\n", "", {"snmp.communities.community 1.view": None}),
    (
        "snmp-server community kijkmaar",
        "snmp-server community public",
        {"snmp.communities.community 1.is_default_name": True},
    ),
    (
        "dhcpv4-snooping\ndhcpv4-snooping authorized-server",
        "dhcpv4-snooping authorized-server",
        {"dhcp_snooping.enabled": False, "vlans.10.dhcp_snooping": False, "vlans.20.dhcp_snooping": False},
    ),
    (
        "    voice\n    dhcpv4-snooping\n",
        "    voice\n",
        {"dhcp_snooping.vlans": [10], "vlans.20.dhcp_snooping": False},
    ),
    (
        "    voice\n",
        "",
        {"interfaces.1/1/2.voice_vlan": None, "interfaces.lag 1.voice_vlan": None},
    ),
    (
        "    arp inspection\nvlan 900",
        "vlan 900",
        {"arp_inspection.vlans": [10], "vlans.20.arp_inspection": False},
    ),
    ("    name parkeren\n    shutdown\n", "    name parkeren\n", {"vlans.998.enabled": True}),
    ("    name kantoor\n", "", {"vlans.10.label": None}),
    ("\nspanning-tree\n", "\n", {"spanning_tree.mode": None}),
    (
        "    radius server-group TOEGANG\n    enable\naaa authentication port-access mac-auth",
        "    radius server-group TOEGANG\naaa authentication port-access mac-auth",
        {f"{DESK}.dot1x": False},
    ),
    (
        "        eapol-timeout 30\n        enable\n",
        "        eapol-timeout 30\n",
        {f"{DESK}.dot1x": False},
    ),
    (
        "    aaa authentication port-access mac-auth\n        enable\n",
        "    aaa authentication port-access mac-auth\n",
        {f"{DESK}.mab": False},
    ),
    ("    aaa authentication port-access mac-auth\ninterface 1/1/3", "interface 1/1/3", {}),
    (
        "port-access port-security\n    enable\n",
        "port-access port-security\n",
        {f"{DESK}.port_security": False, f"{DESK}.port_security_maximum": None},
    ),
    ("        client-limit 3\n", "", {f"{DESK}.port_security_maximum": 1}),
    ("no cdp\n", "cdp\n", {"services.cdp.enabled": True} | {f"interfaces.{name}.cdp": True for name in PORTS}),
    (
        "no cdp\n",
        "no cdp\nno lldp\n",
        {"services.lldp.enabled": False}
        | {f"interfaces.{name}.lldp_receive": False for name in PORTS}
        | {f"interfaces.{name}.lldp_transmit": False for name in PORTS if name != "1/1/1"},
    ),
    ("    description balie links\n", "", {f"{DESK}.description": None}),
    ("    rate-limit broadcast 100 kbps\n", "", {f"{DESK}.storm_control": ["unicast"]}),
    (
        "    spanning-tree bpdu-guard\n    spanning-tree root-guard\n",
        "    spanning-tree root-guard\n",
        {f"{DESK}.bpdu_guard": False},
    ),
    ("    spanning-tree root-guard\n", "", {f"{DESK}.root_guard": False}),
    ("    no lldp transmit\n", "", {f"{DESK}.lldp_transmit": True}),
    ("    apply access-list ip WERKPLEK in\n", "", {f"{DESK}.access_list_in": None}),
    ("    ipv4 source-lockdown\n", "", {f"{DESK}.source_guard": False}),
    ("    spanning-tree bpdu-filter\n", "", {"interfaces.1/1/4.bpdu_filter": False}),
    ("    spanning-tree loop-guard\n", "", {"interfaces.lag 1.loop_guard": False}),
    ("    dhcpv4-snooping trust\n", "", {"interfaces.lag 1.dhcp_snooping_trust": False}),
    ("    arp inspection trust\n", "", {"interfaces.lag 1.arp_inspection_trust": False}),
    ("    vlan trunk native 998\n", "    vlan trunk native 998 tag\n", {"interfaces.lag 1.native_vlan": None}),
    (
        "    vlan trunk allowed 10,20,900\n",
        "    vlan trunk allowed all\n",
        {"interfaces.lag 1.allowed_vlans": None, "interfaces.lag 1.voice_vlan": None},
    ),
    ("interface 1/1/3\n    shutdown", "interface 1/1/3\n    no shutdown", {"interfaces.1/1/3.enabled": True}),
    ("interface 1/1/3\n    shutdown\n", "interface 1/1/3\n", {"interfaces.1/1/3.enabled": "unknown"}),
    ("interface vlan 1\n    shutdown\n", "interface vlan 1\n", {"interfaces.vlan 1.enabled": True}),
    ("    apply macsec policy UPLINK\n", "", {"interfaces.1/1/49.macsec": False}),
    (
        "no ip icmp redirect\n",
        "",
        {"interfaces.mgmt.redirects": True, "interfaces.vlan 900.redirects": True},
    ),
    (
        "https-server vrf mgmt\n",
        "",
        {
            "management.http.https_enabled": False,
            "management.http.access_list": None,
            "management.http.authentication": None,
            "management.http.tls_versions": [],
            "management.http.ciphers": [],
            "management.restconf_enabled": False,
        },
    ),
    (
        "ssh server vrf mgmt\n",
        "",
        {
            "management.ssh.enabled": False,
            "management.ssh.vrf": None,
            "management.lines.vty mgmt": GONE,
        },
    ),
    (
        "ssh server vrf mgmt\n",
        "ssh server vrf mgmt\ntelnet server vrf mgmt\n",
        {
            "management.telnet.enabled": True,
            "management.lines.vty mgmt.transports": ["ssh", "telnet"],
            "management.lines.vty mgmt.access_list_ipv6": None,
        },
    ),
]

AGGREGATION = [
    (
        "telnet server vrf default\n",
        "",
        {"management.telnet.enabled": False, "management.lines.vty default.transports": ["ssh"]},
    ),
    (
        "session-timeout 0\n",
        "",
        {f"management.lines.{name}.idle_timeout_seconds": 1800 for name in ("console", "vty default", "vty BEHEER")},
    ),
    (
        "apply access-list ip RAND control-plane vrf BEHEER\n",
        "",
        {"management.lines.vty BEHEER.access_list_ipv4": None},
    ),
    (
        "aaa authentication login ssh group tacacs\n",
        "",
        {
            "aaa.authentication.login ssh": GONE,
            "management.lines.vty default.authentication_list": "default",
            "management.lines.vty BEHEER.authentication_list": "default",
        },
    ),
    ("apply copp-policy eigen\n", "", {"control_plane.policy": "default"}),
    ("spanning-tree mode rpvst\n", "", {"spanning_tree.mode": "mst"}),
    (
        "radius-server key plaintext geheim-geheim\n",
        "",
        {
            "aaa.servers.198.51.100.80.has_key": False,
            "aaa.servers.198.51.100.80.key_storage": "none",
            "password_rules.weak_secrets": SOMEHOW,
        },
    ),
    (
        "snmp-server community public\n",
        "",
        {"snmp.communities.community 2": GONE, "snmp.communities.community 1": SOMEHOW},
    ),
    ("    access-level rw\n", "", {"snmp.communities.community 2.access": "read"}),
    (
        "trap version v2c community kijkmaar vrf default",
        "trap version v1 community kijkmaar",
        {"snmp.hosts.198.51.100.60": SOMEHOW},
    ),
    (
        "    passive-interface default\n",
        "",
        {f"routing.interfaces.ospf {name}.passive": False for name in ("1/1/5", "1/1/6", "loopback 0", "vlan 10")},
    ),
    ("    ip ospf authentication message-digest\n", "", {"routing.interfaces.ospf 1/1/2.authentication": "none"}),
    (
        "    ip ospf authentication message-digest\n",
        "    ip ospf authentication hmac-sha-256\n",
        {"routing.interfaces.ospf 1/1/2.authentication": "hmac_sha"},
    ),
    ("    ip ospf keychain OSPF-SLEUTELS\n", "", {"routing.interfaces.ospf 1/1/6.authentication": "none"}),
    (
        "    area 0.0.0.1 authentication message-digest\n",
        "    area 0.0.0.1\n",
        {"routing.ospf_areas.1 area 0.0.0.1.authentication": "none"},
    ),
    ("        neighbor 203.0.113.20 route-map IN in\n", "", {"routing.bgp_neighbours.203.0.113.20.filtered_in": False}),
    (
        "        neighbor 203.0.113.20 maximum-prefix 1000\n",
        "",
        {"routing.bgp_neighbours.203.0.113.20.maximum_prefixes": None},
    ),
    (
        "    neighbor 203.0.113.20 ttl-security-hops 1\n",
        "",
        {"routing.bgp_neighbours.203.0.113.20.ttl_security_hops": None},
    ),
    ("    neighbor 203.0.113.21 shutdown\n", "", {"routing.bgp_neighbours.203.0.113.21.enabled": True}),
    ("    ip urpf strict\n", "    ip urpf loose\n", {"interfaces.1/1/2.unicast_rpf": "loose"}),
    ("    ip proxy-arp\n", "", {"interfaces.vlan 10.proxy_arp": False}),
    ("    ip directed-broadcast\n", "", {"interfaces.vlan 10.directed_broadcast": False}),
    ("    apply access-list ipv6 RAND out\n", "", {"interfaces.1/1/2.access_list_ipv6_out": None}),
    ("    vrf attach HARTSLAG\n", "", {"interfaces.1/1/4.vrf": None}),
    (
        "    lag 10\n",
        "",
        {
            "interfaces.1/1/1.aggregate": None,
            "interfaces.1/1/1.mode": "routed",
        },
    ),
    (
        "        range 198.51.100.100 198.51.100.200\n    enable\n",
        "        range 198.51.100.100 198.51.100.200\n",
        {"services.dhcp-server.enabled": False},
    ),
]


@pytest.mark.parametrize(("old", "new", "expected"), ACCESS, ids=[row[0].strip()[:40] for row in ACCESS])
def test_a_line_of_the_access_switch(old, new, expected):
    found = changes("aruba_aoscx", {COMMAND: recording("aruba_aoscx", "access")}, COMMAND, old, new)
    compare(*_somewhere(found, expected))


@pytest.mark.parametrize(("old", "new", "expected"), AGGREGATION, ids=[row[0].strip()[:40] for row in AGGREGATION])
def test_a_line_of_the_aggregation_switch(old, new, expected):
    found = changes("aruba_aoscx", {COMMAND: recording("aruba_aoscx", "aggregation")}, COMMAND, old, new)
    compare(*_somewhere(found, expected))


def _somewhere(found, expected):
    """Facts of an item that changes somehow count as one."""
    items = {path for path, value in expected.items() if value == SOMEHOW and path not in found}
    for item in items:
        below = {path for path in found if path.startswith(f"{item}.")}
        assert below, f"nothing of {item} changed"
        found = {path: value for path, value in found.items() if path not in below} | {item: SOMEHOW}
    return found, expected
