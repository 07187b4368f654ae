"""One changed line of an access switch's management changes the facts that it is about, and no other."""

import pytest

from tests.platforms.aoscx.items import hold
from tests.platforms.vendors import GONE, NEW, SOMEHOW

LINES = [
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
            "snmp.users.bewaker.access_list": None,
            "access_lists.BEHEERVERKEER.permits_any": True,
            "access_lists.BEHEERVERKEER.denials_logged": False,
        },
    ),
    (
        "snmp-server vrf mgmt\n",
        "",
        {"snmp.enabled": False, "snmp.versions": [], "snmp.users.bewaker.access_list": None},
    ),
    ("snmp-server snmpv3-only\n", "", {"snmp.versions": ["1", "2c", "3"]}),
    ("auth sha256 auth-pass", "auth sha auth-pass", {"snmp.users.bewaker.authentication": "sha"}),
    ("priv aes256 priv-pass", "priv des priv-pass", {"snmp.users.bewaker.privacy": "des"}),
    ("trap version v3 user bewaker", "trap version v3 user wie", {"snmp.hosts.192.0.2.60.security_level": "noauth"}),
    ("snmp-server trap-source interface mgmt vrf mgmt\n", "", {}),
    ("    access-level ro\n", "    access-level rw\n", {"snmp.communities.community 1.access": "write"}),
    ("    access-list WERKPLEK\n", "", {"snmp.communities.community 1.access_list": "BEHEERVERKEER"}),
    ("    view BEPERKT\n", "", {"snmp.communities.community 1.view": None}),
]


@pytest.mark.parametrize(("old", "new", "expected"), LINES, ids=[row[0].strip()[:40] for row in LINES])
def test_a_line_of_the_access_switch(old, new, expected):
    hold("access", old, new, expected)
