"""Routing in a running configuration of IOS XR."""

from typing import Literal

from baseline.collectors.network.platforms.cisco_iosxr.bgp import read_bgp
from baseline.collectors.network.platforms.cisco_iosxr.igp import read_distance_vector, read_isis, read_ospf
from baseline.collectors.network.platforms.cisco_iosxr.names import distinct
from baseline.collectors.network.provenance import Provenance
from baseline.collectors.network.section_tree import Line, SectionTree
from baseline.models.facts.network import FirstHopGroup, Routing


def read_routing(tree: SectionTree, provenance: Provenance) -> Routing:
    """Everything under ``routing``."""
    areas, interfaces = read_ospf(tree, provenance, "ospf")
    areas_v3, interfaces_v3 = read_ospf(tree, provenance, "ospfv3")
    provenance.note("routing", *tree.all("router"))
    return Routing(
        bgp_neighbours=read_bgp(tree, provenance),
        ospf_areas=distinct(areas + areas_v3),
        interfaces=distinct(
            [
                *interfaces,
                *interfaces_v3,
                *read_isis(tree, provenance),
                *read_distance_vector(tree, provenance),
            ]
        ),
        first_hop_groups=[
            *_groups(tree, provenance, "hsrp", "authentication"),
            *_groups(tree, provenance, "vrrp", "text-authentication"),
        ],
    )


def _groups(
    tree: SectionTree, provenance: Provenance, protocol: Literal["hsrp", "vrrp"], command: str
) -> list[FirstHopGroup]:
    """Groups by interface and address family. IOS XR knows a readable word as the only authentication of both."""
    found = []
    for section in tree.all(f"router {protocol}"):
        for interface in section.all("interface"):
            name = "".join(interface.text.split()[1:2])
            for family, line in _members(interface, protocol):
                label = " ".join(part for part in (name, protocol, line.text.split()[1], family) if part)
                provenance.section(f"routing.first_hop_groups.{label}", line)
                found.append(
                    FirstHopGroup(
                        name=label,
                        interface=name,
                        protocol=protocol,
                        authentication="plain" if line.first(command) else "none",
                    )
                )
    return found


def _members(interface: Line, protocol: str) -> list[tuple[str, Line]]:
    parts = [("", interface)]
    parts += [("ipv6" if "ipv6" in part.text else "", part) for part in interface.all("address-family")]
    return [(family, line) for family, part in parts for line in part.all(protocol) if len(line.text.split()) > 1]
