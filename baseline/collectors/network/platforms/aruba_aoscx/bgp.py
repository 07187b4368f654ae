"""BGP neighbours in a running configuration of AOS-CX: a line per setting, address families and routing instances below."""

from baseline.collectors.network.platforms.indented.bgp import Process, peer_key, read_neighbours
from baseline.collectors.network.provenance import Provenance
from baseline.collectors.network.section_tree import Line, SectionTree
from baseline.models.facts.network import BgpNeighbour

SESSION = frozenset({"remote-as", "password", "shutdown", "ao"})
FILTERS = frozenset({"route-map", "prefix-list", "aspath-list"})


def read_bgp(tree: SectionTree, provenance: Provenance) -> list[BgpNeighbour]:
    """Every neighbour of every routing instance; a peer group is a neighbour without an address."""
    neighbours = []
    for section in tree.all("router bgp"):
        words = section.text.split()
        if len(words) > 2:
            process = Process(local_as=words[2], vrf=None, ipv4_by_default=False)
            _read(process, section, None)
            for instance in section.all("vrf"):
                _read(process, instance, instance.text[4:].strip())
            neighbours += read_neighbours(process, provenance)
    provenance.note("routing.bgp_neighbours", *tree.all("router bgp"))
    return neighbours


def _read(process: Process, section: Line, instance: str | None) -> None:
    for line in section.children:
        if line.text.startswith("neighbor "):
            _apply(process, line, instance, None)
        elif line.text.startswith("address-family "):
            family = " ".join(line.text.split()[1:3])
            for inner in line.children:
                if inner.text.startswith("neighbor "):
                    _apply(process, inner, instance, family)


def _apply(process: Process, line: Line, instance: str | None, family: str | None) -> None:
    words = line.text.split()
    if len(words) < 3:
        return
    peer = process.peer(words[1], instance)
    peer.lines.append(line)
    name, rest = words[2], words[3:]
    if name == "peer-group":
        if rest:
            peer.parents.append(peer_key(rest[0], instance))
        else:
            peer.session["peer-group"] = []
    elif name == "ttl-security-hops":
        peer.session["ttl-security"] = ["hops", *rest]
    elif name in SESSION:
        peer.session[name] = rest
    elif family is not None:
        settings = peer.families.setdefault(family, {})
        if name in FILTERS and rest and rest[-1] in {"in", "out"}:
            settings[f"filter {rest[-1]}"] = rest
        elif name in {"activate", "maximum-prefix"}:
            settings[name] = rest
