"""Keeps the raw answers: one artefact per operation and region, one line per item or question, in a fixed order."""

from collections.abc import Mapping
from typing import Any

import msgspec

from baseline.collectors.cloud.aws.redaction import redacted
from baseline.models.artefact import Artefact, SourceLines

MAXIMUM_BYTES = 16 * 1024 * 1024
"""Of one artefact; what does not fit is left out, and the last line says so."""

_encode = msgspec.json.Encoder(order="sorted", enc_hook=str).encode


class Line:
    """One line of an artefact; its number is known once all are."""

    __slots__ = ("artefact", "number", "text")

    def __init__(self, artefact: str, text: bytes) -> None:
        self.artefact, self.text, self.number = artefact, text, 0


class Recorder:
    """Everything that one account answered."""

    def __init__(self) -> None:
        self._lines: dict[str, list[Line]] = {}
        self._sources: dict[str, list[Line]] = {}

    def note(self, artefact: str, document: Mapping[str, Any]) -> Line:
        """Keep one line, without its secrets."""
        line = Line(artefact, _encode(redacted(document)))
        self._lines.setdefault(artefact, []).append(line)
        return line

    def tell(self, fact: str, line: Line | None) -> None:
        """Say that a fact was read from a line."""
        if line is not None:
            self._sources.setdefault(fact, []).append(line)

    def artefacts(self) -> tuple[Artefact, ...]:
        """The artefacts. AWS promises no order of lists, so lines are sorted: the same answers give the same artefact."""
        return tuple(_artefact(name, lines) for name, lines in sorted(self._lines.items()))

    def sources(self) -> dict[str, SourceLines]:
        """Fact -> lines; only right after ``artefacts``. A fact from several artefacts is told by the last of them."""
        found = {}
        for fact, lines in self._sources.items():
            artefact = lines[-1].artefact
            numbers = {line.number for line in lines if line.artefact == artefact and line.number}
            found[fact] = SourceLines(artefact=artefact, lines=tuple(sorted(numbers)))
        return found


def _artefact(name: str, lines: list[Line]) -> Artefact:
    kept, size = [], 0
    for number, line in enumerate(sorted(lines, key=lambda line: line.text), start=1):
        size += len(line.text) + 1
        if size > MAXIMUM_BYTES:
            kept.append(f'"{len(lines) - number + 1} more lines are left out"'.encode())
            break
        line.number = number
        kept.append(line.text)
    return Artefact(name=name, content=b"\n".join([*kept, b""]), media_type="application/x-ndjson")
