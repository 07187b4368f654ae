"""Packet filter lists in a running configuration, in the form that Cisco, Arista and FRRouting share."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from baseline.collectors.network.provenance import Provenance
from baseline.collectors.network.section_tree import Line, SectionTree
from baseline.models.facts.network import AccessList

Family = Literal["ipv4", "ipv6", "mac"]
Type = Literal["standard", "extended", "other"]
ANY_ADDRESS = "0.0.0.0"  # noqa: S104  # an address to compare with, nothing is bound
NAMED: dict[str, Family] = {"ip access-list": "ipv4", "ipv6 access-list": "ipv6", "mac access-list": "mac"}
EVERYTHING = frozenset({"ip", "ipv4", "ipv6"})
"""Protocol words that mean every protocol."""

SESSIONS = frozenset({"tcp", "udp", "6", "17"})
"""Protocols by which a device is managed."""

MANAGEMENT_PORTS = frozenset({22, 23, 80, 161, 443, 830})
PORT_NAMES = {"ssh": 22, "telnet": 23, "www": 80, "http": 80, "snmp": 161, "https": 443}
"""SSH, Telnet, web pages with and without TLS, SNMP and NETCONF (IANA's registry of port numbers)."""

CONDITIONS = frozenset({"eq", "range", "gt", "lt", "neq"})
GROUPS = frozenset({"host", "object-group", "addrgroup", "net-group"})
"""Words before the name of an address or of a group of them."""


@dataclass(slots=True)
class _Draft:
    family: Family
    type: Type
    entries: list[list[str]] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)


def read_access_lists(
    tree: SectionTree, provenance: Provenance, *, named: Mapping[str, Family] = NAMED, untyped: Type = "other"
) -> list[AccessList]:
    """Named and numbered lists, in order of first appearance.

    ``named``: command that begins a list -> what it filters. ``untyped``: what a list is that says neither ``standard``
    nor ``extended``. A name that lists of two families share stands for both apart: ``EDGE`` and ``EDGE ipv6``.
    """
    drafts: dict[str, _Draft] = {}
    for line in tree.all("access-list"):
        words = line.text.split()
        if len(words) > 2:
            _add(drafts, words[1], "ipv4", _numbered_type(words[1]), line, words[2:])
    for command, family in named.items():
        for section in tree.all(command):
            _add_section(drafts, section, family, untyped)
    for name, draft in drafts.items():
        provenance.section(f"access_lists.{name}", *draft.lines)
    provenance.note("access_lists")
    return [_access_list(name, draft) for name, draft in drafts.items()]


def _numbered_type(name: str) -> Type:
    """Ranges of numbered lists (Cisco IOS Security Command Reference, ``access-list``); FRRouting numbers none."""
    value = int(name) if name.isdigit() and len(name) < 6 else 0
    if 1 <= value <= 99 or 1300 <= value <= 1999:
        return "standard"
    return "extended" if 100 <= value <= 199 or 2000 <= value <= 2699 else "other"


def _add_section(drafts: dict[str, _Draft], section: Line, family: Family, untyped: Type) -> None:
    words = section.text.split()
    if len(words) < 3 or words[2] in {"log-update", "logging", "resequence", "match-local-traffic", "role-based"}:
        return
    if words[2] in {"standard", "extended"}:
        if len(words) < 4:
            return
        name, kind = words[3], words[2]
    else:
        name, kind = words[2], "extended" if family == "ipv6" and len(words) == 3 else untyped
    literal: Type = "standard" if kind == "standard" else "extended" if kind == "extended" else "other"
    draft = drafts.setdefault(_key(drafts, name, family), _Draft(family, literal))
    draft.lines.append(section)
    written = [words[words.index(name) + 1 :], *(line.text.split() for line in section.children)]
    draft.entries += [entry for entry in map(_entry, written) if entry]


def _key(drafts: dict[str, _Draft], name: str, family: Family) -> str:
    return f"{name} {family}" if name in drafts and drafts[name].family != family else name


def _add(drafts: dict[str, _Draft], name: str, family: Family, kind: Type, line: Line, words: list[str]) -> None:
    draft = drafts.setdefault(name, _Draft(family, kind))
    draft.lines.append(line)
    if entry := _entry(words):
        draft.entries.append(entry)


def _entry(words: list[str]) -> list[str]:
    """An entry without its sequence number; empty for remarks and other lines."""
    while words and (words[0].isdigit() or words[0] in {"seq", "sequence"}):
        words = words[1:]
    return words if words and words[0] in {"permit", "deny"} else []


def _access_list(name: str, draft: _Draft) -> AccessList:
    last = draft.entries[-1] if draft.entries else []
    return AccessList(
        name=name,
        family=draft.family,
        type=draft.type,
        entries=len(draft.entries),
        permits_any=any(entry[0] == "permit" and _admits_everyone(entry[1:]) for entry in draft.entries),
        denials_logged=last[:1] == ["deny"] and _is_everything(last[1:]) and bool({"log", "log-input"} & set(last)),
        permitted_sources=[_source(entry) for entry in draft.entries if entry[0] == "permit"]
        if draft.type != "extended" and draft.family != "mac"
        else [],
    )


def _is_everything(words: list[str]) -> bool:
    """``any``, ``any any``, ``ip any any``, also with ``log``; a condition after it makes it narrower."""
    rest = [word for word in words if word not in {"log", "log-input"}]
    if rest[:1] and rest[0] in EVERYTHING:
        rest = rest[1:]
    return rest in (["any"], ["any", "any"], [ANY_ADDRESS, "255.255.255.255"], ["::/0", "::/0"])


def _admits_everyone(words: list[str]) -> bool:
    """Whether everyone comes in: ``any``, ``ip any host A``, ``tcp any any eq 22``; with a port, one of management."""
    rest = words[1:] if set(words[:1]) & (EVERYTHING | SESSIONS) else words
    if not _anywhere(rest) or "established" in words:
        return False
    _, after_source = _endpoint(rest)
    port, _ = _endpoint(after_source)
    return not port or any(map(_meets(port), MANAGEMENT_PORTS))


def _anywhere(words: list[str]) -> bool:
    return words[:1] in (["any"], ["::/0"], [f"{ANY_ADDRESS}/0"]) or words[:2] == [ANY_ADDRESS, "255.255.255.255"]


def _endpoint(words: list[str]) -> tuple[list[str], list[str]]:
    """The condition on the port of an address, and what follows both: ``any range 67 68 ...``."""
    takes = words[:1] and (words[0] in GROUPS or "".join(words[1:2]).count(".") == 3)
    rest = words[2 if takes else 1 :]
    if not rest or rest[0] not in CONDITIONS:
        return [], rest
    several = next((place for place, word in enumerate(rest) if place > 1 and _port(word) is None), len(rest))
    length = several if rest[0] == "eq" else 3 if rest[0] == "range" else 2
    return rest[:length], rest[length:]


def _port(word: str) -> int | None:
    return int(word) if word.isdigit() and len(word) < 6 else PORT_NAMES.get(word)


def _meets(condition: list[str]) -> Callable[[int], bool]:
    """Whether a port meets a condition. A name that is not known here is no port of management."""
    ports = [port for port in map(_port, condition[1:]) if port is not None]
    kind = condition[0]
    if not ports:
        return lambda _port: kind == "neq"
    return {
        "eq": lambda port: port in ports,
        "neq": lambda port: port not in ports,
        "range": lambda port: ports[0] <= port <= ports[-1],
        "gt": lambda port: port > ports[0],
        "lt": lambda port: port < ports[0],
    }[kind]


def _source(entry: list[str]) -> str:
    words = [word for word in entry[1:] if word != "log"]
    return words[1] if words[:1] == ["host"] and len(words) > 1 else " ".join(words)
