"""Remembers where facts were read: fact path -> lines of an output."""

from collections.abc import Iterable
from typing import Protocol

from baseline.models.artefact import SourceLines


class Placed(Protocol):
    """A piece of configuration that knows where it stands."""

    @property
    def number(self) -> int:
        """The 1-based number of its first line."""
        ...

    def numbers(self) -> tuple[int, ...]:
        """The numbers of all its lines."""
        ...


class Provenance:
    """Sources of the facts that one output supplies. The longest prefix of a fact's path that is noted counts."""

    def __init__(self, artefact: str) -> None:
        self.artefact = artefact
        self._numbers: dict[str, list[int]] = {}

    @property
    def sources(self) -> dict[str, SourceLines]:
        """Fact path -> lines, in order, each once."""
        return {
            path: SourceLines(artefact=self.artefact, lines=tuple(sorted(set(numbers))))
            for path, numbers in self._numbers.items()
        }

    def note(self, path: str, *lines: Placed) -> None:
        """Add lines, without what is below them, to the sources of a path."""
        self.note_numbers(path, [line.number for line in lines])

    def section(self, path: str, *lines: Placed) -> None:
        """Add lines and everything below them to the sources of a path."""
        numbers = self._numbers.setdefault(path, [])
        for line in lines:
            numbers.extend(line.numbers())

    def note_numbers(self, path: str, numbers: Iterable[int] = ()) -> None:
        """Add line numbers to the sources of a path; none says that the output as a whole, by its silence, decides."""
        self._numbers.setdefault(path, []).extend(numbers)
