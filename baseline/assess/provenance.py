"""Which lines of which artefacts decided a verdict."""

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from baseline.content.expression.syntax_tree import Path
from baseline.models.artefact import SourceLines

MAXIMUM_LINES = 200
"""Line numbers that are kept per artefact and result."""
MAXIMUM_PATHS = 4096
"""Paths of checks whose spellings are remembered."""


class Sources:
    """Where the facts of one target were read. ``lines`` is that of its Collection."""

    def __init__(self, lines: Mapping[str, SourceLines]) -> None:
        self._lines = lines
        self._found: dict[Path, SourceLines | None] = {}

    def of(self, paths: Iterable[Path], item: Path = ()) -> tuple[SourceLines, ...]:
        """The lines that these fact paths were read from, per artefact, in order.

        ``item`` is the path of the item that is judged (``("interfaces", "Gi0/1")``), put where a path says ``item``.
        The longest known prefix of a path counts.
        """
        found: dict[str, dict[int, SourceLines]] = {}
        for path in paths:
            source = self._of_item(item, path[1:]) if path[0] == "item" and item else self._of_target(path)
            if source is not None:
                found.setdefault(source.artefact, {})[id(source)] = source
        return tuple(_together(artefact, list(parts.values())) for artefact, parts in found.items())

    def _of_target(self, path: Path) -> SourceLines | None:
        if path not in self._found:
            self._found[path] = self._first(prefixes(path))
        return self._found[path]

    def _of_item(self, item: Path, path: Path) -> SourceLines | None:
        name = ".".join(item)
        below = self._first(f"{name}.{prefix}" for prefix in prefixes(path))
        return below or self._lines.get(name) or self._of_target(item[:-1])

    def _first(self, names: Iterable[str]) -> SourceLines | None:
        for name in names:
            found = self._lines.get(name)
            if found is not None:
                return found
        return None


def _together(artefact: str, parts: list[SourceLines]) -> SourceLines:
    """Sources in one artefact as one; most often there is just one, which is in order already."""
    if len(parts) == 1 and len(parts[0].lines) <= MAXIMUM_LINES:
        return parts[0]
    numbers = {number for part in parts for number in part.lines}
    return SourceLines(artefact=artefact, lines=tuple(sorted(numbers)[:MAXIMUM_LINES]))


@lru_cache(MAXIMUM_PATHS)
def prefixes(path: Path) -> tuple[str, ...]:
    """The path up to its first loop, and each of its beginnings, dotted, the longest first."""
    return tuple(_prefixes(path))


def _prefixes(path: Path) -> Iterator[str]:
    parts = [part[1:-1] if part.startswith("[") else part for part in path[: _first_loop(path)]]
    for length in range(len(parts), 0, -1):
        yield ".".join(parts[:length])


def _first_loop(path: Path) -> int:
    return path.index("*") if "*" in path else len(path)
