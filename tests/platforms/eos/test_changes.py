"""One changed line changes the facts that it is about, and no other."""

import pytest

from tests.platforms.vendors import GONE, NEW, SOMEHOW, changes, compare, recording

COMMAND = "show running-config"
PORT = "interfaces.Ethernet1"
PORTS = ("Ethernet1", "Ethernet2", "Ethernet3", "Ethernet47", "Ethernet48", "Management1")

LEAF = [
    ("hostname gem-leaf-01", "hostname anders", {"device.hostname": "anders"}),
    ("dns domain beheer.gemeente.example\n", "", {"device.domain": None}),
    ("enable password sha512 $6$", "enable password 5 $6$", {"enable_secret.storage": "type5_md5"}),
    (
        "logging vrf BEHEER host 192.0.2.50\n",
        "",
        {"logging.servers.192.0.2.50": GONE},
    ),
    (" protocol tls ssl-profile SYSLOG", "", {"logging.servers.192.0.2.51.transport": "udp"}),
    (
        "logging trap notifications",
        "logging trap warnings",
        {"logging.server_level": 4} | {f"logging.servers.192.0.2.{number}.level": 4 for number in (50, 51, 52)},
    ),
    ("logging console errors", "no logging console", {"logging.console_level": None}),
    ("logging buffered 10000 informational", "logging buffered 10000", {"logging.buffer_level": 7}),
    (
        "logging format timestamp high-resolution\n",
        "",
        {f"logging.timestamps.{name}": False for name in ("milliseconds", "timezone", "year")},
    ),
    ("logging format sequence-numbers\n", "", {"logging.sequence_numbers": False}),
    ("logging vrf BEHEER local-interface Management1\n", "", {"logging.source_interface": None}),
    ("aaa authentication policy on-success log\n", "", {"logging.login_success": False}),
    ("aaa authentication policy on-failure log\n", "", {"logging.login_failure": False}),
    (
        "aaa authentication policy lockout failure 5 window 900 duration 300\n",
        "",
        {
            "management.login_protection.enabled": False,
            "management.login_protection.attempts": None,
            "management.login_protection.block_seconds": None,
            "management.login_protection.within_seconds": None,
            "password_rules.lockout_attempts": None,
        },
    ),
    (
        "start-stop group BEHEER-TAC logging",
        "start-stop group BEHEER-TAC",
        {
            "configuration.change_log_to_syslog": False,
            "aaa.accounting.commands all default.methods": ["group BEHEER-TAC"],
        },
    ),
    (
        "aaa authentication login default group BEHEER-TAC local",
        "aaa authentication login default group BEHEER-TAC",
        {
            "aaa.authentication.login default.methods": ["group BEHEER-TAC"],
            "aaa.authentication.login default.local_fallback": False,
        },
    ),
    ("aaa authorization serial-console\n", "", {"aaa.console_authorization": False}),
    ("aaa authorization exec default group BEHEER-TAC local\n", "", {"aaa.authorization.exec default": GONE}),
    (
        "tacacs-server key 7 070E234F1F5B4A\n",
        "",
        {
            "aaa.servers.192.0.2.71.has_key": False,
            "aaa.servers.192.0.2.71.key_storage": "none",
            "password_rules.weak_secrets": SOMEHOW,
        },
    ),
    (
        "   server 192.0.2.71 vrf BEHEER\n",
        "",
        {"aaa.server_groups.BEHEER-TAC.servers": ["192.0.2.70"]},
    ),
    ("ip tacacs vrf BEHEER source-interface Management1\n", "", {"aaa.source_interface": None}),
    (
        "snmp-server community public rw",
        "snmp-server community public ro",
        {"snmp.communities.community 2.access": "read"},
    ),
    (
        "snmp-server ipv4 access-list SNMP-BRONNEN\n",
        "",
        {
            "snmp.communities.community 2.access_list": None,
            "snmp.groups.OPZICHT v3 priv.access_list": None,
            "snmp.groups.OUD v3 noauth.access_list": None,
        },
    ),
    (" auth sha256 ", " auth md5 ", {"snmp.users.bewaker.authentication": "md5"}),
    (" priv aes256 ", " priv des ", {"snmp.users.bewaker.privacy": "des"}),
    (
        "snmp-server group OPZICHT v3 priv read ALLES",
        "snmp-server group OPZICHT v3 priv read ALLES write ALLES",
        {"snmp.groups.OPZICHT v3 priv.write_view": "ALLES"},
    ),
    ("version 3 priv bewaker", "version 3 auth bewaker", {"snmp.hosts.192.0.2.60.security_level": "auth"}),
    (
        "ntp authenticate\n",
        "",
        {"clock.authentication_enabled": False, "clock.servers.192.0.2.90.authenticated": False},
    ),
    (
        "ntp trusted-key 7",
        "ntp trusted-key 7-8",
        {"clock.keys.8.trusted": True, "clock.servers.192.0.2.91.authenticated": True},
    ),
    ("ntp server 192.0.2.92\n", "", {"clock.servers.192.0.2.92": GONE}),
    ("ntp local-interface vrf BEHEER Management1\n", "", {"clock.source_interface": None}),
    ("ntp serve ip access-group KLOK-IN in\n", "", {"clock.access_list": None}),
    (
        "alias wr copy",
        "clock timezone CET\nalias wr copy",
        {"clock.timezone": "CET", "clock.timezone_offset_minutes": 60},
    ),
    ("spanning-tree mode mstp", "spanning-tree mode rapid-pvst", {"spanning_tree.mode": "rapid-pvst"}),
    (
        "spanning-tree edge-port bpduguard default\n",
        "",
        {"spanning_tree.bpdu_guard_default": False, f"{PORT}.bpdu_guard": False},
    ),
    ("no aaa root", "aaa root secret sha512 $6$x$y", {"users.root": NEW}),
    ("username oud secret 5 ", "username oud secret sha512 ", {"users.oud.password_storage": "sha512_crypt"}),
    (
        "username leeg nopassword",
        "username leeg secret 0 geheim",
        {"password_rules.weak_secrets": SOMEHOW},
    ),
    ("username leeg nopassword\n", "", {"users.leeg": GONE}),
    ("   peer-link Port-Channel1\n", "", {"high_availability.enabled": False}),
    ("username noodtoegang privilege 15", "username noodtoegang privilege 1", {"users.noodtoegang.privilege": 1}),
    ("username sleutel ssh-key", "username oud ssh-key", {"users.sleutel.ssh_keys": 0, "users.oud.ssh_keys": 1}),
    ("bevoegd personeel", "iedereen", {"banners.login": SOMEHOW}),
    ("\nbanner motd\nGebruik wordt vastgelegd\nEOF", "", {"banners.motd": None}),
    ("   name kantoor\n", "", {"vlans.10.label": None}),
    ("   state suspend\n", "", {"vlans.999.enabled": True}),
    (
        "\nip dhcp snooping\n",
        "\n",
        {"dhcp_snooping.enabled": False} | {f"vlans.{number}.dhcp_snooping": False for number in (10, 20, 21, 22)},
    ),
    (
        "ip arp inspection vlan 10\n",
        "",
        {"arp_inspection.enabled": False, "arp_inspection.vlans": [], "vlans.10.arp_inspection": False},
    ),
    ("dot1x system-auth-control\n", "", {f"{PORT}.dot1x": False, f"{PORT}.mab": False}),
    ("   description balie links\n", "", {f"{PORT}.description": None}),
    ("   switchport phone vlan 20\n", "", {f"{PORT}.voice_vlan": None}),
    ("   switchport port-security mac-address maximum 3\n", "", {f"{PORT}.port_security_maximum": 1}),
    (
        "   dot1x port-control auto\n",
        "",
        {f"{PORT}.dot1x": False, f"{PORT}.mab": False, f"{PORT}.port_control": "force_authorized"},
    ),
    ("   dot1x mac based authentication\n", "", {f"{PORT}.mab": False}),
    ("   ip verify source\n", "", {f"{PORT}.source_guard": False}),
    ("   storm-control broadcast level 1\n", "", {f"{PORT}.storm_control": ["multicast"]}),
    ("   spanning-tree portfast\n", "", {f"{PORT}.portfast": False, f"{PORT}.bpdu_guard": False}),
    ("   spanning-tree guard root\n", "", {f"{PORT}.root_guard": False}),
    (
        "   spanning-tree guard root\n   no lldp transmit\n",
        "   spanning-tree guard root\n",
        {f"{PORT}.lldp_transmit": True},
    ),
    ("   switchport trunk native vlan 999\n", "", {"interfaces.Port-Channel1.native_vlan": 1}),
    ("   switchport trunk allowed vlan 10,20-22\n", "", {"interfaces.Port-Channel1.allowed_vlans": None}),
    ("   mac security profile WAN\n", "", {"interfaces.Ethernet47.macsec": False}),
    ("   ip access-group RAND-IN in\n", "", {"interfaces.Ethernet47.access_list_in": None}),
    (
        "   shutdown\n   switchport access vlan 999",
        "   switchport access vlan 999",
        {"interfaces.Ethernet3.enabled": True},
    ),
    ("   ip proxy-arp\n", "", {"interfaces.Vlan10.proxy_arp": False}),
    (
        "no ip icmp redirect\n",
        "",
        {f"interfaces.{name}.redirects": True for name in ("Ethernet47", "Loopback0", "Management1", "Vlan10")},
    ),
    (
        "transceiver qsfp default-mode 4x10G\n",
        "no lldp run\n",
        {"services.lldp.enabled": False}
        | {f"interfaces.{name}.lldp_transmit": False for name in PORTS if name != "Ethernet1"}
        | {f"interfaces.{name}.lldp_receive": False for name in PORTS if name != "Management1"},
    ),
    (
        "   20 deny ip any any log\n",
        "",
        {"access_lists.RAND-IN.entries": 1, "access_lists.RAND-IN.denials_logged": False},
    ),
    (
        "   20 permit host 192.0.2.5\n",
        "",
        {"access_lists.SSH-IN.entries": 1, "access_lists.SSH-IN.permitted_sources": ["192.0.2.64/27"]},
    ),
    ("   ip access-group BEHEER-CP in\n", "", {"control_plane.policy": "default-control-plane-acl"}),
    (
        "   protocol https ssl profile API\n",
        "",
        {"management.http.tls_versions": "unknown", "management.http.ciphers": "unknown"},
    ),
    ("      tls versions 1.2 1.3", "      tls versions 1.0 1.2", {"management.http.tls_versions": ["1.0", "1.2"]}),
    ("   idle-timeout 5\n", "", {"management.lines.console.idle_timeout_seconds": None}),
    ("   idle-timeout 10\n", "", {"management.lines.ssh.idle_timeout_seconds": None}),
    ("   cipher aes256-gcm@openssh.com aes256-ctr", "   cipher 3des-cbc", {"management.ssh.ciphers": ["3des-cbc"]}),
    ("   login timeout 60", "   login timeout 120", {"management.ssh.timeout_seconds": 120}),
    (
        "   ip access-group SSH-IN vrf BEHEER in\n",
        "",
        {"management.ssh.access_list": None, "management.lines.ssh.access_list_ipv4": None},
    ),
    ("   ipv6 access-group SSH6-IN vrf BEHEER in\n", "", {"management.lines.ssh.access_list_ipv6": None}),
    (
        "management console",
        "management telnet\n   no shutdown\n!\nmanagement console",
        {
            "management.telnet.enabled": True,
            "management.lines.telnet.transports": ["telnet"],
            "management.lines.telnet.exec_enabled": True,
        },
    ),
    ("   password minimum length 12", "   password minimum length 18", {"password_rules.minimum_length": 18}),
    (
        "      minimum digits 1\n      minimum length 12\n      minimum lower 1\n",
        "      minimum lower 1\n",
        {"password_rules.complexity": False},
    ),
    ("   password policy STERK\n!\nmanagement api", "!\nmanagement api", {"password_rules.complexity": False}),
    ("      minimum length 12\n", "      minimum length 16\n", {"password_rules.minimum_length": 16}),
    (
        "   esp encryption aes256gcm128\n      esp integrity null",
        "   esp encryption aes128\n      esp integrity null",
        {"vpn_proposals.ipsec STERK.ciphers": ["aes128"], "vpn_proposals.ipsec STERK.hashes": ["null"]},
    ),
    (
        "ip dhcp snooping information option\n",
        "",
        {"dhcp_snooping.enabled": False} | {f"vlans.{number}.dhcp_snooping": False for number in (10, 20, 21, 22)},
    ),
    ("ip dhcp snooping information option\n", "ip dhcp snooping bridging\n", {}),
    (
        "   action bash /mnt/flash/bewaar.sh\n",
        "   action bash scp /mnt/flash/startup-config bewaar@192.0.2.9:\n",
        {"configuration.archive_configured": True, "configuration.archive_on_save": True},
    ),
    (
        "   trigger on-startup-config\n",
        "   trigger on-boot\n",
        {"configuration.archive_configured": False, "configuration.archive_on_save": False},
    ),
    (
        "radius-server host 192.0.2.80 vrf BEHEER key 7 0822455D0A16",
        "radius-server host 192.0.2.80 vrf BEHEER tls",
        {
            "aaa.servers.192.0.2.80.has_key": "unknown",
            "aaa.servers.192.0.2.80.key_storage": "unknown",
            "password_rules.weak_secrets": SOMEHOW,
        },
    ),
    (
        "aaa accounting commands all default",
        "aaa accounting commands 1,15 default",
        {
            "aaa.accounting.commands all default": GONE,
            "aaa.accounting.commands 1 default": NEW,
            "aaa.accounting.commands 15 default": NEW,
        },
    ),
    (
        "snmp-server ipv4 access-list SNMP-BRONNEN\n",
        "snmp-server ipv4 access-list SNMP-BRONNEN\nsnmp-server vrf BEHEER\n",
        {
            "snmp.communities.community 2.access_list": None,
            "snmp.groups.OPZICHT v3 priv.access_list": None,
            "snmp.groups.OUD v3 noauth.access_list": None,
        },
    ),
    (
        "snmp-server ipv4 access-list SNMP-BRONNEN\n",
        "snmp-server ipv4 access-list SNMP-BRONNEN vrf BEHEER\nno snmp-server vrf default\nsnmp-server vrf BEHEER\n",
        {},
    ),
    (
        "   shutdown\n   !\n   vrf BEHEER\n      no shutdown\n!\nend",
        "   !\n   vrf BEHEER\n      no shutdown\n!\nend",
        {
            "management.ssh.vrf": "default, BEHEER",
            "management.ssh.access_list": None,
            "management.lines.ssh": GONE,
            "management.lines.ssh default": NEW,
            "management.lines.ssh BEHEER": NEW,
        },
    ),
    ("   password encryption reversible aes-256-gcm\n", "", {"password_rules.master_key": False}),
    (
        "   password encryption reversible aes-256-gcm\n",
        "   password encryption-key common\n   password encryption reversible aes-256-gcm\n",
        {
            "password_rules.master_key": False,
            "aaa.servers.192.0.2.70.key_storage": "type7_reversible",
            "password_rules.weak_secrets": SOMEHOW,
        },
    ),
    ("      dh-group 20", "      dh-group 14", {"vpn_proposals.ikev2 STERK.dh_groups": [14]}),
    (
        "   vrrp 10 peer authentication ietf-md5 key-string 7 yqR5KJBqI+v/QzlmfBfPZQ==\n",
        "",
        {"routing.first_hop_groups.Vlan10 vrrp 10.authentication": "none", "password_rules.weak_secrets": SOMEHOW},
    ),
]

SPINE = [
    ("   no passive-interface Ethernet1\n", "", {"routing.interfaces.ospf Ethernet1.passive": True}),
    (
        "   ip ospf message-digest-key 1 md5 7 070C285F4D06\n",
        "",
        {"routing.interfaces.ospf Ethernet2.authentication": "none", "password_rules.weak_secrets": SOMEHOW},
    ),
    (
        "   isis authentication mode sha key-id 1",
        "   isis authentication mode md5",
        {"routing.interfaces.isis Ethernet3.authentication": "md5"},
    ),
    ("   isis passive\n", "", {"routing.interfaces.isis Loopback0.passive": False}),
    (
        "   neighbor RAND maximum-routes 1000\n",
        "",
        {f"routing.bgp_neighbours.{name}.maximum_prefixes": "unknown" for name in ("10.9.0.0/16", "203.0.113.20")},
    ),
    (
        "   neighbor RAND maximum-routes 1000\n",
        "   neighbor RAND maximum-routes 0\n",
        {f"routing.bgp_neighbours.{name}.maximum_prefixes": None for name in ("10.9.0.0/16", "203.0.113.20")},
    ),
    ("   protocol http\n", "   protocol http localhost\n", {"management.http.enabled": False}),
    (
        "   neighbor RAND ttl maximum-hops 1\n",
        "",
        {f"routing.bgp_neighbours.{name}.ttl_security_hops": None for name in ("10.9.0.0/16", "203.0.113.20")},
    ),
    (
        "      neighbor RAND route-map IN in\n",
        "",
        {f"routing.bgp_neighbours.{name}.filtered_in": False for name in ("10.9.0.0/16", "203.0.113.20")},
    ),
    ("   neighbor 203.0.113.20 shutdown\n", "", {"routing.bgp_neighbours.203.0.113.20.enabled": True}),
    (
        "   neighbor 203.0.113.21 maximum-routes 0",
        "   neighbor 203.0.113.21 maximum-routes 500",
        {"routing.bgp_neighbours.203.0.113.21.maximum_prefixes": 500},
    ),
    (
        "         neighbor 10.0.0.1 prefix-list IN in\n",
        "",
        {"routing.bgp_neighbours.KLANT 10.0.0.1.filtered_in": False},
    ),
    (
        "switchport default mode routed\n",
        "",
        {
            f"interfaces.Ethernet{number}.{name}": value
            for number in (1, 2, 3, 4)
            for name, value in (("mode", "access"), ("access_vlan", 1), ("native_vlan", 1))
        },
    ),
    ("   transport ssh default", "   transport ssh default\n      shutdown", {"management.netconf_enabled": False}),
    (
        "   no protocol https\n",
        "",
        {
            "management.http.https_enabled": True,
            "management.http.tls_versions": "unknown",
            "management.http.ciphers": "unknown",
        },
    ),
]


@pytest.mark.parametrize(("old", NEW, "expected"), LEAF, ids=[row[0].strip()[:40] for row in LEAF])
def test_a_line_of_the_leaf(old, new, expected):
    compare(changes("arista_eos", {COMMAND: recording("arista_eos", "leaf")}, COMMAND, old, new), expected)


@pytest.mark.parametrize(("old", NEW, "expected"), SPINE, ids=[row[0].strip()[:40] for row in SPINE])
def test_a_line_of_the_spine(old, new, expected):
    compare(changes("arista_eos", {COMMAND: recording("arista_eos", "spine")}, COMMAND, old, new), expected)
