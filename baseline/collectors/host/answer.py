"""What a target answered: its output cut at the marks of this run, section by section."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

import msgspec

from baseline.models.artefact import SourceLines
from baseline.models.facts.fact import Unknown


class Line(NamedTuple):
    """One line of an artefact, with its 1-based number."""

    number: int
    text: str


class Setting(NamedTuple):
    """One line of a configuration file: ``path`` and ``line`` say where it stands there, ``number`` in the artefact."""

    path: str
    line: int
    text: str
    number: int


class Part(msgspec.Struct, frozen=True):
    """One command or file of a section. ``status`` is the exit status; None when it did not come to an end."""

    kind: str
    name: str
    lines: tuple[Line, ...] = ()
    status: int | None = None
    settings: tuple[Setting, ...] = ()
    """The lines, where they are those of configuration files."""


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """What one section of the script printed."""

    artefact: str
    text: str
    parts: tuple[Part, ...]
    complete: bool
    privileged: bool = False
    refusal: str = ""
    """Why the script did not run as root, where that was asked for."""

    def command(self, start: str) -> Part | None:
        """The first command whose line starts so."""
        return next((part for part in self.parts if part.kind == "command" and part.name.startswith(start)), None)

    def output(self, start: str) -> tuple[Line, ...]:
        """The lines of a command that ended well; none when it failed, or was not run."""
        part = self.command(start)
        return part.lines if part and part.status == 0 else ()

    def printed(self, start: str) -> tuple[Line, ...]:
        """The lines of a command, whatever its exit status."""
        part = self.command(start)
        return part.lines if part else ()

    def file(self, path: str) -> str | None:
        """The text of a file that was sent whole; None when it was not."""
        part = next((part for part in self.parts if part.kind == "file" and part.name == path), None)
        return "\n".join(line.text for line in part.lines) if part and part.status == 0 else None

    def notes(self, key: str) -> list[str]:
        """What the script itself remarked under this key."""
        return [part.name[len(key) :].strip() for part in self.parts if part.kind == "note" and _key(part) == key]

    def missing(self, program: str) -> bool:
        """Whether the target has no such program."""
        return any(part.kind == "missing" and part.name == program for part in self.parts)

    def named(self, kind: str, start: str = "/") -> list[str]:
        """Paths that are ``absent``, ``denied`` or ``masked``."""
        return [part.name for part in self.parts if part.kind == kind and part.name.startswith(start)]

    def files_read(self) -> list[str]:
        """Paths of configuration files that were read, in the order of the script."""
        return [path for part in self.parts if part.kind == "read" for path in part.name.split()]

    def settings(self, start: str = "/") -> Iterator[Setting]:
        """Lines of the configuration files whose path starts so."""
        for part in self.parts:
            if start == "/":
                yield from part.settings
            else:
                yield from (setting for setting in part.settings if setting.path.startswith(start))

    def needs_root(self, what: str) -> Unknown:
        """The reason for a fact that only root can see."""
        because = f"; {self.refusal}" if self.refusal else ""
        return Unknown(f"needs root: {what}{because}")

    def unreadable(self, start: str) -> Unknown | None:
        """The reason when a path that starts so exists but may not be read."""
        denied = self.named("denied", start)
        return self.needs_root(f"{denied[0]} may not be read") if denied else None

    def source(self, *lines: int) -> SourceLines:
        """These lines of this section's artefact."""
        return SourceLines(artefact=self.artefact, lines=lines)


def _key(part: Part) -> str:
    return part.name.partition(" ")[0]


def read_settings(lines: Iterable[Line]) -> tuple[Setting, ...]:
    """Lines of the form path:line:text; others are left out."""
    found: list[Setting] = []
    for number, text in lines:
        path, _, rest = text.partition(":")
        line, colon, value = rest.partition(":")
        if colon and path[:1] == "/" and line.isascii() and line.isdigit() and len(line) < 10:
            found.append(Setting(path, int(line), value, number))
    return tuple(found)
