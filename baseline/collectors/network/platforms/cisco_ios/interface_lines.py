"""What one line of an interface's configuration sets: tables of lines, and readers for those that carry more."""

from typing import Any

from baseline.collectors.network.platforms.cisco_ios.context import number

EXACT: dict[str, tuple[str, Any]] = {
    "shutdown": ("enabled", False),
    "no shutdown": ("enabled", True),
    "switchport": ("switchport", True),
    "no switchport": ("switchport", False),
    "switchport mode access": ("mode", "access"),
    "switchport mode trunk": ("mode", "trunk"),
    "switchport nonegotiate": ("trunk_negotiation", False),
    "switchport port-security": ("port_security", True),
    "no switchport port-security": ("port_security", False),
    "mab": ("mab", True),
    "dot1x mac-auth-bypass": ("mab", True),
    "dot1x pae authenticator": ("dot1x", True),
    "dot1x pae both": ("dot1x", True),
    "spanning-tree portfast disable": ("portfast", False),
    "spanning-tree portfast edge disable": ("portfast", False),
    "spanning-tree portfast network": ("portfast", False),
    "no spanning-tree portfast": ("portfast", False),
    "spanning-tree bpduguard enable": ("bpdu_guard", True),
    "spanning-tree bpduguard disable": ("bpdu_guard", False),
    "spanning-tree bpdufilter enable": ("bpdu_filter", True),
    "spanning-tree bpdufilter disable": ("bpdu_filter", False),
    "spanning-tree guard root": ("root_guard", True),
    "spanning-tree guard loop": ("loop_guard", True),
    "spanning-tree guard none": ("loop_guard", False),
    "ip dhcp snooping trust": ("dhcp_snooping_trust", True),
    "ip arp inspection trust": ("arp_inspection_trust", True),
    "macsec": ("macsec", True),
    "macsec network-link": ("macsec", True),
    "cdp enable": ("cdp", True),
    "no cdp enable": ("cdp", False),
    "lldp transmit": ("lldp_transmit", True),
    "no lldp transmit": ("lldp_transmit", False),
    "lldp receive": ("lldp_receive", True),
    "no lldp receive": ("lldp_receive", False),
    "ip proxy-arp": ("proxy_arp", True),
    "no ip proxy-arp": ("proxy_arp", False),
    "ip redirects": ("redirects", True),
    "no ip redirects": ("redirects", False),
    "ip unreachables": ("unreachables", True),
    "no ip unreachables": ("unreachables", False),
    "no ip directed-broadcast": ("directed_broadcast", False),
    "no ip address": ("no_address", True),
}
"""A line as a whole -> fact and value."""

PREFIXED: tuple[tuple[str, str, Any], ...] = (
    ("spanning-tree portfast", "portfast", True),
    ("ip directed-broadcast", "directed_broadcast", True),
    ("ip verify source", "source_guard", True),
    ("switchport mode dynamic", "mode", "dynamic"),
    ("switchport mode private-vlan", "mode", "other"),
    ("switchport mode dot1q-tunnel", "mode", "other"),
    ("ip verify unicast reverse-path", "unicast_rpf", "strict"),
    ("ip verify unicast source reachable-via rx", "unicast_rpf", "strict"),
    ("ip verify unicast source reachable-via any", "unicast_rpf", "loose"),
)
"""Start of a line -> fact and value, for lines that may go on."""

NUMBERED: dict[str, str] = {
    "switchport access vlan": "access_vlan",
    "switchport voice vlan": "voice_vlan",
    "switchport trunk native vlan": "native_vlan",
    "switchport port-security maximum": "port_security_maximum",
}
TEXTS: dict[str, str] = {
    "description": "description",
    "vrf forwarding": "vrf",
    "ip vrf forwarding": "vrf",
    "zone-member security": "zone",
}
Rule = tuple[str, str, str, Any]
"""Start of a line, what it carries (``set``, ``number`` or ``text``), the fact, and the value that ``set`` gives."""

PORT_CONTROL = {"auto": "auto", "force-authorized": "force_authorized", "force-unauthorized": "force_unauthorized"}


def apply_line(text: str, settings: dict[str, Any]) -> None:
    """Record what one line sets."""
    exact = EXACT.get(text)
    if exact is not None:
        settings[exact[0]] = exact[1]
        return
    words = text.split(" ", 2)
    if words[0] in BY_WORD:
        BY_WORD[words[0]](text, settings)
    elif len(words) > 1:
        key = f"{words[0]} {words[1]}"
        if not _apply_start(text, STARTING.get(key) or STARTING.get(words[0], ()), settings) and key in BY_WORDS:
            BY_WORDS[key](text, settings)


def _apply_start(text: str, rules: tuple[Rule, ...], settings: dict[str, Any]) -> bool:
    """Apply the first rule that the line starts with; whether there is one."""
    for prefix, kind, name, value in rules:
        if text.startswith(prefix) and (len(text) == len(prefix) or text[len(prefix)] == " "):
            rest = text[len(prefix) + 1 :].strip()
            settings[name] = value if kind == "set" else number(rest) if kind == "number" else rest or None
            return True
    return False


def _apply_address(text: str, settings: dict[str, Any]) -> None:
    """Addresses and filters: ``ip address A M [secondary]``, ``ip access-group N in``, ``ipv6 traffic-filter N in``."""
    words = text.split()
    if len(words) < 3:
        return
    if words[1] == "address":
        settings["addresses"].append(_address(words[2:]))
        if words[0] == "ip":
            settings["ipv4"] = True
    elif words[1] in {"access-group", "traffic-filter"} and words[-1] in {"in", "out"} and len(words) > 3:
        family = "" if words[0] == "ip" else "ipv6_"
        settings[f"access_list_{family}{words[-1]}"] = words[2]
    elif words[1] == "unnumbered":
        settings["ipv4"] = True


def _address(words: list[str]) -> str:
    """``192.0.2.1 255.255.255.0`` as ``192.0.2.1/24``; an address that stands alone or has a prefix stays as it is."""
    if len(words) > 1 and words[1].count(".") == 3:
        octets = words[1].split(".")
        if all(octet.isdigit() and len(octet) <= 3 for octet in octets):
            return f"{words[0]}/{sum(int(octet).bit_count() for octet in octets)}"
    return words[0]


def _apply_allowed(text: str, settings: dict[str, Any]) -> None:
    """``switchport trunk allowed vlan 10,20`` and its continuation ``... add 30``."""
    prefix = "switchport trunk allowed vlan "
    if not text.startswith(prefix):
        return
    rest = text[len(prefix) :].strip()
    if rest.startswith("add "):
        known = settings.get("allowed_vlans")
        settings["allowed_vlans"] = f"{known},{rest[4:].strip()}" if known else rest[4:].strip()
    elif rest == "all":
        settings["allowed_vlans"] = None
    elif not rest.startswith(("except ", "remove ")):
        settings["allowed_vlans"] = "" if rest == "none" else rest
    else:
        settings["allowed_vlans"] = rest


def _apply_control(text: str, settings: dict[str, Any]) -> None:
    words = text.split()
    if "port-control" in words[:-1]:
        settings["port_control"] = PORT_CONTROL.get(words[-1], "force_authorized")


def _apply_storm(text: str, settings: dict[str, Any]) -> None:
    words = text.split()
    if len(words) > 2 and words[2] == "level" and words[1] not in settings["storm_control"]:
        settings["storm_control"].append(words[1])


def _apply_aggregate(text: str, settings: dict[str, Any]) -> None:
    words = text.split()
    if len(words) > 1 and words[1].isdigit():
        settings["aggregate"] = f"Port-channel{words[1]}"


def _apply_dot1x(text: str, settings: dict[str, Any]) -> None:
    if text.startswith("dot1x port-control "):
        _apply_control(text, settings)


BY_WORD = {
    "authentication": _apply_control,
    "access-session": _apply_control,
    "dot1x": _apply_dot1x,
    "storm-control": _apply_storm,
    "channel-group": _apply_aggregate,
}
"""First word of a line -> its reader."""

BY_WORDS = {
    "ip address": _apply_address,
    "ip access-group": _apply_address,
    "ip unnumbered": _apply_address,
    "ipv6 address": _apply_address,
    "ipv6 traffic-filter": _apply_address,
    "switchport trunk": _apply_allowed,
}
"""First two words of a line that no rule takes -> its reader."""


def _starting() -> dict[str, tuple[Rule, ...]]:
    """First two words, or the only one, of what lines may start with -> rules, longest first."""
    rules: list[Rule] = [(prefix, "set", name, value) for prefix, name, value in PREFIXED]
    rules += [(prefix, "number", name, None) for prefix, name in NUMBERED.items()]
    rules += [(prefix, "text", name, None) for prefix, name in TEXTS.items()]
    by_words: dict[str, tuple[Rule, ...]] = {}
    for rule in sorted(rules, key=lambda rule: -len(rule[0])):
        key = " ".join(rule[0].split(" ", 2)[:2])
        by_words[key] = (*by_words.get(key, ()), rule)
    return by_words


STARTING = _starting()
