"""Routing in a running configuration of EOS."""

from typing import Literal

from baseline.collectors.network.platforms.arista_eos.bgp import read_bgp
from baseline.collectors.network.platforms.indented.networks import Networks, interface_network
from baseline.collectors.network.platforms.indented.ospf import read_ospf, read_ospf_v3
from baseline.collectors.network.provenance import Provenance
from baseline.collectors.network.section_tree import Line, SectionTree
from baseline.models.facts.network import FirstHopGroup, Routing, RoutingAuthentication, RoutingInterface

MODES: dict[str, RoutingAuthentication] = {
    "md5": "md5",
    "text": "plain",
    "sha": "hmac_sha",
    "shared-secret": "hmac_sha",
}
"""Word after ``isis authentication mode`` -> how packets are authenticated."""


def read_routing(tree: SectionTree, provenance: Provenance) -> Routing:
    """Everything under ``routing``."""
    areas, interfaces = read_ospf(tree, provenance)
    areas_v3, interfaces_v3 = read_ospf_v3(tree, provenance)
    provenance.note("routing", *tree.all("router"))
    return Routing(
        bgp_neighbours=read_bgp(tree, provenance),
        ospf_areas=[*areas, *areas_v3],
        interfaces=[*interfaces, *interfaces_v3, *_isis(tree, provenance), *_rip(tree, provenance)],
        first_hop_groups=_first_hop_groups(tree, provenance),
    )


def _isis(tree: SectionTree, provenance: Provenance) -> list[RoutingInterface]:
    """Interfaces with ``isis enable``."""
    found = []
    for section in tree.all("interface"):
        line = section.first("isis enable")
        if line is None or not tree.all("router isis"):
            continue
        name = section.text[10:].strip()
        provenance.section(f"routing.interfaces.isis {name}", section)
        found.append(
            RoutingInterface(
                name=f"isis {name}",
                interface=name,
                protocol="isis",
                process=line.text.split()[-1],
                area=None,
                passive=section.first("isis passive") is not None
                or section.first("isis passive-interface") is not None,
                authentication=_isis_authentication(section),
            )
        )
    return found


def _isis_authentication(section: Line) -> RoutingAuthentication:
    """Only a key makes a mode count; a shared secret brings its own."""
    line = section.first("isis authentication mode")
    mode = MODES.get(line.text.split()[3], "key_chain") if line and len(line.text.split()) > 3 else "none"
    keyed = section.first("isis authentication key") or section.first("isis authentication key-id")
    return mode if keyed or (line and "shared-secret" in line.text) else "none"


def _rip(tree: SectionTree, provenance: Provenance) -> list[RoutingInterface]:
    """Interfaces that a ``network`` line of RIP covers."""
    router = tree.first("router rip")
    if router is None:
        return []
    networks = Networks()
    for line in router.all("network"):
        networks.add_written(line.text.split()[1:])
    found = []
    for section in tree.all("interface"):
        name = section.text[10:].strip()
        address = interface_network(section)
        if address is None or networks.match(address) is None:
            continue
        mode = section.first("ip rip authentication mode") or section.first("rip authentication mode")
        provenance.section(f"routing.interfaces.rip {name}", section)
        found.append(
            RoutingInterface(
                name=f"rip {name}",
                interface=name,
                protocol="rip",
                process="rip",
                area=None,
                passive=False,
                authentication="none" if mode is None else "md5" if "md5" in mode.text else "plain",
            )
        )
    return found


Authentication = Literal["none", "md5", "plain"]


def _first_hop_groups(tree: SectionTree, provenance: Provenance) -> list[FirstHopGroup]:
    """VRRP groups; ``vrrp 10 peer authentication ietf-md5 key-string 7 ...``."""
    found: dict[str, tuple[str, Authentication]] = {}
    for section in tree.all("interface"):
        interface = section.text[10:].strip()
        for line in section.all("vrrp"):
            words = line.text.split()
            if len(words) < 3 or not words[1].isdigit():
                continue
            name = f"{interface} vrrp {words[1]}"
            provenance.note(f"routing.first_hop_groups.{name}", line)
            said: Authentication = "md5" if "ietf-md5" in words else "plain"
            known = found.get(name, (interface, "none"))[1]
            found[name] = (interface, said if "authentication" in words else known)
    return [
        FirstHopGroup(name=name, interface=interface, protocol="vrrp", authentication=authentication)
        for name, (interface, authentication) in found.items()
    ]
