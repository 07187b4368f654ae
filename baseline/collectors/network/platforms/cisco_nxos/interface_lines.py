"""What one line of an interface's configuration sets on NX-OS."""

from typing import Any

from baseline.collectors.network.platforms.indented.interface_lines import (
    LineTable,
    Settings,
    apply_allowed_vlans,
    apply_port_control,
    apply_storm_control,
)

EXACT: dict[str, tuple[str, Any]] = {
    "shutdown": ("enabled", False),
    "no shutdown": ("enabled", True),
    "switchport": ("switchport", True),
    "no switchport": ("switchport", False),
    "switchport mode access": ("mode", "access"),
    "switchport mode trunk": ("mode", "trunk"),
    "switchport port-security": ("port_security", True),
    "no switchport port-security": ("port_security", False),
    "dot1x mac-auth-bypass": ("mab", True),
    "dot1x pae authenticator": ("dot1x", True),
    "no dot1x pae authenticator": ("dot1x", False),
    "spanning-tree port type edge": ("portfast", True),
    "spanning-tree port type edge trunk": ("portfast", True),
    "spanning-tree port type normal": ("portfast", False),
    "spanning-tree port type network": ("portfast", False),
    "spanning-tree bpduguard enable": ("bpdu_guard", True),
    "spanning-tree bpduguard disable": ("bpdu_guard", False),
    "spanning-tree bpdufilter enable": ("bpdu_filter", True),
    "spanning-tree bpdufilter disable": ("bpdu_filter", False),
    "spanning-tree guard root": ("root_guard", True),
    "spanning-tree guard loop": ("loop_guard", True),
    "spanning-tree guard none": ("loop_guard", False),
    "ip dhcp snooping trust": ("dhcp_snooping_trust", True),
    "ip arp inspection trust": ("arp_inspection_trust", True),
    "ip verify source dhcp-snooping-vlan": ("source_guard", True),
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
}
PREFIXED: tuple[tuple[str, str, Any], ...] = (
    ("ip directed-broadcast", "directed_broadcast", True),
    ("switchport mode", "mode", "other"),
    ("ip verify unicast source reachable-via rx", "unicast_rpf", "strict"),
    ("ip verify unicast source reachable-via any", "unicast_rpf", "loose"),
)
NUMBERED = {
    "switchport access vlan": "access_vlan",
    "switchport voice vlan": "voice_vlan",
    "switchport trunk native vlan": "native_vlan",
    "switchport port-security maximum": "port_security_maximum",
}
TEXTS = {"description": "description", "vrf member": "vrf", "macsec keychain": "macsec_keychain"}


def _apply_address(text: str, settings: Settings) -> None:
    words = text.split()
    if len(words) < 3:
        return
    settings["addresses"].append(words[2])
    if words[0] == "ip":
        settings["ipv4"] = True


def _apply_filter(text: str, settings: Settings) -> None:
    """``ip access-group N in``, ``ip port access-group N in`` and the same for IPv6, which says ``traffic-filter``."""
    words = [word for word in text.split() if word != "port"]
    if len(words) > 3 and words[-1] in {"in", "out"}:
        family = "" if words[0] == "ip" else "ipv6_"
        settings[f"access_list_{family}{words[-1]}"] = words[2]


def _apply_aggregate(text: str, settings: Settings) -> None:
    words = text.split()
    if len(words) > 1 and words[1].isdigit():
        settings["aggregate"] = f"port-channel{words[1]}"


def _apply_dot1x(text: str, settings: Settings) -> None:
    if text.startswith("dot1x port-control "):
        apply_port_control(text, settings)


TABLE = LineTable(
    exact=EXACT,
    prefixed=PREFIXED,
    numbered=NUMBERED,
    texts=TEXTS,
    by_word={
        "dot1x": _apply_dot1x,
        "storm-control": apply_storm_control,
        "channel-group": _apply_aggregate,
    },
    by_words={
        "ip address": _apply_address,
        "ipv6 address": _apply_address,
        "ip access-group": _apply_filter,
        "ip port": _apply_filter,
        "ipv6 traffic-filter": _apply_filter,
        "ipv6 port": _apply_filter,
        "switchport trunk": apply_allowed_vlans,
    },
)
