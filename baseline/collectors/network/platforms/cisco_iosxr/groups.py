"""Configuration groups: lines that a section takes from elsewhere, so that its own lines do not tell everything.

``group G ... end-group`` holds sections whose names are patterns between quotes; ``apply-group G`` takes them over, for the
section that it stands in or for the whole router (Cisco IOS XR System Management Configuration Guide, "Configuring Flexible
Command Line Interface"). What a group sets is not worked out here: what it may set is unknown.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

from baseline.collectors.network.section_tree import Line, SectionTree
from baseline.collectors.network.unknowns import unknown_section
from baseline.models.facts.fact import Section, Unknown
from baseline.models.facts.network import Interface

SECTIONS = {
    "aaa": "aaa",
    "line": "management",
    "logging": "logging",
    "ntp": "clock",
    "radius-server": "aaa",
    "router": "routing",
    "snmp-server": "snmp",
    "ssh": "management",
    "tacacs-server": "aaa",
    "telnet": "management",
    "username": "users",
}
"""First word of what a group holds -> the section of the facts that it may set."""

TOLD = frozenset({"name", "kind", "description", "addresses"})
"""What no group gives to an interface: these are its own."""

_QUOTED = re.compile(r"'([^']{1,200})'")
_SIMPLE = re.compile(r"[\w/.\\*+^$\[\]-]{1,200}")
"""Patterns that are tried; any other one, such as one that repeats what is in brackets, is taken to fit every name."""

MAXIMUM_REPEATS = 2
MAXIMUM_PATTERNS = 100
"""More patterns than this are not tried: the first group is taken to fit every name."""


@dataclass(frozen=True, slots=True)
class _Group:
    name: str
    lines: Sequence[Line]


def with_groups(sections: Mapping[str, Any], tree: SectionTree) -> dict[str, Any]:
    """The sections, with what an applied group may set made unknown."""
    found = dict(sections)
    applied = set(_applied(tree.lines))
    lines = [(group.name, line) for group in _groups(tree) if group.name in applied for line in group.lines]
    for word, path in SECTIONS.items():
        name = next((name for name, line in lines if line.text.split()[0] == word), None)
        if name is not None:
            found[path] = _unknown(found[path], _reason(name))
    patterns = [(name, _pattern(line.text)) for name, line in lines if line.text.startswith("interface ")]
    if len(patterns) > MAXIMUM_PATTERNS:
        patterns = [(patterns[0][0], None)]
    if patterns:
        found["interfaces"] = [_clouded(port, patterns) for port in found["interfaces"]]
    return found


def _reason(name: str) -> str:
    return f"the group {name!r} may set it: see `show running-config inheritance`"


def _groups(tree: SectionTree) -> list[_Group]:
    return [_Group(words[1], line.children) for line in tree.all("group") if len(words := line.text.split()) > 1]


def _applied(lines: Sequence[Line]) -> Iterator[str]:
    """Names of groups that are applied somewhere."""
    waiting = list(lines)
    while waiting:
        line = waiting.pop()
        if line.text.startswith("apply-group "):
            yield from line.text.split()[1:]
        waiting += line.children


def _clouded(port: Interface, patterns: list[tuple[str, re.Pattern[str] | None]]) -> Interface:
    """An interface of which its own lines do not tell everything, when its name fits the pattern of a group."""
    name = str(port.name)[:64]
    group = next((group for group, pattern in patterns if pattern is None or pattern.fullmatch(name)), None)
    if group is None:
        return port
    unknown = Unknown(_reason(group))
    changed: dict[str, Any] = {name: unknown for name in port.__struct_fields__ if name not in TOLD}
    return msgspec.structs.replace(port, **changed)


def _pattern(text: str) -> re.Pattern[str] | None:
    """The pattern of ``interface 'Gig.*'``; None for one that fits every name."""
    quoted = _QUOTED.search(text)
    written = quoted[1] if quoted else "".join(text.split()[1:2])
    if not _SIMPLE.fullmatch(written) or written.count("*") + written.count("+") > MAXIMUM_REPEATS:
        return None
    try:
        return re.compile(written)
    except re.error:
        return None


def _unknown(value: Any, reason: str) -> Any:
    return unknown_section(type(value), reason) if isinstance(value, Section) else Unknown(reason)
