"""What the readers of a running configuration share: the tree, its secrets, and where facts came from."""

from dataclasses import dataclass

from baseline.collectors.network.platforms.indented.words import after
from baseline.collectors.network.provenance import Provenance
from baseline.collectors.network.section_tree import Line, SectionTree


@dataclass(frozen=True, slots=True)
class Reading:
    """A running configuration that is being read. ``secrets`` holds its lines with a secret, redacted, by number."""

    tree: SectionTree
    provenance: Provenance
    secrets: dict[int, str]

    def last(self, path: str, command: str) -> Line | None:
        """The last line that begins with a command, noted as the source of a path."""
        line = self.tree.last(command)
        self.provenance.note(path, *([line] if line else []))
        return line

    def has(self, path: str, command: str) -> bool:
        """Whether a command stands there that is off in every release unless it is configured."""
        return self.last(path, command) is not None

    def has_any(self, path: str, *commands: str) -> bool:
        """Whether one of these commands stands there."""
        found = [self.has(path, command) for command in commands]
        return any(found)

    def value(self, path: str, command: str) -> str | None:
        """What follows a command, the last time it stands there."""
        return after(self.last(path, command), command)

    def switched(self, path: str, command: str) -> bool | None:
        """Whether a command stands there (True) or its negation (False), whichever comes last; None: neither does."""
        lines = [line for line in (self.last(path, command), self.last(path, f"no {command}")) if line is not None]
        return max(lines, key=lambda line: line.number).text.startswith("no ") is False if lines else None
