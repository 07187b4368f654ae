"""The hardened switch in ``strict.txt``: what it lacks, and what each weakened line of it fails."""

import base64

from tests.platforms.hardened import OUTSIDE, Hardened
from tests.platforms.vendors import recording

RUNNING, SAVED = "show running-config", "show startup-config"
LOG, TIME, VERSION = "show logging", "show ntp associations", "show version"
KEY = "show management ssh hostkey rsa public"


def _wire(*fields: bytes) -> bytes:
    return b"".join(len(field).to_bytes(4, "big") + field for field in fields)


SHORT_KEY = _wire(b"ssh-rsa", b"\1\0\1", (2**2047 + 1).to_bytes(257, "big"))

WEAK = {"time-keys-strong"}
"""EOS has no better keys for time than SHA-1."""

ALWAYS = {
    "configuration-download-off",
    "control-plane-policed",
    "https-login-personal",
    "ports-negotiation-off",
    "services-legacy-off",
    "ssh-version-2",
}
"""EOS meets these whatever is configured: it lacks what they forbid, or has what they ask by itself."""

NOT_ASKED = {
    "lines-aux-closed",
    "logging-buffer-kept",
    "logging-collectors-reached",
    "snmp-community-not-default",
    "vlans-dhcp-snooped",
}
"""Not applicable to this switch: it has no such port or community, or EOS does not tell."""

LINES = [
    ("tacacs-server key 8a ", "tacacs-server key 7 ", "aaa-servers-keyed secrets-stored-safely"),
    (
        "   20 deny any log\n!\nip access-list standard BEWAKING",
        "!\nip access-list standard BEWAKING",
        "access-lists-denials-logged",
    ),
    ("Alleen voor bevoegde beheerders. Handelingen worden vastgelegd.", "Welkom", "banner-login-shown"),
    ("   neighbor 203.0.113.0 ttl maximum-hops 1\n", "", "bgp-hops-limited"),
    ("   neighbor 203.0.113.0 password 8a Ab1xYz0987654321QwErTy\n", "", "bgp-neighbours-authenticated"),
    ("   neighbor 203.0.113.0 password 8a ", "   neighbor 203.0.113.0 password 7 ", "secrets-stored-safely"),
    ("   neighbor 203.0.113.0 maximum-routes 1000", "   neighbor 203.0.113.0 maximum-routes 0", "bgp-prefixes-limited"),
    ("   neighbor 203.0.113.0 prefix-list VAN-BUUR in\n", "", "bgp-routes-filtered"),
    (
        "aaa accounting commands all default start-stop group BEHEERDERS logging\n",
        "",
        "commands-accounted logging-changes-recorded",
    ),
    (
        "aaa accounting commands all default start-stop group BEHEERDERS logging",
        "aaa accounting commands all default start-stop group BEHEERDERS",
        "logging-changes-recorded",
    ),
    ("aaa authorization exec default group BEHEERDERS local\n", "", "commands-authorised"),
    (
        "aaa authorization commands all default group BEHEERDERS local",
        "aaa authorization commands all default local",
        "commands-authorised",
    ),
    ("   trigger on-startup-config\n", "   trigger on-boot\n", "configuration-archived"),
    ("   vrrp 10 peer authentication ietf-md5 key-string 8a Ab1xYz0987654321QwErTy\n", "", "gateways-authenticated"),
    ("      ip access-group BEHEER-IN\n", "", "https-sources-limited"),
    ("      tls versions 1.2 1.3", "      tls versions 1.0 1.2", "https-tls-current"),
    ("no ip icmp redirect\n", "", "interfaces-detours-off"),
    ("   ip address 198.51.100.2/24\n", "   ip address 198.51.100.2/24\n   ip proxy-arp\n", "interfaces-detours-off"),
    (
        "   ip access-group RAND-IN in\n   no lldp transmit\n",
        "   ip access-group RAND-IN in\n",
        "internet-discovery-quiet",
    ),
    ("   ip access-group RAND-IN in\n", "", "internet-interfaces-filtered"),
    ("   ip verify unicast source reachable-via rx\n", "", "internet-sources-verified"),
    ("   idle-timeout 5\n", "", "lines-idle-timeout-short"),
    ("   idle-timeout 10\n", "   idle-timeout 60\n", "lines-idle-timeout-short"),
    (
        "aaa authentication enable default",
        "aaa authentication login console none\naaa authentication enable default",
        "lines-login-personal",
    ),
    (
        "management console\n",
        "management telnet\n   no shutdown\n!\nmanagement console\n",
        "lines-idle-timeout-short lines-ssh-only management-sources-limited",
    ),
    (
        "   description glasvezel naar gem-rand-01\n   mac security profile BUITEN\n",
        "   description glasvezel naar gem-rand-01\n",
        "links-outside-encrypted",
    ),
    ("logging vrf BEHEER host 192.0.2.51 6514 protocol tls ssl-profile SYSLOG\n", "", "logging-collectors-used"),
    (
        "logging vrf BEHEER host 192.0.2.51 6514 protocol tls ssl-profile SYSLOG\n",
        "logging vrf BEHEER host 192.0.2.51\n",
        "logging-transport-encrypted",
    ),
    ("logging trap informational", "logging trap warnings", "logging-collectors-used"),
    ("aaa authentication policy on-failure log\n", "", "logging-logins-recorded"),
    ("logging format timestamp high-resolution\n", "", "logging-timestamps-complete"),
    (
        "aaa authentication login default group BEHEERDERS local",
        "aaa authentication login default local",
        "login-aaa-central",
    ),
    (
        "aaa authentication login default group BEHEERDERS local",
        "aaa authentication login default group BEHEERDERS",
        "login-aaa-central",
    ),
    ("   server 192.0.2.71 vrf BEHEER\n", "", "login-aaa-central"),
    (
        "policy lockout failure 5 window 900 duration 300",
        "policy lockout failure 50 duration 300",
        "login-guessing-blocked",
    ),
    ("logging vrf BEHEER source-interface Management1\n", "", "management-source-fixed"),
    ("ntp local-interface vrf BEHEER Management1\n", "", "management-source-fixed"),
    ("ip tacacs vrf BEHEER source-interface Management1\n", "", "management-source-fixed"),
    ("snmp-server vrf BEHEER local-interface Management1\n", "", "management-source-fixed"),
    ("   ip access-group BEHEER-IN vrf BEHEER in\n", "", "management-sources-limited"),
    ("   10 permit 192.0.2.64/27\n", "   10 permit any\n", "https-sources-limited management-sources-limited"),
    (
        "   shutdown\n   !\n   vrf BEHEER\n      no shutdown\n!\nend",
        "   !\n   vrf BEHEER\n      no shutdown\n!\nend",
        "management-sources-limited",
    ),
    ("   password policy STERK\n!\nmanagement api", "!\nmanagement api", "passwords-complexity-demanded"),
    ("dot1x system-auth-control\n", "", "ports-authenticated"),
    ("   dot1x port-control auto\n", "", "ports-authenticated"),
    ("spanning-tree edge-port bpduguard default\n", "", "ports-bpdu-guarded"),
    ("   description balie 0.12 A\n", "", "ports-described"),
    ("   spanning-tree portfast\n   no lldp transmit\n", "   spanning-tree portfast\n", "ports-discovery-quiet"),
    ("   spanning-tree portfast\n   no lldp transmit\n", "   no lldp transmit\n", "ports-bpdu-guarded"),
    ("   ip verify source\n", "   ip arp inspection trust\n   ip verify source\n", "ports-snooping-untrusted"),
    ("   ip verify source\n", "", "ports-sources-guarded"),
    ("   storm-control broadcast level 1\n", "", "ports-storms-limited"),
    (
        "   description Niet in gebruik\n   shutdown\n",
        "   description Niet in gebruik\n",
        "ports-authenticated ports-bpdu-guarded ports-discovery-quiet ports-sources-guarded ports-storms-limited ports-unused-closed vlans-arp-inspected",
    ),
    ("   switchport access vlan 10\n", "", "ports-vlan-1-unused vlans-arp-inspected"),
    ("aaa authentication enable default group BEHEERDERS local\n", "", "privileged-mode-central"),
    ("enable password sha512 $6$Yt3mB7vCx1zQ9kLp", "enable password 5 $1$Yt3mB7vCx1zQ9kLp", "secrets-stored-safely"),
    (
        "management console\n",
        "management api netconf\n   transport ssh default\n!\nmanagement console\n",
        "programming-interfaces-declared",
    ),
    ("   ip ospf authentication message-digest\n", "", "routing-neighbours-authenticated"),
    ("   password encryption reversible aes-256-gcm\n", "", "secrets-master-key-set"),
    (
        "username noodtoegang privilege 15 role network-admin secret sha512 $6$",
        "username noodtoegang privilege 15 role network-admin secret 5 $1$",
        "secrets-stored-safely",
    ),
    (
        "username noodtoegang privilege 15 role network-admin secret sha512 $6$",
        "username admin privilege 15 role network-admin secret sha512 $6$",
        "users-default-absent",
    ),
    ("no aaa root\n", "aaa root secret sha512 $6$x$y\n", "users-declared-only users-default-absent"),
    ("ip tacacs vrf", "ip domain proxy\nip tacacs vrf", "services-unneeded-off"),
    ("aaa accounting exec default start-stop group BEHEERDERS\n", "", "sessions-accounted"),
    (
        "snmp-server vrf BEHEER\n",
        "snmp-server vrf BEHEER\nsnmp-server community public ro\n",
        "snmp-community-not-default snmp-version-3-encrypted snmp-views-limited",
    ),
    (
        "snmp-server vrf BEHEER\n",
        "snmp-server vrf BEHEER\nsnmp-server community wijzig view ZICHT rw\n",
        "snmp-version-3-encrypted snmp-write-absent",
    ),
    ("snmp-server ipv4 access-list BEWAKING vrf BEHEER\n", "", "snmp-sources-limited"),
    ("auth sha256 5f", "auth sha 5f", "snmp-users-sha-2"),
    ("auth sha256 5f", "auth md5 5f", "snmp-users-sha-2 snmp-version-3-encrypted"),
    ("group OPZICHT v3 priv read", "group OPZICHT v3 auth read", "snmp-version-3-encrypted"),
    ("priv read ZICHT", "priv read ZICHT write ZICHT", "snmp-write-absent"),
    ("priv read ZICHT", "priv", "snmp-views-limited"),
    ("! boot system flash:/", "! boot system https://192.0.2.1/", "software-image-local"),
    ("   cipher aes256-gcm@openssh.com aes256-ctr", "   cipher aes256-cbc", "ssh-algorithms-strong"),
    ("   mac hmac-sha2-512", "   mac hmac-sha1", "ssh-algorithms-strong"),
    ("   key-exchange ecdh-sha2-nistp521", "   key-exchange diffie-hellman-group1-sha1", "ssh-algorithms-strong"),
    ("   login timeout 60", "   login timeout 300", "ssh-login-limited"),
    ("ntp authenticate servers\n", "", "time-servers-authenticated"),
    (
        "ntp server vrf BEHEER 192.0.2.91 iburst key 7\n",
        "ntp server vrf BEHEER 192.0.2.91 iburst\n",
        "time-servers-authenticated",
    ),
    ("ntp server vrf BEHEER 192.0.2.91 iburst key 7\n", "", "time-servers-authenticated"),
    ("spanning-tree guard loop default\n", "", "trunks-loop-guarded"),
    ("   switchport trunk native vlan 999\n", "", "trunks-native-vlan-unused"),
    ("   switchport trunk allowed vlan 10,99\n", "", "trunks-vlans-listed"),
    ("username noodtoegang", "username tweede secret sha512 $6$a$b\nusername noodtoegang", "users-declared-only"),
    ("interface Vlan1\n   shutdown\n", "interface Vlan1\n   ip address 198.51.100.129/25\n", "vlan-1-unaddressed"),
    ("ip arp inspection vlan 10\n", "", "vlans-arp-inspected"),
    ("      dh-group 20", "      dh-group 2", "vpn-proposals-strong"),
    ("      esp encryption aes256gcm128", "      esp encryption 3des", "vpn-proposals-strong"),
    (
        "   password encryption reversible aes-256-gcm\n",
        "   password encryption-key common\n   password encryption reversible aes-256-gcm\n",
        "aaa-servers-keyed secrets-master-key-set secrets-stored-safely",
    ),
    (
        "boot secret sha512 $6$Wq8xN2kLr5vT0pYz$5mC1bQ7eRk9sXh3uJd6fWg2aVn8yPo4tLi0zEr7cMq1vBx5wKs9jGu3hDf6nTa2pYo8lRi4eZc0mXq7vWb1kJs\n",
        "",
        "recovery-console-blocked",
    ),
    (
        "enable password sha512 $6$Yt3mB7vCx1zQ9kLp$0aWs8eDr4fTg6yHu2jIk1oLp5mNb7vCx3zQa9sWd0eRf8tGy4uHj6iKo2lPm1nBv5cXz7aQs3wEd9rFt0gYh8\n",
        "",
        "privileged-mode-secret-set",
    ),
    (
        "      minimum digits 1\n      minimum length 14\n      minimum lower 1\n      minimum special 1\n",
        "      minimum length 14\n      minimum lower 1\n",
        "passwords-complexity-demanded",
    ),
    (
        "   password minimum length 14\n   password encryption reversible aes-256-gcm\n   password policy STERK\n      minimum digits 1\n      minimum length 14\n",
        "   password encryption reversible aes-256-gcm\n   password policy STERK\n      minimum digits 1\n",
        "passwords-length-demanded",
    ),
    ("logging vrf BEHEER host 192.0.2.51", "logging host 192.0.2.51", "management-instance-own"),
]

ANSWERS = [
    (
        KEY,
        recording("arista_eos", KEY.replace(" ", "_")),
        f"ssh-rsa {base64.b64encode(SHORT_KEY).decode()}\n",
        "ssh-host-keys-strong",
    ),
    (
        RUNNING,
        "   shutdown\n   !\n   vrf BEHEER\n      no shutdown\n      ip",
        "   no shutdown\n   !\n   vrf BEHEER\n      no shutdown\n      ip",
        "https-sources-limited",
    ),
    (SAVED, "login timeout 60", "login timeout 30", "configuration-saved"),
    (
        "show management api http-commands",
        "HTTP server:        shutdown",
        "HTTP server:        running",
        "http-without-tls-off",
    ),
    ("show management security ssl certificate", "Nov 12 03:12:40 2026", "Mar 12 03:12:40 2026", "certificates-valid"),
    ("show management security ssl certificate", "Nov 12 03:02:40 2025", "Apr 12 03:02:40 2026", "certificates-valid"),
    ("show mlag", "Connected", "Connecting", "failover-ready"),
    ("show mlag", "consistent", "inconsistent", "failover-ready"),
    (LOG, "Configured from console by j.devries", "Configured from console by admin", "configuration-changes-named"),
    (LOG, "Console logging: level critical", "Console logging: level errors", "logging-console-quiet"),
    (LOG, "Sequence numbers: enabled", "Sequence numbers: disabled", "logging-lines-numbered"),
    (TIME, "-0.214", "-814.2", "time-clock-accurate"),
    (TIME, "401 1024  377", "401 1024    0", "time-servers-reached"),
    (
        "show ntp status",
        "synchronised to NTP server (192.0.2.90) at stratum 3",
        "unsynchronised",
        "time-clock-accurate time-servers-authenticated",
    ),
    ("show version", "Uptime: 8 weeks", "Uptime: 3 years, 8 weeks", "software-started-lately"),
    ("show version", "Software image version: 4.32.4M", "Software image version: 4.20.1F", "software-release-approved"),
    (
        "show management telnet",
        "Telnet status for Default VRF is disabled",
        "Telnet status for Default VRF is enabled",
        "",
    ),
]

HARDENED = Hardened(
    platform="arista_eos",
    target={"name": "gem-toegang-02"} | OUTSIDE,
    params={"network-management-instance-own": {"instances": ["BEHEER"]}},
    files={SAVED: "strict"},
    repairs=[
        (LOG, "Console logging: level errors", "Console logging: level critical"),
        (VERSION, "version: 4.28.3M", "version: 4.32.4M"),
    ],
    lines=LINES,
    answers=ANSWERS,
    weak=WEAK,
    unfailed=ALWAYS | {"spanning-tree-rapid"},
    not_asked=NOT_ASKED,
    rested_on={
        RUNNING,
        SAVED,
        KEY,
        LOG,
        TIME,
        VERSION,
        "show management security ssl certificate",
        "show mlag",
        "show ntp status",
    },
    told_without_configuration={
        "certificates-valid",
        "software-release-approved",
        "software-started-lately",
        "time-clock-accurate",
        "configuration-changes-named",
        "failover-ready",
        "logging-console-quiet",
        "logging-lines-numbered",
        "http-without-tls-off",
    },
)
