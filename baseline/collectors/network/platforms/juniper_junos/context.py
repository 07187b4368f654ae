"""What the readers of a Junos configuration share: the tree, the release, and where facts came from."""

from dataclasses import dataclass, field

from baseline.collectors.network.platforms.juniper_junos.inheritance import interface_nodes, range_members
from baseline.collectors.network.provenance import Provenance
from baseline.collectors.network.word_tree import Node, merged
from baseline.models.facts.network import PasswordStorage

COMMAND = "show configuration"

STORAGE: tuple[tuple[str, PasswordStorage], ...] = (
    ("$9$", "type7_reversible"),
    ("$8$", "type6_aes"),
    ("$6$", "sha512_crypt"),
    ("$5$", "sha256_crypt"),
    ("$2", "bcrypt"),
    ("$1$", "type5_md5"),
)
"""Start of a stored secret -> how it is kept. ``$9$`` is an obfuscation that anyone can undo and ``$8$`` is AES under the
master password (Junos User Access and Authentication Guide, "Hardening Shared Secrets")."""


SYSTEMS = ("logical-systems", "tenants")
"""Sections that hold devices within the device, with interfaces, routing and policies of their own."""


def _gather_interfaces(root: Node) -> None:
    """Put the units that logical systems were given beside those of the device: they are units of the same ports."""
    for system in [node for kind in SYSTEMS for node in root.below(kind)]:
        given = system.children.get("interfaces")
        if given is not None:
            own = root.children.get("interfaces")
            root.children["interfaces"] = given if own is None else merged(own, given)


def storage_of(secret: str | None) -> PasswordStorage:
    """How a secret is kept, by how it starts."""
    if secret is None or secret in {"*", "!", "x"}:
        return "none"
    return next((storage for start, storage in STORAGE if secret.startswith(start)), "unknown_type")


@dataclass(frozen=True, slots=True)
class Context:
    """A configuration that is being read. ``release`` holds the numbers of its version."""

    root: Node
    provenance: Provenance
    release: tuple[int, ...]
    per_node: bool
    interfaces: dict[str, Node] = field(default_factory=dict)
    ranges: dict[str, list[str]] = field(default_factory=dict)
    """Port -> the interface ranges that hold it."""

    @classmethod
    def of(cls, root: Node, release: tuple[int, ...], *, per_node: bool) -> "Context":
        """A context for a configuration whose groups are written out.

        Raises:
            TooMuchInheritedError: see ``range_members``.
        """
        _gather_interfaces(root)
        members = range_members(root)
        ranges: dict[str, list[str]] = {}
        for group, names in members.items():
            for name in names:
                ranges.setdefault(name, []).append(group)
        return cls(root, Provenance(COMMAND), release, per_node, interface_nodes(root, members), ranges)

    def at(self, path: str) -> Node | None:
        """The node that a path of words leads to."""
        return self.root.at(path)

    def has(self, fact: str, path: str) -> bool:
        """Whether a statement stands there that is off unless it is configured."""
        node = self.root.at(path)
        self.note(fact, node)
        return node is not None

    def value(self, fact: str, path: str) -> str | None:
        """The value of a setting, noted as the source of a fact."""
        node = self.root.at(path)
        self.note(fact, node)
        return next(iter(node.children), None) if node is not None else None

    def note(self, fact: str, *nodes: Node | None) -> None:
        """Name the lines of these statements as the source of a fact; none: the silence of the whole decides."""
        self.provenance.section(fact, *(node for node in nodes if node is not None))

    def sections(self, path: str) -> list[tuple[str | None, Node]]:
        """A section of the main instance and of each routing instance, those of logical systems too: (name, its node)."""
        found: list[tuple[str | None, Node]] = []
        for system, root in self.systems():
            own = root.at(path)
            if own is not None:
                found.append((system, own))
            for instance in root.below("routing-instances"):
                inner = instance.at(path)
                if inner is not None:
                    found.append((instance.word if system is None else f"{system} {instance.word}", inner))
        return found

    def systems(self) -> list[tuple[str | None, Node]]:
        """The device itself and its logical systems and tenants: (name, its configuration)."""
        return [(None, self.root), *((node.word, node) for kind in SYSTEMS for node in self.root.below(kind))]

    def port_settings(self, path: str, name: str) -> Node | None:
        """What a protocol says of one port: by its name, by a range that holds it, or for ``all``; None: nothing."""
        protocol = self.root.at(f"{path} interface")
        if protocol is None:
            return None
        found: Node | None = None
        for word in (name, f"{name}.0", *self.ranges.get(name, ()), "all"):
            node = protocol.children.get(word)
            if node is not None:
                found = node if found is None else merged(found, node)
        return found
