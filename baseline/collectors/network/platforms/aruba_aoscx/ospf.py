"""OSPF in a running configuration of AOS-CX: an interface says itself which process and area it is in.

A process belongs to a routing instance, and another instance may have a process of the same number: an interface is in the
one of its own instance.
"""

from dataclasses import dataclass, field
from typing import Literal

from baseline.collectors.network.platforms.aruba_aoscx.interface_names import interface_name
from baseline.collectors.network.platforms.indented.ospf import area_name
from baseline.collectors.network.platforms.indented.words import word_after
from baseline.collectors.network.provenance import Provenance
from baseline.collectors.network.section_tree import Line, SectionTree
from baseline.models.facts.network import OspfArea, RoutingAuthentication, RoutingInterface

Protocol = Literal["ospf", "ospfv3"]
COMMANDS: dict[Protocol, str] = {"ospf": "ip ospf", "ospfv3": "ipv6 ospfv3"}
"""Protocol -> what lines of an interface begin with."""

KEYS = {
    "message-digest": ("message-digest-key",),
    "simple-text": ("authentication-key",),
    "keychain": ("keychain",),
}
"""Mode -> settings of which one must be there for it to mean anything (RFC 2328, appendix D)."""

MODES: dict[str, RoutingAuthentication] = {
    "message-digest": "md5",
    "simple-text": "plain",
    "keychain": "key_chain",
    "null": "none",
}


@dataclass(slots=True)
class _Process:
    name: str
    protocol: Protocol
    areas: dict[str, RoutingAuthentication] = field(default_factory=dict)
    passive_by_default: bool = False


def read_ospf(tree: SectionTree, provenance: Provenance) -> tuple[list[OspfArea], list[RoutingInterface]]:
    """Areas and interfaces of OSPF versions 2 and 3."""
    areas: list[OspfArea] = []
    interfaces: list[RoutingInterface] = []
    for protocol in COMMANDS:
        sections = tree.all(f"router {protocol}")
        processes = {process.name: process for process in (_process(section, protocol) for section in sections)}
        interfaces += [
            found
            for section in tree.all("interface")
            if (found := _interface(section, protocol, processes, provenance)) is not None
        ]
        areas += [area for process in processes.values() for area in _areas(process)]
        provenance.section("routing.ospf_areas", *sections)
    return areas, interfaces


def _process_name(number: str, instance: str | None) -> str:
    return number if instance in {None, "default"} else f"{number} vrf {instance}"


def _process(section: Line, protocol: Protocol) -> _Process:
    words = section.text.split()
    process = _Process(_process_name("".join(words[2:3]), word_after(words, "vrf")), protocol)
    for line in section.children:
        inner = line.text.split()
        if inner[0] == "area" and len(inner) > 1:
            mode = _mode(inner[3:]) if inner[2:3] == ["authentication"] else None
            known = process.areas.get(area_name(inner[1]), "none")
            process.areas[area_name(inner[1])] = known if mode is None else mode
        elif inner[:2] == ["passive-interface", "default"]:
            process.passive_by_default = True
    return process


def _mode(words: list[str]) -> RoutingAuthentication:
    """What stands behind ``authentication``: a mode by name, an HMAC, IPsec (OSPF version 3)."""
    if not words:
        return "plain"
    if words[0].startswith("hmac-sha"):
        return "hmac_sha"
    return "ipsec" if words[0] == "ipsec" else MODES.get(words[0], "none")


def _areas(process: _Process) -> list[OspfArea]:
    return [
        OspfArea(
            name=f"{process.name} area {area}" if process.protocol == "ospf" else f"{process.name} area {area} ipv6",
            process=process.name,
            version=2 if process.protocol == "ospf" else 3,
            authentication=authentication,
        )
        for area, authentication in process.areas.items()
    ]


def _interface(
    section: Line, protocol: Protocol, processes: dict[str, _Process], provenance: Provenance
) -> RoutingInterface | None:
    command = COMMANDS[protocol]
    joined = next((words for line in section.all(command) if "area" in (words := line.text.split())[3:-1]), None)
    area = word_after(joined or [], "area")
    if joined is None or area is None:
        return None
    attached = section.first("vrf attach")
    process_name = _process_name(joined[2], attached.text.split()[-1] if attached else None)
    process = processes.get(process_name, _Process(process_name, protocol))
    name = interface_name(section.text.split()[1:])
    inherited = process.areas.setdefault(area_name(area), "none")
    provenance.section(f"routing.interfaces.{protocol} {name}", section)
    return RoutingInterface(
        name=f"{protocol} {name}",
        interface=name,
        protocol=protocol,
        process=process.name,
        area=area_name(area),
        passive=_is_passive(section, command, process),
        authentication=_authentication(section, command, inherited),
    )


def _is_passive(section: Line, command: str, process: _Process) -> bool:
    if section.first(f"no {command} passive"):
        return False
    return section.first(f"{command} passive") is not None or process.passive_by_default


def _authentication(section: Line, command: str, inherited: RoutingAuthentication) -> RoutingAuthentication:
    """What the interface says wins over its area, and only counts with a key."""
    mode = inherited
    for kind in ("authentication", "encryption"):
        for line in section.all(f"{command} {kind}"):
            words = line.text.removeprefix(f"{command} {kind}").split()
            mode = "none" if words[:1] == ["null"] else _mode(words)
    for name, settings in KEYS.items():
        if MODES[name] == mode and not any(section.first(f"{command} {setting}") for setting in settings):
            return "none"
    return mode
