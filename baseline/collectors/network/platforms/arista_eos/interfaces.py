"""Interfaces in a running configuration of EOS, with what they inherit from global defaults.

A port is an access port in VLAN 1, open, and speaks LLDP unless told otherwise. EOS does not negotiate trunking (DTP),
answers no ARP for others, and sends redirects (Arista EOS User Manual, "Ethernet Ports", "VLANs", "LLDP", "IPv4").
"""

from typing import Any

from baseline.collectors.network.platforms.arista_eos.interface_lines import PHONE, TABLE
from baseline.collectors.network.platforms.indented.reading import Reading
from baseline.collectors.network.section_tree import Line
from baseline.models.facts.fact import Fact, Unknown
from baseline.models.facts.network import Interface

KINDS = {
    "Loopback": "loopback",
    "Vlan": "vlan",
    "Port-Channel": "aggregate",
    "Tunnel": "tunnel",
    "Vxlan": "tunnel",
    "Ethernet": "physical",
    "Management": "physical",
}
"""Name without its number -> kind."""

SILENT: dict[str, Any] = {
    "description": None,
    "enabled": True,
    "aggregate": None,
    "vrf": None,
    "zone": None,
    "access_vlan": None,
    "voice_vlan": None,
    "native_vlan": None,
    "allowed_vlans": None,
    "trunk_negotiation": False,
    "port_control": "force_authorized",
    "port_security": False,
    "port_security_maximum": None,
    "root_guard": False,
    "dhcp_snooping_trust": Unknown("EOS has no trusted ports: its snooping adds to requests and filters no answers"),
    "arp_inspection_trust": False,
    "source_guard": False,
    "macsec": False,
    "cdp": False,
    "access_list_in": None,
    "access_list_out": None,
    "access_list_ipv6_in": None,
    "access_list_ipv6_out": None,
    "directed_broadcast": False,
    "unicast_rpf": "none",
    "proxy_arp": False,
    "management_access": Unknown("EOS has no setting for it per interface"),
}
"""What an interface has when it says nothing."""

Defaults = dict[str, Any]


def read_interfaces(reading: Reading, services: dict[str, Fact[bool]]) -> list[Interface]:
    """Every interface. ``services`` says whether ``lldp`` runs at all."""
    defaults = {
        "lldp": services["lldp"],
        "switchport": reading.value("interfaces", "switchport default mode") != "routed",
        "bpdu_guard": reading.tree.first("spanning-tree edge-port bpduguard default") is not None,
        "bpdu_filter": reading.tree.first("spanning-tree edge-port bpdufilter default") is not None,
        "loop_guard": reading.tree.first("spanning-tree guard loop default") is not None,
        "dot1x": reading.tree.first("dot1x system-auth-control") is not None,
        "shut": _starts_shut(reading),
        "redirects": reading.switched("interfaces", "ip icmp redirect") is not False,
        "lenient": _lenient_profiles(reading),
    }
    interfaces = []
    for section in reading.tree.all("interface"):
        name = section.text[10:].strip()
        if name and name != "defaults" and not name.startswith("profile "):
            reading.provenance.section(f"interfaces.{name}", section)
            interfaces.append(_interface(name, _with_profiles(reading, section), defaults))
    reading.provenance.note("interfaces", *reading.tree.all("interface"))
    return interfaces


def _lenient_profiles(reading: Reading) -> frozenset[str]:
    """Profiles of MACsec with which a link carries what is not encrypted too (EOS manual, ``traffic unprotected``)."""
    section = reading.tree.first("mac security")
    profiles = section.all("profile") if section else []
    return frozenset(one.text[8:].strip() for one in profiles if one.first("traffic unprotected allow"))


def _starts_shut(reading: Reading) -> bool:
    """``interface defaults``, ``ethernet``, ``shutdown``: ports are closed unless they say ``no shutdown``."""
    section = reading.tree.first("interface defaults")
    ports = section.first("ethernet") if section else None
    return ports is not None and ports.first("shutdown") is not None


def _with_profiles(reading: Reading, section: Line) -> list[str]:
    """The lines of an interface, below those of the profiles that it names: ``command`` and a line each."""
    lines = []
    for use in section.all("profile"):
        for name in use.text.split()[1:]:
            profile = reading.tree.last(f"interface profile {name}")
            lines += [line.text[8:] for line in profile.all("command")] if profile else []
    return [*lines, *(line.text for line in section.children)]


def _interface(name: str, lines: list[str], defaults: Defaults) -> Interface:
    settings: dict[str, Any] = {"addresses": [], "storm_control": []}
    for line in lines:
        TABLE.apply(line, settings)
    if settings.pop("macsec_profile", None) in defaults["lenient"]:
        settings["macsec"] = False
    kind = _kind(name)
    if kind == "physical" and not name.startswith("Management"):
        settings.setdefault("enabled", not defaults["shut"])
    settings |= _mode(name, kind, settings, is_switched=defaults["switchport"])
    _inherit(settings, defaults, discovers=kind == "physical")
    facts = SILENT | settings
    for mark in ("switchport", "ipv4"):
        facts.pop(mark, None)
    return Interface(name=name, kind=kind, **facts)


def _kind(name: str) -> Any:
    return "subinterface" if "." in name else KINDS.get(name.rstrip("0123456789/"), "other")


def _mode(name: str, kind: str, settings: dict[str, Any], *, is_switched: bool) -> dict[str, Any]:
    if kind not in {"physical", "aggregate"} or name.startswith("Management"):
        return {"mode": "other" if kind in {"tunnel", "other"} else "routed"}
    if "aggregate" in settings:
        return {"mode": "member"}
    if not settings.get("switchport", is_switched):
        return {"mode": "routed", "access_vlan": None, "native_vlan": None}
    if settings.get("mode") == PHONE:
        native = settings.get("native_vlan", 1)
        return {"mode": "access", "access_vlan": native, "native_vlan": native, "allowed_vlans": None}
    return {
        "mode": settings.get("mode", "access"),
        "access_vlan": settings.get("access_vlan", 1),
        "native_vlan": settings.get("native_vlan", 1),
    }


def _inherit(settings: dict[str, Any], defaults: Defaults, *, discovers: bool) -> None:
    """Work out what holds, given the interface's own lines and the global defaults."""
    switched = settings["mode"] in {"access", "trunk", "other"}
    settings.setdefault("portfast", False)
    for name in ("bpdu_guard", "bpdu_filter"):
        settings.setdefault(name, defaults[name] and settings["portfast"])
    settings.setdefault("loop_guard", defaults["loop_guard"] and switched)
    waits = settings.get("port_control") == "auto" and defaults["dot1x"]
    settings["dot1x"] = waits and settings.get("dot1x", False)
    settings["mab"] = waits and settings.get("mab", False)
    if settings.get("port_security"):
        settings.setdefault("port_security_maximum", 1)
    for name in ("lldp_transmit", "lldp_receive"):
        settings[name] = defaults["lldp"] if settings.get(name, discovers) else False
    has_address = "ipv4" in settings
    settings["redirects"] = has_address and defaults["redirects"]
    settings["unreachables"] = Unknown("EOS has no setting for it per interface") if has_address else False
