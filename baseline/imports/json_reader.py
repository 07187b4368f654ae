"""Reads JSON as a stream: one value at a time, each bounded, no key twice in one mapping."""

from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any, Protocol

import ijson

from baseline.imports.refused import MalformedError

DEEPEST = 64
"""Nesting at most."""
MOST_VALUES = 200_000
"""Values, and keys, within one finding or rule at most."""
MOST_CHARACTERS = 8 << 20
"""Characters within one finding or rule at most."""

_Builder = Callable[[Any], None]


class Readable(Protocol):
    """What a parser reads from."""

    def read(self, size: int = -1) -> bytes:
        """The next bytes."""
        ...


class JsonReader:
    """A cursor over one JSON document. Every method leaves it behind the value that it read.

    Every method raises MalformedError; ``events`` then tells how far it came, for ``json_place.place_of``.
    """

    def __init__(self, stream: Readable) -> None:
        self.events = 0
        self._stream = ijson.basic_parse(stream, multiple_values=True)
        self._ahead: tuple[str, Any] | None = None

    def peek(self) -> str:
        """The kind of the next event: ``start_map``, ``end_array``, ``string`` ...; empty at the end of the file."""
        if self._ahead is None:
            self._ahead = self._read()
        return self._ahead[0]

    def elements(self, what: str) -> Iterator[None]:
        """Go into a list and stop before each of its values, which must be read or skipped; null is an empty list."""
        if self._begins("start_array", what):
            while self.peek() != "end_array":
                yield
            self._next()

    def members(self, what: str) -> Iterator[str]:
        """Go into a mapping and stop behind each of its keys, whose values must be read or skipped; null is empty."""
        if not self._begins("start_map", what):
            return
        seen: set[str] = set()
        while True:
            event, key = self._next()
            if event == "end_map":
                return
            if key in seen:
                raise MalformedError(f"{what} has the key {_short(key)} twice")
            seen.add(key)
            if len(seen) > MOST_VALUES:
                raise MalformedError(f"{what} has more than {MOST_VALUES} keys")
            yield key

    def value(self) -> Any:
        """The next value, whole: plain mappings, lists, texts, numbers, booleans and None."""
        return _Building(self._next).value()

    def skip(self) -> None:
        """Pass over the next value, however large."""
        depth = 0
        while True:
            event = self._next()[0]
            depth += _STEP.get(event, 0)
            if depth > DEEPEST:
                raise MalformedError(f"is nested more than {DEEPEST} deep")
            if not depth and event != "map_key":
                return

    def require_end(self) -> None:
        """Refuse what follows a document."""
        if self.peek():
            raise MalformedError("holds more than one document")

    def _begins(self, event: str, what: str) -> bool:
        if self.peek() == "null":
            self._next()
            return False
        if self.peek() != event:
            raise MalformedError(f"{what} is not a {'list' if event == 'start_array' else 'mapping'}")
        self._next()
        return True

    def _next(self) -> tuple[str, Any]:
        event, self._ahead = self._ahead or self._read(), None
        if not event[0]:
            raise MalformedError("ends in the middle")
        return event

    def _read(self) -> tuple[str, Any]:
        self.events += 1
        try:
            event: tuple[str, Any] = next(self._stream, ("", None))
        except (ijson.JSONError, ValueError, ArithmeticError, UnicodeError) as error:
            raise MalformedError(_reason(error)) from None
        return event


_STEP = {"start_map": 1, "start_array": 1, "end_map": -1, "end_array": -1}


class _Building:
    """Builds one value, without recursion."""

    def __init__(self, following: Callable[[], tuple[str, Any]]) -> None:
        self._following = following

    def value(self) -> Any:
        following = self._following
        event, scalar = following()
        if event not in ("start_map", "start_array"):
            return _plain(scalar)
        root: Any = {} if event == "start_map" else []
        around: list[tuple[Any, str]] = []
        here, key = root, ""
        values = characters = 0
        while True:
            event, scalar = following()
            values += 1
            if event == "map_key":
                if scalar in here:
                    raise MalformedError(f"has the key {_short(scalar)} twice")
                key = scalar
                characters += len(scalar)
                continue
            if event in ("end_map", "end_array"):
                if not around:
                    return root
                here, key = around.pop()
                continue
            new: Any = {} if event == "start_map" else [] if event == "start_array" else _plain(scalar)
            if isinstance(here, dict):
                here[key] = new
            else:
                here.append(new)
            if event in ("start_map", "start_array"):
                around.append((here, key))
                here = new
                if len(around) > DEEPEST:
                    raise MalformedError(f"is nested more than {DEEPEST} deep")
            elif event == "string":
                characters += len(scalar)
            if values > MOST_VALUES or characters > MOST_CHARACTERS:
                raise MalformedError("holds a finding or rule that is larger than any scanner writes")


def _plain(scalar: Any) -> Any:
    return float(scalar) if isinstance(scalar, Decimal) else scalar


def _short(key: str) -> str:
    return repr(key[:60])


def _reason(error: Exception) -> str:
    said = error.args[0] if error.args else ""
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said)
    if "incomplete" in text or "premature" in text:
        return "ends in the middle"
    return f"is not JSON: {(text.splitlines() or ['unreadable'])[0].removeprefix('parse error: ').removeprefix('lexical error: ')[:120]}"
