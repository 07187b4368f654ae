"""OSPF, IS-IS, EIGRP and RIP in a running configuration of IOS XR: interfaces stand in the section of their process.

What an interface does not say it has from its area, and that from its process (Cisco IOS XR Routing Configuration Guide,
"Implementing OSPF", hierarchical inheritance). IS-IS inherits nothing: an interface sends hellos with a password of its own.
"""

from dataclasses import dataclass
from typing import Literal

from baseline.collectors.network.platforms.indented.ospf import area_name
from baseline.collectors.network.provenance import Provenance
from baseline.collectors.network.section_tree import Line, SectionTree
from baseline.models.facts.network import OspfArea, RoutingAuthentication, RoutingInterface

OspfVersion = Literal["ospf", "ospfv3"]
KEYS = {"message-digest-key": "md5", "authentication-key": "plain"}
"""Command that gives a key -> the mode that it is for."""

KEY_CHAINS = frozenset({"keychain", "key-chain"})


@dataclass(frozen=True, slots=True)
class _Level:
    """What holds at a level of a process: in the process, in a routing instance, in an area."""

    mode: RoutingAuthentication = "none"
    keys: frozenset[str] = frozenset()
    passive: bool = False


def read_ospf(
    tree: SectionTree, provenance: Provenance, protocol: OspfVersion
) -> tuple[list[OspfArea], list[RoutingInterface]]:
    """Areas and interfaces of every process."""
    areas: list[OspfArea] = []
    interfaces: list[RoutingInterface] = []
    for section in tree.all(f"router {protocol}"):
        name = "".join(section.text.split()[2:3])
        process = _level(section, _Level())
        parts = [(section, name, process)]
        parts += [
            (part, f"{name} {part.text[4:].strip()}", _level(part, process)) for part in section.all("vrf") if name
        ]
        for part, label, level in parts:
            for area in part.all("area"):
                found = _read_area(area, label, level, protocol)
                areas.append(found[0])
                interfaces += found[1]
                for interface, line in zip(found[1], _interfaces(area), strict=True):
                    provenance.section(f"routing.interfaces.{interface.name}", line)
    provenance.section("routing.ospf_areas", *tree.all("router ospf"), *tree.all("router ospfv3"))
    return areas, interfaces


def _interfaces(section: Line) -> list[Line]:
    return [line for line in section.all("interface") if len(line.text.split()) > 1]


def _read_area(
    section: Line, process: str, above: _Level, protocol: OspfVersion
) -> tuple[OspfArea, list[RoutingInterface]]:
    area = area_name(section.text[5:].strip().split(" ")[0])
    level = _level(section, above)
    version: Literal[2, 3] = 2 if protocol == "ospf" else 3
    found = []
    for line in _interfaces(section):
        name, own = line.text.split()[1], _level(line, level)
        found.append(
            RoutingInterface(
                name=f"{protocol} {name}",
                interface=name,
                protocol=protocol,
                process=process,
                area=area,
                passive=own.passive,
                authentication=_effective(own),
            )
        )
    return (
        OspfArea(name=f"{process} area {area}", process=process, version=version, authentication=level.mode),
        found,
    )


def _level(section: Line, above: _Level) -> _Level:
    """The settings of a section over those of what it stands in."""
    mode, keys, passive = above.mode, above.keys, above.passive
    for line in section.children:
        words = line.text.split()
        if words[0] in {"authentication", "encryption"}:
            mode = _mode(words[1:])
        elif words[0] in KEYS:
            keys |= {KEYS[words[0]]}
        elif words[0] == "passive":
            passive = words[1:] != ["disable"]
    return _Level(mode, keys, passive)


def _mode(words: list[str]) -> RoutingAuthentication:
    if KEY_CHAINS & set(words[:-1]):
        return "key_chain"
    if not words:
        return "plain"
    return "md5" if words[0] == "message-digest" else "ipsec" if words[0] == "ipsec" else "none"


def _effective(level: _Level) -> RoutingAuthentication:
    """A mode that needs a key counts only with one (RFC 2328, appendix D)."""
    return "none" if level.mode in {"plain", "md5"} - level.keys else level.mode


def read_isis(tree: SectionTree, provenance: Provenance) -> list[RoutingInterface]:
    """Interfaces with IS-IS; one that is suppressed or shut down makes no neighbours either."""
    found = []
    for section in tree.all("router isis"):
        process = "".join(section.text.split()[2:3])
        for line in _interfaces(section):
            name = line.text.split()[1]
            provenance.section(f"routing.interfaces.isis {name}", line)
            found.append(
                RoutingInterface(
                    name=f"isis {name}",
                    interface=name,
                    protocol="isis",
                    process=process,
                    area=None,
                    passive=any(line.first(word) for word in ("passive", "suppressed", "shutdown")),
                    authentication=_hello(line),
                )
            )
    return found


def _hello(section: Line) -> RoutingAuthentication:
    """``hello-password hmac-md5 encrypted X``; with ``accept`` the router only takes such hellos, and sends others."""
    words = [line.text.split()[1:] for line in section.all("hello-password")]
    kinds = [one[0] for one in words if one and one[0] != "accept"]
    if not kinds:
        return "none"
    return "key_chain" if kinds[0] in KEY_CHAINS else "plain" if kinds[0] == "text" else "md5"


def read_distance_vector(tree: SectionTree, provenance: Provenance) -> list[RoutingInterface]:
    """Interfaces with EIGRP or RIP, also those of an address family or a routing instance."""
    found = []
    protocols: tuple[Literal["eigrp", "rip"], ...] = ("eigrp", "rip")
    for protocol in protocols:
        for section in tree.all(f"router {protocol}"):
            process = "".join(section.text.split()[2:3]) or "default"
            for line in _below(section):
                name = line.text.split()[1]
                provenance.section(f"routing.interfaces.{protocol} {name}", line)
                found.append(
                    RoutingInterface(
                        name=f"{protocol} {name}",
                        interface=name,
                        protocol=protocol,
                        process=process,
                        area=None,
                        passive=any(line.first(word) for word in ("passive-interface", "passive")),
                        authentication=_distance_vector_mode(line),
                    )
                )
    return found


def _below(section: Line) -> list[Line]:
    """Interfaces in a section, in its address families and in its routing instances."""
    parts = [section, *section.all("address-family")]
    for instance in section.all("vrf"):
        parts += [instance, *instance.all("address-family")]
    return [line for part in parts for line in _interfaces(part)]


def _distance_vector_mode(section: Line) -> RoutingAuthentication:
    """RIP says how a chain is used: ``authentication keychain X mode md5``; EIGRP always uses MD5 with it."""
    line = section.first("authentication keychain")
    if line is None:
        return "none"
    return "plain" if line.text.endswith("mode text") else "md5"
