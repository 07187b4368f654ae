"""Routing protocols in a Junos configuration, in every routing instance."""

from collections.abc import Iterable
from typing import Literal

from baseline.collectors.network.numbers import number
from baseline.collectors.network.platforms.juniper_junos.context import Context
from baseline.collectors.network.word_tree import Node
from baseline.models.facts.network import (
    BgpNeighbour,
    FirstHopGroup,
    OspfArea,
    Routing,
    RoutingAuthentication,
    RoutingInterface,
)

Protocol = Literal["ospf", "ospfv3", "isis", "eigrp", "rip"]
WORDS: dict[str, RoutingAuthentication] = {
    "md5": "md5",
    "simple-password": "plain",
    "simple": "plain",
    "keychain": "key_chain",
    "ao": "tcp_ao",
    "aes-128-cmac-96": "hmac_sha",
    "hmac-sha-1-96": "hmac_sha",
    "hmac-sha-1": "hmac_sha",
}
"""How Junos names an authentication -> how it is told here."""


def read_routing(context: Context) -> Routing:
    """Everything under ``routing``."""
    return Routing(
        bgp_neighbours=list(_bgp(context)),
        ospf_areas=list(_areas(context)),
        interfaces=[*_ospf_interfaces(context), *_isis(context), *_rip(context)],
        first_hop_groups=list(_vrrp(context)),
    )


def _bgp(context: Context) -> Iterable[BgpNeighbour]:
    """Every neighbour, and every range of addresses from which a group takes neighbours that are not named."""
    context.note("routing.bgp_neighbours", *(node for _, node in context.sections("protocols bgp")))
    for instance, bgp in context.sections("protocols bgp"):
        for group in bgp.below("group"):
            for neighbour in (*group.below("neighbor"), *group.below("allow"), *group.below("dynamic-neighbor")):
                yield _neighbour(context, instance, [neighbour, group, bgp])


def _first(levels: list[Node], path: str) -> str | None:
    """The value of the most specific level that has one."""
    return next((value for level in levels if (value := level.value(path)) is not None), None)


def _neighbour(context: Context, instance: str | None, levels: list[Node]) -> BgpNeighbour:
    neighbour, group, bgp = levels
    name = neighbour.word if instance is None else f"{instance} {neighbour.word}"
    own = _first(levels, "local-as") or context.root.value("routing-options autonomous-system") or ""
    internal = group.value("type") == "internal"
    remote = _first(levels, "peer-as")
    context.note(f"routing.bgp_neighbours.{name}", neighbour)
    context.provenance.note(f"routing.bgp_neighbours.{name}", group, bgp)
    return BgpNeighbour(
        name=name,
        local_as=own,
        remote_as="internal" if internal and remote is None else remote,
        external=not internal and remote != own,
        enabled=not any("shutdown" in level.children or "disable" in level.children for level in levels),
        group=group.word,
        vrf=instance,
        authentication=_bgp_authentication(levels),
        maximum_prefixes=_prefix_limit(levels),
        filtered_in=_first(levels, "import") is not None,
        filtered_out=_first(levels, "export") is not None,
        ttl_security_hops=None,
    )


def _bgp_authentication(levels: list[Node]) -> RoutingAuthentication:
    algorithm = _first(levels, "authentication-algorithm")
    if algorithm is not None and any(_first(levels, f"authentication-key{kind}") for kind in ("", "-chain", "-chains")):
        return WORDS.get(algorithm, "key_chain")
    if _first(levels, "authentication-key-chain") is not None:
        return "key_chain"
    if _first(levels, "authentication-key") is not None:
        return "md5"
    return "ipsec" if _first(levels, "ipsec-sa") is not None else "none"


def _prefix_limit(levels: list[Node]) -> int | None:
    """The smallest limit of the address families at the most specific level that names families."""
    for level in levels:
        families = [kind for family in level.below("family") for kind in family.children.values()]
        if families:
            limits = [_limit(kind, "prefix-limit") or _limit(kind, "accepted-prefix-limit") for kind in families]
            known = [limit for limit in limits if limit]
            return min(known) if len(known) == len(limits) else None
    return None


def _limit(family: Node, statement: str) -> int | None:
    """The limit, if more than a message in the log comes of it (CLI reference, ``prefix-limit``)."""
    limit = family.at(statement)
    enforced = limit is not None and bool({"teardown", "drop-excess", "hide-excess"} & set(limit.words()))
    return number(limit.option("maximum")) if limit is not None and enforced else None


def _ospf(context: Context) -> Iterable[tuple[str, Literal[2, 3], Node]]:
    """Process, version and area of every OSPF instance."""
    for word, version in (("ospf", 2), ("ospf3", 3)):
        for instance, section in context.sections(f"protocols {word}"):
            process = word if instance is None else f"{instance} {word}"
            for area in section.below("area"):
                yield process, 2 if version == 2 else 3, area


def _areas(context: Context) -> Iterable[OspfArea]:
    for process, version, area in _ospf(context):
        name = f"{process} area {area.word}"
        context.note(f"routing.ospf_areas.{name}", area)
        authentication = WORDS.get(area.value("authentication-type") or "", "none")
        yield OspfArea(name=name, process=process, version=version, authentication=authentication)


def _ospf_interfaces(context: Context) -> Iterable[RoutingInterface]:
    for process, version, area in _ospf(context):
        inherited = WORDS.get(area.value("authentication-type") or "", "none")
        protocol: Protocol = "ospf" if version == 2 else "ospfv3"
        for node in area.below("interface"):
            if "disable" in node.children:
                continue
            name = f"{protocol} {node.word}"
            context.note(f"routing.interfaces.{name}", node)
            yield RoutingInterface(
                name=name,
                interface=node.word,
                protocol=protocol,
                process=process,
                area=area.word,
                passive="passive" in node.children,
                authentication=_interface_authentication(node, inherited),
            )


def _interface_authentication(node: Node, inherited: RoutingAuthentication) -> RoutingAuthentication:
    if "ipsec-sa" in node.children:
        return "ipsec"
    kinds = node.values("authentication")
    found = next((WORDS[kind] for kind in kinds if kind in WORDS), None)
    if found is None and node.value("authentication-key") is not None:
        return inherited if inherited != "none" else "plain"
    return found or inherited


def _isis(context: Context) -> Iterable[RoutingInterface]:
    """Hello messages are authenticated per interface, or by what is set for a level."""
    for instance, section in context.sections("protocols isis"):
        process = "isis" if instance is None else f"{instance} isis"
        levels = [level for level in section.below("level") if "no-hello-authentication" not in level.children]
        if "no-authentication-check" in section.children:  # what comes in is taken whatever it says
            levels = []
        kinds = [WORDS[word] for level in levels if (word := level.value("authentication-type") or "") in WORDS]
        inherited: RoutingAuthentication = kinds[0] if kinds else "none"
        chained = any(level.value("authentication-key-chain") for level in levels)
        for node in section.below("interface"):
            if "disable" in node.children:
                continue
            context.note(f"routing.interfaces.isis {node.word}", node)
            words = [one.value("hello-authentication-type") for one in (node, *node.below("level"))]
            own = next((WORDS.get(word, "key_chain") for word in words if word), None)
            found = own or ("key_chain" if chained and inherited == "none" else inherited)
            if "no-authentication-check" in section.children:
                found = "none"
            yield RoutingInterface(
                name=f"isis {node.word}",
                interface=node.word,
                protocol="isis",
                process=process,
                area=None,
                passive="passive" in node.words(),
                authentication=found,
            )


def _rip(context: Context) -> Iterable[RoutingInterface]:
    for instance, section in context.sections("protocols rip"):
        process = "rip" if instance is None else f"{instance} rip"
        inherited = WORDS.get(section.value("authentication-type") or "", "none")
        for group in section.below("group"):
            for node in group.below("neighbor"):
                context.note(f"routing.interfaces.rip {node.word}", node)
                yield RoutingInterface(
                    name=f"rip {node.word}",
                    interface=node.word,
                    protocol="rip",
                    process=process,
                    area=None,
                    passive=node.value("receive") == "none",
                    authentication=WORDS.get(node.value("authentication-type") or "", inherited),
                )


def _vrrp(context: Context) -> Iterable[FirstHopGroup]:
    for port, node in context.interfaces.items():
        for unit in node.below("unit"):
            for family, word in (("inet", "vrrp-group"), ("inet6", "vrrp-inet6-group")):
                for address in unit.below(f"family {family} address"):
                    for group in address.below(word):
                        interface = f"{port}.{unit.word}"
                        name = f"{interface} vrrp {group.word}"
                        context.note(f"routing.first_hop_groups.{name}", group)
                        kind = WORDS.get(group.value("authentication-type") or "", "none")
                        yield FirstHopGroup(name=name, interface=interface, protocol="vrrp", authentication=kind)
