"""Interfaces in a running configuration, with what they inherit from templates and from global defaults."""

from typing import Any

from msgspec.structs import replace

from baseline.collectors.network.platforms.cisco_ios.context import Context
from baseline.collectors.network.platforms.cisco_ios.interface_lines import TABLE
from baseline.collectors.network.section_tree import Line
from baseline.models.facts.fact import Fact, Unknown
from baseline.models.facts.network import Interface

SWITCHED = frozenset({"mode", "access_vlan", "voice_vlan", "native_vlan", "trunk_negotiation", "allowed_vlans"})
"""Settings that only a switch port carries."""

KINDS = {
    "Loopback": "loopback",
    "Vlan": "vlan",
    "BDI": "vlan",
    "BVI": "vlan",
    "Port-channel": "aggregate",
    "Tunnel": "tunnel",
}
"""Name without its number -> kind; every other name with a number is a physical port."""

LOGICAL = frozenset({"loopback", "vlan", "tunnel", "aggregate", "subinterface", "other"})
"""Kinds on which neighbours are not discovered, unless the configuration says so."""


def read_interfaces(context: Context, services: dict[str, Fact[bool]]) -> list[Interface]:
    """Every interface. ``services`` says whether ``cdp`` and ``lldp`` run at all."""
    templates = {line.text[9:].strip(): line for line in context.tree.all("template")}
    reading = _Reading(templates, _defaults(context, services))
    interfaces = []
    for section in context.tree.all("interface"):
        name = section.text[10:].strip()
        if name:
            context.provenance.section(f"interfaces.{name}", section)
            interfaces.append(reading.interface(name, section))
    context.provenance.note("interfaces", *context.tree.all("interface"))
    return interfaces


class _Reading:
    """Reads interfaces. Most ports say the same but for their description: what they say is worked out once."""

    def __init__(self, templates: dict[str, Line], defaults: dict[str, Any]) -> None:
        self._templates, self._defaults = templates, defaults
        self._alike: dict[tuple[str, ...], Interface] = {}

    def interface(self, name: str, section: Line) -> Interface:
        """The facts of one interface."""
        own: dict[str, Any] = {}
        texts = []
        for line in section.children:
            if line.text.startswith("description "):
                TABLE.apply(line.text, own)
            else:
                texts.append(line.text)
        kind = _kind(name)
        alike = (kind, *texts)
        if alike not in self._alike:
            self._alike[alike] = _interface(name, kind, texts, self._templates, self._defaults)
        return replace(self._alike[alike], name=name, **own)


def _defaults(context: Context, services: dict[str, Fact[bool]]) -> dict[str, Any]:
    return {
        "is_switch": context.is_switch,
        "cdp": services["cdp"],
        "lldp": services["lldp"],
        "portfast": _has(context, "spanning-tree portfast default", "spanning-tree portfast edge default"),
        "bpdu_guard": _has(
            context, "spanning-tree portfast bpduguard default", "spanning-tree portfast edge bpduguard default"
        ),
        "bpdu_filter": _has(
            context, "spanning-tree portfast bpdufilter default", "spanning-tree portfast edge bpdufilter default"
        ),
        "loop_guard": _has(context, "spanning-tree loopguard default"),
        "dot1x": _has(context, "dot1x system-auth-control"),
        "proxy_arp": context.release.silent("ip proxy-arp", ios=True, ios_xe=True),
        "redirects": context.release.silent("ip redirects", ios=True, ios_xe=True),
        "unreachables": context.release.silent("ip unreachables", ios=True, ios_xe=True),
    }


def _has(context: Context, *commands: str) -> bool:
    return any(context.tree.first(command) for command in commands)


def _interface(
    name: str, kind: Any, texts: list[str], templates: dict[str, Line], defaults: dict[str, Any]
) -> Interface:
    settings: dict[str, Any] = {"addresses": [], "storm_control": []}
    sourced = [text[16:].split(" ")[0] for text in texts if text.startswith("source template ")]
    if sourced:
        texts = [line.text for name in sourced if name in templates for line in templates[name].children] + texts
    for text in texts:
        TABLE.apply(text, settings)
    said = [setting for setting, value in settings.items() if value not in ([], None)] if sourced else []
    settings |= _mode(kind, settings, is_switch=defaults["is_switch"])
    _inherit(settings, defaults, discovers=kind not in LOGICAL)
    if settings.get("lenient"):  # it carries what is not encrypted as long as no keys are agreed
        settings["macsec"] = False
    facts: dict[str, Any] = {**SILENT, **settings}
    for setting in ("switchport", "no_address", "ipv4", "open", "closed", "lenient"):
        facts.pop(setting, None)
    for template in sourced:
        if template not in templates:
            _doubt(facts, said, template)
    return Interface(name=name, kind=kind, **facts)


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
}
"""What an interface has when it says nothing, in every release known here."""

_PROTECTION = (
    "access_vlan voice_vlan mode trunk_negotiation port_control dot1x mab port_security portfast bpdu_guard root_guard "
    "storm_control source_guard"
)
PORT_PROTECTION = tuple(_PROTECTION.split())
"""What a template may set, and so what is unknown when a template is not in the configuration."""


def _doubt(facts: dict[str, Any], said: list[str], template: str) -> None:
    """Make unknown what a template may have set and the interface itself does not say; both count for 802.1X and MAB."""
    unknown = Unknown(f"the interface uses template {template}, which the configuration does not show")
    facts |= {name: unknown for name in PORT_PROTECTION if name not in said or name in {"dot1x", "mab"}}


def _kind(name: str) -> Any:
    if "." in name:
        return "subinterface"
    word = name.rstrip("0123456789/")
    return KINDS.get(word) or ("physical" if word != name else "other")


def _mode(kind: str, settings: dict[str, Any], *, is_switch: bool) -> dict[str, Any]:
    """Mode, and the VLANs and negotiation that a switch port has unless told otherwise.

    A physical port or aggregate is a switch port when it says so, when it carries switch port settings, or when the device
    is a switch and the port mentions no address: a routed port on a switch always shows ``no switchport``. VLAN 1 and
    negotiation of trunking are the defaults (Catalyst command reference, ``switchport mode``).
    """
    if kind not in {"physical", "aggregate"}:
        return {"mode": "routed" if kind in {"vlan", "loopback", "tunnel", "subinterface"} else "other"}
    if "aggregate" in settings:
        return {"mode": "member"}
    said = settings.get("switchport")
    addressed = "no_address" in settings or "ipv4" in settings
    if said is None:
        said = bool(SWITCHED & settings.keys()) or (is_switch and not addressed)
    if not said:
        return {"mode": "routed", "access_vlan": None, "native_vlan": None, "trunk_negotiation": False}
    mode = settings.get("mode", "dynamic")
    return {
        "mode": mode,
        "access_vlan": settings.get("access_vlan", 1),
        "native_vlan": settings.get("native_vlan", 1),
        "trunk_negotiation": mode in {"trunk", "dynamic"} and settings.get("trunk_negotiation", True),
    }


def _inherit(settings: dict[str, Any], defaults: dict[str, Any], *, discovers: bool) -> None:
    """Work out what holds, given the interface's own lines and the global defaults."""
    switched = settings["mode"] in {"access", "trunk", "dynamic", "other"}
    if "portfast" not in settings:
        settings["portfast"] = defaults["portfast"] and settings["mode"] == "access"
    for name in ("bpdu_guard", "bpdu_filter"):
        settings.setdefault(name, defaults[name] and settings["portfast"])
    settings.setdefault("loop_guard", defaults["loop_guard"] and switched)
    waits = settings.get("port_control") == "auto" and not _lets_in(settings)
    settings["dot1x"] = settings.get("dot1x", False) and waits and defaults["dot1x"]
    settings["mab"] = settings.get("mab", False) and waits
    if settings.get("port_security"):
        settings.setdefault("port_security_maximum", 1)
    for name, service in (("cdp", "cdp"), ("lldp_transmit", "lldp"), ("lldp_receive", "lldp")):
        settings[name] = defaults[service] if settings.get(name, discovers) else False
    for name in ("proxy_arp", "redirects", "unreachables"):
        settings[name] = settings.get(name, defaults[name]) if "ipv4" in settings else False


def _lets_in(settings: dict[str, Any]) -> bool:
    """Whether a port carries everything of who is not authenticated: open, and with no filter for what comes in before.

    Source: Cisco Identity-Based Networking Services Command Reference, ``access-session closed`` and
    ``authentication open``.
    """
    return settings.get("open", False) and not settings.get("closed", False) and not settings.get("access_list_in")
