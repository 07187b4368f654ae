"""Routing protocols in a PAN-OS configuration, in every virtual router."""

from collections.abc import Iterator

from baseline.collectors.network.numbers import number
from baseline.collectors.network.platforms.paloalto_panos.context import Context
from baseline.collectors.network.word_tree import Node
from baseline.models.facts.fact import Unknown
from baseline.models.facts.network import BgpNeighbour, OspfArea, Routing, RoutingAuthentication, RoutingInterface

ADVANCED = "the advanced routing engine (`network logical-router`) is in use, which is not read here"


def read_routing(context: Context) -> Routing:
    """Everything under ``routing``."""
    if context.parts.network.below("logical-router"):
        unread = Unknown(ADVANCED)
        return Routing(bgp_neighbours=unread, ospf_areas=unread, interfaces=unread, first_hop_groups=[])
    return Routing(
        bgp_neighbours=list(_bgp(context)),
        ospf_areas=list(_areas(context)),
        interfaces=[*_ospf_interfaces(context), *_rip(context)],
        first_hop_groups=[],
    )


def _routers(context: Context, protocol: str) -> Iterator[tuple[str | None, Node]]:
    """Virtual routers in which a protocol is on: name (none for the default one) and its settings."""
    for router in context.parts.network.below("virtual-router"):
        node = router.at(f"protocol {protocol}")
        if node is not None and node.value("enable") == "yes":
            yield None if router.word == "default" else router.word, node


def _bgp(context: Context) -> Iterator[BgpNeighbour]:
    for router, bgp in _routers(context, "bgp"):
        context.note("routing.bgp_neighbours", bgp.at("peer-group"))
        for group in bgp.below("peer-group"):
            for peer in group.below("peer"):
                yield _neighbour(context, router, bgp, group, peer)


def _neighbour(context: Context, router: str | None, bgp: Node, group: Node, peer: Node) -> BgpNeighbour:
    address = (peer.value("peer-address ip") or peer.word).split("/")[0]
    name = address if router is None else f"{router} {address}"
    own, remote = bgp.value("local-as") or "", peer.value("peer-as")
    limit = peer.value("max-prefixes")
    context.note(f"routing.bgp_neighbours.{name}", peer)
    return BgpNeighbour(
        name=name,
        local_as=own,
        remote_as=remote,
        external=group.values("type")[:1] != ["ibgp"] and remote != own,
        enabled=peer.value("enable") != "no" and group.value("enable") != "no",
        group=group.word,
        vrf=router,
        authentication="md5" if peer.value("connection-options authentication") else "none",
        maximum_prefixes=None if limit == "unlimited" else number(limit),
        filtered_in=_filtered(bgp, "import", group.word),
        filtered_out=_filtered(bgp, "export", group.word),
        ttl_security_hops=None,
    )


def _filtered(bgp: Node, way: str, group: str) -> bool:
    """Whether a rule that is on is used by a group."""
    rules = bgp.below(f"policy {way} rules")
    return any(group in rule.values("used-by") and rule.value("enable") != "no" for rule in rules)


def _ospf(context: Context) -> Iterator[tuple[str, str | None, Node, Node]]:
    """Word of the protocol, router, the protocol's settings and an area."""
    for word in ("ospf", "ospfv3"):
        for router, node in _routers(context, word):
            for area in node.below("area"):
                yield word, router, node, area


def _process(word: str, router: str | None) -> str:
    return word if router is None else f"{router} {word}"


def _areas(context: Context) -> Iterator[OspfArea]:
    """Authentication is set per interface here, for version 3 per area too."""
    for word, router, settings, area in _ospf(context):
        name = f"{_process(word, router)} area {area.word}"
        context.note(f"routing.ospf_areas.{name}", area)
        yield OspfArea(
            name=name,
            process=_process(word, router),
            version=2 if word == "ospf" else 3,
            authentication=_authentication(settings, area.value("authentication")),
        )


def _authentication(settings: Node, profile: str | None) -> RoutingAuthentication:
    profiles = settings.at("auth-profile")
    node = profiles.children.get(profile or "") if profiles else None
    if node is None:
        return "none"
    if "esp" in node.children or "ah" in node.children:
        return "ipsec"
    return "plain" if "password" in node.children else "md5"


def _ospf_interfaces(context: Context) -> Iterator[RoutingInterface]:
    for word, router, settings, area in _ospf(context):
        for node in area.below("interface"):
            if node.value("enable") == "no":
                continue
            name = f"{word} {node.word}"
            context.note(f"routing.interfaces.{name}", node)
            profile = node.value("authentication") or area.value("authentication")
            yield RoutingInterface(
                name=name,
                interface=node.word,
                protocol="ospf" if word == "ospf" else "ospfv3",
                process=_process(word, router),
                area=area.word,
                passive=node.value("passive") == "yes",
                authentication=_authentication(settings, profile),
            )


def _rip(context: Context) -> Iterator[RoutingInterface]:
    for router, settings in _routers(context, "rip"):
        for node in settings.below("interface"):
            if node.value("enable") == "no":
                continue
            context.note(f"routing.interfaces.rip {node.word}", node)
            yield RoutingInterface(
                name=f"rip {node.word}",
                interface=node.word,
                protocol="rip",
                process=_process("rip", router),
                area=None,
                passive=node.value("mode") == "passive",
                authentication=_authentication(settings, node.value("authentication")),
            )
