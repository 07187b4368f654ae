"""Routing in a running configuration of AOS-CX."""

from baseline.collectors.network.platforms.aruba_aoscx.bgp import read_bgp
from baseline.collectors.network.platforms.aruba_aoscx.interface_names import interface_name
from baseline.collectors.network.platforms.aruba_aoscx.ospf import read_ospf
from baseline.collectors.network.provenance import Provenance
from baseline.collectors.network.section_tree import Line, SectionTree
from baseline.models.facts.fact import Unknown
from baseline.models.facts.network import FirstHopGroup, Routing, RoutingAuthentication, RoutingInterface


def read_routing(tree: SectionTree, provenance: Provenance) -> Routing:
    """Everything under ``routing``. AOS-CX speaks OSPF and BGP, and on some models RIP."""
    provenance.note("routing", *tree.all("router"))
    areas, interfaces = read_ospf(tree, provenance)
    return Routing(
        bgp_neighbours=read_bgp(tree, provenance),
        ospf_areas=areas,
        interfaces=[*interfaces, *_rip(tree, provenance)],
        first_hop_groups=_first_hop_groups(tree, provenance),
    )


RIP = Unknown("how RIP authenticates on AOS-CX is not read here: look at the interface")


def _rip(tree: SectionTree, provenance: Provenance) -> list[RoutingInterface]:
    """Interfaces that RIP runs on (``ip rip 1 all-ip``); what else it does there is unknown."""
    found = []
    for section in tree.all("interface"):
        line = section.first("ip rip") or section.first("ipv6 ripng")
        if line is not None:
            interface = interface_name(section.text.split()[1:])
            name = f"rip {interface}"
            provenance.section(f"routing.interfaces.{name}", section)
            found.append(
                RoutingInterface(
                    name=name,
                    interface=interface,
                    protocol="rip",
                    process="".join(line.text.split()[2:3]),
                    area=None,
                    passive=RIP,
                    authentication=RIP,
                )
            )
    return found


def _first_hop_groups(tree: SectionTree, provenance: Provenance) -> list[FirstHopGroup]:
    """VRRP groups: ``vrrp 10 address-family ipv4``. Version 3 has no authentication (RFC 5798, section 9)."""
    groups = []
    for section in tree.all("interface"):
        interface = interface_name(section.text.split()[1:])
        for line in section.all("vrrp"):
            words = line.text.split()
            if len(words) < 2 or not words[1].isdigit():
                continue
            name = f"{interface} vrrp {words[1]}{' ipv6' if 'ipv6' in words else ''}"
            provenance.section(f"routing.first_hop_groups.{name}", line)
            groups.append(
                FirstHopGroup(name=name, interface=interface, protocol="vrrp", authentication=_authentication(line))
            )
    return groups


def _authentication(group: Line) -> RoutingAuthentication:
    line = group.first("authentication")
    return "none" if line is None else "md5" if "md5" in line.text.split() else "plain"
