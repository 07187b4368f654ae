"""Remembers where facts were read: fact path -> lines of an output."""

from baseline.collectors.network.section_tree import Line
from baseline.models.artefact import SourceLines


class Provenance:
    """Sources of the facts that one output supplies. The longest prefix of a fact's path that is noted counts."""

    def __init__(self, artefact: str) -> None:
        self.artefact = artefact
        self.sources: dict[str, SourceLines] = {}

    def note(self, path: str, *lines: Line) -> None:
        """Add lines, without what is below them, to the sources of a path."""
        self.note_numbers(path, tuple(line.number for line in lines))

    def section(self, path: str, *lines: Line) -> None:
        """Add lines and everything below them to the sources of a path."""
        numbers: tuple[int, ...] = ()
        for line in lines:
            numbers += line.numbers()
        self.note_numbers(path, numbers)

    def note_numbers(self, path: str, numbers: tuple[int, ...] = ()) -> None:
        """Add line numbers to the sources of a path; none says that the output as a whole, by its silence, decides."""
        known = self.sources.get(path)
        if known is not None and known.lines:
            numbers = tuple(sorted({*known.lines, *numbers}))
        self.sources[path] = SourceLines(artefact=self.artefact, lines=numbers)
