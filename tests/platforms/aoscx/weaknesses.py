"""The hardened switch in ``strict.txt``: what it lacks, and what each weakened line of it fails."""

from tests.platforms.hardened import OUTSIDE, Hardened

RUNNING, SAVED = "show running-config", "show startup-config"
STATUS, PEERS, SSH, KEYS = "show ntp status", "show ntp associations", "show ssh server all-vrfs", "show ssh host-key"
VERSION, SYSTEM, PORTS = "show version", "show system", "show interface brief"

WEAK = {"links-outside-encrypted", "time-keys-strong"}
"""AOS-CX has no better keys for time than SHA-1, and its management port does not encrypt."""

ALWAYS = {
    "configuration-archived",
    "configuration-download-off",
    "control-plane-policed",
    "http-without-tls-off",
    "https-login-personal",
    "https-tls-current",
    "lines-login-personal",
    "logging-logins-recorded",
    "logging-timestamps-complete",
    "ports-negotiation-off",
    "programming-interfaces-declared",
    "services-legacy-off",
    "services-unneeded-off",
    "software-image-local",
    "spanning-tree-rapid",
    "ssh-version-2",
}
"""AOS-CX meets these whatever is configured: it lacks what they forbid, or has what they ask by itself. Its REST interface
comes with its web server: a site that keeps that declares it.
"""

NOT_ASKED = {
    "access-lists-denials-logged",
    "certificates-valid",
    "configuration-changes-named",
    "gateways-authenticated",
    "lines-aux-closed",
    "logging-buffer-kept",
    "logging-collectors-reached",
    "snmp-community-not-default",
    "snmp-views-limited",
    "users-default-absent",
    "vpn-proposals-strong",
}
"""Not applicable to this switch: it has no such list, gateway, port or community, or AOS-CX does not tell."""

LINES = [
    ("aaa authentication login default group BEHEER-TAC local\n", "", "login-aaa-central"),
    (
        "aaa authentication login default group BEHEER-TAC local",
        "aaa authentication login default local",
        "login-aaa-central",
    ),
    ("    server 192.0.2.71 vrf mgmt\n", "", "login-aaa-central"),
    ("aaa authorization commands default group BEHEER-TAC local\n", "", "commands-authorised"),
    (
        "aaa authorization commands default group BEHEER-TAC local",
        "aaa authorization commands default none",
        "commands-authorised",
    ),
    (
        "aaa accounting all-mgmt default start-stop group BEHEER-TAC local\n",
        "",
        "commands-accounted sessions-accounted",
    ),
    (
        "all-mgmt default start-stop group BEHEER-TAC local",
        "all-mgmt default start-stop local",
        "commands-accounted sessions-accounted",
    ),
    (
        "tacacs-server host 192.0.2.71 key ciphertext",
        "tacacs-server host 192.0.2.71 key plaintext",
        "aaa-servers-keyed secrets-stored-safely",
    ),
    ("!export-password: custom", "!export-password: default", "aaa-servers-keyed secrets-stored-safely"),
    (
        "Alleen voor bevoegde beheerders van de provincie.\nHandelingen worden vastgelegd.\n",
        "Welkom\n",
        "banner-login-shown",
    ),
    (
        "user admin group administrators password ciphertext",
        "user admin group administrators password plaintext",
        "secrets-stored-safely",
    ),
    ("user admin", "user guest group operators password ciphertext AQBap0\nuser admin", "users-default-absent"),
    (
        "user admin",
        "user piet group operators password ciphertext AQBap0\nuser kees group operators password ciphertext AQBap0\nuser admin",
        "users-declared-only",
    ),
    ("no ip icmp redirect\n", "", "interfaces-detours-off"),
    ("    no ip proxy-arp\n", "    ip proxy-arp\n", "interfaces-detours-off"),
    (
        "password complexity\n    enable\n",
        "password complexity\n",
        "passwords-complexity-demanded passwords-length-demanded",
    ),
    ("    minimum-length 14\n", "    minimum-length 8\n", "passwords-length-demanded"),
    (
        "    lowercase-count 1\n    uppercase-count 1\n    numeric-count 1\n    special-char-count 1\n",
        "    lowercase-count 0\n    uppercase-count 0\n    numeric-count 0\n    special-char-count 0\n",
        "passwords-complexity-demanded",
    ),
    ("system serviceos password-prompt\n", "", "recovery-console-blocked"),
    ("    timeout 10\n", "", "lines-idle-timeout-short"),
    ("    timeout 10\n", "    timeout 0\n", "lines-idle-timeout-short"),
    ("aaa authentication limit-login-attempts 5 lockout-time 300\n", "", "login-guessing-blocked"),
    ("ntp authentication\n", "", "time-servers-authenticated"),
    ("ntp server 192.0.2.91 key-id 7 iburst", "ntp server 192.0.2.91 iburst", "time-servers-authenticated"),
    ("ntp server 192.0.2.91 key-id 7 iburst\n", "", "time-servers-authenticated"),
    ("ntp vrf mgmt\n", "", "management-instance-own management-source-fixed"),
    (
        "logging 192.0.2.50 tls 6514 vrf mgmt",
        "logging 192.0.2.50 tls 6514",
        "management-instance-own management-source-fixed",
    ),
    ("logging 192.0.2.51 tls 6514", "logging 192.0.2.51 udp", "logging-transport-encrypted"),
    (
        "logging 192.0.2.50 tls 6514 vrf mgmt severity info",
        "logging 192.0.2.50 tls 6514 vrf mgmt severity err",
        "logging-collectors-used",
    ),
    (
        "logging 192.0.2.51 tls 6514 vrf mgmt severity info include-auditable-events auth-mode certificate\n",
        "",
        "logging-collectors-used",
    ),
    (
        "logging 192.0.2.50 tls 6514 vrf mgmt severity info include-auditable-events auth-mode certificate\nlogging 192.0.2.51 tls 6514 vrf mgmt severity info include-auditable-events auth-mode certificate\n",
        "logging 192.0.2.50 tls 6514 vrf mgmt severity info\nlogging 192.0.2.51 tls 6514 vrf mgmt severity info\n",
        "logging-changes-recorded",
    ),
    ("logging console severity crit\n", "logging console severity info\n", "logging-console-quiet"),
    (
        "ssh server vrf mgmt\n",
        "ssh server vrf mgmt\ntelnet server vrf mgmt\n",
        "lines-ssh-only management-sources-limited",
    ),
    ("ssh ciphers aes256-gcm@openssh.com aes256-ctr", "ssh ciphers aes256-cbc", "ssh-algorithms-strong"),
    ("ssh macs hmac-sha2-512-etm@openssh.com", "ssh macs hmac-sha1", "ssh-algorithms-strong"),
    (
        "ssh key-exchange-algorithms ecdh-sha2-nistp521",
        "ssh key-exchange-algorithms diffie-hellman-group14-sha1",
        "ssh-algorithms-strong",
    ),
    ("ssh host-key-algorithms ecdsa-sha2-nistp521", "ssh host-key-algorithms rsa-sha2-256", "ssh-host-keys-strong"),
    ("    ip 192.0.2.64/27\n    enable\n", "    ip 192.0.2.64/27\n", "management-sources-limited"),
    ("    ip 192.0.2.64/27\n    enable\n", "    ip 0.0.0.0/0\n    enable\n", "management-sources-limited"),
    ("    30 deny tcp any any eq 443 log count\n", "", "https-sources-limited"),
    ("    40 deny udp any any eq snmp log count\n", "", "snmp-sources-limited"),
    ("apply access-list ip BEHEERVERKEER control-plane vrf mgmt\n", "", "https-sources-limited snmp-sources-limited"),
    ("snmp-server snmpv3-only\n", "", "snmp-community-not-default snmp-version-3-encrypted snmp-views-limited"),
    (
        "snmp-server snmpv3-only\n",
        "snmp-server community wijzig\n    access-level rw\n",
        "snmp-version-3-encrypted snmp-views-limited snmp-write-absent",
    ),
    ("auth sha256 auth-pass", "auth sha auth-pass", "snmp-users-sha-2"),
    ("auth sha256 auth-pass", "auth md5 auth-pass", "snmp-users-sha-2 snmp-version-3-encrypted"),
    ("priv aes256 priv-pass", "priv des priv-pass", "snmp-users-sha-2 snmp-version-3-encrypted"),
    (
        "\nsnmpv3 user bewaker ",
        "\nsnmpv3 user tweede\nsnmpv3 user bewaker ",
        "snmp-users-sha-2 snmp-version-3-encrypted",
    ),
    ("trap version v3 user bewaker", "trap version v2c community kijkmaar", "snmp-version-3-encrypted"),
    ("dhcpv4-snooping\nport-access", "port-access", "vlans-dhcp-snooped"),
    ("    dhcpv4-snooping\n    arp inspection\n", "    arp inspection\n", "vlans-dhcp-snooped"),
    ("    dhcpv4-snooping\n    arp inspection\n", "    dhcpv4-snooping\n", "vlans-arp-inspected"),
    ("    radius server-group TOEGANG\n    enable\n", "    radius server-group TOEGANG\n", "ports-authenticated"),
    ("    aaa authentication port-access dot1x authenticator\n        enable\n", "", "ports-authenticated"),
    ("no cdp\n", "", "internet-discovery-quiet ports-discovery-quiet"),
    ("    description balie links\n", "", "ports-described"),
    ("    vlan access 10\n", "    vlan access 1\n", "ports-vlan-1-unused vlans-arp-inspected vlans-dhcp-snooped"),
    ("    rate-limit broadcast 100 kbps\n", "", "ports-storms-limited"),
    ("    spanning-tree bpdu-guard\n", "", "ports-bpdu-guarded"),
    (
        "    spanning-tree port-type admin-edge\n    no lldp transmit\n",
        "    spanning-tree port-type admin-edge\n",
        "ports-discovery-quiet",
    ),
    ("    ipv4 source-lockdown\n", "", "ports-sources-guarded"),
    ("    ipv4 source-lockdown\n", "    ipv4 source-lockdown\n    dhcpv4-snooping trust\n", "ports-snooping-untrusted"),
    (
        "interface 1/1/2\n    shutdown\n",
        "interface 1/1/2\n    no shutdown\n",
        "ports-authenticated ports-bpdu-guarded ports-discovery-quiet ports-sources-guarded ports-storms-limited ports-unused-closed vlans-arp-inspected vlans-dhcp-snooped",
    ),
    ("    vlan trunk native 998\n", "", "trunks-native-vlan-unused"),
    (
        "    vlan trunk native 998\n    vlan trunk allowed 10\n",
        "    vlan trunk native 998\n    vlan trunk allowed all\n",
        "trunks-vlans-listed",
    ),
    ("    spanning-tree loop-guard\n", "", "trunks-loop-guarded"),
    ("    no lldp transmit\n    no lldp receive\n", "", "internet-discovery-quiet"),
    ("    apply access-list ip BUITEN in\n", "", "internet-interfaces-filtered"),
    ("    ip urpf strict\n", "", "internet-sources-verified"),
    (
        "    ip ospf authentication keychain\n    ip ospf keychain OSPF-SLEUTELS\n",
        "",
        "routing-neighbours-authenticated",
    ),
    (
        "    ip ospf keychain OSPF-SLEUTELS\n",
        "    ip ospf keychain OSPF-SLEUTELS\n    vrrp 1 address-family ipv4\n        address 203.0.113.9 primary\n",
        "gateways-authenticated",
    ),
    ("interface vlan 1\n    shutdown\n", "interface vlan 1\n    ip address 198.51.100.9/24\n", "vlan-1-unaddressed"),
    (
        "    neighbor 203.0.113.20 password ciphertext AQBapV7YxGakRsH5gCJx1zk+gHqEcLk2z/NPBbxhfPTVp91yDAAAAEGyWZEtBLJWb0jOrw==\n",
        "",
        "bgp-neighbours-authenticated",
    ),
    ("    neighbor 203.0.113.20 ttl-security-hops 1\n", "", "bgp-hops-limited"),
    ("        neighbor 203.0.113.20 route-map IN in\n", "", "bgp-routes-filtered"),
    ("        neighbor 203.0.113.20 maximum-prefix 1000\n", "", "bgp-prefixes-limited"),
    (
        "https-server session-timeout 10\n",
        "https-server session-timeout 10\nhttps-server vrf default\n",
        "https-sources-limited",
    ),
]

ANSWERS = [
    (SAVED, "ssh maximum-auth-attempts 3", "ssh maximum-auth-attempts 4", "configuration-saved"),
    (SSH, "Max Auth Attempts : 3", "Max Auth Attempts : 10", "ssh-login-limited"),
    (SSH, "Grace Timeout (sec)  : 60", "Grace Timeout (sec)  : 300", "ssh-login-limited"),
    (STATUS, "Within 0.004 seconds", "Within 4.004 seconds", "time-clock-accurate"),
    (STATUS, "192.0.2.90 at stratum 2", "none", "time-clock-accurate time-servers-authenticated"),
    (
        PEERS,
        "192.0.2.91        .INIT.  16    - 1024   377",
        "192.0.2.91        .INIT.  16    - 1024     0",
        "time-servers-reached",
    ),
    (SYSTEM, "Up Time                : 5 weeks", "Up Time                : 3 years", "software-started-lately"),
    (VERSION, "Version      : FL.10.13.1030", "Version      : FL.10.04.0001", "software-release-approved"),
    (
        PORTS,
        "no      down    Administratively down   --      Niet in gebruik",
        "yes     up                              1000    Niet in gebruik",
        "",
    ),
]

HARDENED = Hardened(
    platform="aruba_aoscx",
    target={"name": "pr-sw-rand-02"} | OUTSIDE,
    params={
        "network-management-instance-own": {"instances": ["mgmt"]},
        "network-programming-interfaces-declared": {"restconf_allowed": True},
    },
    files={SAVED: "strict"},
    repairs=[(PEERS, "- 1024     0", "- 1024   377")],
    lines=LINES,
    answers=ANSWERS,
    weak=WEAK,
    unfailed=ALWAYS,
    not_asked=NOT_ASKED,
    rested_on={RUNNING, SAVED, SSH, KEYS, STATUS, PEERS, SYSTEM, VERSION},
    told_without_configuration={
        "software-image-local",
        "software-release-approved",
        "software-started-lately",
        "time-clock-accurate",
    },
)
