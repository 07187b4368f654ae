"""Interfaces in a running configuration of NX-OS, with what they inherit from global defaults.

Defaults: Cisco Nexus 9000 NX-OS Interfaces, Layer 2 Switching, Security and Unicast Routing configuration guides. NX-OS
does not negotiate trunking (DTP), sends redirects, answers no ARP for others and sends no unreachables unless told.
"""

from typing import Any

from baseline.collectors.network.platforms.cisco_nxos.interface_lines import TABLE
from baseline.collectors.network.platforms.indented.reading import Reading
from baseline.collectors.network.platforms.indented.words import word_after
from baseline.collectors.network.section_tree import Line
from baseline.models.facts.fact import Fact, Unknown
from baseline.models.facts.network import Interface

KINDS = {
    "loopback": "loopback",
    "Vlan": "vlan",
    "Bdi": "vlan",
    "port-channel": "aggregate",
    "Tunnel": "tunnel",
    "nve": "tunnel",
    "Ethernet": "physical",
    "mgmt": "physical",
}
"""Name without its number -> kind."""

SWITCHED = frozenset({"mode", "access_vlan", "voice_vlan", "native_vlan", "allowed_vlans"})
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
    "unreachables": False,
    "management_access": Unknown("NX-OS has no setting for it per interface"),
}
"""What an interface has when it says nothing."""

_MODEL = "the interface mentions neither `switchport` nor `no switchport`, and the default differs per model"
_SECURITY = "the policy of MACsec does not mention `security-policy`, and its default differs per model; write it out"
_STATE = "the interface mentions neither `shutdown` nor `no shutdown`, and the default differs per model"
Defaults = dict[str, Any]


def read_interfaces(reading: Reading, services: dict[str, Fact[bool]]) -> list[Interface]:
    """Every interface. ``services`` says whether ``cdp`` and ``lldp`` run at all."""
    defaults = _defaults(reading, services)
    interfaces = []
    for section in reading.tree.all("interface"):
        name = section.text[10:].strip()
        if name:
            reading.provenance.section(f"interfaces.{name}", section)
            interfaces.append(_interface(name, section, defaults))
    reading.provenance.note("interfaces", *reading.tree.all("interface"))
    return interfaces


def _defaults(reading: Reading, services: dict[str, Fact[bool]]) -> Defaults:
    edge = "spanning-tree port type edge"
    return {
        "cdp": services["cdp"],
        "lldp": services["lldp"],
        "switchport": _switchport_default(reading),
        "shutdown": reading.switched("interfaces", "system default switchport shutdown"),
        "portfast": reading.tree.first(f"{edge} default") is not None,
        "bpdu_guard": reading.tree.first(f"{edge} bpduguard default") is not None,
        "bpdu_filter": reading.tree.first(f"{edge} bpdufilter default") is not None,
        "loop_guard": reading.tree.first("spanning-tree loopguard default") is not None,
        "dot1x": reading.tree.first("feature dot1x") is not None,
        "port_security": reading.tree.first("feature port-security") is not None,
        "macsec": _macsec_policies(reading),
    }


def _macsec_policies(reading: Reading) -> dict[str, str]:
    """Policy of MACsec -> ``must-secure`` or ``should-secure``, where it says."""
    policies = {}
    for section in reading.tree.all("macsec policy"):
        said = section.first("security-policy")
        if said is not None:
            policies[section.text.split()[-1]] = said.text.split()[-1]
    return policies


def _macsec(keychain: str | None, policies: dict[str, str]) -> Fact[bool]:
    """Whether a link carries nothing that is not encrypted: with ``should-secure`` it does as long as no keys are agreed."""
    if keychain is None:
        return False
    said = policies.get(word_after(keychain.split(), "policy") or "")
    return said == "must-secure" if said else Unknown(_SECURITY)


def _switchport_default(reading: Reading) -> bool | None:
    """Whether a port that says nothing is a switch port; None when nobody can tell.

    Where the configuration does not say it, the ports do: NX-OS writes only what is not the default.
    """
    stated = [
        line for line in reading.tree.all("system default switchport") if line.text == "system default switchport"
    ]
    if stated or reading.tree.first("no system default switchport"):
        return bool(stated)
    said = {
        line.text
        for section in reading.tree.all("interface")
        if section.text.startswith("interface Ethernet")
        for line in section.children
    }
    if "no switchport" in said:
        return True
    return False if "switchport" in said else None


def _interface(name: str, section: Line, defaults: Defaults) -> Interface:
    settings: dict[str, Any] = {"addresses": [], "storm_control": []}
    for line in section.children:
        TABLE.apply(line.text, settings)
    kind = _kind(name)
    settings |= _mode(kind, settings, is_switched=defaults["switchport"], is_management=name.startswith("mgmt"))
    settings["enabled"] = _enabled(kind, settings, defaults, is_management=name.startswith("mgmt"))
    _inherit(settings, defaults, discovers=kind == "physical")
    settings["macsec"] = _macsec(settings.pop("macsec_keychain", None), defaults["macsec"])
    facts = SILENT | settings
    for mark in ("switchport", "ipv4"):
        facts.pop(mark, None)
    return Interface(name=name, kind=kind, **facts)


def _kind(name: str) -> Any:
    return "subinterface" if "." in name else KINDS.get(name.rstrip("0123456789/"), "other")


def _mode(kind: str, settings: dict[str, Any], *, is_switched: bool | None, is_management: bool) -> dict[str, Any]:
    """Mode, and the VLANs that a switch port has unless told otherwise: VLAN 1, access."""
    if kind not in {"physical", "aggregate"} or is_management:
        routed = kind in {"vlan", "loopback", "subinterface"} or is_management
        return {"mode": "routed" if routed else "other"}
    if "aggregate" in settings:
        return {"mode": "member"}
    said = settings.get("switchport")
    if said is None:
        said = True if SWITCHED & settings.keys() else False if "ipv4" in settings else is_switched
    if said is None:
        unknown = Unknown(_MODEL)
        return dict.fromkeys(("mode", "access_vlan", "native_vlan"), unknown)
    if not said:
        return {"mode": "routed", "access_vlan": None, "native_vlan": None}
    return {
        "mode": settings.get("mode", "access"),
        "access_vlan": settings.get("access_vlan", 1),
        "native_vlan": settings.get("native_vlan", 1),
    }


def _enabled(kind: str, settings: dict[str, Any], defaults: Defaults, *, is_management: bool) -> Fact[bool]:
    """A routed port is shut down until told otherwise, and so is a VLAN interface (Interfaces Configuration Guide)."""
    if "enabled" in settings:
        return bool(settings["enabled"])
    if kind in {"loopback", "aggregate"} or is_management:
        return True
    if kind == "vlan" or (kind == "physical" and (settings["mode"] == "routed" or settings.get("switchport") is False)):
        return False
    if kind != "physical" or defaults["shutdown"] is None:
        return Unknown(_STATE)
    return not defaults["shutdown"]


def _inherit(settings: dict[str, Any], defaults: Defaults, *, discovers: bool) -> None:
    """Work out what holds, given the interface's own lines and the global defaults."""
    switched = settings["mode"] in {"access", "trunk", "other"}
    if "portfast" not in settings:
        settings["portfast"] = defaults["portfast"] and settings["mode"] == "access"
    for name in ("bpdu_guard", "bpdu_filter"):
        settings.setdefault(name, defaults[name] and settings["portfast"])
    settings.setdefault("loop_guard", defaults["loop_guard"] and switched)
    waits = settings.get("port_control") == "auto" and defaults["dot1x"]
    settings["dot1x"] = waits and settings.get("dot1x", True)
    settings["mab"] = waits and settings.get("mab", False)
    settings["port_security"] = settings.get("port_security", False) and defaults["port_security"]
    if settings["port_security"]:
        settings.setdefault("port_security_maximum", 1)
    for name, service in (("cdp", "cdp"), ("lldp_transmit", "lldp"), ("lldp_receive", "lldp")):
        settings[name] = defaults[service] if settings.get(name, discovers) else False
    settings["redirects"] = settings.get("redirects", True) if "ipv4" in settings else False
    for name in ("proxy_arp", "unreachables"):
        settings[name] = settings.get(name, False) and "ipv4" in settings
