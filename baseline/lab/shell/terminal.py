"""Turns typed bytes into lines, with the echo that a terminal expects."""

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

MAXIMUM_LINE = 4096
"""Longer lines are cut (bytes)."""

_TOKEN = re.compile(rb"[^\x00-\x1f\x7f?]+|[\x00-\x1f\x7f?]")

Kind = Literal["text", "enter", "erase", "erase_all", "interrupt", "help", "other"]

_CONTROL: dict[bytes, Kind] = {
    b"\r": "enter",
    b"\n": "enter",
    b"\b": "erase",
    b"\x7f": "erase",
    b"\x15": "erase_all",
    b"\x03": "interrupt",
    b"\x1a": "interrupt",
    b"?": "help",
}


class Key(NamedTuple):
    """A stretch of typed text, or one control key."""

    kind: Kind
    data: bytes


class Keyboard:
    """Splits what a client sends into keys; CR LF counts as one Enter."""

    def __init__(self) -> None:
        self._after_return = False

    def keys(self, data: bytes) -> Iterator[Key]:
        """The keys in what arrived, in order."""
        for token in _TOKEN.findall(data):
            if not (token == b"\n" and self._after_return):
                yield Key(
                    "text" if len(token) > 1 else _CONTROL.get(token, "text" if token >= b" " else "other"), token
                )
            self._after_return = token == b"\r"
