"""Routing in a running configuration, in the form that Cisco IOS and FRRouting share."""

from dataclasses import dataclass
from typing import Literal

from baseline.collectors.network.platforms.cisco_ios.eigrp import read_eigrp
from baseline.collectors.network.platforms.indented.bgp_lines import read_bgp
from baseline.collectors.network.platforms.indented.networks import Networks, interface_network
from baseline.collectors.network.platforms.indented.ospf import read_ospf, read_ospf_v3
from baseline.collectors.network.platforms.indented.words import word_after
from baseline.collectors.network.provenance import Provenance
from baseline.collectors.network.section_tree import Line, SectionTree
from baseline.models.facts.network import FirstHopGroup, Routing, RoutingAuthentication, RoutingInterface

Protocol = Literal["hsrp", "vrrp", "glbp"]
GROUPS: dict[str, Protocol] = {"standby": "hsrp", "vrrp": "vrrp", "glbp": "glbp"}
STARTS = tuple(f"{word} " for word in GROUPS)
OF_THE_INTERFACE = frozenset({"version", "delay", "use-bia", "mac-refresh", "redirect", "redirects", "bfd", "sso"})
"""Words after ``standby`` and its like that are no part of a group."""


def read_routing(tree: SectionTree, provenance: Provenance) -> Routing:
    """Everything under ``routing``."""
    areas, interfaces = read_ospf(tree, provenance)
    areas_v3, interfaces_v3 = read_ospf_v3(tree, provenance)
    interfaces = [*interfaces, *interfaces_v3, *read_eigrp(tree, provenance), *_isis(tree, provenance), *_rip(tree)]
    provenance.note("routing", *tree.all("router"))
    return Routing(
        bgp_neighbours=read_bgp(tree, provenance),
        ospf_areas=[*areas, *areas_v3],
        interfaces=interfaces,
        first_hop_groups=_first_hop_groups(tree, provenance),
    )


def _isis(tree: SectionTree, provenance: Provenance) -> list[RoutingInterface]:
    """Interfaces with ``ip router isis``; authentication of hellos is set per interface."""
    if not tree.all("router isis"):
        return []
    passive = {line.text[18:].strip() for router in tree.all("router isis") for line in router.all("passive-interface")}
    found = []
    for section in tree.all("interface"):
        line = section.first("ip router isis") or section.first("ipv6 router isis")
        if line is None:
            continue
        name = section.text[10:].strip()
        words = line.text.split()
        provenance.section(f"routing.interfaces.isis {name}", section)
        found.append(
            RoutingInterface(
                name=f"isis {name}",
                interface=name,
                protocol="isis",
                process=words[3] if len(words) > 3 else "",
                area=None,
                passive=name in passive,
                authentication=_isis_authentication(section),
            )
        )
    return found


def _isis_authentication(section: Line) -> RoutingAuthentication:
    """A key chain counts once a mode says what to do with it (Cisco IOS IP Routing: ISIS Command Reference)."""
    mode = section.first("isis authentication mode")
    if mode is not None and section.first("isis authentication key-chain"):
        return "md5" if "md5" in mode.text else "plain"
    line = section.first("isis password")
    return "none" if line is None else "md5" if "md5" in line.text.split() else "plain"


def _rip(tree: SectionTree) -> list[RoutingInterface]:
    router = tree.first("router rip")
    if router is None:
        return []
    networks = Networks()
    for line in router.all("network"):
        networks.add_written(line.text[8:].strip().split())
    passive = {line.text[18:].strip() for line in router.all("passive-interface")}
    active = {line.text[21:].strip() for line in router.all("no passive-interface")}
    found = []
    for section in tree.all("interface"):
        name = section.text[10:].strip()
        address = interface_network(section)
        if address is None or networks.match(address) is None:
            continue
        chain = section.first("ip rip authentication key-chain")
        mode = section.first("ip rip authentication mode")
        found.append(
            RoutingInterface(
                name=f"rip {name}",
                interface=name,
                protocol="rip",
                process="rip",
                area=None,
                passive=name in passive or ("default" in passive and name not in active),
                authentication="none" if chain is None else "md5" if mode and "md5" in mode.text else "plain",
            )
        )
    return found


@dataclass(slots=True)
class _Group:
    interface: str
    protocol: Protocol
    authentication: RoutingAuthentication = "none"


def _first_hop_groups(tree: SectionTree, provenance: Provenance) -> list[FirstHopGroup]:
    groups: dict[str, _Group] = {}
    for section in tree.all("interface"):
        name = section.text[10:].strip()
        for line in section.children:
            if not line.text.startswith(STARTS):
                continue
            words = line.text.split()
            if words[1] in OF_THE_INTERFACE:
                continue
            identity, rest = (words[1], words[2:]) if words[1].isdigit() else ("0", words[1:])
            key = f"{name} {GROUPS[words[0]]} {identity}"
            group = groups.setdefault(key, _Group(name, GROUPS[words[0]]))
            provenance.note(f"routing.first_hop_groups.{key}", line)
            if rest[:1] == ["authentication"]:
                group.authentication = "md5" if word_after(rest, "authentication") == "md5" else "plain"
    return [
        FirstHopGroup(
            name=key,
            interface=group.interface,
            protocol=group.protocol,
            authentication=group.authentication,
        )
        for key, group in groups.items()
    ]
