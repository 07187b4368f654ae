"""BGP in the form that Cisco IOS and FRRouting share: ``neighbor <address> <setting>``, one line each."""

from baseline.collectors.network.platforms.indented.bgp import (
    EVERY_FAMILY,
    IPV4,
    Process,
    Settings,
    peer_key,
    read_neighbours,
    template_key,
)
from baseline.collectors.network.platforms.indented.words import word_after
from baseline.collectors.network.provenance import Provenance
from baseline.collectors.network.section_tree import Line, SectionTree
from baseline.models.facts.network import BgpNeighbour

SESSION = frozenset({"remote-as", "password", "ttl-security", "ao", "shutdown", "local-as"})
INHERITING = frozenset({"peer-group", "inherit"})
FILTERS = frozenset({"prefix-list", "route-map", "distribute-list", "filter-list"})


def read_bgp(tree: SectionTree, provenance: Provenance) -> list[BgpNeighbour]:
    """Every neighbour and every listen range of every BGP process."""
    neighbours = []
    for section in tree.all("router bgp"):
        words = section.text.split()
        if len(words) > 2:
            process = _read(section, Process(words[2], word_after(words, "vrf")))
            neighbours += read_neighbours(process, provenance)
    provenance.note("routing.bgp_neighbours", *tree.all("router bgp"))
    return neighbours


def _read(section: Line, process: Process) -> Process:
    for line in section.children:
        text = line.text
        if text.startswith("neighbor "):
            _apply(process, line, IPV4, process.vrf, declared=False)
        elif text.startswith("address-family "):
            _read_family(process, line)
        elif text.startswith("template peer-"):
            _read_template(process, line)
        elif text.startswith("bgp listen range "):
            _read_range(process, line)
        elif text.startswith("no bgp default ipv4-unicast"):
            process.ipv4_by_default = False
    return process


def _read_family(process: Process, section: Line) -> None:
    words = section.text.split()
    vrf = word_after(words, "vrf") or process.vrf
    family = " ".join(words[1:3]) if len(words) > 2 and words[2] != "vrf" else f"{words[1]} unicast"
    for line in section.children:
        if line.text.startswith(("neighbor ", "no neighbor ")):
            _apply(process, line, family, vrf, declared=True)


def _apply(process: Process, line: Line, family: str, vrf: str | None, *, declared: bool) -> None:
    words = line.text.split()
    negated = words[0] == "no"
    words = words[1:] if negated else words
    if len(words) < 3:
        return
    peer = process.peer(words[1], vrf)
    peer.lines.append(line)
    name, rest = words[2], words[3:]
    if name == "interface" and rest:  # FRRouting: neighbor eth0 interface remote-as external
        name, rest = (rest[0], rest[1:]) if rest[0] != "v6only" else (rest[1] if len(rest) > 1 else "", rest[2:])
    if negated:
        if name == "activate":
            peer.families.setdefault(family, {})["inactive"] = []
    elif name == "peer-group" and not rest:
        peer.session["peer-group"] = []
    elif name in INHERITING:
        peer.parents.append(peer_key(rest[0], vrf) if name == "peer-group" else template_key(rest[-1]) if rest else "")
    elif name in SESSION:
        peer.session[name] = rest
    else:
        _apply_family(peer, family, name, rest, declared=declared)


def _apply_family(peer: Settings, family: str, name: str, rest: list[str], *, declared: bool) -> None:
    settings = peer.families.setdefault(family, {})
    if declared:
        settings.setdefault("declared", [])
    if name in FILTERS and rest and rest[-1] in {"in", "out"}:
        settings[f"filter {rest[-1]}"] = rest
    elif name in {"activate", "maximum-prefix"}:
        settings[name] = rest


def _read_template(process: Process, section: Line) -> None:
    words = section.text.split()
    if len(words) < 3:
        return
    template = process.peers.setdefault(template_key(words[2]), Settings())
    for line in section.children:
        inner = line.text.split()
        if inner[0] == "inherit":
            template.parents.append(template_key(inner[-1]))
        elif inner[0] in SESSION:
            template.session[inner[0]] = inner[1:]
        else:
            _apply_family(template, EVERY_FAMILY, inner[0], inner[1:], declared=False)


def _read_range(process: Process, line: Line) -> None:
    words = line.text.split()
    group = word_after(words, "peer-group")
    if len(words) > 3:
        peer = process.peer(words[3], process.vrf)
        peer.lines.append(line)
        peer.parents += [peer_key(group, process.vrf)] if group else []
