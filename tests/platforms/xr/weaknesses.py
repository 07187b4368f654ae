"""The hardened router in ``strict.txt``: what it lacks, and what each weakened line of it fails."""

from tests.platforms.hardened import OUTSIDE, Hardened

RUNNING, LOG = "show running-config", "show logging | include ogging:"
RSA = "show crypto key mypubkey rsa"

WEAK = {"snmp-users-sha-2"}
"""IOS XR has no better hash for SNMP users than SHA-1."""

ALWAYS = {"configuration-saved", "control-plane-policed", "services-unneeded-off", "software-image-local"}
"""IOS XR meets these by itself: a commit is kept at once, and the processor is always policed."""

UNTOLD = {"configuration-download-off", "logging-logins-recorded"}
"""At the worst IOS XR does not tell."""

NEVER = {"lines-aux-closed", "logging-changes-recorded", "logging-collectors-reached", "recovery-console-blocked"}
"""Not asked of IOS XR: it has no such line, or does not tell."""

SWITCHES = {
    "ports-authenticated",
    "ports-bpdu-guarded",
    "ports-discovery-quiet",
    "ports-negotiation-off",
    "ports-snooping-untrusted",
    "ports-sources-guarded",
    "ports-storms-limited",
    "ports-vlan-1-unused",
    "spanning-tree-rapid",
    "trunks-loop-guarded",
    "trunks-native-vlan-unused",
    "trunks-vlans-listed",
    "vlan-1-unaddressed",
    "vlans-arp-inspected",
    "vlans-dhcp-snooped",
}
"""About ports of switches, which a router has not."""

ABSENT = {"gateways-authenticated", "snmp-community-not-default", "time-keys-strong", "vpn-proposals-strong"} | {
    "https-login-personal",
    "https-sources-limited",
    "https-tls-current",
}
"""About what this router has none of."""

LINES = [
    ("banner login ^\n", "banner exec ^\n", "banner-login-shown"),
    ("Handelingen worden vastgelegd", "Welkom", "banner-login-shown"),
    ("logging console critical", "logging console errors", ""),
    (" address ipv4 192.0.2.51\n vrf BEHEER\n", " address ipv4 192.0.2.51\n", "management-instance-own"),
    (
        "logging tls-server COLLECTOR-2\n severity informational",
        "logging tls-server COLLECTOR-2\n severity warning",
        "logging-collectors-used",
    ),
    (
        "logging tls-server COLLECTOR-2\n severity informational\n trustpoint REGIO-CA\n address ipv4 192.0.2.52\n vrf BEHEER\n",
        "logging 192.0.2.52 vrf BEHEER severity info\n",
        "logging-transport-encrypted",
    ),
    ("logging source-interface GigabitEthernet0/0/0/3 vrf BEHEER\n", "", "management-source-fixed"),
    (
        "log datetime localtime msec show-timezone year",
        "log datetime msec show-timezone",
        "logging-timestamps-complete",
    ),
    ("configuration commit auto-save filename scp://archief@192.0.2.75/wan\n", "", "configuration-archived"),
    ("j.devries\n", "admin\n", "configuration-changes-named"),
    (
        "username breekglas\n group root-lr\n policy STERK\n",
        "username oud\n group root-lr\n policy STERK\n secret 10 $6$x$y\nusername breekglas\n policy STERK\n",
        "users-declared-only",
    ),
    ("username breekglas\n", "username admin\n", "users-default-absent"),
    (" secret 10 $6$", " secret 5 $1$", "secrets-stored-safely"),
    (
        " group root-lr\n policy STERK\n",
        " group root-lr\n",
        "login-guessing-blocked passwords-complexity-demanded passwords-length-demanded",
    ),
    (" min-length 16\n", " min-length 8\n", "passwords-length-demanded"),
    (" numeric 1\n", "", "passwords-complexity-demanded"),
    (" authen-max-attempts 4\n", "", "login-guessing-blocked"),
    (" lockout-time minutes 10\n", " lockout-time seconds 10\n", "login-guessing-blocked"),
    (" server 192.0.2.71\n", "", "login-aaa-central"),
    ("tacacs source-interface GigabitEthernet0/0/0/3 vrf BEHEER\n", "", "management-source-fixed"),
    ("key 6 4b665954", "key 7 4b665954", "aaa-servers-keyed secrets-stored-safely"),
    ("aaa accounting exec default start-stop group BEHEER-TAC\n", "", "sessions-accounted"),
    ("aaa accounting commands default start-stop group BEHEER-TAC\n", "", "commands-accounted"),
    ("aaa authorization exec default group BEHEER-TAC local\n", "", "commands-authorised"),
    (
        "aaa authorization commands default group BEHEER-TAC\n",
        "aaa authorization commands default group BEHEER-TAC none\n",
        "commands-authorised",
    ),
    (
        "aaa authentication login default group BEHEER-TAC local\n",
        "aaa authentication login default group BEHEER-TAC\n",
        "login-aaa-central",
    ),
    (
        "aaa authentication login default group BEHEER-TAC local\n",
        "aaa authentication login default none\n",
        "lines-login-personal login-aaa-central",
    ),
    ("password6 encryption aes\n", "", "secrets-master-key-set"),
    ("line console\n exec-timeout 5 0", "line console\n exec-timeout 0 0", "lines-idle-timeout-short"),
    ("line default\n exec-timeout 10 0", "line default\n exec-timeout 20 0", "lines-idle-timeout-short"),
    (
        "line default\n",
        "line template RUIM\n exec-timeout 0 0\nvty-pool default 0 9 line-template RUIM\nline default\n",
        "lines-idle-timeout-short",
    ),
    (" transport input ssh\n", " transport input all\n", ""),
    (
        " transport input ssh\n",
        " transport input all\ntelnet vrf BEHEER ipv4 server max-servers 5\n",
        "lines-ssh-only",
    ),
    ("host 192.0.2.60 traps version 3 priv", "host 192.0.2.60 traps version 3 auth", "snmp-version-3-encrypted"),
    ("v3 priv read METINGEN IPv4", "v3 auth read METINGEN IPv4", "snmp-version-3-encrypted"),
    ("v3 priv read METINGEN IPv4", "v3 priv IPv4", "snmp-views-limited"),
    ("v3 priv read METINGEN IPv4", "v3 priv read METINGEN write METINGEN IPv4", "snmp-write-absent"),
    (" IPv4 MONITORING\n", "\n", "snmp-sources-limited"),
    (
        "snmp-server trap-source GigabitEthernet0/0/0/3\n",
        "snmp-server trap-source GigabitEthernet0/0/0/3\nsnmp-server community public view METINGEN RO IPv4 MONITORING\n",
        "snmp-community-not-default snmp-version-3-encrypted",
    ),
    (
        "snmp-server trap-source GigabitEthernet0/0/0/3\n",
        "snmp-server trap-source GigabitEthernet0/0/0/3\nsnmp-server community k8Zw2Lq view METINGEN RW IPv4 MONITORING\n",
        "snmp-version-3-encrypted snmp-write-absent",
    ),
    (" server vrf BEHEER 192.0.2.91\n", "", "time-servers-authenticated"),
    (" server vrf BEHEER 192.0.2.91\n", " server 192.0.2.91\n", "management-instance-own ?time-servers-reached"),
    (" source vrf BEHEER GigabitEthernet0/0/0/3\n", "", "management-source-fixed"),
    (
        "ntp\n",
        "ntp\n authenticate\n authentication-key 7 md5 encrypted 02050D480809\n trusted-key 7\n",
        "secrets-stored-safely time-keys-strong",
    ),
    (
        " 20 deny ipv4 any any log\n!\nipv4 access-list MONITORING",
        "!\nipv4 access-list MONITORING",
        "access-lists-denials-logged",
    ),
    (" 10 permit tcp 192.0.2.0 0.0.0.31 any\n", " 10 permit ipv4 any any\n", "management-sources-limited"),
    (
        "ipv6 access-list BEHEERSTATIONS\n 10 permit tcp 2001:db8:0:10::/64 any\n 20 deny ipv6 any any log\n!\n",
        "",
        "management-sources-limited",
    ),
    (" 10 permit ipv4 host 192.0.2.60 any\n", " 10 permit ipv4 any any\n", "snmp-sources-limited"),
    ("  key-string password6 ", "  key-string password ", "secrets-stored-safely"),
    (" description naar provider\n", "", "ports-described"),
    (" description naar provider\n", " description naar provider\n proxy-arp\n", "interfaces-detours-off"),
    (" description naar provider\n", " description naar provider\n ipv4 redirects\n", "interfaces-detours-off"),
    (
        "line console\n",
        "cdp\ninterface GigabitEthernet0/0/0/9\n description x\n cdp\n macsec psk-keychain A\nline console\n",
        "internet-discovery-quiet",
    ),
    ("line console\n", "lldp\nline console\n", "internet-discovery-quiet"),
    (" ipv4 verify unicast source reachable-via any\n", "", "internet-sources-verified"),
    (" ipv6 verify unicast source reachable-via any\n", "", "internet-sources-verified"),
    (" ipv6 access-group VAN-BUITEN6 ingress\n", "", "internet-interfaces-filtered"),
    ("64\n macsec psk-keychain MACSEC policy STERK\n", "64\n", "links-outside-encrypted"),
    (
        " description Niet in gebruik\n shutdown\n",
        " description Niet in gebruik\n macsec psk-keychain A\n",
        "ports-unused-closed",
    ),
    ("  if destination in NIET-EIGEN then\n    pass\n  endif\n", "  pass\n", "bgp-routes-filtered"),
    ("   route-policy NAAR-PROVIDER out\n", "   route-policy ALLES out\n", "bgp-routes-filtered"),
    ("   maximum-prefix 1000 80\n", "", "bgp-prefixes-limited"),
    ("  ttl-security\n", "", "bgp-hops-limited"),
    ("  keychain SLEUTELS\n  address", "  address", "bgp-neighbours-authenticated"),
    ("  authentication message-digest keychain SLEUTELS\n", "", "routing-neighbours-authenticated"),
    ("  hello-password keychain SLEUTELS\n", "", "routing-neighbours-authenticated"),
    ("ssh server v2\n", "ssh server v2\nnetconf-yang agent\n ssh\n!\n", "programming-interfaces-declared"),
    ("ssh server v2\n", "ssh server v2\nipv4 source-route\n", "services-legacy-off"),
    ("ssh server v2\n", "ssh server v2\ntftp vrf default ipv4 server homedir disk0:\n", "services-legacy-off"),
    ("ssh server v2\n", "ssh server v2\nservice ipv4 tcp-small-servers max-servers 5\n", "services-legacy-off"),
    ("ssh server v2\n", "ssh server v2\nhttp server\n", "http-without-tls-off"),
    (
        "ssh server v2\n",
        "ssh server v2\nhttp server ssl\n",
        "https-sources-limited ?https-tls-current",
    ),
    (
        "ssh server v2\n",
        "ssh server v2\nlogging suppress rule X\n alarm SECURITY LOGIN AUTHEN_SUCCESS\n",
        "?logging-logins-recorded",
    ),
    ("ssh timeout 30\n", "ssh timeout 90\n", "ssh-login-limited"),
    (
        "crypto ca trustpoint REGIO-CA\n",
        "router hsrp\n interface Bundle-Ether1\n  hsrp 1\n   authentication klaar\n!\ncrypto ca trustpoint REGIO-CA\n",
        "gateways-authenticated secrets-stored-safely",
    ),
]

ANSWERS = [
    (
        "show crypto ca certificates",
        "08:40:03 UTC Wed Apr 14 2027",
        "08:40:03 UTC Sat Mar 14 2026",
        "certificates-valid",
    ),
    ("show crypto key mypubkey rsa", "Size     : 4096", "Size     : 2048", "ssh-host-keys-strong"),
    ("show ssh server", "versions := v2", "versions := v1,v2", "ssh-version-2"),
    ("show ssh server", "hmac-sha2-512,hmac-sha2-256", "hmac-sha2-512,hmac-sha1", "ssh-algorithms-strong"),
    ("show ssh server", "Max Authentication Limit := 3", "Max Authentication Limit := 16", "ssh-login-limited"),
    (LOG, "Console logging: level critical", "Console logging: level warnings", "logging-console-quiet"),
    (LOG, "Buffer logging: level informational", "Buffer logging: disabled", "logging-buffer-kept"),
    ("show ntp status", "clock offset is 0.421", "clock offset is -812.1", "time-clock-accurate"),
    (
        "show ntp status",
        "Clock is synchronized, stratum 3, reference is 192.0.2.90",
        "Clock is unsynchronized, stratum 16, no reference clock",
        "time-clock-accurate time-servers-authenticated",
    ),
    ("show ntp associations", "12    64  377", "12    64    0", "time-servers-reached"),
    ("show version", "24.4.2\nCopyright", "6.1.4\nCopyright", "software-release-approved"),
    ("show version", "uptime is 12 weeks", "uptime is 2 years, 12 weeks", "software-started-lately"),
]

HARDENED = Hardened(
    platform="cisco_iosxr",
    target={"name": "wan-pe-zutphen-02"} | OUTSIDE,
    params={
        "network-management-instance-own": {"instances": ["BEHEER"]},
        # A key for time is kept reversibly on IOS XR, which the check on stored secrets refuses.
        "network-time-servers-authenticated": {"require_authentication": False},
    },
    files={LOG: "show_logging_include"},
    repairs=[("show version", "7.5.2\nCopyright", "24.4.2\nCopyright"), (RSA, "2048", "4096")],
    lines=LINES,
    answers=ANSWERS,
    weak=WEAK,
    unfailed=ALWAYS | UNTOLD,
    not_asked=SWITCHES | ABSENT | NEVER,
    rested_on={
        RUNNING,
        RSA,
        "show crypto ca certificates",
        "show crypto key mypubkey dsa",
        "show crypto key mypubkey ecdsa",
        "show crypto key mypubkey ed25519",
        "show ntp associations",
        "show ntp status",
        "show ssh server",
        "show version",
    },
    told_without_configuration={
        "certificates-valid",
        "logging-console-quiet",
        "software-image-local",
        "software-release-approved",
        "software-started-lately",
        "time-clock-accurate",
    },
)
