"""Interfaces, VLANs and zones in a PAN-OS configuration."""

from collections.abc import Iterator
from typing import Any

from baseline.collectors.network.numbers import number, with_prefix
from baseline.collectors.network.platforms.paloalto_panos.access import management_port, profile_protocols
from baseline.collectors.network.platforms.paloalto_panos.context import Context
from baseline.collectors.network.unknowns import explain
from baseline.collectors.network.word_tree import Node
from baseline.models.facts.fact import Unknown
from baseline.models.facts.network import Interface, Vlan

MANAGEMENT = "management"
"""The port for management alone, which ``deviceconfig system`` sets."""

KINDS = {
    "ethernet": "physical",
    "aggregate-ethernet": "aggregate",
    "loopback": "loopback",
    "vlan": "vlan",
    "tunnel": "tunnel",
}
NOT_TOLD = "the configuration does not tell it"
BY_SWITCH = "a firewall leaves it to the switch that carries the VLAN"
SILENT: dict[str, Any] = {
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
    "storm_control": [],
    "portfast": False,
    "bpdu_guard": False,
    "bpdu_filter": False,
    "root_guard": False,
    "loop_guard": False,
    "dhcp_snooping_trust": False,
    "arp_inspection_trust": False,
    "source_guard": False,
    "macsec": False,
    "cdp": False,
    "access_list_in": None,
    "access_list_out": None,
    "access_list_ipv6_in": None,
    "access_list_ipv6_out": None,
    "directed_broadcast": False,
}
"""What only a switch port or a router has."""

LAYERS = ("layer3", "layer2", "virtual-wire", "tap", "ha", "decrypt-mirror", "log-card")
PROTOCOLS = ("ssh", "https", "http", "telnet", "snmp")


def read_interfaces(context: Context) -> list[Interface]:
    """The management port and every interface of the network."""
    found = [_management(context)]
    zones, routers = _zones(context), _routers(context)
    for kind, node, unit, lines in _all(context):
        context.note(f"interfaces.{node.word}", lines)
        found.append(_interface(context, kind, node, unit, zones, routers))
    context.note("interfaces", context.parts.network.at("interface"))
    return found


def _all(context: Context) -> Iterator[tuple[str, Node, Node, Node]]:
    """Kind, interface, the node of its layer 3 settings, and what it was read from."""
    for section in context.parts.network.below("interface"):
        kind = KINDS.get(section.word, "other")
        physical = kind in {"physical", "aggregate"}
        for node in section.children.values() if physical else ():
            layer = next((node.children[word] for word in LAYERS if word in node.children), node)
            yield kind, node, layer, node
            for unit in layer.below("units"):
                yield "subinterface", unit, unit, unit
        for unit in section.below("units") if not physical else ():
            yield kind, unit, unit, unit


def _interface(
    context: Context, kind: str, node: Node, settings: Node, zones: dict[str, str], routers: dict[str, str]
) -> Interface:
    aggregate = node.value("aggregate-group")
    routed = settings.word in {"layer3", node.word} and (
        "ip" in settings.children or kind not in {"physical", "aggregate"}
    )
    lldp = settings.value("lldp enable") == "yes" and context.parts.network.value("lldp enable") == "yes"
    router = routers.get(node.word)
    values: dict[str, Any] = {
        **SILENT,
        "name": node.word,
        "description": node.value("comment"),
        "kind": kind,
        "enabled": node.value("link-state") != "down",
        "mode": "member" if aggregate else "routed" if routed or settings.word == "layer3" else "other",
        "aggregate": aggregate,
        "vrf": None if router == "default" else router,
        "zone": zones.get(node.word),
        "addresses": _addresses(settings),
        "lldp_transmit": lldp,
        "lldp_receive": lldp,
        "proxy_arp": Unknown("proxy ARP follows from address translation, not from the interface"),
        "unicast_rpf": Unknown("zone protection profiles decide it per zone (`discard-ip-spoof`)"),
        "management_access": profile_protocols(context, settings.value("interface-management-profile")),
    }
    return explain(Interface(**values), NOT_TOLD)


def _addresses(settings: Node) -> list[str]:
    found = settings.values("ip")
    found += [node.word for node in settings.below("ipv6 address")]
    return [*found, *(["dhcp"] if settings.value("dhcp-client enable") == "yes" else [])]


def _management(context: Context) -> Interface:
    system = context.parts.system
    fact = f"interfaces.{MANAGEMENT}"
    context.note(fact, system.at("ip-address"), system.at("service"), system.at("type"))
    address, mask = system.value("ip-address"), system.value("netmask")
    dynamic = system.at("type dhcp-client") is not None
    access = [name for name in PROTOCOLS if management_port(context, fact, name) is True]
    values: dict[str, Any] = {
        **SILENT,
        "name": MANAGEMENT,
        "description": None,
        "kind": "physical",
        "enabled": True,
        "mode": "routed",
        "aggregate": None,
        "vrf": None,
        "zone": None,
        "addresses": ["dhcp"] if dynamic else [with_prefix(address, mask or "")] if address else [],
        "proxy_arp": False,
        "management_access": access,
    }
    return explain(Interface(**values), NOT_TOLD)


def _zones(context: Context) -> dict[str, str]:
    """Interface -> its zone."""
    found = {}
    for _, system in context.parts.systems:
        for zone in system.below("zone"):
            for layer in zone.below("network"):
                found.update(dict.fromkeys(layer.children, zone.word))
    return found


def _routers(context: Context) -> dict[str, str]:
    """Interface -> its virtual router."""
    return {
        name: node.word for node in context.parts.network.below("virtual-router") for name in node.values("interface")
    }


def read_vlans(context: Context) -> list[Vlan]:
    """VLAN tags of subinterfaces, by number."""
    vlans: dict[int, Vlan] = {}
    for kind, node, _, _ in _all(context):
        tag = number(node.value("tag")) if kind == "subinterface" else None
        if tag and tag not in vlans:
            context.note(f"vlans.{tag}", node)
            silent = Unknown(BY_SWITCH)
            vlans[tag] = Vlan(
                name=str(tag), number=tag, label=node.word, enabled=True, dhcp_snooping=silent, arp_inspection=silent
            )
    return [vlans[tag] for tag in sorted(vlans)]
