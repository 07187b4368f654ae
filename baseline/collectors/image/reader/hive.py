"""Windows registry hives. Loads dissect (AGPL-3.0): child process only.

A hive whose two sequence numbers differ was being written when the image was made: its newest values stand in log files,
so what it says is not what Windows would read. It is refused.
"""

import io
import struct
from collections.abc import Iterator
from typing import Any

import msgspec

from baseline.collectors.image.reader.file_tree import ImageError

MAXIMUM_SUBKEYS = 20_000
MAXIMUM_VALUES = 5_000
MAXIMUM_VALUE_BYTES = 1024 * 1024
TYPES = {
    0: "REG_NONE",
    1: "REG_SZ",
    2: "REG_EXPAND_SZ",
    3: "REG_BINARY",
    4: "REG_DWORD",
    7: "REG_MULTI_SZ",
    11: "REG_QWORD",
}

Data = int | str | bytes | tuple[str, ...]


class RegistryValue(msgspec.Struct, frozen=True):
    """One registry value with its type, such as ``REG_DWORD``."""

    name: str
    type: str
    data: Data


class Key:
    """One registry key. Names are compared whatever their letter case."""

    def __init__(self, node: Any) -> None:
        self._node = node
        self._children: dict[str, Any] | None = None
        self._values: dict[str, RegistryValue] | None = None

    @property
    def name(self) -> str:
        """The key's own name."""
        return str(self._node.name)

    def keys(self) -> Iterator["Key"]:
        """The keys below it."""
        for node in self._nodes().values():
            yield Key(node)

    def key(self, name: str) -> "Key | None":
        """The key of this name below it."""
        node = self._nodes().get(name.casefold())
        return None if node is None else Key(node)

    def values(self) -> dict[str, RegistryValue]:
        """Its values by case-folded name; the default value is ``""``."""
        if self._values is None:
            self._values = dict(_guard(lambda: list(_values(self._node)), self))
        return self._values

    def _nodes(self) -> dict[str, Any]:
        if self._children is None:
            self._children = _guard(lambda: _children(self._node), self)
        return self._children


class Hive:
    """One hive file, read whole."""

    def __init__(self, name: str, content: bytes) -> None:
        from dissect.regf import RegistryHive  # noqa: PLC0415 - AGPL, loaded only here

        self.name = name
        _require_whole(name, content)
        self._root = Key(_guard(lambda: RegistryHive(io.BytesIO(content)).root(), name))
        self._known: dict[str, Key | None] = {"": self._root}

    def key(self, path: str) -> Key | None:
        """The key at a path with backslashes between the names; None when there is none."""
        folded = path.casefold()
        if folded not in self._known:
            parent, _, name = path.rpartition("\\")
            above = self.key(parent)
            self._known[folded] = above.key(name) if above else None
        return self._known[folded]

    def value(self, path: str, name: str) -> RegistryValue | None:
        """One value; None when the key or the value does not exist."""
        key = self.key(path)
        return key.values().get(name.casefold()) if key else None


def _require_whole(name: str, content: bytes) -> None:
    if len(content) < 4096 or not content.startswith(b"regf"):
        raise ImageError(f"{name} is not a registry hive")
    first, second = struct.unpack_from("<II", content, 4)
    (length,) = struct.unpack_from("<I", content, 40)
    if first != second:
        raise ImageError(f"{name} was in use when the image was made", "shut Windows down before making the image")
    if length + 4096 > len(content):
        raise ImageError(f"{name} is cut off: {len(content)} of {length + 4096} bytes", "copy the image again")


def _guard(read: Any, place: "Key | str") -> Any:
    try:
        return read()
    except ImageError:
        raise
    except Exception as error:
        where = place if isinstance(place, str) else f"the key {place.name}"
        raise ImageError(f"{where} is damaged in the registry: {type(error).__name__}") from error


def _children(node: Any) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for child in node.subkeys():
        found[child.name.casefold()] = child
        if len(found) > MAXIMUM_SUBKEYS:
            raise ImageError(f"the key {node.name} holds more than {MAXIMUM_SUBKEYS} keys")
    if len(found) != node.cell.SubKeyCounts[0]:
        raise ImageError(f"the key {node.name} holds {len(found)} keys, not the {node.cell.SubKeyCounts[0]} it counts")
    return found


def _values(node: Any) -> Iterator[tuple[str, RegistryValue]]:
    for number, value in enumerate(node.values()):
        if number > MAXIMUM_VALUES or value.size > MAXIMUM_VALUE_BYTES:
            raise ImageError(f"the key {node.name} holds more than is read")
        name = "" if value.name == "(Default)" else str(value.name)
        kind = TYPES.get(int(value.type), f"type {int(value.type)}")
        yield name.casefold(), RegistryValue(name, kind, data_of(kind, bytes(value.data)))


def data_of(kind: str, raw: bytes) -> Data:
    """The bytes of a registry value as what its type means."""
    if kind == "REG_DWORD":
        return int.from_bytes(raw[:4], "little")
    if kind == "REG_QWORD":
        return int.from_bytes(raw[:8], "little")
    if kind in ("REG_SZ", "REG_EXPAND_SZ"):
        return raw.decode("utf-16-le", "replace").split("\0")[0]
    if kind == "REG_MULTI_SZ":
        return tuple(part for part in raw.decode("utf-16-le", "replace").split("\0") if part)
    return raw
