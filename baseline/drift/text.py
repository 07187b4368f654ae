"""A difference as a person reads it: sections as they are nested, with + and - before what differs."""

from collections.abc import Iterable, Iterator

from baseline.drift.configuration import Change

INDENT = "  "


def difference_lines(changes: Iterable[Change]) -> Iterator[tuple[str, str]]:
    """Sign (``-`` missing, ``+`` not approved, empty: a section around them) and indented text of each line."""
    shown: tuple[str, ...] = ()
    for change in changes:
        common = _common(shown, change.section)
        for depth in range(common, len(change.section)):
            yield "", INDENT * depth + _one_line(change.section[depth])
        sign = "-" if change.kind == "removed" else "+"
        note = "  (elsewhere)" if change.moved else ""
        indent = INDENT * len(change.section)
        first, *rest = change.line.split("\n")
        yield sign, f"{indent}{first}{note}"
        yield from ((sign, indent + line) for line in rest)
        shown = (*change.section, change.line)


def _common(shown: tuple[str, ...], section: tuple[str, ...]) -> int:
    length = 0
    for one, other in zip(shown, section, strict=False):
        if one != other:
            break
        length += 1
    return length


def _one_line(text: str) -> str:
    first, more, _ = text.partition("\n")
    return f"{first} ..." if more else first
