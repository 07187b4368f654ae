"""How the remedies for EOS are typed on the switch in ``strict.txt``."""

import re

from tests.platforms.remedied import tree, typed, written

OWN_NAMES = {
    "ADMINISTRATORS": "BEHEERDERS",
    "username ADMINISTRATOR ": "username noodtoegang ",
    "UNKNOWN-ACCOUNT": "tweede",
    "MGMT": "BEHEER",
    "MONITORING-VIEW": "ZICHT",
    "MONITORING-STATIONS": "BEWAKING",
    "MONITORING": "OPZICHT",
    "MONITOR": "bewaker",
    "router bgp 65010": "router bgp 64512",
    "neighbor 192.0.2.1 ": "neighbor 203.0.113.0 ",
    "Ethernet48": "Ethernet47",
    "community COMMUNITY": "community wijzig",
    "LONG-PASSWORD": "STERK",
    "MANAGEMENT": "BEHEER-IN",
    "policy STRONG": "policy STERK",
    "192.0.2.11": "192.0.2.70",
    "192.0.2.12": "192.0.2.71",
    "192.0.2.20": "192.0.2.60",
    "sha1 0": "sha1 8a",
    "authentication-key 1": "authentication-key 7",
    "trusted-key 1": "trusted-key 7",
    "192.0.2.41 iburst key 1": "vrf BEHEER 192.0.2.90 iburst key 7",
    "192.0.2.42 iburst key 1": "vrf BEHEER 192.0.2.91 iburst key 7",
}
"""Name in the remedies -> name on this switch."""

OWN_NAMES_FOR = {
    "trunks-loop-guarded": {"Ethernet48": "Port-Channel1", "Ethernet47": "Port-Channel1"},
    "trunks-native-vlan-unused": {"Ethernet48": "Port-Channel1"},
    "trunks-vlans-listed": {"Ethernet48": "Port-Channel1"},
    "logging-transport-encrypted": {"logging host 192.0.2.31": "logging vrf BEHEER host 192.0.2.51"},
    "management-instance-own": {"192.0.2.31": "192.0.2.51", "192.0.2.41": "192.0.2.91"},
}

HASHED = r"^((?:enable|boot|username|aaa root) .*(?:password|secret)) 0 \S+"
REPLACED = (
    "aaa accounting commands all default",
    "aaa accounting exec default",
    "aaa authentication enable default",
    "aaa authentication login default",
    "aaa authentication policy lockout",
    "aaa authorization commands all default",
    "aaa authorization exec default",
    "boot secret",
    "boot system",
    "cipher",
    "description",
    "dh-group",
    "enable password",
    "esp encryption",
    "idle-timeout",
    "key-exchange",
    "logging console",
    "logging trap",
    "login timeout",
    "mac",
    "neighbor 203.0.113.0 maximum-routes",
    "neighbor 203.0.113.0 password",
    "ntp server vrf BEHEER 192.0.2.91",
    "password minimum length",
    "snmp-server group OPZICHT v3",
    "snmp-server user bewaker",
    "switchport access vlan",
    "tacacs-server host 192.0.2.70",
    "tacacs-server key",
    "tls versions",
    "username noodtoegang",
)
"""Commands of which the last one typed counts."""

SHOWN_AS_A_COMMENT = {"software-image-local", "software-release-approved"}
"""The image to start from stands above the configuration as a comment; a release is installed, not typed."""


def repaired(text: str, name: str, lines: list[str]) -> str:
    """The configuration once the remedy of a check was typed."""
    fix = "\n".join(lines)
    for theirs, ours in (OWN_NAMES | OWN_NAMES_FOR.get(name, {})).items():
        fix = fix.replace(theirs, ours)
    fix = re.sub(HASHED, r"\1 sha512 $6$zout$hash", fix, flags=re.MULTILINE)
    fix = re.sub(r" 0 (?:NEW-SECRET|NTP-KEY|CONNECTIVITY-KEY)", " 8a QxYz0987654321", fix)
    banner = re.search(r"^banner login\n.*\nEOF$", text, re.MULTILINE)[0]
    if fix.startswith("banner login"):
        return text.replace(banner, fix)
    root = tree(text.replace(f"{banner}\n", "").removesuffix("end\n"))
    typed(root, tree(fix), REPLACED)
    return f"{written(root, '   ')}{banner}\nend\n"
