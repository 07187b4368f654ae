"""Writes large JSON objects piece by piece, so that memory holds one item of a list at a time."""

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any, BinaryIO

import msgspec

Members = Iterable[tuple[str, Any]]
"""Keys and values of an object, in order. A value that is an iterator becomes a list, written item by item; one that is
an ``Open`` becomes an object, written member by member."""


class Open:
    """An object that is written member by member."""

    def __init__(self, members: Members) -> None:
        self.members = members


def write_object(destination: BinaryIO, members: Members) -> None:
    """Write an object. Lists without items are left out, key and all: OSCAL allows no empty ones."""
    destination.writelines(_object(members))
    destination.write(b"\n")


def _object(members: Members) -> Iterator[bytes]:
    separator = b"{\n"
    for key, value in members:
        pieces = _pieces(value)
        first = next(pieces, None)
        if first is None:
            continue
        yield separator + msgspec.json.encode(key) + b": " + first
        yield from pieces
        separator = b",\n"
    yield b"}" if separator == b",\n" else b"{}"


def _pieces(value: Any) -> Iterator[bytes]:
    if isinstance(value, Open):
        return _object(value.members)
    if isinstance(value, Iterator):
        return _list(value)
    return iter((msgspec.json.encode(value),))


def _list(items: Iterator[Any]) -> Iterator[bytes]:
    first = next(items, None)
    if first is None:
        return
    separator = b"[\n"
    for item in chain((first,), items):
        yield separator
        yield from _pieces(item)
        separator = b",\n"
    yield b"]"
