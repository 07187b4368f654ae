"""What one line of an interface's configuration sets: tables of lines, and readers for those that carry more."""

from typing import Any

from baseline.collectors.network.platforms.indented.interface_lines import (
    LineTable,
    apply_allowed_vlans,
    apply_port_control,
    apply_storm_control,
    with_prefix_length,
)

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
    "authentication open": ("open", True),
    "no authentication open": ("open", False),
    "access-session closed": ("closed", True),
    "no access-session closed": ("closed", False),
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
    "macsec access-control should-secure": ("lenient", True),
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


def _apply_address(text: str, settings: dict[str, Any]) -> None:
    """Addresses and filters: ``ip address A M [secondary]``, ``ip access-group N in``, ``ipv6 traffic-filter N in``."""
    words = text.split()
    if len(words) < 3:
        return
    if words[1] == "address":
        settings["addresses"].append(with_prefix_length(words[2:]))
        if words[0] == "ip":
            settings["ipv4"] = True
    elif words[1] in {"access-group", "traffic-filter"} and words[-1] in {"in", "out"} and len(words) > 3:
        family = "" if words[0] == "ip" else "ipv6_"
        settings[f"access_list_{family}{words[-1]}"] = words[2]
    elif words[1] == "unnumbered":
        settings["ipv4"] = True


def _apply_aggregate(text: str, settings: dict[str, Any]) -> None:
    words = text.split()
    if len(words) > 1 and words[1].isdigit():
        settings["aggregate"] = f"Port-channel{words[1]}"


def _apply_session(text: str, settings: dict[str, Any]) -> None:
    """``access-session port-control auto``: what is not authenticated yet comes in until ``access-session closed``."""
    if text.startswith("access-session port-control "):
        apply_port_control(text, settings)
        settings["open"] = True


def _apply_dot1x(text: str, settings: dict[str, Any]) -> None:
    if text.startswith("dot1x port-control "):
        apply_port_control(text, settings)


TABLE = LineTable(
    exact=EXACT,
    prefixed=PREFIXED,
    numbered=NUMBERED,
    texts=TEXTS,
    by_word={
        "authentication": apply_port_control,
        "access-session": _apply_session,
        "dot1x": _apply_dot1x,
        "storm-control": apply_storm_control,
        "channel-group": _apply_aggregate,
    },
    by_words={
        "ip address": _apply_address,
        "ip access-group": _apply_address,
        "ip unnumbered": _apply_address,
        "ipv6 address": _apply_address,
        "ipv6 traffic-filter": _apply_address,
        "switchport trunk": apply_allowed_vlans,
    },
)
