"""What one line of an interface's configuration sets on AOS-CX."""

from typing import Any

from baseline.collectors.network.platforms.indented.interface_lines import LineTable, Settings

EXACT: dict[str, tuple[str, Any]] = {
    "shutdown": ("enabled", False),
    "no shutdown": ("enabled", True),
    "routing": ("switchport", False),
    "no routing": ("switchport", True),
    "spanning-tree bpdu-guard": ("bpdu_guard", True),
    "no spanning-tree bpdu-guard": ("bpdu_guard", False),
    "spanning-tree bpdu-filter": ("bpdu_filter", True),
    "no spanning-tree bpdu-filter": ("bpdu_filter", False),
    "spanning-tree root-guard": ("root_guard", True),
    "no spanning-tree root-guard": ("root_guard", False),
    "spanning-tree loop-guard": ("loop_guard", True),
    "no spanning-tree loop-guard": ("loop_guard", False),
    "spanning-tree port-type admin-edge": ("portfast", True),
    "spanning-tree port-type admin-network": ("portfast", False),
    "dhcpv4-snooping trust": ("dhcp_snooping_trust", True),
    "arp inspection trust": ("arp_inspection_trust", True),
    "ipv4 source-lockdown": ("source_guard", True),
    "no ipv4 source-lockdown": ("source_guard", False),
    "cdp": ("cdp", True),
    "no cdp": ("cdp", False),
    "lldp transmit": ("lldp_transmit", True),
    "no lldp transmit": ("lldp_transmit", False),
    "lldp receive": ("lldp_receive", True),
    "no lldp receive": ("lldp_receive", False),
    "ip proxy-arp": ("proxy_arp", True),
    "no ip proxy-arp": ("proxy_arp", False),
    "ip directed-broadcast": ("directed_broadcast", True),
    "no ip directed-broadcast": ("directed_broadcast", False),
    "ip dhcp": ("dhcp", True),
    "no ip dhcp": ("dhcp", False),
    "aaa authentication port-access dot1x authenticator enable": ("dot1x", True),
    "aaa authentication port-access mac-auth enable": ("mab", True),
    "port-access port-security enable": ("port_security", True),
}
PREFIXED: tuple[tuple[str, str, Any], ...] = (
    ("apply macsec policy", "macsec", True),
    ("ip urpf strict", "unicast_rpf", "strict"),
    ("ip urpf loose", "unicast_rpf", "loose"),
)
NUMBERED = {"vlan access": "access_vlan"}
TEXTS = {"description": "description", "vrf attach": "vrf"}
STORMS = {"broadcast": "broadcast", "multicast": "multicast", "unknown-unicast": "unicast"}
"""Word after ``rate-limit`` -> kind of traffic."""


def _apply_address(text: str, settings: Settings) -> None:
    """``ip address 192.0.2.1/24``, and ``ip static`` on the management port."""
    words = text.split()
    if len(words) < 3:
        return
    settings["addresses"].append(words[2])
    if words[0] == "ip":
        settings["ipv4"] = True


def _apply_trunk(text: str, settings: Settings) -> None:
    """``vlan trunk native 99 tag`` and ``vlan trunk allowed 10,20``, of which there may be several lines."""
    words = text.split()
    settings["trunk"] = True
    if words[2:3] == ["native"] and "".join(words[3:4]).isdigit() and len(words[3]) < 5:
        settings["native_vlan"] = None if words[4:5] == ["tag"] else int(words[3])
        settings["native_told"] = True
    elif words[2:3] == ["allowed"] and len(words) > 3:
        known = settings.get("allowed_vlans")
        settings["allowed_vlans"] = None if words[3] == "all" else f"{known},{words[3]}" if known else words[3]


def _apply_filter(text: str, settings: Settings) -> None:
    """``apply access-list ip NAME in``; ``routed-in`` filters what is routed through a VLAN interface."""
    words = text.split()
    if len(words) > 4 and words[2] in {"ip", "ipv6"}:
        family = "" if words[2] == "ip" else "ipv6_"
        for way in ("in", "out"):
            if words[4] in {way, f"routed-{way}"}:
                settings[f"access_list_{family}{way}"] = words[3]


def _apply_aggregate(text: str, settings: Settings) -> None:
    words = text.split()
    if len(words) > 1 and words[1].isdigit():
        settings["aggregate"] = f"lag {words[1]}"


def _apply_storm(text: str, settings: Settings) -> None:
    """``rate-limit broadcast 100 kbps``."""
    words = text.split()
    kind = STORMS.get("".join(words[1:2]))
    if kind and len(words) > 2 and kind not in settings["storm_control"]:
        settings["storm_control"].append(kind)


TABLE = LineTable(
    exact=EXACT,
    prefixed=PREFIXED,
    numbered=NUMBERED,
    texts=TEXTS,
    by_word={"lag": _apply_aggregate, "rate-limit": _apply_storm},
    by_words={
        "ip address": _apply_address,
        "ip static": _apply_address,
        "ipv6 address": _apply_address,
        "ipv6 static": _apply_address,
        "vlan trunk": _apply_trunk,
        "apply access-list": _apply_filter,
    },
)
