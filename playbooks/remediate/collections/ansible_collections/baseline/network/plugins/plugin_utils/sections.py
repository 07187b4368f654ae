"""Configuration lines as sections: which of them are missing, what a change did, and how lines are typed."""

from collections.abc import Iterable, Iterator

Path = tuple[str, ...]

HEADS = ("!", "Building configuration", "Current configuration")
"""Beginnings of lines that are about a configuration and no part of it: comments, and what stands above it."""


def paths(text: str) -> list[Path]:
    """Every line of an indented configuration with the lines above it that it belongs to; comments are left out."""
    above: list[tuple[int, str]] = []
    found: list[Path] = []
    for line in text.splitlines():
        words = line.strip()
        if not words or words.startswith(HEADS):
            continue
        indent = len(line) - len(line.lstrip())
        while above and above[-1][0] >= indent:
            above.pop()
        above.append((indent, words))
        found.append(tuple(each for _, each in above))
    return found


def missing(wanted: str, running: str) -> list[Path]:
    """The wanted lines that the running configuration does not hold, in their order."""
    present = set(paths(running))
    lines = paths(wanted)
    heads = {line[:length] for line in lines for length in range(1, len(line))}
    return [line for line in lines if line not in present and (line not in heads)]


def typed(lines: Iterable[Path]) -> Iterator[str]:
    """What is typed in configuration mode: each line in its section, and ``exit`` behind a section."""
    inside: Path = ()
    for line in lines:
        section = line[:-1]
        while inside != section[: len(inside)]:
            yield "exit"
            inside = inside[:-1]
        yield from section[len(inside) :]
        inside = section
        yield line[-1]
    for _ in inside:
        yield "exit"


def indented(lines: Iterable[Path]) -> Iterator[str]:
    """Lines as a configuration shows them, each section once."""
    inside: Path = ()
    for line in lines:
        section = line[:-1]
        shared = sum(1 for mine, last in zip(section, inside, strict=False) if mine == last)
        for depth in range(shared, len(section)):
            yield " " * depth + section[depth]
        inside = section
        yield " " * len(section) + line[-1]


def difference(before: str, after: str) -> list[str]:
    """What changed, in sections: `` `` a section, ``-`` a line that went, ``+`` one that came."""
    old, new = paths(before), paths(after)
    went = [("-", line) for line in old if line not in set(new)]
    came = [("+", line) for line in new if line not in set(old)]
    return list(_marked(sorted(went + came, key=lambda change: change[1][:1])))


def _marked(changes: Iterable[tuple[str, Path]]) -> Iterator[str]:
    inside: Path = ()
    for sign, line in changes:
        section = line[:-1]
        shared = 0
        while shared < min(len(section), len(inside)) and section[shared] == inside[shared]:
            shared += 1
        for depth in range(shared, len(section)):
            yield "  " + " " * depth + section[depth]
        inside = line
        yield f"{sign} " + " " * len(section) + line[-1]
