"""One changed line changes the facts that it is about, and no other."""

import pytest

from tests.platforms.vendors import GONE, NEW, SOMEHOW, changes, compare, recording

COMMAND = "show configuration"
PORT = "interfaces.ge-0/0/0"

FIREWALL = [
    ("    host-name ams-fw-rand-01;", "    host-name ams-fw-rand-02;", {"device.hostname": "ams-fw-rand-02"}),
    ("    domain-name beheer.voorbeeld.nl;\n", "", {"device.domain": None}),
    (" by j.devries\n", " by extern\n", {"configuration.last_changed_by": "extern"}),
    ("                transfer-on-commit;".strip(), "", {"configuration.archive_on_save": False}),
    ("            protocol-version v2;", "            protocol-version [ v1 v2 ];", {"management.ssh.version": 1}),
    (
        "            ciphers [ aes256-gcm@openssh.com aes256-ctr ];",
        "            ciphers 3des-cbc;",
        {"management.ssh.ciphers": ["3des-cbc"]},
    ),
    (
        "            no-challenge-response;\n",
        "",
        {"management.ssh.authentication_methods": ["publickey", "password", "keyboard-interactive"]},
    ),
    (
        "        netconf {",
        "        telnet;\n        netconf {",
        {"management.telnet.enabled": True, "management.lines.vty.transports": ["ssh", "telnet"]},
    ),
    (
        "            https {",
        "            http {",
        {"management.http.enabled": True, "management.http.https_enabled": False},
    ),
    ("            maximum-time 60;", "            maximum-time 120;", {"management.ssh.timeout_seconds": 120}),
    (
        "            idle-timeout 10;",
        "            idle-timeout 30;",
        {"management.lines.vty.idle_timeout_seconds": 1800, "management.lines.console.idle_timeout_seconds": 1800},
    ),
    (
        "            lockout-period 15;",
        "            lockout-period 30;",
        {"management.login_protection.block_seconds": 1800},
    ),
    ("            minimum-length 14;", "            minimum-length 8;", {"password_rules.minimum_length": 8}),
    ("            insecure;", "", {"password_rules.recovery_enabled": True}),
    ('announcement "Welkom op de rand.";', "", {"banners.exec": None}),
    ('"$6$Nood2026$', '"$1$Nood2026$', {"users.noodtoegang.password_storage": "type5_md5"}),
    (
        "            uid 2001;\n            class meekijker;",
        "            class beheerder;",
        {"users.auditor.roles": ["beheerder"]},
    ),
    (
        "    authentication-order [ tacplus password ];",
        "    authentication-order [ tacplus ];",
        {"aaa.authentication.login default.methods": ["group tacacs+"]},
    ),
    (
        "        events [ login change-log interactive-commands ];",
        "        events [ login change-log ];",
        {"aaa.accounting.commands default": GONE},
    ),
    (
        "            any info;\n            authorization info;",
        "            any error;\n            authorization info;",
        {"logging.servers.192.0.2.50.level": 3, "logging.server_level": 3},
    ),
    ("            transport tls;", "            transport tcp;", {"logging.servers.192.0.2.51.transport": "tcp"}),
    ("        time-format year millisecond;", "        time-format year;", {"logging.timestamps.milliseconds": False}),
    (
        "        trusted-key 7;",
        "        trusted-key 8;",
        {
            "clock.keys.7.trusted": False,
            "clock.servers.192.0.2.90.authenticated": False,
            "clock.servers.192.0.2.91.authenticated": False,
        },
    ),
    ("192.0.2.90 key 7 prefer routing", "192.0.2.90 key 7 routing", {"clock.servers.192.0.2.90.preferred": False}),
    (
        "    time-zone Europe/Amsterdam;",
        "    time-zone Asia/Kolkata;",
        {"clock.timezone": "Asia/Kolkata", "clock.timezone_offset_minutes": 330},
    ),
    (
        "                    authentication-sha256 {",
        "                    authentication-md5 {",
        {"snmp.users.bewaking.authentication": "md5", "password_rules.weak_secrets": SOMEHOW},
    ),
    (
        "                    privacy-aes128 {",
        "                    privacy-des {",
        {"snmp.users.bewaking.privacy": "des", "password_rules.weak_secrets": SOMEHOW},
    ),
    (
        '        description "Uplink provider A";',
        "        disable;",
        {f"{PORT}.description": None, f"{PORT}.enabled": False},
    ),
    ("                rpf-check;", "                rpf-check { mode loose; }", {f"{PORT}.unicast_rpf": "loose"}),
    ("                no-redirects;", "", {f"{PORT}.redirects": True}),
    (
        "                    input RAND-IN;",
        "                    output RAND-IN;",
        {f"{PORT}.access_list_in": None, f"{PORT}.access_list_out": "RAND-IN"},
    ),
    ("                            ike;", "                            all;", {f"{PORT}.management_access": ["all"]}),
    ("                        session-close;\n", "", {"firewall_rules.kantoor to internet: web.logged": False}),
    (
        "                    source-address kantoornet;",
        "                    source-address any;",
        {"firewall_rules.kantoor to internet: web.any_source": True},
    ),
    (
        "                            utm-policy webfilter;",
        "",
        {"firewall_rules.kantoor to internet: web.threat_profiles": ["idp-policy"]},
    ),
    ("            screen rand;", "            screen ander;", {}),
    (
        "                                maximum 1000;".strip(),
        "maximum 5;",
        {"routing.bgp_neighbours.203.0.113.1.maximum_prefixes": 5},
    ),
    ("            import PROVIDER-IN;\n", "", {"routing.bgp_neighbours.203.0.113.1.filtered_in": False}),
    (
        '                    md5 1 key "$9$ospfospfospfospf"; ## SECRET-DATA',
        '                    simple-password "$9$ospfospfospfospf";',
        {"routing.interfaces.ospf ae0.100.authentication": "plain", "password_rules.weak_secrets": SOMEHOW},
    ),
    (
        "                        authentication-type md5;\n",
        "",
        {"routing.first_hop_groups.ge-0/0/5.0 vrrp 10.authentication": "none"},
    ),
    ("                    syslog;\n", "", {"access_lists.BESCHERM-RE.denials_logged": False}),
    (
        "            encryption-algorithm aes-256-gcm;\n            lifetime",
        "            encryption-algorithm 3des-cbc;\n            lifetime",
        {"vpn_proposals.ikev2 STERK.ciphers": ["3des-cbc"]},
    ),
    ("            version v2-only;\n", "", {"vpn_proposals.ikev2 STERK": GONE, "vpn_proposals.ikev1 STERK": NEW}),
    (
        "        interface ge-0/0/5;",
        "",
        {"interfaces.ge-0/0/5.lldp_transmit": False, "interfaces.ge-0/0/5.lldp_receive": False},
    ),
    ("                192.0.2.53;\n", "", {}),
]

SWITCH = [
    ("        ftp;\n", "", {"services.ftp.enabled": False}),
    ("    auto-image-upgrade;\n", "    aggregated-devices;\n", {}),
    (
        "    community public {",
        "    community Nergens-Te-Raden {",
        {"snmp.communities.community 1.is_default_name": False},
    ),
    (
        "        authorization read-write;",
        "        authorization read-only;",
        {"snmp.communities.community 2.access": "read"},
    ),
    ("        version v2;", "        version v1;", {"snmp.hosts.192.0.2.80.version": "1"}),
    ("        server 192.0.2.90;\n", "", {"clock.servers.192.0.2.90": GONE}),
    ("        native-vlan-id 999;\n", "", {"interfaces.xe-0/2/0.native_vlan": None}),
    (
        "                    members [ kantoor telefonie 40-42 ];",
        "                    members kantoor;",
        {"interfaces.xe-0/2/0.allowed_vlans": "10"},
    ),
    ("            no-root-port;\n", "", {"interfaces.xe-0/2/1.root_guard": False}),
    ("            2;\n", "            5;\n", {"interfaces.ge-0/0/23.port_security_maximum": 5}),
    (
        "                arp-inspection;\n",
        "",
        {"vlans.10.arp_inspection": False, "arp_inspection.enabled": False, "arp_inspection.vlans": []},
    ),
]


@pytest.mark.parametrize(("old", "new", "expected"), FIREWALL, ids=[row[0].strip()[:40] for row in FIREWALL])
def test_a_line_of_the_firewall(old, new, expected):
    compare(changes("juniper_junos", {COMMAND: recording("juniper_junos", "firewall")}, COMMAND, old, new), expected)


@pytest.mark.parametrize(("old", "new", "expected"), SWITCH, ids=[row[0].strip()[:40] for row in SWITCH])
def test_a_line_of_the_switch(old, new, expected):
    compare(changes("juniper_junos", {COMMAND: recording("juniper_junos", "switch")}, COMMAND, old, new), expected)
