"""One changed line changes the facts that it is about, and no other."""

import pytest

from tests.platforms.vendors import GONE, NEW, SOMEHOW, changes, compare, recording

COMMAND = "show running-config"
VTY = "management.lines.vty-pool default 0 10"
PROVIDER = "interfaces.GigabitEthernet0/0/0/0"
CUSTOMER = "interfaces.GigabitEthernet0/0/0/1"

EDGE = [
    ("\nhostname wan-pe-arnhem-01", "\nhostname anders", {"device.hostname": "anders"}),
    ("domain name wan.veiligheidsregio.example\n", "", {"device.domain": None}),
    (
        "!! Last configuration change at Tue Mar  3 09:12:44 2026 by j.devries\n",
        "",
        {"configuration.last_changed_at": "unknown", "configuration.last_changed_by": "unknown"},
    ),
    (
        "configuration commit auto-save filename harddisk:/bewaard/config\n",
        "",
        {"configuration.archive_configured": False, "configuration.archive_on_save": False},
    ),
    ("Handelingen worden vastgelegd.", "Welkom.", {"banners.motd": SOMEHOW}),
    ("banner exec @Welkom@\n", "", {"banners.exec": None}),
    (
        "clock timezone CET Europe/Amsterdam",
        "clock timezone EET 2",
        {"clock.timezone": "EET", "clock.timezone_offset_minutes": 120},
    ),
    (
        "clock timezone CET Europe/Amsterdam",
        "clock timezone CET Ergens/Anders",
        {"clock.timezone_offset_minutes": "unknown"},
    ),
    ("logging console critical", "logging console disable", {"logging.console_level": None}),
    ("logging console critical\n", "", {"logging.console_level": "unknown"}),
    ("logging buffered 4194304\n", "", {"logging.buffer_bytes": "unknown"}),
    ("logging buffered informational\n", "logging buffered debugging\n", {"logging.buffer_level": 7}),
    (
        "logging 192.0.2.50 vrf BEHEER severity info",
        "logging 192.0.2.50 vrf BEHEER severity errors",
        {"logging.servers.192.0.2.50.level": 3},
    ),
    ("logging 192.0.2.50 vrf BEHEER severity info port default\n", "", {"logging.servers.192.0.2.50": GONE}),
    ("logging 192.0.2.52 vrf BEHEER", "logging 192.0.2.52 vrf default", {"logging.servers.192.0.2.52.vrf": None}),
    (
        " trustpoint REGIO-CA\n address ipv4 192.0.2.51",
        " trustpoint REGIO-CA\n address ipv4 192.0.2.53",
        {"logging.servers.192.0.2.51": GONE, "logging.servers.192.0.2.53": NEW},
    ),
    ("logging source-interface MgmtEth0/RSP0/CPU0/0 vrf BEHEER\n", "", {"logging.source_interface": None}),
    (
        "log datetime msec localtime show-timezone year",
        "log uptime",
        {f"logging.timestamps.{name}": False for name in ("datetime", "milliseconds", "timezone", "year")},
    ),
    (
        " alarm PKT_INFRA LINK UPDOWN",
        " alarm SECURITY LOGIN AUTHEN_FAILED",
        {"logging.login_success": "unknown", "logging.login_failure": "unknown"},
    ),
    ("domain lookup disable\n", "", {"services.dns-lookup.enabled": True}),
    (" group cisco-support\n", "", {"users.breekglas.roles": ["root-lr"]}),
    (" secret 10 $6$", " secret 8 $8$", {"users.breekglas.password_storage": "type8_pbkdf2"}),
    (
        " group operator\n secret 5 $1$",
        " group operator\n policy STERK\n secret 5 $1$",
        {
            "users.oud.password_policy": "STERK",
            "password_rules.minimum_length": 16,
            "password_rules.complexity": True,
            "password_rules.maximum_age_days": 365,
            "password_rules.lockout_attempts": 4,
            "management.login_protection.enabled": True,
            "management.login_protection.attempts": 4,
            "management.login_protection.block_seconds": 600,
        },
    ),
    (
        " password-policy STERK password 7 104D000A0618\n",
        "",
        {
            "users.kijker.password_policy": None,
            "users.kijker.password_storage": "none",
            "users.kijker.has_password": False,
            "password_rules.weak_secrets": SOMEHOW,
        },
    ),
    (" vrf BEHEER\n server 192.0.2.70", " server 192.0.2.70", {"aaa.server_groups.BEHEER-TAC.vrf": None}),
    (
        " server 192.0.2.70\n server-private",
        " server-private",
        {"aaa.server_groups.BEHEER-TAC.servers": ["192.0.2.71"]},
    ),
    (
        "  key 7 13061E010803557878\n",
        "  key 6 13061E010803557878\n",
        {"aaa.servers.192.0.2.71.key_storage": "type6_aes", "password_rules.weak_secrets": SOMEHOW},
    ),
    (
        " key 7 094F471A1A0A464058\n",
        "",
        {
            "aaa.servers.192.0.2.70.key_storage": "none",
            "aaa.servers.192.0.2.70.has_key": False,
            "password_rules.weak_secrets": SOMEHOW,
        },
    ),
    (
        "radius-server key 7 14141B180F0B7B7977\n",
        "",
        {
            "aaa.servers.192.0.2.80.key_storage": "none",
            "aaa.servers.192.0.2.80.has_key": False,
            "password_rules.weak_secrets": SOMEHOW,
        },
    ),
    ("tacacs source-interface MgmtEth0/RSP0/CPU0/0 vrf BEHEER\n", "", {"aaa.source_interface": None}),
    (
        "aaa accounting exec default start-stop",
        "aaa accounting exec default stop-only",
        {"aaa.accounting.exec default.record": "stop-only"},
    ),
    ("aaa accounting commands default start-stop group BEHEER-TAC\n", "", {"aaa.accounting.commands default": GONE}),
    (
        "aaa authorization commands default group BEHEER-TAC none",
        "aaa authorization commands default group BEHEER-TAC",
        {"aaa.authorization.commands default.methods": ["group BEHEER-TAC"]},
    ),
    (
        "aaa authentication login CONSOLE local\n",
        "",
        {"aaa.authentication.login CONSOLE": GONE, "management.lines.console.authentication": "unknown"},
    ),
    (
        "aaa authentication login default group BEHEER-TAC local",
        "aaa authentication login default none",
        {
            "aaa.authentication.login default.methods": ["none"],
            "aaa.authentication.login default.central": False,
            "aaa.authentication.login default.local_fallback": False,
            f"{VTY}.authentication": "none",
        },
    ),
    ("\ncdp\nvrf", "\nvrf", {"services.cdp.enabled": False, f"{PROVIDER}.cdp": False}),
    (" exec-timeout 7 30\n", " exec-timeout 0 0\n", {f"{VTY}.idle_timeout_seconds": None}),
    (" exec-timeout 7 30\n", "", {f"{VTY}.idle_timeout_seconds": None}),
    (" exec-timeout 5 0\n", " exec-timeout 6 0\n", {"management.lines.console.idle_timeout_seconds": 360}),
    (" access-class ingress BEHEERSTATIONS\n", "", {}),
    (
        " access-class ingress BEHEERSTATIONS\n",
        " access-class ingress ALLES\n",
        {f"{VTY}.access_list_ipv4": "ALLES"},
    ),
    (" transport input ssh telnet\n", " transport input ssh\n", {f"{VTY}.transports": ["ssh"]}),
    (" absolute-timeout 480\n", "", {f"{VTY}.absolute_timeout_seconds": None}),
    (
        " login authentication CONSOLE\n",
        "",
        {"management.lines.console.authentication": "aaa", "management.lines.console.authentication_list": "default"},
    ),
    (" transport output none\n", "", {"management.lines.console.outgoing_transports": ["ssh"]}),
    (" transport output ssh\n", "", {f"{VTY}.outgoing_transports": ["ssh", "telnet"]}),
    ("vty-pool default 0 10 line-template WERKPLEK\n", "", {VTY: GONE, "management.lines.vty-pool default": NEW}),
    (
        "telnet vrf BEHEER ipv4 server max-servers 5 access-list BEHEERSTATIONS\n",
        "",
        {"management.telnet.enabled": False, f"{VTY}.transports": ["ssh"]},
    ),
    (" host 192.0.2.60 traps version 3 priv bewaker\n", "", {"snmp.hosts.192.0.2.60": GONE}),
    (
        "host 192.0.2.60 traps version 3 priv",
        "host 192.0.2.60 traps version 3 noauth",
        {"snmp.hosts.192.0.2.60.security_level": "noauth"},
    ),
    ("priv aes 128 encrypted", "priv aes 256 encrypted", {"snmp.users.bewaker.privacy": "aes256"}),
    ("auth md5 encrypted", "auth sha encrypted", {"snmp.users.oudje.authentication": "sha"}),
    (" IPv4 MONITORING SystemOwner\n", "\n", {"snmp.users.bewaker.access_list": None}),
    (
        "snmp-server community public RO",
        "snmp-server community public RW",
        {"snmp.communities.community 1.access": "write"},
    ),
    (
        "snmp-server community public RO",
        "snmp-server community q7Lr2 RO",
        {"snmp.communities.community 1.is_default_name": False},
    ),
    ("snmp-server community encrypted 060506324F41 RO\n", "", {"snmp.communities.community 3": GONE}),
    ("G3h31mWoord view ALLES RW", "G3h31mWoord RW", {"snmp.communities.community 2.view": None}),
    (
        "LEZERS v3 auth read ALLES\n",
        "LEZERS v3 auth read ALLES write ALLES\n",
        {"snmp.groups.LEZERS v3 auth.write_view": "ALLES"},
    ),
    (
        "notify ALLES IPv4 MONITORING IPv6 MONITORING6\n",
        "notify ALLES\n",
        {"snmp.groups.BEWAKERS v3 priv.access_list": None},
    ),
    ("snmp-server trap-source MgmtEth0/RSP0/CPU0/0\n", "", {"snmp.source_interface": None}),
    (
        "tftp vrf default ipv4 server homedir harddisk: max-servers 2 access-list BEHEERSTATIONS\n",
        "",
        {"services.tftp.enabled": False},
    ),
    (" authenticate\n", "", {"clock.authentication_enabled": False, "clock.servers.192.0.2.90.authenticated": False}),
    (
        " trusted-key 7\n",
        " trusted-key 8\n",
        {
            "clock.keys.7.trusted": False,
            "clock.keys.8.trusted": True,
            "clock.servers.192.0.2.90.authenticated": False,
            "clock.servers.192.0.2.91.authenticated": True,
        },
    ),
    (" server 192.0.2.92\n", "", {"clock.servers.192.0.2.92": GONE}),
    (" key 7 prefer\n", " key 7\n", {"clock.servers.192.0.2.90.preferred": False}),
    (" server vrf BEHEER 192.0.2.91 key 8", " server 192.0.2.91 key 8", {"clock.servers.192.0.2.91.vrf": None}),
    (" source vrf BEHEER MgmtEth0/RSP0/CPU0/0\n", "", {"clock.source_interface": None}),
    (" access-group vrf BEHEER ipv4 peer TIJDBRONNEN\n", "", {"clock.access_list": None}),
    (
        "lldp\n timer 30\n",
        "",
        {"services.lldp.enabled": False}
        | {
            f"interfaces.{name}.{fact}": False
            for name in ("GigabitEthernet0/0/0/1", "GigabitEthernet0/0/0/2", "TenGigE0/0/1/0", "TenGigE0/0/1/1")
            for fact in ("lldp_transmit", "lldp_receive")
        },
    ),
    (
        "lldp\n timer 30\n",
        "lldp\n management enable\n",
        {
            f"interfaces.MgmtEth0/RSP{slot}/CPU0/0.{fact}": True
            for slot in (0, 1)
            for fact in ("lldp_transmit", "lldp_receive")
        },
    ),
    (" 10 permit ipv4 any any\n", " 10 permit icmp any any\n", {"access_lists.ALLES.permits_any": False}),
    (
        " 30 deny ipv4 any any log\n",
        "",
        {"access_lists.BEHEERSTATIONS.entries": 1, "access_lists.BEHEERSTATIONS.denials_logged": False},
    ),
    (
        "  key-string password 13361211190910012E3D\n",
        "  key-string password6 13361211190910012E3D\n",
        {"password_rules.weak_secrets": SOMEHOW},
    ),
    (" description naar provider\n", "", {f"{PROVIDER}.description": None}),
    (" description naar provider\n cdp\n", " description naar provider\n", {f"{PROVIDER}.cdp": False}),
    (
        " ipv4 verify unicast source reachable-via any allow-self-ping\n",
        " ipv4 verify unicast source reachable-via rx\n",
        {f"{PROVIDER}.unicast_rpf": "strict"},
    ),
    (
        " ipv4 verify unicast source reachable-via any allow-self-ping\n",
        " ipv4 verify unicast source reachable-via any allow-self-ping allow-default\n",
        {f"{PROVIDER}.unicast_rpf": "none"},
    ),
    (
        "    maximum-prefix 500 80\n",
        "    maximum-prefix 500 80 warning-only\n",
        {"routing.bgp_neighbours.KLANT-A 10.1.0.2.maximum_prefixes": None},
    ),
    (
        "ssh server max-auth-limit 3\n",
        "ssh server max-auth-limit 3\nssh server username kijker keystring AAAAB3NzaC1yc2E\n",
        {"users.kijker.ssh_keys": 1},
    ),
    (" ipv6 verify unicast source reachable-via rx\n", "", {f"{PROVIDER}.unicast_rpf": "none"}),
    (" ipv4 unreachables disable\n", "", {f"{PROVIDER}.unreachables": True}),
    ("  transmit disable\n", "", {f"{PROVIDER}.lldp_transmit": True}),
    (" ipv4 access-group VAN-INTERNET ingress\n", "", {f"{PROVIDER}.access_list_in": None}),
    (
        " ipv4 access-group VAN-INTERNET ingress\n",
        " ipv4 access-group common ALLES VAN-INTERNET ingress hardware-count\n",
        {},
    ),
    (" ipv6 access-group VAN-INTERNET6 ingress\n", "", {f"{PROVIDER}.access_list_ipv6_in": None}),
    (" vrf KLANT-A\n ipv4 address 10.1.0.1", " ipv4 address 10.1.0.1", {f"{CUSTOMER}.vrf": None}),
    (" proxy-arp\n", "", {f"{CUSTOMER}.proxy_arp": False}),
    (" ipv4 redirects\n", "", {f"{CUSTOMER}.redirects": False}),
    (" ipv4 directed-broadcast\n", "", {f"{CUSTOMER}.directed_broadcast": False}),
    (" ipv4 access-group ALLES egress\n", "", {f"{CUSTOMER}.access_list_out": None}),
    (
        " description Niet in gebruik\n shutdown\n",
        " description Niet in gebruik\n",
        {"interfaces.GigabitEthernet0/0/0/2.enabled": True},
    ),
    (
        " bundle id 1 mode active\n",
        "",
        {"interfaces.TenGigE0/0/1/0.mode": "routed", "interfaces.TenGigE0/0/1/0.aggregate": None},
    ),
    (" macsec psk-keychain MACSEC-LIJN policy STERK\n", "", {"interfaces.TenGigE0/0/1/0.macsec": False}),
    (
        "interface preconfigure TenGigE0/0/1/1\n",
        "interface preconfigure TenGigE0/0/1/2\n",
        {"interfaces.TenGigE0/0/1/1": GONE, "interfaces.TenGigE0/0/1/2": NEW},
    ),
    (
        "interface Bundle-Ether1.100 l2transport\n",
        "interface Bundle-Ether1.100\n",
        {"interfaces.Bundle-Ether1.100.mode": "routed"},
    ),
    ("  hello-password keychain CORE-ISIS\n", "", {"routing.interfaces.isis Bundle-Ether1.authentication": "none"}),
    (
        "  hello-password keychain CORE-ISIS\n",
        "  hello-password accept keychain CORE-ISIS\n",
        {"routing.interfaces.isis Bundle-Ether1.authentication": "none"},
    ),
    (
        "  hello-password hmac-md5 encrypted",
        "  hello-password text encrypted",
        {
            "routing.interfaces.isis GigabitEthernet0/0/0/3.authentication": "plain",
            "password_rules.weak_secrets": SOMEHOW,
        },
    ),
    ("  passive\n", "", {"routing.interfaces.isis Loopback0.passive": False}),
    (
        " address-family ipv4 unicast\n !\n af-group",
        " bgp unsafe-ebgp-policy\n af-group",
        {
            "routing.bgp_neighbours.KLANT-A 10.1.0.2.filtered_in": False,
            "routing.bgp_neighbours.KLANT-A 10.1.0.2.filtered_out": False,
        },
    ),
    ("  maximum-prefix 800000 90\n", "", {"routing.bgp_neighbours.198.51.100.1.maximum_prefixes": None}),
    (
        "  # tijdelijk, tot het filter klaar is\n",
        "  if community matches-any SCHOON then\n",
        {"routing.bgp_neighbours.198.51.100.1.filtered_in": True},
    ),
    (
        "  password encrypted 104D000A0618\n",
        "",
        {"routing.bgp_neighbours.203.0.113.7.authentication": "none", "password_rules.weak_secrets": SOMEHOW},
    ),
    ("  ttl-security\n", "", {"routing.bgp_neighbours.198.51.100.1.ttl_security_hops": None}),
    ("  shutdown\n  address-family", "  address-family", {"routing.bgp_neighbours.198.51.100.9.enabled": True}),
    (
        "  use neighbor-group REFLECTORS\n",
        "  remote-as 64512\n",
        {"routing.bgp_neighbours.203.0.113.7.group": None, "routing.bgp_neighbours.203.0.113.7.authentication": "none"},
    ),
    (
        "    authentication klantA\n",
        "",
        {
            "routing.first_hop_groups.GigabitEthernet0/0/0/1 hsrp 10.authentication": "none",
            "password_rules.weak_secrets": SOMEHOW,
        },
    ),
    ("lpts pifib hardware police\n flow ssh known rate 300\n", "", {"control_plane.policy": "LPTS"}),
    ("netconf-yang agent\n ssh\n", "", {"management.netconf_enabled": False}),
    ("ssh client source-interface MgmtEth0/RSP0/CPU0/0\n", "", {"management.ssh.source_interface": None}),
    ("ssh timeout 45\n", "", {"management.ssh.timeout_seconds": 30}),
    ("ssh server v2\n", "", {"management.ssh.version": "unknown"}),
    ("ssh server vrf BEHEER ipv4", "ssh server vrf default ipv4", {"management.ssh.vrf": None}),
    ("ssh server algorithms cipher aes256-ctr aes256-gcm@openssh.com\n", "", {"management.ssh.ciphers": "unknown"}),
    ("ssh server max-auth-limit 3\n", "", {"management.ssh.authentication_retries": "unknown"}),
]


@pytest.mark.parametrize(("old", "new", "expected"), EDGE, ids=[row[0].strip()[:40] for row in EDGE])
def test_a_line_of_the_edge_router(old, new, expected):
    compare(changes("cisco_iosxr", {COMMAND: recording("cisco_iosxr", "pe")}, COMMAND, old, new), expected)
