"""Routing in a running configuration of NX-OS: an interface says itself which protocols run on it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from baseline.collectors.network.platforms.cisco_nxos.bgp import read_bgp
from baseline.collectors.network.platforms.indented.ospf import area_name
from baseline.collectors.network.platforms.indented.words import word_after
from baseline.collectors.network.provenance import Provenance
from baseline.collectors.network.section_tree import Line, SectionTree
from baseline.models.facts.network import FirstHopGroup, OspfArea, Routing, RoutingAuthentication, RoutingInterface

Protocol = Literal["ospf", "ospfv3", "isis", "eigrp", "rip"]
PROTOCOLS: tuple[Protocol, ...] = ("ospf", "ospfv3", "isis", "eigrp", "rip")


@dataclass(slots=True)
class _Process:
    """One process of one protocol in one routing instance; None: the default one."""

    name: str
    protocol: Protocol
    instance: str | None = None
    areas: dict[str, RoutingAuthentication] = field(default_factory=dict)
    passive_by_default: bool = False
    authentication: RoutingAuthentication = "none"


def read_routing(tree: SectionTree, provenance: Provenance) -> Routing:
    """Everything under ``routing``."""
    processes = {
        (process.protocol, process.name, process.instance): process
        for protocol in PROTOCOLS
        for section in tree.all(f"router {protocol}")
        for process in _processes(section, protocol)
    }
    interfaces = [found for section in tree.all("interface") for found in _interfaces(section, processes, provenance)]
    provenance.section("routing.ospf_areas", *tree.all("router ospf"), *tree.all("router ospfv3"))
    provenance.note("routing", *tree.all("router"))
    return Routing(
        bgp_neighbours=read_bgp(tree, provenance),
        ospf_areas=[area for process in processes.values() for area in _areas(process)],
        interfaces=interfaces,
        first_hop_groups=_first_hop_groups(tree, provenance),
    )


def _processes(section: Line, protocol: Protocol) -> Iterator[_Process]:
    """A process in the default routing instance and in those that it has sections for, which set everything anew."""
    words = section.text.split()
    for instance, part in ((None, section), *((vrf.text[4:].strip(), vrf) for vrf in section.all("vrf"))):
        process = _Process(words[2] if len(words) > 2 else "", protocol, instance)
        for inner in (part, *part.all("address-family")):
            for line in inner.children:
                _apply(process, line.text.split())
        yield process


def _apply(process: _Process, words: list[str]) -> None:
    if words[0] == "area" and len(words) > 1:
        area = area_name(words[1])
        process.areas.setdefault(area, "none")
        if words[2:3] == ["authentication"]:
            process.areas[area] = "ipsec" if "ipsec" in words else "md5" if "message-digest" in words else "plain"
        elif words[2:4] == ["encryption", "ipsec"]:
            process.areas[area] = "ipsec"
    elif words[:2] == ["passive-interface", "default"]:
        process.passive_by_default = True
    elif words[:2] == ["authentication", "key-chain"]:
        process.authentication = "md5"


def _areas(process: _Process) -> list[OspfArea]:
    if process.protocol not in {"ospf", "ospfv3"}:
        return []
    return [
        OspfArea(
            name=" ".join(word for word in (process.instance, process.name, "area", area) if word),
            process=process.name,
            version=2 if process.protocol == "ospf" else 3,
            authentication=authentication,
        )
        for area, authentication in process.areas.items()
    ]


def _interfaces(
    section: Line, processes: dict[tuple[Protocol, str, str | None], _Process], provenance: Provenance
) -> list[RoutingInterface]:
    """One for each ``ip router <protocol> <process>`` line."""
    name = section.text[10:].strip()
    member = section.first("vrf member")
    instance = member.text.split()[-1] if member else None
    found: dict[str, RoutingInterface] = {}
    for line in section.children:
        words = line.text.split()
        if words[1:2] != ["router"] or len(words) < 4 or words[0] not in {"ip", "ipv6"}:
            continue
        protocol = next((known for known in PROTOCOLS if known == words[2]), None)
        if protocol is None or (protocol, words[3], None) not in processes:
            continue
        process = processes.setdefault((protocol, words[3], instance), _Process(words[3], protocol, instance))
        area = word_after(words, "area")
        provenance.section(f"routing.interfaces.{protocol} {name}", section)
        found[protocol] = _interface(section, name, process, area_name(area) if area else None)
    return list(found.values())


def _interface(section: Line, name: str, process: _Process, area: str | None) -> RoutingInterface:
    if area is not None:
        process.areas.setdefault(area, "none")
    inherited = process.areas.get(area, "none") if area else process.authentication
    return RoutingInterface(
        name=f"{process.protocol} {name}",
        interface=name,
        protocol=process.protocol,
        process=process.name,
        area=area,
        passive=_passive(section, process),
        authentication=READERS[process.protocol](section, process.name, inherited),
    )


def _passive(section: Line, process: _Process) -> bool:
    commands = {
        "ospf": "ip ospf passive-interface",
        "ospfv3": "ospfv3 passive-interface",
        "isis": "isis passive-interface",
        "eigrp": f"ip passive-interface eigrp {process.name}",
        "rip": "ip rip passive-interface",
    }
    command = commands[process.protocol]
    if section.first(f"no {command}"):
        return False
    return section.first(command) is not None or process.passive_by_default


def _ospf(section: Line, _process: str, inherited: RoutingAuthentication) -> RoutingAuthentication:
    """What the interface says wins over its area, and only counts with a key (RFC 2328, appendix D)."""
    mode = inherited
    chain = section.first("ip ospf authentication key-chain") is not None
    for line in section.all("ip ospf authentication"):
        rest = line.text.split()[3:]
        if rest[:1] != ["key-chain"]:
            mode = "none" if rest == ["null"] else "md5" if rest == ["message-digest"] else "plain"
    if mode == "none" or chain:
        return "none" if mode == "none" else "key_chain"
    key = "ip ospf message-digest-key" if mode == "md5" else "ip ospf authentication-key"
    return mode if section.first(key) else "none"


def _ospf_v3(section: Line, _process: str, inherited: RoutingAuthentication) -> RoutingAuthentication:
    for kind in ("authentication", "encryption"):
        if line := section.first(f"ospfv3 {kind}"):
            return "ipsec" if "ipsec" in line.text.split() else "none"
    return inherited


def _isis(section: Line, _process: str, _inherited: RoutingAuthentication) -> RoutingAuthentication:
    if section.first("isis authentication key-chain") is None:
        return "none"
    kind = section.first("isis authentication-type")
    return "key_chain" if kind is None else "plain" if "cleartext" in kind.text else "md5"


def _eigrp(section: Line, process: str, inherited: RoutingAuthentication) -> RoutingAuthentication:
    chain = section.first(f"ip authentication key-chain eigrp {process}")
    return "md5" if chain and section.first(f"ip authentication mode eigrp {process}") else inherited


def _rip(section: Line, _process: str, _inherited: RoutingAuthentication) -> RoutingAuthentication:
    if section.first("ip rip authentication key-chain") is None:
        return "none"
    mode = section.first("ip rip authentication mode")
    return "md5" if mode and "md5" in mode.text else "plain"


READERS = {"ospf": _ospf, "ospfv3": _ospf_v3, "isis": _isis, "eigrp": _eigrp, "rip": _rip}
"""Protocol -> how its authentication on an interface is read: section, process, what it inherits."""

GROUPS: dict[str, Literal["hsrp", "vrrp"]] = {"hsrp": "hsrp", "vrrp": "vrrp", "vrrpv3": "vrrp"}


def _first_hop_groups(tree: SectionTree, provenance: Provenance) -> list[FirstHopGroup]:
    groups = []
    for section in tree.all("interface"):
        interface = section.text[10:].strip()
        for line in section.children:
            words = line.text.split()
            if words[0] not in GROUPS or not "".join(words[1:2]).isdigit():
                continue
            family = " ipv6" if "ipv6" in words else ""
            name = f"{interface} {words[0]} {words[1]}{family}"
            provenance.section(f"routing.first_hop_groups.{name}", line)
            said = line.first("authentication")
            groups.append(
                FirstHopGroup(
                    name=name,
                    interface=interface,
                    protocol=GROUPS[words[0]],
                    authentication="none" if said is None else "md5" if " md5 " in said.text else "plain",
                )
            )
    return groups
