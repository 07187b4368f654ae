"""What stands after ``|`` on a command line."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from baseline.lab.shell.grammar import CommandLineError

MAXIMUM_PATTERN = 200
"""Longer patterns are refused (characters)."""


def _include(lines: list[str], pattern: re.Pattern[str]) -> Iterator[str]:
    return (line for line in lines if pattern.search(line))


def _exclude(lines: list[str], pattern: re.Pattern[str]) -> Iterator[str]:
    return (line for line in lines if not pattern.search(line))


def _begin(lines: list[str], pattern: re.Pattern[str]) -> Iterator[str]:
    start = next((index for index, line in enumerate(lines) if pattern.search(line)), len(lines))
    return iter(lines[start:])


def _section(lines: list[str], pattern: re.Pattern[str]) -> Iterator[str]:
    """Every matching line with the deeper lines below it."""
    depth: int | None = None
    for line in lines:
        indent = len(line) - len(line.lstrip(" "))
        if depth is not None and indent > depth:
            yield line
        elif pattern.search(line):
            depth = indent
            yield line
        else:
            depth = None


def _count(lines: list[str], pattern: re.Pattern[str]) -> Iterator[str]:
    yield f"Number of lines which match regexp = {sum(1 for line in lines if pattern.search(line))}"


Filter = Callable[[list[str], re.Pattern[str]], Iterator[str]]
FILTERS: dict[str, Filter] = {
    "begin": _begin,
    "count": _count,
    "exclude": _exclude,
    "include": _include,
    "section": _section,
}
WRITING_FILTERS = ("append", "redirect", "tee")
"""They put output in a file, on the device or elsewhere: that is no reading."""


def split_pipe(line: str) -> tuple[str, str | None]:
    """A command and what follows the first bar, or None. The pattern itself may hold bars."""
    command, bar, rest = line.partition("|")
    return command, rest.strip() if bar else None


def writes_a_file(pipe: str | None, writing: Sequence[str] = WRITING_FILTERS) -> bool:
    """Whether output goes to a file instead of the session. ``writing`` are the filters of the device that do so."""
    word = (pipe or "").split(" ")[0]
    return bool(word) and any(name.startswith(word) for name in writing)


def filtered(text: str, pipe: str, filters: Mapping[str, Filter] = FILTERS) -> str:
    """The lines of an answer that a filter lets through. ``filters`` are those that the device knows.

    Raises:
        CommandLineError: there is no such filter, or no pattern.
    """
    word, _, pattern = pipe.partition(" ")
    names = [name for name in filters if word and name.startswith(word.lower())]
    if len(names) != 1:
        raise CommandLineError("ambiguous" if names else "invalid")
    pattern = _without_keyword(names[0], pattern.strip())
    if not pattern:
        raise CommandLineError("incomplete")
    try:
        compiled = re.compile(pattern[:MAXIMUM_PATTERN])
    except re.error as error:
        raise CommandLineError("invalid") from error
    return "".join(line + "\n" for line in filters[names[0]](text.split("\n")[:-1], compiled))


def _without_keyword(name: str, pattern: str) -> str:
    """``section include PATTERN`` is the long form of ``section PATTERN``."""
    return pattern.removeprefix("include ") if name == "section" else pattern
