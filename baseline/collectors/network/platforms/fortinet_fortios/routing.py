"""Routing protocols in a FortiOS configuration, in every virtual domain."""

from collections.abc import Iterable

from baseline.collectors.network.edit_style import Block
from baseline.collectors.network.numbers import UNSPECIFIED, holds, number, with_prefix
from baseline.collectors.network.platforms.fortinet_fortios.context import Context, entry_name
from baseline.models.facts.network import (
    BgpNeighbour,
    FirstHopGroup,
    OspfArea,
    Routing,
    RoutingAuthentication,
    RoutingInterface,
)

WORDS: dict[str, RoutingAuthentication] = {
    "none": "none",
    "text": "plain",
    "clear-text": "plain",
    "md5": "md5",
    "message-digest": "md5",
}
"""How FortiOS names an authentication -> how it is told here."""

FILTERS = ("route-map", "prefix-list", "distribute-list", "filter-list")


def read_routing(context: Context) -> Routing:
    """Everything under ``routing``."""
    return Routing(
        bgp_neighbours=list(_bgp(context)),
        ospf_areas=list(_areas(context)),
        interfaces=[*_ospf_interfaces(context), *_ospf6_interfaces(context), *_others(context)],
        first_hop_groups=list(_vrrp(context)),
    )


def _bgp(context: Context) -> Iterable[BgpNeighbour]:
    for domain, table in context.tables("router bgp"):
        context.note("routing.bgp_neighbours", table)
        own = table.value("as") or "0"
        groups = table.table("neighbor-group").entries
        for entry in table.table("neighbor").entries.values():
            name = entry_name(domain, entry.name)
            context.note(f"routing.bgp_neighbours.{name}", entry)
            yield _neighbour(name, domain, own, entry, groups.get(entry.value("neighbor-group") or ""))


def _neighbour(name: str, domain: str | None, own: str, entry: Block, group: Block | None) -> BgpNeighbour:
    levels = [entry, *([group] if group else [])]

    def said(setting: str) -> str | None:
        return next((value for level in levels if (value := level.value(setting))), None)

    remote = said("remote-as")
    return BgpNeighbour(
        name=name,
        local_as=own,
        remote_as=remote,
        external=remote != own,
        enabled=said("shutdown") != "enable",
        group=group.name if group else None,
        vrf=domain,
        authentication="md5" if said("password") else "none",
        maximum_prefixes=None
        if said("maximum-prefix-warning-only") == "enable"
        else number(said("maximum-prefix")) or None,
        filtered_in=any(said(f"{kind}-in") for kind in FILTERS),
        filtered_out=any(said(f"{kind}-out") for kind in FILTERS),
        ttl_security_hops=None,
    )


def _areas(context: Context) -> Iterable[OspfArea]:
    for domain, table in context.tables("router ospf"):
        process = entry_name(domain, "ospf")
        for entry in table.table("area").entries.values():
            name = f"{process} area {entry.name}"
            context.note(f"routing.ospf_areas.{name}", entry)
            kind = WORDS.get(entry.value("authentication") or "none", "key_chain")
            yield OspfArea(name=name, process=process, version=2, authentication=kind)
    for domain, table in context.tables("router ospf6"):
        process = entry_name(domain, "ospf6")
        for entry in table.table("area").entries.values():
            name = f"{process} area {entry.name}"
            context.note(f"routing.ospf_areas.{name}", entry)
            secured = entry.value("authentication") in {"ah", "esp"}
            yield OspfArea(name=name, process=process, version=3, authentication="ipsec" if secured else "none")


def _ospf_interfaces(context: Context) -> Iterable[RoutingInterface]:
    """Interfaces whose address lies in a network of OSPF; settings of their own go before those of the area."""
    for domain, table in context.tables("router ospf"):
        networks = [
            (with_prefix(*words[:2]), entry.value("area") or UNSPECIFIED)
            for entry in table.table("network").entries.values()
            if len(words := entry.values("prefix")) > 1
        ]
        own = {entry.value("interface"): entry for entry in table.table("ospf-interface").entries.values()}
        passive = set(table.values("passive-interface"))
        for _, interface in context.entries("system interface"):
            area = _area(interface, networks)
            if area is None or domain not in {None, interface.value("vdom")}:
                continue
            settings = own.get(interface.name)
            inherited = table.table("area").entries.get(area)
            name = f"ospf {interface.name}"
            context.note(f"routing.interfaces.{name}", *([settings] if settings else []), interface)
            yield RoutingInterface(
                name=name,
                interface=interface.name,
                protocol="ospf",
                process=entry_name(domain, "ospf"),
                area=area,
                passive=interface.name in passive,
                authentication=_authentication(settings, inherited),
            )


def _ospf6_interfaces(context: Context) -> Iterable[RoutingInterface]:
    """Interfaces of OSPF version 3, which are named; ``area``, the default, does as the area does."""
    for domain, table in context.tables("router ospf6"):
        passive = set(table.values("passive-interface"))
        for entry in table.table("ospf6-interface").entries.values():
            if entry.value("status") == "disable":
                continue
            interface, area = entry.value("interface") or entry.name, entry.value("area-id") or UNSPECIFIED
            inherited = table.table("area").entries.get(area)
            own = entry.value("authentication") or "area"
            said = (inherited.value("authentication") if inherited else None) if own == "area" else own
            name = f"ospfv3 {interface}"
            context.note(f"routing.interfaces.{name}", entry)
            yield RoutingInterface(
                name=name,
                interface=interface,
                protocol="ospfv3",
                process=entry_name(domain, "ospf6"),
                area=area,
                passive=interface in passive,
                authentication="ipsec" if said in {"ah", "esp"} else "none",
            )


def _area(interface: Block, networks: list[tuple[str, str]]) -> str | None:
    address = next(iter(interface.values("ip")), "")
    return next((area for network, area in networks if address and holds(network, address)), None)


def _authentication(settings: Block | None, area: Block | None) -> RoutingAuthentication:
    own = settings.value("authentication") if settings else None
    if own and own != "none":
        return WORDS.get(own, "key_chain")
    return WORDS.get((area.value("authentication") if area else None) or "none", "key_chain")


def _others(context: Context) -> Iterable[RoutingInterface]:
    for domain, table in context.tables("router isis"):
        for entry in table.table("isis-interface").entries.values():
            if entry.value("status") != "enable" and entry.value("status6") != "enable":
                continue
            context.note(f"routing.interfaces.isis {entry.name}", entry)
            keyed = any(entry.value(f"auth-{kind}-l{level}") for kind in ("password", "keychain") for level in (1, 2))
            mode = entry.value("auth-mode-l2") or entry.value("auth-mode-l1") or "password"
            yield RoutingInterface(
                name=f"isis {entry.name}",
                interface=entry.name,
                protocol="isis",
                process=entry_name(domain, "isis"),
                area=None,
                passive=False,
                authentication=("md5" if mode == "md5" else "plain") if keyed else "none",
            )
    for domain, table in context.tables("router rip"):
        passive = set(table.values("passive-interface"))
        for entry in table.table("interface").entries.values():
            context.note(f"routing.interfaces.rip {entry.name}", entry)
            yield RoutingInterface(
                name=f"rip {entry.name}",
                interface=entry.name,
                protocol="rip",
                process=entry_name(domain, "rip"),
                area=None,
                passive=entry.name in passive,
                authentication=WORDS.get(entry.value("auth-mode") or "none", "key_chain"),
            )


def _vrrp(context: Context) -> Iterable[FirstHopGroup]:
    for _, interface in context.entries("system interface"):
        for group in interface.table("vrrp").entries.values():
            name = f"{interface.name} vrrp {group.name}"
            context.note(f"routing.first_hop_groups.{name}", group)
            yield FirstHopGroup(name=name, interface=interface.name, protocol="vrrp", authentication="none")
