"""Interfaces in a running configuration of AOS-CX, with what they inherit from global settings.

A port without ``no routing`` and without VLANs routes; VLAN and loopback interfaces are up, and whether a port is that says
nothing of itself differs per model. An access port or trunk negotiates nothing (AOS-CX Fundamentals, Layer 2 Bridging and
Security guides).
"""

from dataclasses import dataclass
from typing import Any

from baseline.collectors.network.platforms.aruba_aoscx.interface_lines import TABLE
from baseline.collectors.network.platforms.aruba_aoscx.interface_names import interface_name
from baseline.collectors.network.platforms.indented.reading import Reading
from baseline.collectors.network.platforms.indented.words import after, expand_numbers, number
from baseline.collectors.network.section_tree import Line
from baseline.models.facts.fact import Fact, Unknown
from baseline.models.facts.network import Interface

KINDS = {
    "loopback": "loopback",
    "vlan": "vlan",
    "lag": "aggregate",
    "tunnel": "tunnel",
    "vxlan": "tunnel",
    "mgmt": "physical",
}
"""First word of a name -> kind; a port's name is a number."""

SILENT: dict[str, Any] = {
    "description": None,
    "aggregate": None,
    "vrf": None,
    "zone": None,
    "access_vlan": None,
    "voice_vlan": None,
    "native_vlan": None,
    "allowed_vlans": None,
    "trunk_negotiation": False,
    "port_control": "force_authorized",
    "dot1x": False,
    "mab": False,
    "port_security": False,
    "port_security_maximum": None,
    "portfast": False,
    "bpdu_guard": False,
    "bpdu_filter": False,
    "root_guard": False,
    "loop_guard": False,
    "dhcp_snooping_trust": False,
    "arp_inspection_trust": False,
    "source_guard": False,
    "macsec": False,
    "access_list_in": None,
    "access_list_out": None,
    "access_list_ipv6_in": None,
    "access_list_ipv6_out": None,
    "directed_broadcast": False,
    "unicast_rpf": "none",
    "proxy_arp": False,
    "management_access": Unknown("AOS-CX has no setting for it per interface"),
}
"""What an interface has when it says nothing."""

MARKS = ("switchport", "trunk", "native_told", "ipv4", "dhcp")
SUPPLICANTS = {
    "dot1x": "aaa authentication port-access dot1x authenticator",
    "mab": "aaa authentication port-access mac-auth",
}
TEMPLATES = frozenset({"persona", "group"})
"""Sections that begin as those of interfaces do, and are none."""

SECURITY = "port-access port-security"
DEFAULT_CLIENTS = 1
_STATE = "the interface mentions neither `shutdown` nor `no shutdown`, and the default differs per model"


@dataclass(frozen=True, slots=True)
class Defaults:
    """What holds for every interface. ``authenticators``: those of ``SUPPLICANTS`` that are on for the switch as a whole."""

    cdp: Fact[bool]
    lldp: Fact[bool]
    authenticators: frozenset[str]
    port_security: bool
    redirects: bool
    unreachables: bool
    voice_vlans: frozenset[int]


def read_interfaces(reading: Reading, services: dict[str, Fact[bool]]) -> list[Interface]:
    """Every interface. ``services`` says whether ``cdp`` and ``lldp`` run at all."""
    defaults = _defaults(reading, services)
    interfaces: dict[str, Interface] = {}
    for section in reading.tree.all("interface"):
        words = section.text.split()[1:]
        name = interface_name(words)
        if name and words[0] not in TEMPLATES:
            reading.provenance.section(f"interfaces.{name}", section)
            interfaces[name] = _interface(name, section, defaults)
    reading.provenance.note("interfaces", *reading.tree.all("interface"))
    return list(interfaces.values())


def _defaults(reading: Reading, services: dict[str, Fact[bool]]) -> Defaults:
    tree = reading.tree
    voiced = [section for section in tree.all("vlan") if section.first("voice")]
    return Defaults(
        cdp=services["cdp"],
        lldp=services["lldp"],
        authenticators=frozenset(
            fact for fact, command in SUPPLICANTS.items() if any(_is_on(line, command) for line in tree.all(command))
        ),
        port_security=any(_is_on(line, SECURITY) for line in tree.all(SECURITY)),
        redirects=tree.first("no ip icmp redirect") is None,
        unreachables=tree.first("no ip icmp unreachable") is None,
        voice_vlans=frozenset(one for section in voiced for one in expand_numbers(section.text[5:].split(" ")[0])),
    )


def _is_on(line: Line, command: str) -> bool:
    """``command`` with ``enable`` behind or below it."""
    return line.text == f"{command} enable" or (line.text == command and line.first("enable") is not None)


def _interface(name: str, section: Line, defaults: Defaults) -> Interface:
    settings: dict[str, Any] = {"addresses": [], "storm_control": []}
    for line in section.children:
        TABLE.apply(line.text, settings)
        _apply_section(line, settings)
    kind = _kind(name)
    if settings.get("dhcp"):
        settings["addresses"].append("dhcp")
        settings["ipv4"] = True
    settings |= _mode(kind, settings, is_management=name == "mgmt")
    settings["enabled"] = _enabled(kind, settings, is_management=name == "mgmt")
    _voice(settings, defaults)
    _authenticate(settings, defaults)
    _inherit(settings, defaults, discovers=kind == "physical")
    if name == "mgmt":
        settings["vrf"] = "mgmt"
    facts = SILENT | settings
    for mark in MARKS:
        facts.pop(mark, None)
    return Interface(name=name, kind=kind, **facts)


def _apply_section(line: Line, settings: dict[str, Any]) -> None:
    """Lines with settings below them: authentication and port security."""
    for fact, command in SUPPLICANTS.items():
        if _is_on(line, command):
            settings[fact] = True
    if line.text.startswith(SECURITY):
        settings["port_security"] = settings.get("port_security", False) or _is_on(line, SECURITY)
        limit = number(after(line.first("client-limit"), "client-limit"))
        if limit is not None:
            settings["port_security_maximum"] = limit


def _kind(name: str) -> Any:
    first = name.split(" ", maxsplit=1)[0]
    if "." in name and first[:1].isdigit():
        return "subinterface"
    return "physical" if first[:1].isdigit() else KINDS.get(first, "other")


def _mode(kind: str, settings: dict[str, Any], *, is_management: bool) -> dict[str, Any]:
    """Mode, and the VLANs that a switch port has unless told otherwise: VLAN 1, access. A trunk whose native VLAN is tagged
    has no untagged one.
    """
    if kind not in {"physical", "aggregate"} or is_management:
        routed = kind in {"vlan", "loopback", "subinterface"} or is_management
        return {"mode": "routed" if routed else "other"}
    if "aggregate" in settings:
        return {"mode": "member"}
    switched = settings.get("switchport", "access_vlan" in settings or "trunk" in settings)
    if not switched:
        return {"mode": "routed", "access_vlan": None, "native_vlan": None, "allowed_vlans": None}
    return {
        "mode": "trunk" if "trunk" in settings else "access",
        "access_vlan": settings.get("access_vlan", 1),
        "native_vlan": settings["native_vlan"] if "native_told" in settings else 1,
    }


def _enabled(kind: str, settings: dict[str, Any], *, is_management: bool) -> Fact[bool]:
    if "enabled" in settings:
        return bool(settings["enabled"])
    return True if kind in {"loopback", "vlan"} or is_management else Unknown(_STATE)


def _voice(settings: dict[str, Any], defaults: Defaults) -> None:
    """The first VLAN with ``voice`` that a trunk carries: that is how a telephone's port looks."""
    allowed = settings.get("allowed_vlans")
    if settings["mode"] == "trunk" and allowed and defaults.voice_vlans:
        settings["voice_vlan"] = next(iter(sorted(defaults.voice_vlans & set(expand_numbers(allowed)))), None)


def _authenticate(settings: dict[str, Any], defaults: Defaults) -> None:
    """Both the switch and the port must have it enabled (AOS-CX Security Guide, "Port access")."""
    for fact in SUPPLICANTS:
        settings[fact] = settings.get(fact, False) and fact in defaults.authenticators
    if settings["dot1x"] or settings["mab"]:
        settings["port_control"] = "auto"
    settings["port_security"] = settings.get("port_security", False) and defaults.port_security
    if settings["port_security"]:
        settings.setdefault("port_security_maximum", DEFAULT_CLIENTS)
    else:
        settings["port_security_maximum"] = None


def _inherit(settings: dict[str, Any], defaults: Defaults, *, discovers: bool) -> None:
    """Work out what holds, given the interface's own lines and the global settings."""
    for name, runs in (("cdp", defaults.cdp), ("lldp_transmit", defaults.lldp), ("lldp_receive", defaults.lldp)):
        settings[name] = runs if settings.get(name, discovers) else False
    settings["redirects"] = defaults.redirects and "ipv4" in settings
    settings["unreachables"] = defaults.unreachables and "ipv4" in settings
    settings["proxy_arp"] = settings.get("proxy_arp", False) and "ipv4" in settings
