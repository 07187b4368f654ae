"""BGP neighbours in a running configuration of IOS XR: a section each, groups to use, and sections for instances.

A neighbour outside exchanges nothing without a route policy (Cisco IOS XR Routing Configuration Guide, "Implementing
BGP"), unless ``bgp unsafe-ebgp-policy`` says otherwise; a policy that only says ``pass`` filters nothing.
"""

from dataclasses import dataclass, field

from baseline.collectors.network.platforms.indented.bgp import Process, Settings, read_neighbours, template_key
from baseline.collectors.network.provenance import Provenance
from baseline.collectors.network.section_tree import Line, SectionTree
from baseline.models.facts.network import BgpNeighbour

SESSION = frozenset({"remote-as", "password", "keychain", "ao", "ttl-security", "shutdown"})
GROUPS = frozenset({"neighbor-group", "session-group"})
HARMLESS = frozenset({"pass", "done"})
FamilySettings = dict[str, list[str]]


@dataclass(slots=True)
class _Reading:
    process: Process
    passing: frozenset[str]
    families: dict[str, FamilySettings] = field(default_factory=dict)


def read_bgp(tree: SectionTree, provenance: Provenance) -> list[BgpNeighbour]:
    """Every neighbour of every routing instance."""
    neighbours = []
    passing = passing_policies(tree)
    for section in tree.all("router bgp"):
        words = section.text.split()
        if len(words) > 2:
            open_policy = section.first("bgp unsafe-ebgp-policy") is not None
            process = Process(words[2], None, ipv4_by_default=False, denies_unfiltered=not open_policy)
            reading = _Reading(process, passing)
            _read(reading, section, None)
            for instance in section.all("vrf"):
                _read(reading, instance, instance.text[4:].strip())
            neighbours += read_neighbours(process, provenance)
    provenance.note("routing.bgp_neighbours", *tree.all("router bgp"))
    return neighbours


def passing_policies(tree: SectionTree) -> frozenset[str]:
    """Route policies that let everything through: nothing but ``pass`` stands in them."""
    return frozenset(
        words[1]
        for section in tree.all("route-policy")
        if len(words := section.text.split()) > 1
        and "pass" in (said := {line.text for line in section.children if not line.text.startswith("#")})
        and said <= HARMLESS
    )


def _read(reading: _Reading, section: Line, vrf: str | None) -> None:
    for line in section.all("af-group"):
        words = line.text.split()
        if len(words) > 1:
            reading.families[words[1]] = _family(reading, line)
    for line in section.children:
        words = line.text.split()
        if words[0] in GROUPS and len(words) > 1:
            group = reading.process.peers.setdefault(template_key(f"{words[0]} {words[1]}"), Settings())
            _read_peer(reading, group, line)
        elif words[0] == "neighbor" and len(words) > 1:
            _read_peer(reading, reading.process.peer(words[1], vrf), line)


def _read_peer(reading: _Reading, settings: Settings, section: Line) -> None:
    settings.lines.append(section)
    for line in section.children:
        words = line.text.split()
        settings.lines.append(line)
        if words[0] == "address-family":
            settings.families[" ".join(words[1:3])] = _family(reading, line) | {"activate": []}
            settings.lines += line.children
        elif words[0] == "use" and len(words) > 2 and words[1] in GROUPS:
            settings.parents.append(template_key(f"{words[1]} {words[2]}"))
            settings.group = words[2] if words[1] == "neighbor-group" else settings.group
        elif words[0] == "remote-as-list":
            settings.session["remote-as"] = ["external"]
        elif words[0] in SESSION:
            settings.session[words[0]] = words[1:]


def _family(reading: _Reading, section: Line) -> FamilySettings:
    """Settings of one address family; what a group for it says counts where the neighbour is silent."""
    found: FamilySettings = {}
    for line in section.children:
        words = line.text.split()
        if words[:2] == ["use", "af-group"] and len(words) > 2:
            found = reading.families.get(words[2], {}) | found
        elif words[0] == "route-policy" and len(words) > 2 and words[-1] in {"in", "out"}:
            found[f"filter {words[-1]}"] = [] if words[1].split("(")[0] in reading.passing else words
        elif words[0] == "maximum-prefix" and "warning-only" not in words:
            found[words[0]] = words[1:]
    return found
