"""YAML documents with the position of every value, read strictly: no duplicate keys, aliases, tags or surprises.

Scalars follow the YAML 1.2 core schema: only ``true`` and ``false`` are booleans (``no`` is a word), ``0644`` is refused
as ambiguous, and dates stay text.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import yaml

from baseline.models.errors import Problem

MAXIMUM_BYTES = 4 * 1024 * 1024
MAXIMUM_DEPTH = 40
MAXIMUM_NODES = 400_000

Key = str | int
Data = Any
"""Plain values: dict with text keys, list, str, int, float, bool or None."""

_INTEGER = re.compile(r"[-+]?(0|[1-9][0-9]{0,18})")
_AMBIGUOUS_INTEGER = re.compile(r"0[0-9]+")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+\.[0-9]*)([eE][-+]?[0-9]+)?|[-+]?[0-9]+[eE][-+]?[0-9]+")
_WORDS: dict[str, bool | None] = {"true": True, "false": False, "null": None, "~": None, "": None}


class Document(msgspec.Struct, frozen=True):
    """A parsed file: plain data, and where each value (or its key) stands."""

    path: str
    data: Data
    positions: dict[tuple[Key, ...], tuple[int, int]]
    values: dict[tuple[Key, ...], tuple[int, int, str]]
    """Line, column and style (``plain``, ``quoted``, ``block``) of each text, number or word."""

    def value_position(self, keys: tuple[Key, ...], line: int, column: int) -> tuple[int, int]:
        """Where line ``line``, column ``column`` (1-based) of the text at ``keys`` stands in the file.

        In a folded block the lines of the text are not those of the file: then its first line is meant.
        """
        if keys not in self.values:
            return self.position(*keys)
        start_line, start_column, style = self.values[keys]
        if style == "block":
            return (start_line + line, column + 2)
        offset = column - 1 + (1 if style == "quoted" else 0)
        return (start_line, start_column + offset) if line == 1 else (start_line + line - 1, column)

    def position(self, *keys: Key) -> tuple[int, int]:
        """1-based line and column of the key or item at this path; of its nearest known parent otherwise."""
        for length in range(len(keys), -1, -1):
            found = self.positions.get(keys[:length])
            if found is not None:
                return found
        return (1, 1)

    def problem(self, keys: tuple[Key, ...], message: str, hint: str = "", level: str = "error") -> Problem:
        """A problem that points at the value at ``keys``."""
        line, column = self.position(*keys)
        return Problem(path=self.path, line=line, column=column, message=message, hint=hint, level=level)


class _NotReadableError(Exception):
    def __init__(self, event: yaml.Event, message: str, hint: str = "") -> None:
        self.line, self.column = _start(event)
        self.message, self.hint = message, hint
        super().__init__(message)


def load_document(path: Path, problems: list[Problem]) -> Document | None:
    """Read one YAML file; on trouble append what is wrong to ``problems`` and return None."""
    try:
        with path.open("rb") as file:
            content = file.read(MAXIMUM_BYTES + 1)
    except OSError as error:
        problems.append(Problem(path=str(path), message=f"cannot be read: {error.strerror}"))
        return None
    if len(content) > MAXIMUM_BYTES:
        problems.append(Problem(path=str(path), message=f"is larger than {MAXIMUM_BYTES} bytes"))
        return None
    return parse_document(content, str(path), problems)


def parse_document(content: bytes, path: str, problems: list[Problem]) -> Document | None:
    """Parse YAML text; on trouble append what is wrong to ``problems`` and return None."""
    try:
        builder = _Builder(yaml.parse(content.decode("utf-8-sig"), Loader=_loader()))
        return Document(path, builder.document(), builder.positions, builder.values)
    except _NotReadableError as error:
        problem = Problem(path=path, line=error.line, column=error.column, message=error.message, hint=error.hint)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (0, 0)
        problem = Problem(path=path, line=line, column=column, message=f"is not YAML: {error.problem or error.context}")
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        problem = Problem(path=path, message=f"is not YAML text: {' '.join(str(error).split())}")
    problems.append(problem)
    return None


def _loader() -> type:
    return getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Builder:
    """Builds data and positions from YAML events in one pass, bounded in depth and size."""

    def __init__(self, events: Iterator[yaml.Event]) -> None:
        self._events = iter(events)
        self._nodes = 0
        self.positions: dict[tuple[Key, ...], tuple[int, int]] = {}
        self.values: dict[tuple[Key, ...], tuple[int, int, str]] = {}

    def document(self) -> Data:
        event = self._next()
        while isinstance(event, yaml.StreamStartEvent | yaml.DocumentStartEvent):
            event = self._next()
        if isinstance(event, yaml.StreamEndEvent):
            return None
        data = self._value(event, ())
        self._next()
        following = self._next()
        if not isinstance(following, yaml.StreamEndEvent):
            raise _NotReadableError(following, "holds more than one document", "split it into files")
        return data

    def _next(self) -> yaml.Event:
        return next(self._events)

    def _value(self, event: yaml.Event, path: tuple[Key, ...]) -> Data:
        self._guard(event, path)
        self.positions.setdefault(path, _start(event))
        if isinstance(event, yaml.ScalarEvent):
            self.values[path] = (*_start(event), _style(event))
            return _scalar(event)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(path)
        return self._mapping(path)

    def _guard(self, event: yaml.Event, path: tuple[Key, ...]) -> None:
        self._nodes += 1
        if len(path) > MAXIMUM_DEPTH:
            raise _NotReadableError(event, f"is nested deeper than {MAXIMUM_DEPTH} levels")
        if self._nodes > MAXIMUM_NODES:
            raise _NotReadableError(event, f"holds more than {MAXIMUM_NODES} values")
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise _NotReadableError(event, "uses an anchor or alias", "write the value out")
        if getattr(event, "tag", None) not in (None, "!"):
            raise _NotReadableError(event, f"uses the tag {getattr(event, 'tag', '')}", "leave the tag out")

    def _sequence(self, path: tuple[Key, ...]) -> Data:
        items: list[Data] = []
        while not isinstance(event := self._next(), yaml.SequenceEndEvent):
            items.append(self._value(event, (*path, len(items))))
        return items

    def _mapping(self, path: tuple[Key, ...]) -> Data:
        mapping: dict[str, Data] = {}
        while not isinstance(event := self._next(), yaml.MappingEndEvent):
            self._guard(event, path)
            if not isinstance(event, yaml.ScalarEvent):
                raise _NotReadableError(event, "has a key that is not a word")
            key = event.value
            if key in mapping:
                raise _NotReadableError(event, f"has the key '{key}' twice", "keep one")
            self.positions[(*path, key)] = _start(event)
            mapping[key] = self._value(self._next(), (*path, key))
        return mapping


def _start(event: yaml.Event) -> tuple[int, int]:
    mark = event.start_mark
    return (mark.line + 1, mark.column + 1) if mark else (1, 1)


def _style(event: yaml.ScalarEvent) -> str:
    if event.style in ("|", ">"):
        return "block"
    return "plain" if event.implicit[0] else "quoted"


def _scalar(event: yaml.ScalarEvent) -> Data:
    text: str = event.value
    if not event.implicit[0]:
        return text
    if text.lower() in _WORDS and (text == text.lower() or text in ("True", "False", "Null")):
        return _WORDS[text.lower()]
    if _INTEGER.fullmatch(text):
        return int(text)
    if _AMBIGUOUS_INTEGER.fullmatch(text):
        raise _NotReadableError(event, f"has the number {text}, which YAML versions read differently", "quote it")
    if _FLOAT.fullmatch(text):
        return float(text)
    return text
