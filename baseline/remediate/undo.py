"""The lines that undo a change, worked out from what the change did to the running configuration."""

from collections.abc import Iterable, Iterator

REDACTED = "<redacted>"

_Change = tuple[str, tuple[str, ...]]


def undo_lines(diff: str) -> tuple[str, ...]:
    """Configuration lines that take back what a diff of sections shows: ``+`` and ``-`` lines below lines with neither.

    A line that held a secret comes back as ``<redacted>``; a person must fill it in.
    """
    changes = list(_changes(diff))
    added = {line for sign, line in changes if sign == "+"}
    gone = [("no", line) for sign, line in reversed(changes) if sign == "+" and line[:-1] not in added]
    back = [("", line) for sign, line in changes if sign == "-"]
    return tuple(_written([*gone, *back]))


def _changes(diff: str) -> Iterator[_Change]:
    above: list[str] = []
    for each in diff.splitlines():
        sign, text = each[:1], each[2:]
        depth = len(text) - len(text.lstrip(" "))
        del above[depth:]
        above.append(text.strip())
        if sign in ("+", "-"):
            yield sign, tuple(above)


def _written(changes: Iterable[_Change]) -> Iterator[str]:
    section: tuple[str, ...] = ()
    for word, line in changes:
        if line[:-1] != section:
            section = line[:-1]
            yield from (" " * depth + text for depth, text in enumerate(section))
        yield " " * len(section) + (_negated(line[-1]) if word else line[-1])
        section = line if not word else section


def _negated(line: str) -> str:
    return line.removeprefix("no ") if line.startswith("no ") else f"no {line}"
