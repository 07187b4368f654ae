"""What one line of an interface's configuration sets on EOS."""

from typing import Any

from baseline.collectors.network.platforms.indented.interface_lines import (
    LineTable,
    Settings,
    apply_allowed_vlans,
    apply_port_control,
    is_everything,
)

PHONE = "phone"
"""Mark of a port for a computer behind a telephone: untagged in the native VLAN, the telephone tagged in its own."""

EXACT: dict[str, tuple[str, Any]] = {
    "shutdown": ("enabled", False),
    "no shutdown": ("enabled", True),
    "switchport": ("switchport", True),
    "no switchport": ("switchport", False),
    "switchport mode access": ("mode", "access"),
    "switchport mode trunk": ("mode", "trunk"),
    "switchport mode trunk phone": ("mode", PHONE),
    "switchport port-security": ("port_security", True),
    "dot1x mac based authentication": ("mab", True),
    "dot1x pae authenticator": ("dot1x", True),
    "spanning-tree portfast": ("portfast", True),
    "spanning-tree portfast edge": ("portfast", True),
    "spanning-tree portfast auto": ("portfast", False),
    "spanning-tree portfast network": ("portfast", False),
    "spanning-tree bpduguard enable": ("bpdu_guard", True),
    "spanning-tree bpduguard disable": ("bpdu_guard", False),
    "spanning-tree bpdufilter enable": ("bpdu_filter", True),
    "spanning-tree bpdufilter disable": ("bpdu_filter", False),
    "spanning-tree guard root": ("root_guard", True),
    "spanning-tree guard loop": ("loop_guard", True),
    "spanning-tree guard none": ("loop_guard", False),
    "ip arp inspection trust": ("arp_inspection_trust", True),
    "ip verify source": ("source_guard", True),
    "lldp transmit": ("lldp_transmit", True),
    "no lldp transmit": ("lldp_transmit", False),
    "lldp receive": ("lldp_receive", True),
    "no lldp receive": ("lldp_receive", False),
    "ip proxy-arp": ("proxy_arp", True),
    "ip directed-broadcast": ("directed_broadcast", True),
}
PREFIXED: tuple[tuple[str, str, Any], ...] = (
    ("switchport mode dot1q-tunnel", "mode", "other"),
    ("switchport mode private-vlan", "mode", "other"),
    ("ip verify unicast source reachable-via rx", "unicast_rpf", "strict"),
    ("ip verify unicast source reachable-via any", "unicast_rpf", "loose"),
)
NUMBERED = {
    "switchport access vlan": "access_vlan",
    "switchport phone vlan": "voice_vlan",
    "switchport trunk native vlan": "native_vlan",
    "switchport port-security maximum": "port_security_maximum",
    "switchport port-security mac-address maximum": "port_security_maximum",
}
TEXTS = {"description": "description", "vrf forwarding": "vrf", "vrf": "vrf"}


def _apply_macsec(text: str, settings: Settings) -> None:
    """``mac security profile P``."""
    words = text.split()
    if words[2:3] == ["profile"] and len(words) > 3:
        settings |= {"macsec": True, "macsec_profile": words[3]}


EVERYTHING = ["broadcast", "multicast", "unicast"]


def _apply_address(text: str, settings: Settings) -> None:
    """``ip address A/24 [secondary]``, also ``ip address virtual A/24``; filters ``ip access-group N in``."""
    words = text.split()
    if len(words) < 3:
        return
    if words[1] == "address":
        settings["addresses"].append(words[3] if words[2] == "virtual" and len(words) > 3 else words[2])
        if words[0] == "ip":
            settings["ipv4"] = True
    elif words[-1] in {"in", "out"} and len(words) > 3:
        family = "" if words[0] == "ip" else "ipv6_"
        settings[f"access_list_{family}{words[-1]}"] = words[2]


def _apply_aggregate(text: str, settings: Settings) -> None:
    words = text.split()
    if len(words) > 1 and words[1].isdigit():
        settings["aggregate"] = f"Port-Channel{words[1]}"


def _apply_storm(text: str, settings: Settings) -> None:
    """``storm-control broadcast level 1``; ``all`` limits every kind."""
    words = text.split()
    if len(words) > 2 and words[2] == "level" and not is_everything(words[3:]):
        kinds = EVERYTHING if words[1] == "all" else [words[1].removeprefix("unknown-")]
        settings["storm_control"] += [kind for kind in kinds if kind not in settings["storm_control"]]


def _apply_dot1x(text: str, settings: Settings) -> None:
    if text.startswith("dot1x port-control "):
        apply_port_control(text, settings)


TABLE = LineTable(
    exact=EXACT,
    prefixed=PREFIXED,
    numbered=NUMBERED,
    texts=TEXTS,
    by_word={"dot1x": _apply_dot1x, "storm-control": _apply_storm, "channel-group": _apply_aggregate},
    by_words={
        "ip address": _apply_address,
        "ip access-group": _apply_address,
        "ipv6 address": _apply_address,
        "ipv6 access-group": _apply_address,
        "switchport trunk": apply_allowed_vlans,
        "mac security": _apply_macsec,
    },
)
