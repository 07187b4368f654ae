"""Where things stand in a PAN-OS configuration, in each of the forms in which it is printed.

``show config running`` prints everything below ``config``, in braces or in XML; ``show`` in configuration mode starts at what
belongs to the device, and prints the only virtual system without its name. What Panorama pushes is printed by commands of
its own and is laid under what the firewall says itself.
"""

import re
from dataclasses import dataclass, field

from baseline.collectors.network.brace_style import parse_braces
from baseline.collectors.network.markup_style import parse_markup
from baseline.collectors.network.set_style import parse_sets
from baseline.collectors.network.word_tree import Node, WordTree, merged

_TOP = frozenset({"deviceconfig", "network", "mgt-config", "shared", "vsys", "rulebase", "zone"})
"""Words at the top of a configuration that is printed without ``config``."""

_VSYS = ("zone", "rulebase", "import", "profiles", "profile-group", "log-settings", "authentication-profile")
"""Words of a virtual system that stand at the top where there is only one."""

ADDED_LINES = 0
"""Line number of what another output added: it has no line in this one."""


def read_tree(output: str) -> WordTree:
    """An output in XML, in braces, or as set statements."""
    start = output.lstrip()[:400]
    if start.startswith("<"):
        return parse_markup(output)
    return parse_sets(output) if re.match(r"(?:#[^\n]*\n\s*)*set ", start) else parse_braces(output)


@dataclass(frozen=True, slots=True)
class Layout:
    """The parts of a configuration. An empty node stands for a part that is not there."""

    deviceconfig: Node
    network: Node
    shared: Node
    management: Node
    systems: tuple[tuple[str | None, Node], ...] = field(default=())
    """Virtual systems by name; the only one has no name."""

    @property
    def system(self) -> Node:
        """``deviceconfig system``."""
        return self.deviceconfig.at("system") or _EMPTY

    @property
    def setting(self) -> Node:
        """``deviceconfig setting``."""
        return self.deviceconfig.at("setting") or _EMPTY


_EMPTY = Node("", 0)


def configuration_root(root: Node) -> Node | None:
    """The node below which the configuration stands; None when this is no PAN-OS configuration."""
    for path in ("config", "response result config", "result config", "template config"):
        found = root.at(path)
        if found is not None and found.children.keys() & {"devices", "mgt-config", "shared"}:
            return found
    return root if root.children.keys() & {"deviceconfig", "devices", "mgt-config"} else None


def layout_of(root: Node) -> Layout:
    """The parts of a configuration, by its root."""
    devices = root.at("devices")
    device = next(iter(devices.children.values()), root) if devices else root
    return Layout(
        deviceconfig=device.at("deviceconfig") or _EMPTY,
        network=device.at("network") or _EMPTY,
        shared=root.at("shared") or _EMPTY,
        management=root.at("mgt-config") or device.at("mgt-config") or _EMPTY,
        systems=_systems(device),
    )


def _systems(device: Node) -> tuple[tuple[str | None, Node], ...]:
    named = device.below("vsys")
    if not named:
        own = {word: node for word, node in device.children.items() if word in _VSYS or word not in _TOP}
        return ((None, Node("", 0, own)),)
    return tuple((node.word if len(named) > 1 else None, node) for node in named)


def with_added(root: Node, added: Node) -> Node:
    """A configuration over what a template adds to it; the latter has no line numbers here."""
    return merged(root, _without_numbers(added))


def _without_numbers(node: Node) -> Node:
    copy = Node(node.word, ADDED_LINES)
    waiting = [(node, copy)]
    while waiting:
        source, target = waiting.pop()
        target.children = {word: Node(word, ADDED_LINES) for word in source.children}
        waiting += [(child, target.children[word]) for word, child in source.children.items() if child.children]
    return copy
