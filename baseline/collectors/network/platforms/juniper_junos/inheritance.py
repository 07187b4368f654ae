"""What a Junos configuration means once its groups and interface ranges are written out.

A statement of the configuration itself goes before one of a group, and an earlier group before a later one (Junos CLI
User Guide, "Use Configuration Groups"). ``<*>`` in a group stands for whatever the configuration names there.
"""

import re
from collections.abc import Iterable
from fnmatch import fnmatchcase

from baseline.collectors.network.word_tree import MAXIMUM_DEPTH, Node, merged

MAXIMUM_INHERITED = 300_000
"""Words that groups may add; a configuration that inherits more is not read."""

MAXIMUM_RANGE = 1_024
"""Ports of one interface range."""

NODE_GROUP = "${node}"
"""Stands for node0 or node1 in a chassis cluster: whichever member reads the configuration."""

_MEMBER = re.compile(r"(?P<stem>.*\D)(?P<port>\d{1,4})")


class TooMuchInheritedError(Exception):
    """The groups of a configuration add more than a device can hold."""


class _Inheritance:
    def __init__(self) -> None:
        self.added = 0

    def apply(self, node: Node, matching: dict[str, list[Node]], active: tuple[str, ...], depth: int = 0) -> None:
        """Add to a node what its groups say of it. ``matching`` holds the groups' nodes for this place, by group."""
        if depth > MAXIMUM_DEPTH or not matching:
            return
        active = _active(node, active)
        for name in active:
            for source in matching.get(name, ()):
                self._add(node, source)
        for word, child in node.children.items():
            below = {name: _children(sources, word) for name, sources in matching.items()}
            self.apply(child, {name: nodes for name, nodes in below.items() if nodes}, active, depth + 1)

    def _add(self, node: Node, source: Node) -> None:
        for word, child in source.children.items():
            if word not in node.children and not word.startswith("<") and word != "when":
                node.children[word] = Node(word, child.number)
                self.added += 1
                if self.added > MAXIMUM_INHERITED:
                    raise TooMuchInheritedError


def _active(node: Node, inherited: tuple[str, ...]) -> tuple[str, ...]:
    """The groups that hold at a node: its own, then those from above, without those that it refuses."""
    own = node.children.get("apply-groups")
    refused = node.children.get("apply-groups-except")
    names = [*(_names(own) if own else ()), *inherited]
    return tuple(name for name in dict.fromkeys(names) if refused is None or name not in refused.children)


def _names(applied: Node) -> list[str]:
    """``${node}`` gives both members of a cluster; what they say differently is not used (see ``per_node``)."""
    names: list[str] = []
    for name in applied.children:
        names += ["node0", "node1"] if name == NODE_GROUP else [name]
    return names


def _children(sources: list[Node], word: str) -> list[Node]:
    found = []
    for source in sources:
        for name, child in source.children.items():
            if name == word or (name.startswith("<") and fnmatchcase(word, name.strip("<>"))):
                found.append(child)
    return found


def inherit(root: Node) -> None:
    """Write groups out in place.

    Raises:
        TooMuchInheritedError: they add more than a device can hold.
    """
    groups = root.children.get("groups")
    if groups is not None:
        _Inheritance().apply(root, {name: [group] for name, group in groups.children.items()}, ())


def per_node(root: Node) -> bool:
    """Whether members of a cluster get settings of their own."""
    applied = root.children.get("apply-groups")
    return applied is not None and NODE_GROUP in applied.children


def interface_nodes(root: Node) -> dict[str, Node]:
    """Every physical interface that is configured, with what its ranges say merged in, by name.

    A pattern of a range stands for the ports that it matches and are not named: it is an interface of its own here.
    """
    section = root.children.get("interfaces")
    if section is None:
        return {}
    found = {name: node for name, node in section.children.items() if name not in {"interface-range", "apply-groups"}}
    ranges = section.children.get("interface-range")
    for group in ranges.children.values() if ranges else ():
        settings = Node(
            group.word, group.number, {k: v for k, v in group.children.items() if not k.startswith("member")}
        )
        for name in range_members(group, found):
            found[name] = merged(found.get(name) or Node(name, group.number), settings)
    return found


def range_members(group: Node, known: Iterable[str]) -> list[str]:
    """The interfaces of one range: ``member`` names one or a pattern, ``member-range A to B`` a row of ports.

    ``known`` are the interfaces that are named elsewhere; a pattern without end (``ge-*``) is listed with those it matches.
    """
    names: list[str] = []
    for member in group.below("member"):
        names += _pattern(member.word)
        names += [name for name in known if "*" in member.word and fnmatchcase(name, member.word)]
    for first in group.below("member-range"):
        last = first.value("to")
        names += _row(first.word, last or first.word)
    return list(dict.fromkeys(names))[:MAXIMUM_RANGE]


def _row(first: str, last: str) -> list[str]:
    start, stop = _MEMBER.fullmatch(first), _MEMBER.fullmatch(last)
    if start is None or stop is None or start["stem"] != stop["stem"]:
        return [first, last]
    ports = range(int(start["port"]), min(int(stop["port"]), int(start["port"]) + MAXIMUM_RANGE) + 1)
    return [f"{start['stem']}{port}" for port in ports]


def _pattern(text: str) -> list[str]:
    """``ge-0/0/[0-3]`` as its four ports; a pattern without end (``ge-*``) as it stands."""
    found = re.fullmatch(r"([^\[\]*]*)\[(\d{1,4})-(\d{1,4})\]([^\[\]*]*)", text)
    if found:
        stop = min(int(found[3]), int(found[2]) + MAXIMUM_RANGE)
        return [f"{found[1]}{port}{found[4]}" for port in range(int(found[2]), stop + 1)]
    return [text]
