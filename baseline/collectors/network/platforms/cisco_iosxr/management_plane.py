"""Management plane protection: which interfaces take management traffic, and from whom.

Once it is configured, only the interfaces it names take such traffic, and the management ports of the route processors
that it does not name take all of it (Cisco IOS XR System Security Configuration Guide, "Implementing Management Plane
Protection").
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from baseline.collectors.network.platforms.indented.reading import Reading
from baseline.collectors.network.section_tree import Line
from baseline.models.facts.network import AccessList

NAME = "management-plane"
"""What the protection is called among ``access_lists``: it filters sources as they do."""

PROTOCOLS = ("http", "netconf", "snmp", "ssh", "telnet", "tftp", "xml")
MANAGEMENT_PORT = "MgmtEth"
EVERY_INTERFACE = "all"
Peers = dict[str, list[str]]
"""Address family -> sources; empty: everyone."""


@dataclass(slots=True)
class ManagementPlane:
    """Interface -> protocol -> sources. ``inband`` and ``outband`` hold for every interface of that kind that is not
    named; ``vrf`` is the routing instance of the interfaces out of band.
    """

    interfaces: dict[str, dict[str, Peers]] = field(default_factory=dict)
    inband: dict[str, Peers] = field(default_factory=dict)
    outband: dict[str, Peers] = field(default_factory=dict)
    vrf: str | None = None

    def accepts(self, interface: str) -> list[str]:
        """Protocols that an interface takes."""
        return sorted(self._allowed(interface))

    def _allowed(self, interface: str) -> Mapping[str, Peers]:
        if interface.startswith(MANAGEMENT_PORT):
            return self.interfaces.get(interface) or self.outband or {name: {} for name in PROTOCOLS}
        return self.inband | self.interfaces.get(interface, {})

    def limits(self, protocols: list[str], interfaces: list[str]) -> bool:
        """Whether every interface that takes one of these protocols takes it from listed sources only."""
        allowed = [self._allowed(name) for name in interfaces]
        found = [one[protocol] for one in allowed for protocol in protocols if protocol in one]
        return bool(found) and all(any(peers.values()) for peers in found)

    def sources(self, protocols: list[str], interfaces: list[str], family: str) -> list[str]:
        """The sources from which these protocols are taken, in order."""
        allowed = [self._allowed(name) for name in interfaces]
        found = [one[protocol].get(family, []) for one in allowed for protocol in protocols if protocol in one]
        return list(dict.fromkeys(source for peers in found for source in peers))


def read_management_plane(reading: Reading) -> ManagementPlane | None:
    """The protection, or None when there is none: then every interface takes everything."""
    section = reading.tree.first("control-plane")
    plane = section.first("management-plane") if section else None
    if plane is None:
        return None
    found = ManagementPlane()
    for band in (*plane.all("inband"), *plane.all("out-of-band")):
        instance = band.first("vrf")
        if band.text == "out-of-band" and instance:
            found.vrf = instance.text[4:].strip() or None
        for entry in band.all("interface"):
            name = entry.text[10:].strip()
            if name == EVERY_INTERFACE:
                (found.inband if band.text == "inband" else found.outband).update(_allowances(entry))
            elif name:
                found.interfaces.setdefault(name, {}).update(_allowances(entry))
    return found


def _allowances(section: Line) -> dict[str, Peers]:
    found: dict[str, Peers] = {}
    for line in section.all("allow"):
        words = line.text.split()
        named = words[1].lower() if len(words) > 1 else ""
        for protocol in PROTOCOLS if named == "all" else (named,):
            found[protocol] = _peers(line)
    return found


def _peers(line: Line) -> Peers:
    peers: Peers = {}
    for address in line.all("address"):
        words = address.text.split()
        if len(words) > 2:
            peers.setdefault(words[1], []).append(words[2])
    return peers


def as_access_lists(plane: ManagementPlane | None, interfaces: list[str]) -> list[AccessList]:
    """The protection as filters of SSH and Telnet, one for each family with sources; none when it limits nobody."""
    protocols = ["ssh", "telnet"]
    if plane is None or not plane.limits(protocols, interfaces):
        return []
    found = []
    for family, name in (("ipv4", NAME), ("ipv6", f"{NAME} ipv6")):
        sources = plane.sources(protocols, interfaces, family)
        if sources:
            found.append(
                AccessList(
                    name=name,
                    family="ipv6" if family == "ipv6" else "ipv4",
                    type="standard",
                    entries=len(sources),
                    permits_any=bool({"0.0.0.0/0", "::/0"} & set(sources)),
                    denials_logged=False,
                    permitted_sources=sources,
                )
            )
    return found
