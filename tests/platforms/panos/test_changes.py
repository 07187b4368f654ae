"""One changed line changes the facts that it is about, and no other."""

import pytest

from tests.platforms.vendors import GONE, NEW, changes, compare, recording

COMMAND = "show config running"
RULE = "firewall_rules.kantoor-internet"
LINES = ("cli", "console")

FIREWALL = [
    ("          hostname zw-fw-kern-01;", "          hostname x;", {"device.hostname": "x"}),
    ("          domain voorbeeld.nl;\n", "", {"device.domain": None}),
    (
        "            disable-telnet yes;",
        "            disable-telnet no;",
        {
            "management.telnet.enabled": True,
            "management.lines.cli.transports": ["ssh", "telnet"],
            "interfaces.management.management_access": ["ssh", "https", "telnet", "snmp"],
        },
    ),
    (
        "            disable-http yes;\n",
        "",
        {"management.http.enabled": "unknown"},
    ),
    (
        "            disable-snmp no;",
        "            disable-snmp yes;",
        {"snmp.enabled": False, "interfaces.management.management_access": ["ssh", "https"]},
    ),
    ("            198.51.100.7;\n", "", {"management.permitted_sources": ["192.0.2.0/24"]}),
    (
        "              ping yes;\n            }\n",
        "              ping yes;\n              ssh yes;\n              permitted-ip 10.7.0.0/16;\n            }\n",
        {
            "management.permitted_sources": ["192.0.2.0/24", "198.51.100.7", "10.7.0.0/16"],
            "interfaces.ethernet1/2.100.management_access": ["ping", "ssh"],
            "interfaces.ethernet1/8.management_access": ["ping", "ssh"],
        },
    ),
    (
        "                    mac hmac-sha2-512;",
        "                    mac hmac-sha1;",
        {"management.ssh.macs": ["hmac-sha1"]},
    ),
    (
        "                    ciphers [ aes256-gcm aes256-ctr ];",
        "                    ciphers aes128-cbc;",
        {"management.ssh.ciphers": ["aes128-cbc"]},
    ),
    ("          min-version tls1-2;", "          min-version tls1-3;", {"management.http.tls_versions": ["1.3"]}),
    (
        "            idle-timeout 10;",
        "            idle-timeout 0;",
        {f"management.lines.{name}.idle_timeout_seconds": None for name in LINES},
    ),
    (
        "            idle-timeout 10;\n",
        "",
        {f"management.lines.{name}.idle_timeout_seconds": 3_600 for name in LINES},
    ),
    (
        "              failed-attempts 3;",
        "              failed-attempts 5;",
        {"management.login_protection.attempts": 5, "password_rules.lockout_attempts": 5},
    ),
    (
        "              lockout-time 30;",
        "              lockout-time 5;",
        {"management.login_protection.block_seconds": 300},
    ),
    ("              motd-enable yes;", "              motd-enable no;", {"banners.motd": None}),
    (
        "          timezone Europe/Amsterdam;",
        "          timezone UTC;",
        {"clock.timezone": "UTC", "clock.timezone_offset_minutes": 0},
    ),
    (
        "              ntp-server-address 192.0.2.91;",
        "              ntp-server-address 192.0.2.92;",
        {"clock.servers.192.0.2.91": GONE, "clock.servers.192.0.2.92": NEW},
    ),
    (
        "                  key-id 7;",
        "                  key-id 8;",
        {"clock.servers.192.0.2.90.key_id": 8, "clock.keys.7": GONE, "clock.keys.8": NEW},
    ),
    (
        "                      authproto SHA-256;",
        "                      authproto SHA;",
        {"snmp.users.bewaking.authentication": "sha"},
    ),
    ("                      privproto AES-256;\n", "", {"snmp.users.bewaking.privacy": "aes128"}),
    (
        "              manager 192.0.2.80;".replace("              ", "                  ", 1),
        "                  manager 192.0.2.81;",
        {"snmp.hosts.192.0.2.80": GONE, "snmp.hosts.192.0.2.81": NEW},
    ),
    ("      minimum-length 14;", "      minimum-length 8;", {"password_rules.minimum_length": 8}),
    ("        expiration-period 180;", "        expiration-period 0;", {"password_rules.maximum_age_days": None}),
    ("        phash $5$rounds$Admin", "        phash $1$rounds$Admin", {"users.admin.password_storage": "type5_md5"}),
    ("            superreader yes;", "            superuser yes;", {"users.auditor.roles": ["superuser"]}),
    ("          mfa-enable yes;", "          mfa-enable no;", {"users.auditor.second_factor": False}),
    ("        password-profile streng;", "", {"users.net beheer.password_policy": None}),
    (
        "              address 192.0.2.61;",
        "              address 192.0.2.62;",
        {"aaa.servers.ise ise2.address": "192.0.2.62"},
    ),
    (
        "          authentication-profile beheer-tacacs;\n",
        "",
        {
            **{f"management.lines.{name}.authentication": "local_users" for name in LINES},
            **{f"management.lines.{name}.authentication_list": None for name in LINES},
            "management.http.authentication": "local",
        },
    ),
    ("              transport SSL;", "              transport TCP;", {"logging.servers.192.0.2.50.transport": "tcp"}),
    (
        '            filter "(severity geq informational)";',
        '            filter "(severity geq high)";',
        {
            "logging.servers.192.0.2.50.level": 3,
            "logging.servers.192.0.2.51.level": 3,
            "logging.server_level": 3,
        },
    ),
    ('              comment "Provider A";', "", {"interfaces.ethernet1/1.description": None}),
    ("              link-state down;", "              link-state auto;", {"interfaces.ethernet1/8.enabled": True}),
    (
        "              ping yes;",
        "              ssh yes;",
        {
            "management.permitted_sources": ["192.0.2.0/24", "198.51.100.7", "0.0.0.0/0"],
            "interfaces.ethernet1/2.100.management_access": ["ssh"],
            "interfaces.ethernet1/8.management_access": ["ssh"],
        },
    ),
    ("                    tag 100;", "                    tag 200;", {"vlans.100": GONE, "vlans.200": NEW}),
    (
        "                layer3 ethernet1/1;",
        "                layer3 ethernet1/8;",
        {"interfaces.ethernet1/1.zone": None, "interfaces.ethernet1/8.zone": "internet"},
    ),
    ("            interface ae1;", "", {"interfaces.ae1.vrf": None}),
    ("                mode enabled;", "                mode disabled;", {"services.dhcp-server.enabled": False}),
    ("                  source kantoornet;", "                  source any;", {f"{RULE}.any_source": True}),
    (
        "                  application [ ssl web-browsing ];",
        "                  application any;",
        {f"{RULE}.any_service": True},
    ),
    ("                      vulnerability strict;\n", "", {f"{RULE}.threat_profiles": ["antivirus", "url"]}),
    ("                  disabled yes;", "                  disabled no;", {"firewall_rules.oud.enabled": True}),
    ("                  action drop;", "                  action allow;", {"firewall_rules.slot.action": "allow"}),
    ("                  log-start yes;", "", {"firewall_rules.slot.logged": False}),
    ("                  log-end yes;", "", {"firewall_rules.interzone-default.logged": False}),
    (
        "                          authentication provider;",
        "",
        {"routing.bgp_neighbours.203.0.113.1.authentication": "none"},
    ),
    (
        "                        max-prefixes 1000;",
        "                        max-prefixes unlimited;",
        {"routing.bgp_neighbours.203.0.113.1.maximum_prefixes": None},
    ),
    ("                        used-by provider;", "", {"routing.bgp_neighbours.203.0.113.1.filtered_in": False}),
    (
        "                        authentication intern;",
        "",
        {"routing.interfaces.ospf ethernet1/2.100.authentication": "none"},
    ),
    ("                hash sha384;", "                hash md5;", {"vpn_proposals.ikev2 sterk.hashes": ["md5"]}),
    (
        "                version ikev2;",
        "                version ikev2-preferred;",
        {"vpn_proposals.ikev1 default": NEW},
    ),
    (
        '        not-valid-after "Jan  5 09:00:00 2027 GMT";',
        '        not-valid-after "Jan  5 09:00:00 2026 GMT";',
        {"certificates.beheer-2026.not_after": "2026-01-05T09:00:00Z"},
    ),
    ("          enabled yes;", "          enabled no;", {"high_availability.enabled": False}),
]


@pytest.mark.parametrize(("old", "new", "expected"), FIREWALL, ids=[row[0].strip()[:40] for row in FIREWALL])
def test_a_line_of_the_firewall(old, new, expected):
    outputs = {COMMAND: recording("paloalto_panos", "firewall")}
    compare(changes("paloalto_panos", outputs, COMMAND, old, new), expected)
