"""Compares devices of one platform and role with each other, and shows the odd ones out.

A line or fact that at least ``MAJORITY`` of a device's peers have, and it has not (or the other way round), is odd. What
every device has of its own is not: lines that a rule calls individual, and lines of a shape that the peers share while
each has another value in it. Ports are interchangeable: one is odd when no port of most peers looks like it.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from math import ceil
from typing import Literal

import msgspec

from baseline.drift.normal import Entry, Normal
from baseline.drift.rules import Rules

MAJORITY = 0.6
"""Share of its peers that must agree before a device is odd."""
LEAST_PEERS = 2
"""With fewer peers there is no majority to speak of."""

Path = tuple[str, ...]
Look = tuple[str, frozenset[str]]
"""What a port looks like: the kind of its name, and its lines."""

_VALUES = re.compile(r"\d[\d.:/]*|\b[0-9a-f]{4}\.[0-9a-f]{4}\.[0-9a-f]{4}\b|\b[0-9a-f]{8,}\b", re.IGNORECASE)


class Member(msgspec.Struct, frozen=True, kw_only=True):
    """One device of a group. ``facts`` are values by dotted path, as text; ``site`` is empty where it has none."""

    name: str
    site: str = ""
    configuration: Normal
    rules: Rules
    facts: dict[str, str]


class Oddity(msgspec.Struct, frozen=True, kw_only=True):
    """What most of a device's peers have and it lacks, or the other way round.

    ``agreeing`` of ``peers`` say otherwise. ``below`` counts the lines under this one. For a fact, ``section`` is empty,
    ``line`` is its path with the own value, and ``usual`` is the value of the peers. For a port (``port``) ``usual`` is what
    it has (+) and lacks (-) beside the port that looks most like it and that peers have too.
    """

    kind: Literal["lacks", "has", "order", "port", "fact"]
    section: Path = ()
    line: str
    below: int = 0
    usual: str = ""
    agreeing: int
    peers: int


def oddities(members: Iterable[Member]) -> dict[str, list[Oddity] | None]:
    """For each member of a group what is odd about it; None when it has too few peers to tell."""
    group = [_Profile(member) for member in members]
    if len(group) - 1 < LEAST_PEERS:
        return {profile.name: None for profile in group}
    lines = Counter(line for profile in group for line in profile.lines)
    shapes = Counter(shape for profile in group for shape in profile.shapes)
    ports = Counter(look for profile in group for look in profile.ports)
    facts = Counter(fact for profile in group for fact in profile.facts.items())
    orders: dict[Path, Counter[Path]] = {}
    for profile in group:
        for path, order in profile.orders.items():
            orders.setdefault(path, Counter())[order] += 1
    return {
        profile.name: [
            *_odd_lines(profile, lines, shapes, len(group) - 1),
            *_odd_orders(profile, orders, len(group) - 1),
            *_odd_ports(profile, ports, len(group) - 1),
            *_odd_facts(profile, facts, len(group) - 1),
        ]
        for profile in group
    }


class _Profile:
    """A device as sets of lines with their sections, of shapes of lines, of looks of ports, and of facts."""

    def __init__(self, member: Member) -> None:
        self.name, self.facts = member.name, member.facts
        self.lines: dict[Path, None] = {}
        self.orders: dict[Path, Path] = {}
        self.ports: dict[Look, list[str]] = {}
        self._rules = member.rules
        words = "|".join(re.escape(word) for word in (member.name.partition(".")[0], member.site) if word)
        self._own_words = re.compile(rf"(?<![a-z0-9])(?:{words})(?![a-z0-9])", re.IGNORECASE)
        self._walk(member.configuration.root, ())
        self.shapes = {self.shape(line) for line in self.lines}

    def _walk(self, entry: Entry, path: Path) -> None:
        if entry.ordered:
            self.orders[path] = tuple(child.key for child in entry.children)
        for child in self._common(entry, path):
            below = (*path, child.key)
            if any(rule.covers(child.key, path) for rule in self._rules.interchangeable):
                look = (self.shape((child.key,))[0], frozenset(self._lines_below(child, below)))
                self.ports.setdefault(look, []).append(child.text)
                continue
            self.lines[below] = None
            self._walk(child, below)

    def _common(self, entry: Entry, path: Path) -> Iterator[Entry]:
        """The lines below an entry that are not each device's own."""
        return (
            child
            for child in entry.children
            if not any(rule.covers(child.key, path) for rule in self._rules.individual)
        )

    def _lines_below(self, entry: Entry, path: Path) -> Iterator[str]:
        for child in self._common(entry, path):
            yield child.key
            yield from self._lines_below(child, (*path, child.key))

    def shape(self, line: Path) -> Path:
        """The line with what tends to differ blanked: its name and site, numbers and addresses."""
        return tuple(_VALUES.sub("#", self._own_words.sub("@", part)) for part in line)


def _need(peers: int) -> int:
    return ceil(MAJORITY * peers)


def _odd_lines(profile: _Profile, lines: Counter[Path], shapes: Counter[Path], peers: int) -> list[Oddity]:
    need = _need(peers)
    lacked = {line: number for line, number in lines.items() if number >= need and line not in profile.lines}
    touched = {(line[:-1], line[-1].partition(" ")[0]) for line in lacked}
    extra = {
        line: peers - (lines[line] - 1)
        for line in profile.lines
        if peers - (lines[line] - 1) >= need
        and ((line[:-1], line[-1].partition(" ")[0]) in touched or shapes[profile.shape(line)] - 1 < need)
    }
    return [*_outermost("lacks", lacked, peers), *_outermost("has", extra, peers)]


def _outermost(kind: Literal["lacks", "has"], found: Mapping[Path, int], peers: int) -> list[Oddity]:
    """The lines whose section is not itself among those found; with how many lines below them are."""
    below = Counter(line[:length] for line in found for length in range(1, len(line)))
    return [
        Oddity(kind=kind, section=line[:-1], line=line[-1], below=below[line], agreeing=number, peers=peers)
        for line, number in sorted(found.items())
        if not any(line[:length] in found for length in range(1, len(line)))
    ]


def _odd_orders(profile: _Profile, orders: Mapping[Path, Counter[Path]], peers: int) -> Iterator[Oddity]:
    """Sections that hold the same lines as those of most peers, in another order."""
    for path, order in profile.orders.items():
        for usual, number in orders[path].items():
            if number >= _need(peers) and usual != order and sorted(usual) == sorted(order):
                yield Oddity(kind="order", section=path[:-1], line=path[-1], agreeing=number, peers=peers)


def _odd_ports(profile: _Profile, ports: Counter[Look], peers: int) -> Iterator[Oddity]:
    """Ports that look like none of the ports of most peers."""
    need = _need(peers)
    usual = [look for look, number in ports.items() if number - (look in profile.ports) >= need]
    for look, names in profile.ports.items():
        others = ports[look] - 1
        if peers - others < need:
            continue
        kind, lines = look
        near = [each for named, each in usual if named == kind] or [each for _, each in usual] or [frozenset[str]()]
        nearest = min(near, key=lambda each: len(each ^ lines))
        signs = [f"+{line}" for line in sorted(lines - nearest)] + [f"-{line}" for line in sorted(nearest - lines)]
        more = f" (and {len(names) - 1} more)" if len(names) > 1 else ""
        yield Oddity(kind="port", line=names[0] + more, usual="\n".join(signs), agreeing=peers - others, peers=peers)


def _odd_facts(profile: _Profile, facts: Counter[tuple[str, str]], peers: int) -> list[Oddity]:
    usual = {path: (value, number) for (path, value), number in facts.items() if number >= _need(peers)}
    return [
        Oddity(kind="fact", line=f"{path} = {profile.facts[path]}", usual=value, agreeing=number, peers=peers)
        for path, (value, number) in sorted(usual.items())
        if path in profile.facts and profile.facts[path] != value
    ]
