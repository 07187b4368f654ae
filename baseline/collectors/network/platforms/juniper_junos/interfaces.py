"""Interfaces in a Junos configuration.

A port and its unit 0 are one interface here, under the name of the port; every other unit is a subinterface. Ports that
the configuration does not name are not there.
"""

from dataclasses import dataclass
from typing import Any

from baseline.collectors.network.platforms.juniper_junos.context import Context
from baseline.collectors.network.platforms.juniper_junos.ports import PortRules
from baseline.collectors.network.unknowns import explain
from baseline.collectors.network.word_tree import Node, merged
from baseline.models.facts.fact import Fact, Unknown
from baseline.models.facts.network import Interface

KINDS = {"ae": "aggregate", "reth": "aggregate", "lo": "loopback", "irb": "vlan", "vlan": "vlan", "st": "tunnel"}
KINDS |= dict.fromkeys(("gr", "ip", "lt", "mt", "pd", "pe", "vt"), "tunnel")
PHYSICAL = ("fe", "ge", "xe", "et", "mge", "fxp", "em", "me", "so", "t1", "e1", "vme", "re")
"""Start of a name -> kind (Junos Interfaces Fundamentals, "Interface Naming Overview")."""

NOT_TOLD = "the configuration does not tell it"
SILENT: dict[str, Any] = {
    "voice_vlan": None,
    "native_vlan": None,
    "access_vlan": None,
    "allowed_vlans": None,
    "trunk_negotiation": False,
    "port_control": "force_authorized",
    "dot1x": False,
    "mab": False,
    "port_security": False,
    "port_security_maximum": None,
    "storm_control": [],
    "portfast": False,
    "bpdu_guard": False,
    "bpdu_filter": False,
    "root_guard": False,
    "loop_guard": False,
    "dhcp_snooping_trust": False,
    "arp_inspection_trust": False,
    "source_guard": False,
    "cdp": False,
}
"""What an interface has when nothing is said of it."""


@dataclass(frozen=True, slots=True)
class _Places:
    """Unit -> where it belongs."""

    zones: dict[str, Node]
    instances: dict[str, str]


def read_interfaces(context: Context) -> list[Interface]:
    """Every interface that the configuration names."""
    places = _Places(_zones(context), _instances(context))
    ports = PortRules.of(context)
    found: list[Interface] = []
    for name, node in context.interfaces.items():
        found += _port(context, name, node, places, ports)
    context.note("interfaces", context.at("interfaces"))
    return found


def _port(context: Context, name: str, node: Node, places: _Places, ports: PortRules) -> list[Interface]:
    kind = _kind(name)
    units = node.below("unit")
    found = []
    if kind != "vlan" or not units:
        first = next((unit for unit in units if unit.word == "0"), None)
        whole = node if first is None else merged(_without_units(node), first)
        found.append(_interface(context, name, f"{name}.0", whole, places, ports))
    for unit in units:
        if unit.word != "0" or kind == "vlan":
            logical = f"{name}.{unit.word}"
            found.append(_interface(context, logical, logical, unit, places, ports, parent=node))
    return found


def _without_units(node: Node) -> Node:
    return Node(node.word, node.number, {word: child for word, child in node.children.items() if word != "unit"})


def _kind(name: str) -> str:
    stem = name.rstrip("0123456789/:.-")
    stem = stem.split("-", 1)[0]
    return KINDS.get(stem) or ("physical" if stem in PHYSICAL else "other")


def _interface(
    context: Context,
    name: str,
    unit: str,
    node: Node,
    places: _Places,
    ports: PortRules,
    parent: Node | None = None,
) -> Interface:
    context.note(f"interfaces.{name}", node, places.zones.get(unit))
    kind = _kind(name)
    if parent is not None and kind in {"physical", "aggregate"}:
        kind = "subinterface"
    aggregate = _aggregate(node)
    mode = "member" if aggregate else ports.mode(node)
    values: dict[str, Any] = {
        **SILENT,
        **_filters(node),
        **_ip_behaviour(context, node),
        "name": name,
        "kind": kind,
        "description": node.value("description"),
        "enabled": "disable" not in node.children and (parent is None or "disable" not in parent.children),
        "mode": mode,
        "aggregate": aggregate,
        "vrf": places.instances.get(unit),
        "zone": places.zones[unit].word if unit in places.zones else None,
        "addresses": _addresses(node),
        "management_access": _management_access(places.zones.get(unit), unit),
    }
    values |= ports.settings(context, name, node, mode)
    return explain(Interface(**values), NOT_TOLD)


def _aggregate(node: Node) -> str | None:
    for options in ("gigether-options", "ether-options", "fastether-options"):
        for word in ("802.3ad", "redundant-parent"):
            found = node.at(f"{options} {word}")
            if found is not None:
                return next((one for one in found.words() if one.startswith(("ae", "reth"))), None)
    return None


def _addresses(node: Node) -> list[str]:
    found: list[str] = []
    for family in ("inet", "inet6"):
        found += node.values(f"family {family} address")
        if any(node.at(f"family {family} {word}") for word in ("dhcp", "dhcp-client", "dhcpv6-client")):
            found.append("dhcp")
    return found


def _filters(node: Node) -> dict[str, Any]:
    names = {}
    for family, part in (("inet", ""), ("inet6", "ipv6_")):
        for way, facing in (("input", "in"), ("output", "out")):
            filters = node.at(f"family {family} filter")
            words = [*filters.values(f"{way}-list"), *filters.values(way)] if filters else []
            names[f"access_list_{part}{facing}"] = " ".join(words[:16]) or None
    return names


def _ip_behaviour(context: Context, node: Node) -> dict[str, Any]:
    """Redirects are sent unless switched off, the rest is off unless switched on (CLI reference, ``no-redirects``,
    ``proxy-arp``, ``targeted-broadcast``, ``rpf-check``).
    """
    inet = node.at("family inet")
    if inet is None:
        off = dict.fromkeys(("proxy_arp", "redirects", "unreachables", "directed_broadcast"), False)
        return {**off, "unicast_rpf": "none", "macsec": _macsec(context, node)}
    check = inet.at("rpf-check")
    reverse = "none" if check is None else "loose" if "loose" in check.words() else "strict"
    silenced = "no-redirects" in inet.children or context.at("system no-redirects") is not None
    unreachables: Fact[bool] = Unknown("Junos has no setting per interface for ICMP unreachables")
    return {
        "proxy_arp": "proxy-arp" in node.children,
        "redirects": not silenced,
        "unreachables": unreachables,
        "directed_broadcast": "targeted-broadcast" in inet.children,
        "unicast_rpf": reverse,
        "macsec": _macsec(context, node),
    }


def _macsec(context: Context, node: Node) -> bool:
    """Whether all that goes over a port is encrypted; some associations only sign, or let through what is not."""
    secured = context.at("security macsec interfaces")
    own = secured.children.get(node.word) if secured else None
    if own is None:
        return False
    associations = context.at("security macsec connectivity-association")
    named = associations.children.get(own.value("connectivity-association") or "") if associations else None
    return named is None or ("no-encryption" not in named.children and named.at("mka should-secure") is None)


def _zones(context: Context) -> dict[str, Node]:
    """Unit -> its security zone."""
    found = {}
    for zone in context.root.below("security zones security-zone"):
        for unit in zone.values("interfaces"):
            found[unit if "." in unit else f"{unit}.0"] = zone
    management = context.at("security zones functional-zone management")
    for unit in management.values("interfaces") if management else ():
        found[unit] = Node(
            "management", management.number if management else 0, management.children if management else {}
        )
    return found


def _instances(context: Context) -> dict[str, str]:
    """Unit -> its routing instance."""
    return {unit: node.word for node in context.root.below("routing-instances") for unit in node.values("interface")}


def _management_access(zone: Node | None, unit: str) -> list[str]:
    """What the zone lets in for the device itself; what is set for one interface of it goes before that."""
    if zone is None:
        return []
    interfaces = zone.at("interfaces")
    own = interfaces.children.get(unit) or interfaces.children.get(unit.removesuffix(".0")) if interfaces else None
    source = own if own is not None and own.at("host-inbound-traffic") is not None else zone
    services = source.at("host-inbound-traffic system-services")
    return [node.word for node in services.children.values() if "except" not in node.children] if services else []
