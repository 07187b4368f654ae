"""EIGRP in a running configuration, classic and named."""

from baseline.collectors.network.platforms.indented.networks import Networks, interface_network
from baseline.collectors.network.platforms.indented.words import word_after
from baseline.collectors.network.provenance import Provenance
from baseline.collectors.network.section_tree import Line, SectionTree
from baseline.models.facts.network import RoutingAuthentication, RoutingInterface


def read_eigrp(tree: SectionTree, provenance: Provenance) -> list[RoutingInterface]:
    """Every interface that a ``network`` line of an EIGRP process covers."""
    found: list[RoutingInterface] = []
    for router in tree.all("router eigrp"):
        words = router.text.split()
        name = words[2] if len(words) > 2 else ""
        if name.isdigit():
            found += _classic(tree, provenance, router, name)
            continue
        for family in router.all("address-family ipv4"):
            found += _named(tree, provenance, family, word_after(family.text.split(), "autonomous-system") or name)
    return found


def _networks(section: Line) -> Networks:
    networks = Networks()
    for line in section.all("network"):
        networks.add_written(line.text.split()[1:], "covered")
    return networks


def _covered(tree: SectionTree, networks: Networks) -> list[tuple[str, Line]]:
    sections = ((section.text[10:].strip(), section) for section in tree.all("interface"))
    return [
        (name, section)
        for name, section in sections
        if (bits := interface_network(section)) is not None and networks.match(bits) is not None
    ]


def _classic(tree: SectionTree, provenance: Provenance, router: Line, process: str) -> list[RoutingInterface]:
    passive = {line.text[18:].strip() for line in router.all("passive-interface")}
    active = {line.text[21:].strip() for line in router.all("no passive-interface")}
    found = []
    for name, section in _covered(tree, _networks(router)):
        chain = section.first(f"ip authentication key-chain eigrp {process}")
        mode = section.first(f"ip authentication mode eigrp {process}")
        is_passive = name in passive or ("default" in passive and name not in active)
        found.append(_interface(name, process, passive=is_passive, authentication="md5" if chain and mode else "none"))
        provenance.section(f"routing.interfaces.eigrp {name}", section)
    return found


def _named(tree: SectionTree, provenance: Provenance, family: Line, process: str) -> list[RoutingInterface]:
    """In named mode, ``af-interface default`` holds for interfaces that have no section of their own setting."""
    sections = {section.text[13:].strip(): section for section in family.all("af-interface")}
    default = sections.get("default")
    found = []
    for name, _section in _covered(tree, _networks(family)):
        own = [section for section in (sections.get(name), default) if section is not None]
        modes = [mode for mode in map(_authentication, own) if mode is not None]
        found.append(_interface(name, process, passive=_passive(own), authentication=modes[0] if modes else "none"))
        provenance.section(f"routing.interfaces.eigrp {name}", *own)
    return found


def _passive(sections: list[Line]) -> bool:
    for section in sections:
        if section.first("no passive-interface"):
            return False
        if section.first("passive-interface"):
            return True
    return False


def _authentication(section: Line) -> RoutingAuthentication | None:
    mode = section.first("authentication mode")
    if mode is None:
        return None
    if "hmac-sha-256" in mode.text:
        return "hmac_sha"
    return "md5" if section.first("authentication key-chain") else "none"


def _interface(name: str, process: str, *, passive: bool, authentication: RoutingAuthentication) -> RoutingInterface:
    return RoutingInterface(
        name=f"eigrp {name}",
        interface=name,
        protocol="eigrp",
        process=process,
        area=None,
        passive=passive,
        authentication=authentication,
    )
