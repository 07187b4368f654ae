"""One changed line changes the facts that it is about, and no other."""

import pytest

from tests.platforms.vendors import GONE, NEW, SOMEHOW, changes, compare, recording

COMMAND = "show full-configuration"
RULE = "firewall_rules.1 kantoor-internet"

FULL = [
    ('    set hostname "zw-fw-rand-01"', '    set hostname "zw-fw-rand-02"', {"device.hostname": "zw-fw-rand-02"}),
    ('    set domain "voorbeeld.nl"', "", {"device.domain": None}),
    ("    set admin-ssh-v1 disable", "    set admin-ssh-v1 enable", {"management.ssh.version": 1}),
    ("    set admin-ssh-grace-time 60", "    set admin-ssh-grace-time 120", {"management.ssh.timeout_seconds": 120}),
    (
        "    set admin-ssh-password enable",
        "    set admin-ssh-password disable",
        {"management.ssh.authentication_methods": ["publickey"]},
    ),
    (
        "    set ssh-enc-algo chacha20-poly1305@openssh.com aes256-ctr aes256-gcm@openssh.com",
        "    set ssh-enc-algo aes128-cbc",
        {"management.ssh.ciphers": ["aes128-cbc"]},
    ),
    (
        "    set admintimeout 10",
        "    set admintimeout 480",
        {
            "management.lines.cli.idle_timeout_seconds": 28_800,
            "management.lines.console.idle_timeout_seconds": 28_800,
        },
    ),
    (
        "    set admin-console-timeout 0",
        "    set admin-console-timeout 120",
        {"management.lines.console.idle_timeout_seconds": 120},
    ),
    (
        "    set admin-https-ssl-versions tlsv1-2 tlsv1-3",
        "    set admin-https-ssl-versions tlsv1-1",
        {"management.http.tls_versions": ["1.1"]},
    ),
    (
        "    set admin-lockout-duration 300",
        "    set admin-lockout-duration 60",
        {"management.login_protection.block_seconds": 60},
    ),
    (
        "    set admin-lockout-threshold 3",
        "    set admin-lockout-threshold 10",
        {"management.login_protection.attempts": 10, "password_rules.lockout_attempts": 10},
    ),
    (
        "    set apply-to admin-password ipsec-preshared-key",
        "    set apply-to ipsec-preshared-key",
        {
            "password_rules.minimum_length": None,
            "password_rules.complexity": False,
            "password_rules.maximum_age_days": None,
        },
    ),
    (
        "            set maximum-prefix 1000",
        "            set maximum-prefix 1000\n            set maximum-prefix-warning-only enable",
        {"routing.bgp_neighbours.203.0.113.9.maximum_prefixes": None},
    ),
    ("    set pre-login-banner enable", "    set pre-login-banner disable", {"banners.login": None}),
    (
        "    set revision-backup-on-logout enable",
        "    set revision-backup-on-logout disable",
        {"configuration.archive_on_save": False},
    ),
    ("    set cfg-save automatic", "    set cfg-save manual", {"configuration.saved_matches_running": "unknown"}),
    (
        "    set auto-install-config disable",
        "    set auto-install-config enable",
        {"configuration.automatic_download": True},
    ),
    (
        '    set timezone "Europe/Amsterdam"',
        '    set timezone "UTC"',
        {"clock.timezone": "UTC", "clock.timezone_offset_minutes": 0},
    ),
    (
        "        set allowaccess ping https ssh snmp",
        "        set allowaccess ping https ssh",
        {"interfaces.dmz.management_access": ["ping", "https", "ssh"], "snmp.enabled": False},
    ),
    ('        set alias "Provider A"', "", {"interfaces.wan1.description": None}),
    ("        set allowaccess telnet", "", {"interfaces.internal2.management_access": []}),
    ("        set src-check disable", "        set src-check enable", {"interfaces.internal2.unicast_rpf": "strict"}),
    (
        "        set lldp-transmission enable",
        "        set lldp-transmission disable",
        {"interfaces.dmz.lldp_transmit": False, "services.lldp.enabled": False},
    ),
    ("        set vlanid 10", "        set vlanid 20", {"vlans.10": GONE, "vlans.20": NEW}),
    (
        '        set member "internal1"\n',
        "",
        {"interfaces.internal1.mode": "routed", "interfaces.internal1.aggregate": None},
    ),
    (
        "    set strict-src-check enable",
        "    set strict-src-check disable",
        {f"interfaces.{name}.unicast_rpf": "loose" for name in ("wan1", "dmz", "internal1", "lag1", "kantoor")},
    ),
    ('        set interface "kantoor"\n        set default', "        set default", {}),
    ("    set minimum-length 14", "    set minimum-length 8", {"password_rules.minimum_length": 8}),
    ("    set expire-status enable", "    set expire-status disable", {"password_rules.maximum_age_days": None}),
    (
        "        set two-factor fortitoken",
        "        set two-factor disable",
        {"users.noodtoegang.second_factor": False},
    ),
    (
        "        set trusthost2 198.51.100.7 255.255.255.255",
        "        set trusthost2 0.0.0.0 0.0.0.0",
        {"users.noodtoegang.trusted_sources": ["192.0.2.0/24"]},
    ),
    ("ENC PB2Rk3s", "ENC SH2Rk3s", {"users.noodtoegang.password_storage": "unknown_type"}),
    (
        '        set accprofile "alleen-lezen"',
        '        set accprofile "super_admin"',
        {"users.auditor.roles": ["super_admin"]},
    ),
    ("        set wildcard enable", "        set wildcard disable", {}),
    (
        '        set member "tac-1"',
        '        set member "gast"',
        {"aaa.server_groups.beheerders": GONE, "aaa.server_groups": []},
    ),
    (
        "        set auth-proto sha256",
        "        set auth-proto md5",
        {"snmp.users.bewaking.authentication": "md5"},
    ),
    (
        "        set security-level auth-priv",
        "        set security-level auth-no-priv",
        {
            "snmp.users.bewaking.security_level": "auth",
            "snmp.users.bewaking.privacy": "none",
            "snmp.hosts.192.0.2.80.security_level": "auth",
        },
    ),
    (
        "            set authentication enable",
        "            set authentication disable",
        {
            "clock.servers.192.0.2.90.authenticated": False,
            "clock.servers.192.0.2.90.key_id": None,
            "clock.authentication_enabled": False,
        },
    ),
    ("    set enc-algorithm high", "    set enc-algorithm disable", {"logging.servers.192.0.2.50.transport": "tcp"}),
    (
        "    set severity warning",
        "    set severity debug",
        {"logging.servers.192.0.2.51.level": 7, "logging.server_level": 6},
    ),
    ("    set port 6514", "    set port 514", {"logging.servers.192.0.2.50.port": 514}),
    (
        "    set system enable",
        "    set system disable",
        {
            f"{path}": False
            for path in (
                "logging.login_success",
                "logging.login_failure",
                "logging.configuration_changes",
                "configuration.change_log_enabled",
                "configuration.change_log_to_syslog",
            )
        },
    ),
    (
        "    set fwpolicy-implicit-log enable",
        "    set fwpolicy-implicit-log disable",
        {"firewall_rules.0 implicit deny.logged": False},
    ),
    ('        set srcaddr "kantoornet"', '        set srcaddr "overal"', {f"{RULE}.any_source": True}),
    ('        set service "HTTP" "HTTPS"', '        set service "ALL"', {f"{RULE}.any_service": True}),
    (
        '        set ips-sensor "default"',
        "        set ips-sensor ''",
        {f"{RULE}.threat_profiles": ["antivirus", "url"]},
    ),
    ("        set utm-status enable", "        set utm-status disable", {f"{RULE}.threat_profiles": []}),
    (
        "        set logtraffic utm",
        "        set logtraffic all",
        {"firewall_rules.2 tijdelijk.logged": True},
    ),
    ("        set action deny", "        set action accept", {"firewall_rules.9 slot.action": "allow"}),
    ("        set subnet 10.10.10.0 255.255.255.0", "        set subnet 0.0.0.0 0.0.0.0", {f"{RULE}.any_source": True}),
    (
        "        set proposal 3des-sha1",
        "        set proposal aes128-sha1",
        {"vpn_proposals.ikev1 oud.ciphers": ["aes128"]},
    ),
    (
        "        set ike-version 2",
        "        set ike-version 1",
        {"vpn_proposals.ikev2 filiaal": GONE, "vpn_proposals.ikev1 filiaal": NEW},
    ),
    (
        "            set password ENC bgpExample12=\n",
        "",
        {"routing.bgp_neighbours.203.0.113.9.authentication": "none", "password_rules.weak_secrets": SOMEHOW},
    ),
    ('            set route-map-in "provider-in"\n', "", {"routing.bgp_neighbours.203.0.113.9.filtered_in": False}),
    (
        "            set authentication md5",
        "            set authentication text",
        {
            "routing.ospf_areas.ospf area 0.0.0.0.authentication": "plain",
            "routing.interfaces.ospf dmz.authentication": "plain",
            "routing.interfaces.ospf kantoor.authentication": "plain",
        },
    ),
    ('    set passive-interface "dmz"', "", {"routing.interfaces.ospf dmz.passive": False}),
    ("    set mode a-p", "    set mode standalone", {"high_availability.enabled": False}),
    (
        "        set broadcast-forward disable\n        set icmp-send-redirect disable\n        set lldp-reception disable",
        "        set lldp-reception disable",
        {"interfaces.wan1.directed_broadcast": "unknown", "interfaces.wan1.redirects": "unknown"},
    ),
]


@pytest.mark.parametrize(("old", "new", "expected"), FULL, ids=[row[0].strip()[:40] for row in FULL])
def test_a_line_of_the_firewall(old, new, expected):
    outputs = {COMMAND: recording("fortinet_fortios", "firewall_full")}
    compare(changes("fortinet_fortios", outputs, COMMAND, old, new), expected)
