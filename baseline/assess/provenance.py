"""Which lines of which artefacts decided a verdict."""

from collections.abc import Iterable, Mapping

from baseline.content.expression.syntax_tree import Path
from baseline.models.artefact import SourceLines

MAXIMUM_LINES = 200
"""Line numbers that are kept per artefact and result."""


def sources_of(
    paths: Iterable[Path], item: tuple[str, ...], sources: Mapping[str, SourceLines]
) -> tuple[SourceLines, ...]:
    """The lines that these fact paths were read from, per artefact, in order.

    ``item`` is the path of the item that is judged (``("interfaces", "Gi0/1")``), put where a path says ``item``. The
    longest known prefix of a path counts.
    """
    found: dict[str, dict[int, SourceLines]] = {}
    for path in paths:
        rooted = (*item, *path[1:]) if path[0] == "item" and item else path
        source = _longest_prefix(rooted, sources)
        if source is not None:
            found.setdefault(source.artefact, {})[id(source)] = source
    return tuple(_together(artefact, list(parts.values())) for artefact, parts in found.items())


def _together(artefact: str, parts: list[SourceLines]) -> SourceLines:
    """Sources in one artefact as one; most often there is just one, which is in order already."""
    if len(parts) == 1 and len(parts[0].lines) <= MAXIMUM_LINES:
        return parts[0]
    numbers = {number for part in parts for number in part.lines}
    return SourceLines(artefact=artefact, lines=tuple(sorted(numbers)[:MAXIMUM_LINES]))


def _longest_prefix(path: Path, sources: Mapping[str, SourceLines]) -> SourceLines | None:
    parts = [part[1:-1] if part.startswith("[") else part for part in path[: _first_loop(path)]]
    for length in range(len(parts), 0, -1):
        found = sources.get(".".join(parts[:length]))
        if found is not None:
            return found
    return None


def _first_loop(path: Path) -> int:
    return path.index("*") if "*" in path else len(path)
