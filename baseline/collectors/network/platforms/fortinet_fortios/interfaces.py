"""Interfaces, VLANs and zones in a FortiOS configuration."""

from typing import Any

from baseline.collectors.network.edit_style import Block
from baseline.collectors.network.numbers import EVERYWHERE, UNSPECIFIED, number, with_prefix
from baseline.collectors.network.platforms.fortinet_fortios.access import management_access
from baseline.collectors.network.platforms.fortinet_fortios.context import Context
from baseline.collectors.network.unknowns import explain
from baseline.models.facts.fact import Fact, Unknown
from baseline.models.facts.network import Interface, Vlan

KINDS = {
    "physical": "physical",
    "aggregate": "aggregate",
    "redundant": "aggregate",
    "vlan": "subinterface",
    "emac-vlan": "subinterface",
    "loopback": "loopback",
    "tunnel": "tunnel",
    "vxlan": "tunnel",
}
"""``set type`` -> kind."""

BY_SWITCH = "a FortiGate leaves it to the switch that carries the VLAN"
NOT_TOLD = "the configuration does not tell it"
SILENT: dict[str, Any] = {
    "access_vlan": None,
    "voice_vlan": None,
    "native_vlan": None,
    "allowed_vlans": None,
    "trunk_negotiation": False,
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
}
"""What only a switch port or a router has."""


def read_interfaces(context: Context) -> list[Interface]:
    """Every interface, of all virtual domains."""
    zones = _zones(context)
    members = _members(context)
    strict = _strict(context)
    found = []
    for _, entry in context.entries("system interface"):
        context.note(f"interfaces.{entry.name}", entry)
        found.append(_interface(context, entry, zones, members, strict))
    context.note("interfaces", *(table for _, table in context.tables("system interface")))
    return found


def _interface(
    context: Context, entry: Block, zones: dict[str, str], members: dict[str, str], strict: dict[str, str]
) -> Interface:
    kind = entry.value("type") or ("vlan" if entry.value("vlanid") else "physical")
    aggregate = members.get(entry.name)
    security = entry.value("security-mode")
    vrf = entry.value("vrf")
    values: dict[str, Any] = {
        **SILENT,
        "name": entry.name,
        "description": entry.value("description") or entry.value("alias") or None,
        "kind": KINDS.get(kind, "other"),
        "enabled": entry.value("status") != "down",
        "mode": "member" if aggregate else "routed",
        "aggregate": aggregate,
        "vrf": vrf if vrf not in {None, "", "0"} else None,
        "zone": zones.get(entry.name),
        "addresses": _addresses(entry),
        "port_control": "auto" if security == "802.1X" else "force_authorized",
        "dot1x": security == "802.1X",
        "mab": security == "802.1X" and entry.value("security-mac-auth-bypass") in {"enable", "mac-auth-only"},
        "unicast_rpf": _reverse_path(entry, strict),
        "proxy_arp": Unknown("proxy ARP is set for single addresses (`config system proxy-arp`), not per interface"),
        "management_access": management_access(entry),
    }
    fact = f"interfaces.{entry.name}"
    values |= {
        "lldp_transmit": _lldp(context, entry, "transmission"),
        "lldp_receive": _lldp(context, entry, "reception"),
        "redirects": _enabled(context.setting(f"{fact}.redirects", entry, "icmp-send-redirect", "enable")),
        "directed_broadcast": _enabled(
            context.setting(f"{fact}.directed_broadcast", entry, "broadcast-forward", "disable")
        ),
    }
    if not any("." in address or address == "dhcp" for address in values["addresses"]):
        values |= dict.fromkeys(("proxy_arp", "redirects", "unreachables", "directed_broadcast"), False)
    return explain(Interface(**values), NOT_TOLD)


def _enabled(value: str | Unknown) -> Fact[bool]:
    return value if isinstance(value, Unknown) else value == "enable"


def _lldp(context: Context, entry: Block, way: str) -> Fact[bool]:
    """``vdom``, the default, follows the virtual domain, which follows the device as a whole."""
    own = entry.value(f"lldp-{way}")
    if own in {"enable", "disable"}:
        return own == "enable"
    return context.switch(f"interfaces.{entry.name}.lldp", "system global", f"lldp-{way}", "disable")


def _addresses(entry: Block) -> list[str]:
    found = ["dhcp"] if entry.value("mode") in {"dhcp", "pppoe"} else []
    pairs = [entry.values("ip"), *(inner.values("ip") for inner in entry.table("secondaryip").entries.values())]
    found += [with_prefix(*words[:2]) for words in pairs if len(words) > 1 and words[0] != UNSPECIFIED]
    six = entry.table("ipv6").value("ip6-address")
    return found + ([six] if six and six not in EVERYWHERE else [])


def _reverse_path(entry: Block, strict: dict[str, str]) -> str:
    """Sources are checked unless switched off: that there is a route back, or, where strict, that it is the best one
    (Administration Guide, "Reverse path look-up").
    """
    if entry.value("src-check") == "disable":
        return "none"
    return strict.get(entry.value("vdom") or "root", "loose")


def _strict(context: Context) -> dict[str, str]:
    """Virtual domain -> how its interfaces check sources: not at all where routes may be asymmetric (``asymroute``)."""
    return {
        domain or "root": "none"
        if table.value("asymroute") == "enable"
        else "strict"
        if table.value("strict-src-check") == "enable"
        else "loose"
        for domain, table in context.tables("system settings")
    }


def _zones(context: Context) -> dict[str, str]:
    return {name: entry.name for _, entry in context.entries("system zone") for name in entry.values("interface")}


def _members(context: Context) -> dict[str, str]:
    """Port -> the aggregate that it is part of."""
    return {
        name: entry.name
        for _, entry in context.entries("system interface")
        if entry.value("type") in {"aggregate", "redundant"}
        for name in entry.values("member")
    }


def read_vlans(context: Context) -> list[Vlan]:
    """VLANs of subinterfaces, by number."""
    vlans: dict[int, Vlan] = {}
    for _, entry in context.entries("system interface"):
        carried = number(entry.value("vlanid"))
        if carried and carried not in vlans:
            context.note(f"vlans.{carried}", entry)
            vlans[carried] = Vlan(
                name=str(carried),
                number=carried,
                label=entry.name,
                enabled=entry.value("status") != "down",
                dhcp_snooping=Unknown(BY_SWITCH),
                arp_inspection=Unknown(BY_SWITCH),
            )
    return [vlans[carried] for carried in sorted(vlans)]
