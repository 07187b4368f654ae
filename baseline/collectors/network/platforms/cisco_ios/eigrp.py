"""EIGRP in a running configuration, classic and named, for IPv4 and IPv6."""

from typing import Literal

from baseline.collectors.network.platforms.indented.networks import Networks, interface_network
from baseline.collectors.network.platforms.indented.ospf import instance_of
from baseline.collectors.network.platforms.indented.words import word_after
from baseline.collectors.network.provenance import Provenance
from baseline.collectors.network.section_tree import Line, SectionTree
from baseline.models.facts.network import RoutingAuthentication, RoutingInterface

Family = Literal["ip", "ipv6"]


def read_eigrp(tree: SectionTree, provenance: Provenance) -> list[RoutingInterface]:
    """Every interface that EIGRP speaks on: for IPv4 those that a ``network`` line covers, for IPv6 those that say so or,
    in named mode, every one with IPv6 (Cisco IOS IP Routing: EIGRP Command Reference).
    """
    found: list[RoutingInterface] = []
    for router in tree.all("router eigrp"):
        words = router.text.split()
        name = words[2] if len(words) > 2 else ""
        families = [(family, family.text.split()) for family in router.all("address-family")]
        if name.isdigit():
            found += _classic(provenance, router, name, _covered(tree, router, ANYWHERE))
            for family, said in families:
                number = word_after(said, "autonomous-system") or _own_number(family) or name
                found += _classic(provenance, family, number, _covered(tree, family, word_after(said, "vrf")))
            continue
        for family, said in families:
            number, instance = word_after(said, "autonomous-system") or name, word_after(said, "vrf")
            sixth = said[1:2] == ["ipv6"]
            ports = _with_ipv6(tree, instance) if sixth else _covered(tree, family, instance)
            found += _named(provenance, family, number, ports, "ipv6" if sixth else "ip")
    for router in tree.all("ipv6 router eigrp"):
        number = router.text.split()[-1]
        found += _classic(provenance, router, number, _saying(tree, f"ipv6 eigrp {number}"), "ipv6")
    return found


ANYWHERE = "*"
"""Stands for any routing instance: where none is written, FRRouting does not tell which one an interface is in."""

Ports = list[tuple[str, Line]]
"""Name and section of each interface."""


def _own_number(family: Line) -> str | None:
    line = family.first("autonomous-system")
    return line.text.split()[-1] if line else None


def _ports(tree: SectionTree, instance: str | None) -> Ports:
    found = ((section.text[10:].strip(), section) for section in tree.all("interface"))
    return [(name, section) for name, section in found if instance in {ANYWHERE, instance_of(section)}]


def _covered(tree: SectionTree, router: Line, instance: str | None) -> Ports:
    networks = Networks()
    for line in router.all("network"):
        networks.add_written(line.text.split()[1:], "covered")
    return [
        (name, section)
        for name, section in _ports(tree, instance)
        if (bits := interface_network(section)) is not None and networks.match(bits) is not None
    ]


def _with_ipv6(tree: SectionTree, instance: str | None) -> Ports:
    commands = ("ipv6 address", "ipv6 enable")
    return [port for port in _ports(tree, instance) if any(port[1].first(command) for command in commands)]


def _saying(tree: SectionTree, command: str) -> Ports:
    return [port for port in _ports(tree, ANYWHERE) if port[1].first(command)]


def _classic(
    provenance: Provenance, router: Line, process: str, ports: Ports, family: Family = "ip"
) -> list[RoutingInterface]:
    passive = {line.text[18:].strip() for line in router.all("passive-interface")}
    active = {line.text[21:].strip() for line in router.all("no passive-interface")}
    found = []
    for name, section in ports:
        chain = section.first(f"{family} authentication key-chain eigrp {process}")
        mode = section.first(f"{family} authentication mode eigrp {process}")
        is_passive = name in passive or ("default" in passive and name not in active)
        authentication: RoutingAuthentication = "md5" if chain and mode else "none"
        found.append(_interface(name, process, family, passive=is_passive, authentication=authentication))
        provenance.section(f"routing.interfaces.{found[-1].name}", section)
    return found


def _named(provenance: Provenance, router: Line, process: str, ports: Ports, family: Family) -> list[RoutingInterface]:
    """In named mode, ``af-interface default`` holds for interfaces that have no section of their own setting."""
    sections = {section.text[13:].strip(): section for section in router.all("af-interface")}
    default = sections.get("default")
    found = []
    for name, _section in ports:
        own = [section for section in (sections.get(name), default) if section is not None]
        if _is_switched(own, "shutdown"):
            continue
        modes = [mode for mode in map(_authentication, own) if mode is not None]
        passive = _is_switched(own, "passive-interface")
        found.append(_interface(name, process, family, passive=passive, authentication=modes[0] if modes else "none"))
        provenance.section(f"routing.interfaces.{found[-1].name}", *own)
    return found


def _is_switched(sections: list[Line], command: str) -> bool:
    for section in sections:
        if section.first(f"no {command}"):
            return False
        if section.first(command):
            return True
    return False


def _authentication(section: Line) -> RoutingAuthentication | None:
    mode = section.first("authentication mode")
    if mode is None:
        return None
    if "hmac-sha-256" in mode.text:
        return "hmac_sha"
    return "md5" if section.first("authentication key-chain") else "none"


def _interface(
    name: str, process: str, family: Family, *, passive: bool, authentication: RoutingAuthentication
) -> RoutingInterface:
    return RoutingInterface(
        name=f"eigrp {name}" if family == "ip" else f"eigrp ipv6 {name}",
        interface=name,
        protocol="eigrp",
        process=process,
        area=None,
        passive=passive,
        authentication=authentication,
    )
