"""BGP neighbours in a running configuration of EOS: ``neighbor <address> <setting>``, with sections for instances."""

from baseline.collectors.network.platforms.indented.bgp import (
    EVERY_FAMILY,
    IPV4,
    Process,
    Settings,
    peer_key,
    read_neighbours,
)
from baseline.collectors.network.platforms.indented.words import word_after
from baseline.collectors.network.provenance import Provenance
from baseline.collectors.network.section_tree import Line, SectionTree
from baseline.models.facts.fact import Unknown
from baseline.models.facts.network import BgpNeighbour

FILTERS = frozenset({"route-map", "prefix-list", "rcf"})
SILENT = Unknown(
    "the configuration does not mention `maximum-routes`, and its default differs per release; write it out"
)


def read_bgp(tree: SectionTree, provenance: Provenance) -> list[BgpNeighbour]:
    """Every neighbour and listen range of every routing instance."""
    neighbours = []
    for section in tree.all("router bgp"):
        words = section.text.split()
        if len(words) > 2:
            process = Process(local_as=words[2], vrf=None, unspoken_limit=SILENT)
            process.ipv4_by_default = section.first("no bgp default ipv4-unicast") is None
            process.denies_unfiltered = section.first("bgp missing-policy direction in action deny") is not None
            _read(process, section, None)
            for instance in section.all("vrf"):
                _read(process, instance, instance.text[4:].strip())
            neighbours += read_neighbours(process, provenance)
    provenance.note("routing.bgp_neighbours", *tree.all("router bgp"))
    return neighbours


def _read(process: Process, section: Line, vrf: str | None) -> None:
    for line in section.children:
        if line.text.startswith(("neighbor ", "no neighbor ")):
            _apply(process, line, None, vrf)
        elif line.text.startswith("bgp listen range "):
            _read_range(process, line, vrf)
        elif line.text.startswith("address-family "):
            family = _family(line.text.split()[1:])
            for inner in line.children:
                if inner.text.startswith(("neighbor ", "no neighbor ")):
                    _apply(process, inner, family, vrf)


def _family(words: list[str]) -> str:
    """``ipv4`` alone is unicast."""
    return " ".join(words) if len(words) > 1 else f"{words[0]} unicast"


def _apply(process: Process, line: Line, family: str | None, vrf: str | None) -> None:
    words = line.text.split()
    negated = words[0] == "no"
    words = words[1:] if negated else words
    if len(words) < 3 or words[1] == "default":
        return
    if words[1] == "interface":
        _join_interfaces(process, line, words, vrf)
        return
    peer = process.peer(words[1], vrf)
    peer.lines.append(line)
    name, rest = words[2], words[3:]
    if negated:
        if name == "activate":
            peer.families.setdefault(family or IPV4, {})["inactive"] = []
        elif name == "shutdown":
            peer.session.pop("shutdown", None)
        return
    if name == "peer" and rest[:1] == ["group"]:
        name, rest = "peer-group", rest[1:]
    if name == "peer-group":
        _join(process, peer, rest, vrf)
    else:
        _set(peer, family, name, rest)


def _join(process: Process, peer: Settings, rest: list[str], vrf: str | None) -> None:
    """A group is known to every routing instance."""
    if not rest:
        peer.session["peer-group"] = []
    else:
        own = peer_key(rest[0], vrf)
        peer.parents.append(own if own in process.peers else rest[0])
        peer.group = rest[0]


def _join_interfaces(process: Process, line: Line, words: list[str], vrf: str | None) -> None:
    """``neighbor interface Ethernet1-3 peer-group G remote-as 65001``: whoever is found on these links."""
    peer = process.peer(f"interface {words[2]}", vrf)
    peer.lines.append(line)
    remote = word_after(words, "remote-as", "peer-filter")
    if remote is not None:
        peer.session["remote-as"] = [remote]
    group = word_after(words, "peer-group", "group")
    if group is not None:
        _join(process, peer, [group], vrf)


def _set(peer: Settings, family: str | None, name: str, rest: list[str]) -> None:
    settings = peer.families.setdefault(family or EVERY_FAMILY, {})
    if name in FILTERS and rest and rest[-1] in {"in", "out"}:
        settings[f"filter {rest[-1]}"] = rest
    elif name == "activate":
        settings["activate"] = rest
    elif name == "maximum-routes":
        settings["maximum-prefix"] = [] if rest[:1] == ["0"] else rest
    elif name == "ttl" and rest[:1] == ["maximum-hops"]:
        peer.session["ttl-security"] = ["hops", *rest[1:2]]
    elif name == "password":
        peer.session["ao" if rest[:1] == ["shared-secret"] else "password"] = rest
    elif name in {"remote-as", "shutdown"}:
        peer.session[name] = rest


def _read_range(process: Process, line: Line, vrf: str | None) -> None:
    """``bgp listen range 10.0.0.0/8 peer-group G remote-as 65001``."""
    words = line.text.split()
    if len(words) < 4:
        return
    peer = process.peer(words[3], vrf)
    peer.lines.append(line)
    remote = word_after(words, "remote-as", "peer-filter")
    if remote is not None:
        peer.session["remote-as"] = [remote]
    group = word_after(words, "peer-group", "group")
    if group is not None:
        _join(process, peer, [group], vrf)
