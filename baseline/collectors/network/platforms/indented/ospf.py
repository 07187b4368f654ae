"""OSPF in a running configuration, in the form that Cisco IOS, Arista EOS and FRRouting share.

Authentication that an interface sets wins over that of its area, and it only counts with a key: without one, packets carry
an empty password (RFC 2328, appendix D).
"""

from dataclasses import dataclass, field

from baseline.collectors.network.platforms.indented.networks import Networks, address_bits, interface_network
from baseline.collectors.network.platforms.indented.words import word_after
from baseline.collectors.network.provenance import Provenance
from baseline.collectors.network.section_tree import Line, SectionTree
from baseline.models.facts.network import OspfArea, RoutingAuthentication, RoutingInterface


@dataclass(slots=True)
class _Process:
    name: str
    number: str = ""
    vrf: str | None = None
    networks: Networks = field(default_factory=Networks)
    areas: dict[str, RoutingAuthentication] = field(default_factory=dict)
    passive: set[str] = field(default_factory=set)
    active: set[str] = field(default_factory=set)

    def is_passive(self, interface: str) -> bool:
        """Passive by name, or by default and not made active."""
        return interface in self.passive or ("default" in self.passive and interface not in self.active)


def read_ospf(tree: SectionTree, provenance: Provenance) -> tuple[list[OspfArea], list[RoutingInterface]]:
    """Areas and interfaces of OSPF version 2."""
    processes = [_process(section) for section in tree.all("router ospf")]
    if not processes:
        return [], []
    interfaces = []
    for section in tree.all("interface"):
        name = section.text[10:].strip().split(" ")[0]
        if joined := _joined(section, processes):
            process, area = joined
            process.areas.setdefault(area, "none")
            provenance.section(f"routing.interfaces.ospf {name}", section)
            interfaces.append(_interface(section, name, process, area))
    provenance.section("routing.ospf_areas", *tree.all("router ospf"))
    return [
        _area(process, area, authentication) for process in processes for area, authentication in process.areas.items()
    ], interfaces


def area_name(text: str) -> str:
    """An area as an address: ``0`` is ``0.0.0.0``."""
    if text.isdigit() and len(text) <= 10 and int(text) <= 0xFFFF_FFFF:
        return ".".join(str(byte) for byte in int(text).to_bytes(4, "big"))
    return text


def _process(section: Line) -> _Process:
    words = section.text.split()
    vrf, number = word_after(words, "vrf"), words[2] if len(words) > 2 else "default"
    process = _Process(vrf or number, number, vrf)
    for line in section.children:
        inner = line.text.split()
        if inner[0] == "network":
            _add_network(process, inner)
        elif inner[0] == "area" and len(inner) > 1:
            _add_area(process, inner)
        elif inner[0] == "passive-interface" and len(inner) > 1:
            process.passive.add(inner[1])
        elif inner[:2] == ["no", "passive-interface"] and len(inner) > 2:
            process.active.add(inner[2])
    return process


def _add_network(process: _Process, words: list[str]) -> None:
    area = word_after(words, "area")
    if area is None:
        return
    if "/" in words[1]:
        process.networks.add_prefix(words[1], area_name(area))
    else:
        process.networks.add(words[1], words[2], area_name(area))


def _add_area(process: _Process, words: list[str]) -> None:
    area = area_name(words[1])
    process.areas.setdefault(area, "none")
    if len(words) > 2 and words[2] == "authentication":
        process.areas[area] = "md5" if "message-digest" in words else "plain"


def _joined(section: Line, processes: list[_Process]) -> tuple[_Process, str] | None:
    """The process and area of an interface: by its own line, else by a ``network`` line of a process in its routing
    instance, else of another: FRRouting does not always write which instance an interface is in.
    """
    instance = instance_of(section)
    processes = sorted(processes, key=lambda process: process.vrf != instance)
    for line in section.all("ip ospf"):
        words = line.text.split()
        area = word_after(words, "area")
        if area is not None:
            named = [process for process in processes if words[2] == process.number]
            return (named or processes)[0], area_name(area)
    bits = interface_network(section)
    if bits is None:
        return None
    for process in processes:
        if area := process.networks.match(bits):
            return process, area
    return None


def instance_of(section: Line) -> str | None:
    """The routing instance of an interface; ``interface eth0 vrf A`` on FRRouting."""
    for command in ("vrf forwarding", "ip vrf forwarding", "vrf"):
        if line := section.first(command):
            return line.text.split()[-1]
    return word_after(section.text.split(), "vrf")


def _interface(section: Line, name: str, process: _Process, area: str) -> RoutingInterface:
    passive = process.is_passive(name) or section.first("ip ospf passive") is not None
    return RoutingInterface(
        name=f"ospf {name}",
        interface=name,
        protocol="ospf",
        process=process.name,
        area=area,
        passive=passive,
        authentication=_authentication(section, process.areas.get(area, "none")),
    )


def _authentication(section: Line, inherited: RoutingAuthentication) -> RoutingAuthentication:
    mode = inherited
    for line in section.all("ip ospf authentication"):
        words = [word for word in line.text.split()[3:] if address_bits(word) is None]
        mode = _mode(words)
    if mode == "md5":
        key = section.first("ip ospf message-digest-key")
        return "none" if key is None else "hmac_sha" if "sha" in "".join(key.text.split()[4:5]) else "md5"
    if mode == "plain":
        return "plain" if section.first("ip ospf authentication-key") else "none"
    return mode


def _mode(words: list[str]) -> RoutingAuthentication:
    if not words:
        return "plain"
    if words[0] in {"key-chain", "keychain"}:
        return "key_chain"
    return "md5" if words[0] == "message-digest" else "none"


def _area(process: _Process, area: str, authentication: RoutingAuthentication, version: int = 2) -> OspfArea:
    return OspfArea(
        name=f"{process.name} area {area}",
        process=process.name,
        version=2 if version == 2 else 3,
        authentication=authentication,
    )


V3_COMMANDS = ("ospfv3", "ipv6 ospf", "ipv6 ospf6")


def read_ospf_v3(tree: SectionTree, provenance: Provenance) -> tuple[list[OspfArea], list[RoutingInterface]]:
    """Areas and interfaces of OSPF version 3, which authenticates with IPsec (RFC 4552) or a trailer (RFC 7166)."""
    processes: dict[str, _Process] = {}
    for command in ("router ospfv3", "ipv6 router ospf", "router ospf6"):
        for section in tree.all(command):
            process = _process_v3(section, section.text[len(command) :].strip().split(" ")[0] or "default")
            processes[process.name] = process
    if not processes:
        return [], []
    interfaces = []
    for section in tree.all("interface"):
        name = section.text[10:].strip().split(" ")[0]
        if joined := _joined_v3(section, processes):
            process, area = joined
            process.areas.setdefault(area, "none")
            provenance.section(f"routing.interfaces.ospfv3 {name}", section)
            interfaces.append(_interface_v3(section, name, process, area))
    areas = [
        _area(process, area, authentication, 3)
        for process in processes.values()
        for area, authentication in process.areas.items()
    ]
    return areas, interfaces


def _process_v3(section: Line, name: str) -> _Process:
    process = _process(section)
    process.name = name
    for line in section.children:
        words = line.text.split()
        if words[0] == "area" and len(words) > 3 and words[2] in {"authentication", "encryption"}:
            process.areas[area_name(words[1])] = "ipsec" if words[3] == "ipsec" else "key_chain"
    return process


def _joined_v3(section: Line, processes: dict[str, _Process]) -> tuple[_Process, str] | None:
    for command in V3_COMMANDS:
        for line in section.all(command):
            words = line.text[len(command) :].split()
            area = word_after(words, "area")
            if area is not None:
                process = processes.get(words[0]) or next(iter(processes.values()))
                return process, area_name(area)
    return None


def _interface_v3(section: Line, name: str, process: _Process, area: str) -> RoutingInterface:
    authentication = process.areas.get(area, "none")
    for command in V3_COMMANDS:
        for kind in ("authentication", "encryption"):
            for line in section.all(f"{command} {kind}"):
                words = line.text[len(command) :].split()
                authentication = _mode_v3(words[1:])
    passive = any(section.first(f"{command} passive") for command in V3_COMMANDS)
    return RoutingInterface(
        name=f"ospfv3 {name}",
        interface=name,
        protocol="ospfv3",
        process=process.name,
        area=area,
        passive=passive or process.is_passive(name),
        authentication=authentication,
    )


def _mode_v3(words: list[str]) -> RoutingAuthentication:
    if not words or words[0] == "null":
        return "none"
    if words[0] == "ipsec":
        return "ipsec"
    return "hmac_sha" if "hash-algo" in words and any("sha" in word for word in words) else "key_chain"
