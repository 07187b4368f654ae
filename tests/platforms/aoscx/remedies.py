"""How the remedies for AOS-CX are typed on the switch in ``strict.txt``."""

import re

from tests.platforms.remedied import tree, typed, written

OWN_NAMES = {
    "router bgp 65010": "router bgp 64512",
    "neighbor 192.0.2.1 ": "neighbor 203.0.113.20 ",
    "192.0.2.11 ": "192.0.2.71 ",
    "192.0.2.1/24": "198.51.100.9/24",
    "telnet server vrf default": "telnet server vrf mgmt",
    "interface 1/1/48": "interface 1/1/50",
    "interface lag 1": "interface 1/1/49",
    "FROM-INTERNET": "BUITEN",
    "user MONITORING": "user bewaker",
    "LONG-RANDOM-STRING": "wijzig",
    "UNKNOWN-ACCOUNT": "piet",
    "OLD-ACCOUNT": "guest",
}
"""Name in the remedies -> name on this switch."""

OWN_NAMES_FOR = {
    "logging-transport-encrypted": {"192.0.2.50": "192.0.2.51"},
    "ports-unused-closed": {"interface 1/1/1": "interface 1/1/2"},
    "routing-neighbours-authenticated": {"interface 1/1/1": "interface 1/1/50"},
}

REPLACED = (
    "access-level",
    "apply access-list ip",
    "logging 192.0.2.50",
    "logging 192.0.2.51",
    "snmpv3 user bewaker",
    "ssh ciphers",
    "ssh key-exchange-algorithms",
    "ssh macs",
    "tacacs-server host 192.0.2.71",
    "vlan access",
    "vlan trunk allowed",
    "vlan trunk native",
)
"""Commands of which the last one typed counts."""

BANNER = re.compile(r"^banner motd \^\n.*?^\^\n", re.MULTILINE | re.DOTALL)
NOT_TYPED = {"bgp-prefixes-limited", "gateways-authenticated", "internet-sources-verified", "snmp-views-limited"}
"""AOS-CX has no line for it, or none that its manuals show in every release."""

SHOWN_ELSEWHERE = {"ssh-host-keys-strong"}
"""The key is made anew, which no configuration shows."""

EXPORT = ("!export-password: default", "!export-password: custom")
"""What `service export-password` changes, after it has asked for a password."""


def repaired(text: str, name: str, lines: list[str]) -> str:
    """The configuration once the remedy of a check was typed."""
    fix = "\n".join(lines)
    for theirs, ours in (OWN_NAMES_FOR.get(name, {}) | OWN_NAMES).items():
        fix = fix.replace(theirs, ours)
    if "service export-password" in fix:
        fix, text = fix.replace("service export-password", ""), text.replace(*EXPORT)
    fix = re.sub(r"plaintext \S+", "ciphertext AQBapVerzonnen", fix)
    banner = BANNER.search(text)[0]
    root = tree(text.replace(banner, ""))
    if fix.startswith("banner"):
        banner, fix = f"{fix}\n", ""
    typed(root, tree(fix), REPLACED)
    head, rest = written(root, "    ").split("hostname", 1)
    return f"{head}{banner}hostname{rest}"
