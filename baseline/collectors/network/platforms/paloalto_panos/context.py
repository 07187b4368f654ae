"""What the readers of a PAN-OS configuration share: its parts, and where facts came from."""

from collections.abc import Iterator
from dataclasses import dataclass

from baseline.collectors.network.platforms.paloalto_panos.layout import Layout
from baseline.collectors.network.provenance import Provenance
from baseline.collectors.network.word_tree import Node
from baseline.models.facts.fact import Fact, Unknown
from baseline.models.facts.network import PasswordStorage

COMMAND = "show config running"

STORAGE: tuple[tuple[str, PasswordStorage], ...] = (
    ("$6$", "sha512_crypt"),
    ("$5$", "sha256_crypt"),
    ("$1$", "type5_md5"),
)
"""Start of a ``phash`` -> how it is kept (crypt(3))."""

DES_LENGTH = 13
"""Characters of a hash of traditional crypt(3), which early releases kept."""


def hash_storage(phash: str | None) -> PasswordStorage:
    """How the password of an administrator is kept. ``*`` is a password that nobody has."""
    if phash in {None, "", "*"}:
        return "none"
    text = phash or ""
    known = next((storage for start, storage in STORAGE if text.startswith(start)), None)
    return known or ("des_crypt" if len(text) == DES_LENGTH and text.isascii() else "unknown_type")


@dataclass(frozen=True, slots=True)
class Context:
    """A configuration that is being read."""

    parts: Layout
    provenance: Provenance

    def note(self, fact: str, *nodes: Node | None) -> None:
        """Name the lines of these statements as the source of a fact; none: the silence of the whole decides."""
        numbers = [number for node in nodes if node is not None for number in node.numbers() if number]
        self.provenance.note_numbers(fact, numbers)

    def value(self, fact: str, part: Node, path: str) -> str | None:
        """The value of a setting, noted as the source of a fact."""
        node = part.at(path)
        self.note(fact, node)
        return next(iter(node.children), None) if node is not None else None

    def flag(self, fact: str, part: Node, path: str, *, silent: bool | Unknown) -> Fact[bool]:
        """A setting that is ``yes`` or ``no``, or what its absence means."""
        value = self.value(fact, part, path)
        return silent if value is None else value == "yes"

    def scopes(self, path: str) -> Iterator[Node]:
        """The nodes below a path that ``shared`` and every virtual system may have."""
        for part in (self.parts.shared, *(system for _, system in self.parts.systems)):
            yield from part.below(path)


def unwritten(path: str) -> Unknown:
    """Why a setting whose default is not documented, or differs per release, is unknown."""
    return Unknown(f"the configuration does not mention `{path}`, and its default differs per release; write it out")
