"""One changed line changes the facts that it is about, and no other."""

import pytest

from tests.platforms.vendors import GONE, NEW, SOMEHOW, changes, compare, recording

COMMAND = "show running-config"
PORT = "interfaces.Ethernet1/1"

SWITCH = [
    ("\nhostname pr-sw-datahal-01", "\nhostname anders", {"device.hostname": "anders"}),
    ("ip domain-name beheer.provincie.example\n", "", {"device.domain": None}),
    (
        "Running configuration last done at: Tue Mar  3 09:12:44 2026",
        "No configuration change since last restart",
        {"configuration.last_changed_at": None},
    ),
    (
        "no feature telnet",
        "feature telnet",
        {"management.telnet.enabled": True, "management.lines.vty.transports": ["ssh", "telnet"]},
    ),
    (
        "feature nxapi\n",
        "",
        {
            "management.http.https_enabled": False,
            "management.http.access_list": None,
            "management.http.authentication": None,
            "management.http.tls_versions": [],
            "management.http.ciphers": [],
        },
    ),
    ("no nxapi http", "nxapi http port 80", {"management.http.enabled": True}),
    ("nxapi ssl protocols TLSv1.2", "nxapi ssl protocols TLSv1.1", {"management.http.tls_versions": ["1.1"]}),
    ("feature lacp", "feature netconf", {"management.netconf_enabled": True}),
    ("feature scp-server", "feature restconf", {"management.restconf_enabled": True}),
    ("ip ssh source-interface mgmt0\n", "", {"management.ssh.source_interface": None}),
    ("ssh login-attempts 2\n", "", {"management.ssh.authentication_retries": 3}),
    ("ssh ciphers aes256-gcm", "ssh ciphers all", {"management.ssh.ciphers": "unknown"}),
    (
        "line console\n  exec-timeout 5",
        "line console\n  exec-timeout 0",
        {"management.lines.console.idle_timeout_seconds": None},
    ),
    ("  exec-timeout 9\n", "", {"management.lines.vty.idle_timeout_seconds": "unknown"}),
    ("  access-class BEHEERSTATIONS in\n", "", {"management.lines.vty.access_list_ipv4": None}),
    ("  ipv6 access-class BEHEER6 in\n", "", {"management.lines.vty.access_list_ipv6": None}),
    ("  session-limit 8", "  absolute-timeout 30", {"management.lines.vty.absolute_timeout_seconds": 1800}),
    (
        "login block-for 120 attempts 4 within 60\n",
        "",
        {
            "management.login_protection.enabled": False,
            "management.login_protection.block_seconds": None,
            "management.login_protection.attempts": None,
            "management.login_protection.within_seconds": None,
        },
    ),
    ("login quiet-mode access-class BEHEERSTATIONS\n", "", {"management.login_protection.quiet_access_list": None}),
    ("login on-failure log\n", "", {"logging.login_failure": "unknown"}),
    ("login on-success log", "no login on-success log", {"logging.login_success": False}),
    ("bevoegd personeel", "iedereen", {"banners.motd": SOMEHOW}),
    ("password 5 $5$DDFEHI$", "password 5 $1$DDFEHI$", {"users.admin.password_storage": "type5_md5"}),
    (
        "password 5 !  role network-operator",
        "password 5 !  role network-admin",
        {"users.sleutel.roles": ["network-admin"]},
    ),
    ("username sleutel sshkey", "username oud sshkey", {"users.sleutel.ssh_keys": 0, "users.oud.ssh_keys": 1}),
    ("no password strength-check\n", "", {"password_rules.complexity": True}),
    ("userpassphrase min-length 12", "userpassphrase min-length 16", {"password_rules.minimum_length": 16}),
    ("feature password encryption aes\n", "", {"password_rules.master_key": False}),
    (
        'tacacs-server key 7 "VwtnAlbBk"',
        'tacacs-server key 6 "JDYk8fNqUZ1rWJmMQg=="',
        {"aaa.servers.192.0.2.71.key_storage": "type6_aes", "password_rules.weak_secrets": SOMEHOW},
    ),
    (
        "radius-server host 192.0.2.80 key 6",
        "radius-server host 192.0.2.80 key 7",
        {"aaa.servers.192.0.2.80.key_storage": "type7_reversible", "password_rules.weak_secrets": SOMEHOW},
    ),
    ("    server 192.0.2.71\n", "", {"aaa.server_groups.BEHEER-TAC.servers": ["192.0.2.70"]}),
    ("    use-vrf management\n", "", {"aaa.server_groups.BEHEER-TAC.vrf": None}),
    ("ip tacacs source-interface mgmt0\n", "", {"aaa.source_interface": None}),
    (
        "aaa authentication login default group BEHEER-TAC",
        "aaa authentication login default none",
        {
            "aaa.authentication.login default.methods": ["none"],
            "aaa.authentication.login default.central": False,
            "aaa.authentication.login default.local_fallback": False,
            "management.lines.vty.authentication": "none",
        },
    ),
    (
        "aaa authentication login error-enable",
        "no aaa authentication login default fallback error local",
        {"aaa.authentication.login default.local_fallback": False},
    ),
    (
        "aaa authorization commands default group BEHEER-TAC local",
        "aaa authorization commands default local",
        {
            "aaa.authorization.commands default.methods": ["local"],
            "aaa.authorization.commands default.central": False,
            "aaa.authorization.commands default.local_fallback": False,
        },
    ),
    (
        "aaa accounting default group BEHEER-TAC \n",
        "",
        {
            "aaa.accounting.exec default.methods": ["local"],
            "aaa.accounting.exec default.central": False,
            "aaa.accounting.commands default.methods": ["local"],
            "aaa.accounting.commands default.central": False,
        },
    ),
    ("snmp-server community public group network-admin\n", "", {"snmp.communities.community 2": GONE}),
    (
        "community public group network-admin",
        "community public group network-operator",
        {"snmp.communities.community 2.access": "read"},
    ),
    (
        "snmp-server community kijkmaar use-ipv4acl BEHEERSTATIONS\n",
        "",
        {"snmp.communities.community 1.access_list": None},
    ),
    (
        "snmp-server community kijkmaar use-ipv4acl BEHEERSTATIONS\n",
        "snmp-server community kijkmaar use-ipv6acl BEHEER6\n",
        {"snmp.communities.community 1.access_list": None},
    ),
    (
        "snmp-server user bewaker use-ipv4acl BEHEERSTATIONS\n",
        "snmp-server user bewaker use-ipv6acl BEHEER6\n",
        {"snmp.users.bewaker.access_list": None},
    ),
    ("auth sha-256 0x5f3c", "auth md5 0x5f3c", {"snmp.users.bewaker.authentication": "md5"}),
    ("priv aes-128 0x5f3c", "priv aes-256 0x5f3c", {"snmp.users.bewaker.privacy": "aes256"}),
    (
        "host 192.0.2.60 traps version 3 priv",
        "host 192.0.2.60 traps version 3 auth",
        {"snmp.hosts.192.0.2.60.security_level": "auth"},
    ),
    ("snmp-server host 192.0.2.60 use-vrf management\n", "", {"snmp.hosts.192.0.2.60.vrf": None}),
    ("snmp-server source-interface traps mgmt0\n", "", {"snmp.source_interface": None}),
    ("snmp-server contact beheer", "no snmp-server protocol enable", {"snmp.enabled": False, "snmp.versions": []}),
    (
        "ntp authenticate\n",
        "",
        {"clock.authentication_enabled": False, "clock.servers.192.0.2.90.authenticated": False},
    ),
    (
        "ntp trusted-key 7",
        "ntp trusted-key 8",
        {
            "clock.keys.7.trusted": False,
            "clock.keys.8.trusted": True,
            "clock.servers.192.0.2.90.authenticated": False,
            "clock.servers.192.0.2.91.authenticated": True,
        },
    ),
    ("ntp server 192.0.2.92 use-vrf management\n", "", {"clock.servers.192.0.2.92": GONE}),
    ("ntp server 192.0.2.90 prefer", "ntp server 192.0.2.90", {"clock.servers.192.0.2.90.preferred": False}),
    ("ntp source-interface mgmt0\n", "", {"clock.source_interface": None}),
    ("ntp access-group peer BEHEERSTATIONS\n", "", {"clock.access_list": None}),
    (
        "clock timezone CET 1 0",
        "clock timezone EET 2 0",
        {"clock.timezone": "EET", "clock.timezone_offset_minutes": 120},
    ),
    (
        "logging server 192.0.2.50 6",
        "logging server 192.0.2.50 4",
        {"logging.servers.192.0.2.50.level": 4, "logging.server_level": 5},
    ),
    ("port 6515 secure", "port 6515", {"logging.servers.192.0.2.51.transport": "udp"}),
    ("logging console 3", "no logging console", {"logging.console_level": None}),
    (
        "logging logfile messages 6 size 8388608",
        "no logging logfile",
        {"logging.buffer_level": None, "logging.buffer_bytes": None},
    ),
    ("logging timestamp milliseconds\n", "", {"logging.timestamps.milliseconds": False}),
    ("logging source-interface mgmt0\n", "", {"logging.source_interface": None}),
    ("no ip source-route", "ip source-route", {"services.source-routing.enabled": True}),
    ("ip domain-lookup", "no ip domain-lookup", {"services.dns-lookup.enabled": False}),
    (
        "feature lldp\n",
        "",
        {"services.lldp.enabled": False}
        | {
            f"interfaces.{name}.lldp_receive": False
            for name in ("Ethernet1/1", "Ethernet1/2", "Ethernet1/3", "Ethernet1/47", "Ethernet1/48", "mgmt0")
        }
        | {
            f"interfaces.{name}.lldp_transmit": False
            for name in ("Ethernet1/2", "Ethernet1/3", "Ethernet1/47", "Ethernet1/48", "mgmt0")
        },
    ),
    (
        "feature dhcp\n",
        "",
        {"dhcp_snooping.enabled": False} | {f"vlans.{number}.dhcp_snooping": False for number in (10, 20, 21, 22)},
    ),
    (
        "ip arp inspection vlan 10",
        "ip arp inspection vlan 20",
        {"arp_inspection.vlans": [20], "vlans.10.arp_inspection": False, "vlans.20.arp_inspection": True},
    ),
    ("spanning-tree mode mst\n", "", {"spanning_tree.mode": "rapid-pvst"}),
    (
        "spanning-tree port type edge bpduguard default\n",
        "",
        {"spanning_tree.bpdu_guard_default": False, f"{PORT}.bpdu_guard": False},
    ),
    ("  name parkeren\n", "", {"vlans.999.label": None}),
    ("  name kantoor\n", "  name kantoor\n  shutdown\n", {"vlans.10.enabled": False}),
    ("copp profile strict", "copp profile lenient", {"control_plane.policy": "lenient"}),
    (
        "  20 deny ip any any log\n",
        "",
        {"access_lists.BEHEERSTATIONS.entries": 1, "access_lists.BEHEERSTATIONS.denials_logged": False},
    ),
    ("  10 permit ip any any", "  10 permit icmp any any", {"access_lists.ALLES.permits_any": False}),
    ("  description balie links\n", "", {f"{PORT}.description": None}),
    ("  spanning-tree port type edge\n", "", {f"{PORT}.portfast": False, f"{PORT}.bpdu_guard": False}),
    ("  spanning-tree guard root\n", "", {f"{PORT}.root_guard": False}),
    ("  switchport port-security\n", "", {f"{PORT}.port_security": False}),
    (
        "  dot1x port-control auto\n",
        "",
        {f"{PORT}.dot1x": False, f"{PORT}.mab": False, f"{PORT}.port_control": "force_authorized"},
    ),
    ("  dot1x mac-auth-bypass\n", "", {f"{PORT}.mab": False}),
    ("  storm-control multicast level 2.00\n", "", {f"{PORT}.storm_control": ["broadcast"]}),
    ("  ip verify source dhcp-snooping-vlan\n", "", {f"{PORT}.source_guard": False}),
    ("  no cdp enable\n", "", {f"{PORT}.cdp": True}),
    ("  no lldp transmit\n", "", {f"{PORT}.lldp_transmit": True}),
    (
        "  switchport access vlan 999\n  shutdown",
        "  switchport access vlan 999\n  no shutdown",
        {"interfaces.Ethernet1/3.enabled": True},
    ),
    (
        "  switchport trunk native vlan 999\n  switchport trunk allowed",
        "  switchport trunk allowed",
        {"interfaces.port-channel1.native_vlan": 1},
    ),
    ("  switchport trunk allowed vlan 10,20-22\n", "", {"interfaces.port-channel1.allowed_vlans": None}),
    ("  ip dhcp snooping trust\n", "", {"interfaces.port-channel1.dhcp_snooping_trust": False}),
    (
        "  ip verify unicast source reachable-via rx",
        "  ip verify unicast source reachable-via any",
        {"interfaces.Ethernet1/47.unicast_rpf": "loose"},
    ),
    ("  no ip redirects\n", "", {"interfaces.Vlan900.redirects": True}),
    ("  ip access-group BEHEERSTATIONS in\n", "", {"interfaces.Vlan900.access_list_in": None}),
    (
        "    authentication md5 key-chain HSRP\n",
        "",
        {"routing.first_hop_groups.Vlan900 hsrp 10.authentication": "none"},
    ),
    (
        "interface loopback0\n  ip address 203.0.113.254/32",
        "interface loopback9\n  ip address 203.0.113.254/32",
        {"interfaces.loopback0": GONE, "interfaces.loopback9": NEW},
    ),
]

SPINE = [
    (
        "  passive-interface default\n",
        "",
        {f"routing.interfaces.ospf {name}.passive": False for name in ("Ethernet1/1", "Ethernet1/3", "loopback0")},
    ),
    (
        "  area 0.0.0.0 authentication message-digest\n",
        "",
        {"routing.ospf_areas.ONDERLAAG area 0.0.0.0.authentication": "none"},
    ),
    (
        "  ip ospf message-digest-key 1 md5 3 a667d47acc18ea6b\n",
        "",
        {"routing.interfaces.ospf Ethernet1/1.authentication": "none", "password_rules.weak_secrets": SOMEHOW},
    ),
    (
        "  isis authentication key-chain SLEUTELS level-2\n",
        "",
        {"routing.interfaces.isis Ethernet1/3.authentication": "none"},
    ),
    ("  ip authentication mode eigrp 65 md5\n", "", {"routing.interfaces.eigrp Ethernet1/4.authentication": "none"}),
    ("  ip passive-interface eigrp 65\n", "", {"routing.interfaces.eigrp Ethernet1/4.passive": False}),
    (
        "  ip rip authentication mode text",
        "  ip rip authentication mode md5",
        {"routing.interfaces.rip Ethernet1/4.authentication": "md5"},
    ),
    ("    ttl-security hops 1\n", "", {"routing.bgp_neighbours.203.0.113.20.ttl_security_hops": None}),
    ("    shutdown\n", "", {"routing.bgp_neighbours.203.0.113.20.enabled": True}),
    ("      maximum-prefix 1000\n", "", {"routing.bgp_neighbours.203.0.113.20.maximum_prefixes": None}),
    ("      route-map UIT out\n", "", {"routing.bgp_neighbours.203.0.113.20.filtered_out": False}),
    ("    maximum-prefix 50\n", "", {"routing.bgp_neighbours.203.0.113.21.maximum_prefixes": None}),
    (
        "      password 7 070c285f4d06\n",
        "",
        {"routing.bgp_neighbours.KLANT 10.0.0.1.authentication": "none", "password_rules.weak_secrets": SOMEHOW},
    ),
    ("no snmp-server protocol enable\n", "", {"snmp.enabled": True, "snmp.versions": ["1", "2c"]}),
]


@pytest.mark.parametrize(("old", "new", "expected"), SWITCH, ids=[row[0].strip()[:40] for row in SWITCH])
def test_a_line_of_the_switch(old, new, expected):
    compare(changes("cisco_nxos", {COMMAND: recording("cisco_nxos", "switch")}, COMMAND, old, new), expected)


@pytest.mark.parametrize(("old", "new", "expected"), SPINE, ids=[row[0].strip()[:40] for row in SPINE])
def test_a_line_of_the_spine(old, new, expected):
    compare(changes("cisco_nxos", {COMMAND: recording("cisco_nxos", "spine")}, COMMAND, old, new), expected)
