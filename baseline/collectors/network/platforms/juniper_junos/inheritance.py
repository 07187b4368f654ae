"""What a Junos configuration means once its groups and interface ranges are written out.

A statement of the configuration itself goes before one of a group, and an earlier group before a later one (Junos CLI
User Guide, "Use Configuration Groups"). ``<*>`` in a group stands for whatever the configuration names there.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from fnmatch import fnmatchcase

from baseline.collectors.network.word_tree import MAXIMUM_DEPTH, Node, merged

MAXIMUM_INHERITED = 300_000
"""Words that groups may add; a configuration that inherits more is not read."""

MAXIMUM_RANGE = 1_024
"""Ports of one row or pattern."""

MAXIMUM_MEMBERS = 20_000
"""Ports of all interface ranges together: more than any device has."""

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


def interface_nodes(root: Node, ranges: Mapping[str, Sequence[str]]) -> dict[str, Node]:
    """Every physical interface that is configured, with what its ranges say merged in, by name.

    ``ranges``: see ``range_members``. A pattern of a range stands for the ports that it matches and are not named: it is an
    interface of its own here.
    """
    found = _named_interfaces(root)
    for group in root.below("interfaces interface-range"):
        settings = Node(
            group.word, group.number, {k: v for k, v in group.children.items() if not k.startswith("member")}
        )
        for name in ranges.get(group.word, ()):
            found[name] = merged(found.get(name) or Node(name, group.number), settings)
    return found


def _named_interfaces(root: Node) -> dict[str, Node]:
    nodes = root.below("interfaces")
    return {node.word: node for node in nodes if node.word not in {"interface-range", "apply-groups"}}


def range_members(root: Node) -> dict[str, list[str]]:
    """Range -> its interfaces: ``member`` names one or a pattern, ``member-range A to B`` a row of ports. A pattern without
    end (``ge-*``) is listed as it stands, with the interfaces that are named elsewhere and that it matches.

    Raises:
        TooMuchInheritedError: they name more ports than a device can hold.
    """
    known = _named_interfaces(root)
    found: dict[str, list[str]] = {}
    total = compared = 0
    for group in root.below("interfaces interface-range"):
        names: dict[str, None] = {}
        for written in _written(group):
            names.update(dict.fromkeys(written))
            if total + len(names) > MAXIMUM_MEMBERS:
                raise TooMuchInheritedError
        for pattern in [name for name in names if "*" in name]:
            compared += len(known)
            if compared > MAXIMUM_INHERITED:
                raise TooMuchInheritedError
            names.update(dict.fromkeys(name for name in known if fnmatchcase(name, pattern)))
        found[group.word] = list(names)
        total += len(names)
    return found


def _written(group: Node) -> Iterator[list[str]]:
    for member in group.below("member"):
        yield _pattern(member.word)
    for first in group.below("member-range"):
        yield _row(first.word, first.value("to") or first.word)


def _row(first: str, last: str) -> list[str]:
    start, stop = _MEMBER.fullmatch(first), _MEMBER.fullmatch(last)
    if start is None or stop is None or start["stem"] != stop["stem"]:
        return [first, last]
    return [f"{start['stem']}{port}" for port in _ports(start["port"], stop["port"])]


def _ports(first: str, last: str) -> range:
    if int(last) - int(first) >= MAXIMUM_RANGE:
        raise TooMuchInheritedError
    return range(int(first), int(last) + 1)


def _pattern(text: str) -> list[str]:
    """``ge-0/0/[0-3]`` as its four ports; a pattern without end (``ge-*``) as it stands."""
    found = re.fullmatch(r"([^\[\]*]*)\[(\d{1,4})-(\d{1,4})\]([^\[\]*]*)", text)
    if found:
        return [f"{found[1]}{port}{found[4]}" for port in _ports(found[2], found[3])]
    return [text]
