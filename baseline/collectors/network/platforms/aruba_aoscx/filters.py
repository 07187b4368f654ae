"""Packet filter lists of AOS-CX, where they guard the switch itself, and who may reach its servers through them.

Every list ends with an unwritten line that denies the rest. Control plane policing is always on; a list on the control plane
of a routing instance filters what is meant for the switch (AOS-CX Hardening Guide, "Control Plane ACLs").
"""

from dataclasses import dataclass

from baseline.collectors.network.platforms.indented.reading import Reading
from baseline.collectors.network.platforms.indented.words import word_after
from baseline.collectors.network.section_tree import Line
from baseline.models.facts.fact import Unknown
from baseline.models.facts.network import AccessList, ControlPlane

FAMILIES = {"ip": "ipv4", "ipv6": "ipv6", "mac": "mac"}
ALLOW_LIST = "ssh server allow-list"
DEFAULT_POLICY = "default"
"""Policy for the control plane that a switch has without a word, and that cannot be deleted."""

EVERY_PROTOCOL = frozenset({"any", "ip", "ipv4", "ipv6"})
PORTS = {"ssh": "22", "telnet": "23", "https": "443", "snmp": "161"}
"""Protocols by which a switch is managed, and their ports."""

ANYWHERE = frozenset({"any", "0.0.0.0/0", "0.0.0.0/0.0.0.0", "::/0"})
CONDITIONS = {"eq": 2, "gt": 2, "lt": 2, "neq": 2, "range": 3}
"""First word of a condition on a port -> words it takes."""

OPTIONS = frozenset({"log", "count", "hitcounts"})


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a list: ``permit tcp 192.0.2.0/255.255.255.0 any eq 22 log count`` in its parts."""

    permits: bool
    protocol: str
    source: str
    source_port: tuple[str, ...]
    destination: str
    port: tuple[str, ...]
    logged: bool

    @property
    def is_everything(self) -> bool:
        """Every protocol, from anywhere to anywhere."""
        conditions = (*self.source_port, *self.port)
        return self.protocol in EVERY_PROTOCOL and {self.source, self.destination} <= ANYWHERE and not conditions

    def decides(self, service: str) -> bool:
        """Whether it decides about a service of the switch for strangers: a permission that some stranger can use, or a
        denial that none gets past.
        """
        if self.source not in ANYWHERE or self.protocol not in {*EVERY_PROTOCOL, "udp" if service == "snmp" else "tcp"}:
            return False
        if not _holds(self.port, PORTS[service]):
            return False
        return self.permits or (self.destination in ANYWHERE and not self.source_port)


def _endpoint(words: list[str]) -> tuple[str, tuple[str, ...], list[str]]:
    """An address, the condition on its port, and what follows: ``any range 67 68 ...``."""
    length = CONDITIONS.get("".join(words[1:2]), 0)
    return "".join(words[:1]), tuple(words[1 : 1 + length]), words[1 + length :]


def _holds(words: tuple[str, ...], port: str) -> bool:
    """Whether a condition on a port holds for one: none, ``eq 22``, ``range 1 1023``."""
    numbers = [PORTS.get(word, word) for word in words[1:]]
    if not words:
        return True
    if words[0] == "eq":
        return numbers == [port]
    if words[0] == "neq":
        return numbers != [port]
    if not numbers or not all(word.isdigit() and len(word) < 6 for word in numbers):
        return False
    bounds = [int(word) for word in numbers]
    if words[0] == "range":
        return bounds[0] <= int(port) <= bounds[-1]
    return int(port) > bounds[0] if words[0] == "gt" else int(port) < bounds[0]


def entries_of(section: Line) -> list[Entry]:
    """The entries of a list, in order, remarks left out."""
    found = []
    for line in section.children:
        words = line.text.split()
        if words[0].isdigit():
            words = words[1:]
        if words[:1] in (["permit"], ["deny"]):
            told = [word for word in words[2:] if word not in OPTIONS]
            source, source_port, rest = _endpoint(told)
            destination, port, _ = _endpoint(rest)
            protocol = "".join(words[1:2])
            found.append(Entry(words[0] == "permit", protocol, source, source_port, destination, port, "log" in words))
    return found


def admits_everyone(entries: list[Entry], service: str) -> bool:
    """Whether the first entry that decides about a service for strangers permits it; the unwritten last one denies."""
    first = next((entry for entry in entries if entry.decides(service)), None)
    return first is not None and first.permits


def read_access_lists(reading: Reading) -> list[AccessList]:
    """Every list, and the addresses that SSH admits as a list of its own."""
    found: dict[str, AccessList] = {}
    guarding = {words[3] for line in reading.tree.all("apply access-list") if len(words := line.text.split()) > 4}
    for word, family in FAMILIES.items():
        for section in reading.tree.all(f"access-list {word}"):
            name = section.text.split()[2] if len(section.text.split()) > 2 else ""
            key = f"{name} {family}" if name in found else name
            found[key] = _access_list(key, word, entries_of(section), guards=name in guarding)
            reading.provenance.section(f"access_lists.{key}", section)
    reading.provenance.note("access_lists", *reading.tree.all("access-list"))
    return [*found.values(), *_allow_lists(reading)]


def _access_list(name: str, word: str, entries: list[Entry], *, guards: bool) -> AccessList:
    """A list on the control plane that denies a management protocol to all others may then permit the rest, for the routing
    protocols' sake, as the vendor's own example does: that is not any.
    """
    last = entries[-1] if entries else None
    everything = any(entry.permits and entry.is_everything for entry in entries)
    return AccessList(
        name=name,
        family="ipv6" if word == "ipv6" else "mac" if word == "mac" else "ipv4",
        type="extended",
        entries=len(entries),
        permits_any=everything and (not guards or all(admits_everyone(entries, service) for service in PORTS)),
        denials_logged=_logs_denials(entries)
        if guards
        else last is not None and not last.permits and last.logged and last.is_everything,
        permitted_sources=[],
    )


def _logs_denials(entries: list[Entry]) -> bool:
    """Whether refused management sessions are logged: the entry that denies SSH to all others logs."""
    first = next((entry for entry in entries if entry.decides("ssh")), None)
    return first is not None and not first.permits and first.logged


def allow_list(reading: Reading) -> Line | None:
    """The section with the addresses that may use SSH, when it is on."""
    section = reading.tree.last(ALLOW_LIST)
    return section if section is not None and section.first("enable") else None


def _allow_lists(reading: Reading) -> list[AccessList]:
    """The allow list as one list per family. It guards both: what is not in it is refused, whatever the family."""
    section = allow_list(reading)
    if section is None:
        return []
    reading.provenance.section(f"access_lists.{ALLOW_LIST}", section)
    reading.provenance.section(f"access_lists.{ALLOW_LIST} ipv6", section)
    return [_allowed(section, "ip"), _allowed(section, "ipv6")]


def _allowed(section: Line, word: str) -> AccessList:
    sources = [line.text.split()[1] for line in section.all(word) if len(line.text.split()) > 1]
    return AccessList(
        name=ALLOW_LIST if word == "ip" else f"{ALLOW_LIST} ipv6",
        family="ipv4" if word == "ip" else "ipv6",
        type="standard",
        entries=len(section.all("ip")) + len(section.all("ipv6")),
        permits_any=any(source.endswith("/0") for source in sources),
        denials_logged=Unknown("whether AOS-CX logs addresses that the allow list refuses is not documented"),
        permitted_sources=sources,
    )


def control_plane_list(reading: Reading, word: str, instance: str, service: str) -> str | None:
    """The list on the control plane of a routing instance, if it keeps strangers from a service. ``word``: ip or ipv6."""
    for line in reading.tree.all(f"apply access-list {word}"):
        words = line.text.split()
        if len(words) > 4 and "control-plane" in words and (word_after(words, "vrf") or "default") == instance:
            section = reading.tree.last(f"access-list {word} {words[3]}")
            if section is not None and not admits_everyone(entries_of(section), service):
                return words[3]
    return None


def read_control_plane(reading: Reading) -> ControlPlane:
    """Policing cannot be switched off; only its policy changes."""
    line = reading.last("control_plane.policy", "apply copp-policy")
    return ControlPlane(policy=line.text.split()[-1] if line else DEFAULT_POLICY)
