"""BGP neighbours in a running configuration of NX-OS: a section each, templates, and sections for routing instances."""

from baseline.collectors.network.platforms.indented.bgp import (
    EVERY_FAMILY,
    Process,
    Settings,
    read_neighbours,
    template_key,
)
from baseline.collectors.network.provenance import Provenance
from baseline.collectors.network.section_tree import Line, SectionTree
from baseline.models.facts.network import BgpNeighbour

SESSION = frozenset({"remote-as", "password", "ttl-security", "shutdown", "ao"})
FILTERS = frozenset({"route-map", "prefix-list", "filter-list"})
TEMPLATES = frozenset({"peer", "peer-session", "peer-policy"})


def read_bgp(tree: SectionTree, provenance: Provenance) -> list[BgpNeighbour]:
    """Every neighbour of every routing instance."""
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


def _read(process: Process, section: Line, vrf: str | None) -> None:
    for line in section.children:
        words = line.text.split()
        if words[0] == "template" and len(words) > 2 and words[1] in TEMPLATES:
            template = process.peers.setdefault(_template(words[1], words[2]), Settings())
            _read_peer(template, line, family=EVERY_FAMILY if words[1] == "peer-policy" else None)
        elif words[0] == "neighbor" and len(words) > 1:
            peer = process.peer(words[1], vrf)
            _apply(peer, words[2:], None)
            _read_peer(peer, line, family=None)


def _template(kind: str, name: str) -> str:
    return template_key(f"{kind} {name}")


def _read_peer(settings: Settings, section: Line, *, family: str | None) -> None:
    """Settings of a neighbour or template; those of an address family stand in a section below."""
    settings.lines.append(section)
    for line in section.children:
        words = line.text.split()
        settings.lines.append(line)
        if words[0] == "address-family":
            name = " ".join(words[1:3])
            settings.families.setdefault(name, {})["activate"] = []
            for inner in line.children:
                settings.lines.append(inner)
                _apply(settings, inner.text.split(), name)
        else:
            _apply(settings, words, family)


def _apply(settings: Settings, words: list[str], family: str | None) -> None:
    if not words:
        return
    name, rest = words[0], words[1:]
    if name == "inherit" and len(rest) > 1:
        settings.parents.append(_template(rest[0], rest[1]))
        settings.group = rest[1] if rest[0] == "peer" else settings.group
    elif family is None and name in SESSION:
        settings.session[name] = rest
    elif family is not None and name in FILTERS and len(rest) > 1 and rest[-1] in {"in", "out"}:
        settings.families.setdefault(family, {})[f"filter {rest[-1]}"] = rest
    elif family is not None and name == "maximum-prefix":
        settings.families.setdefault(family, {})[name] = rest
