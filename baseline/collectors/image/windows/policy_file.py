"""Reads Registry.pol, the file with the settings of the local group policy ([MS-GPREG], section 2.2.1)."""

import struct

import msgspec

from baseline.collectors.image.reader.file_tree import ImageError
from baseline.collectors.image.reader.hive import TYPES, RegistryValue, data_of

_HEADER = b"PReg\x01\0\0\0"
_DELETE, _DELETE_ALL = "**del.", "**delvals."
MAXIMUM_SETTINGS = 100_000


class PolicyFile(msgspec.Struct):
    """Settings by key and name, both case-folded; None stands for a value that the policy deletes."""

    values: dict[tuple[str, str], RegistryValue | None] = {}
    emptied: set[str] = set()
    """Keys of which the policy deletes every value first."""

    def value(self, key: str, name: str) -> tuple[bool, RegistryValue | None]:
        """Whether the policy decides over this value, and what it then is."""
        place = (key.casefold(), name.casefold())
        if place in self.values:
            return True, self.values[place]
        return place[0] in self.emptied, None


def read_policy_file(content: bytes | None) -> PolicyFile:
    """The settings of a file; none when there is no file.

    Raises:
        ImageError: it does not have the form of such a file.
    """
    policy = PolicyFile(values={}, emptied=set())
    if not content:
        return policy
    if not content.startswith(_HEADER):
        raise ImageError("Registry.pol is not a policy file")
    position = len(_HEADER)
    try:
        while position < len(content):
            position = _take(content, position, policy)
    except (struct.error, IndexError, ValueError) as error:
        raise ImageError(f"Registry.pol is damaged at byte {position}") from error
    return policy


def _take(content: bytes, position: int, policy: PolicyFile) -> int:
    """Read ``[key;name;type;size;data]`` in UTF-16, and return where the next one starts."""
    position = _expect(content, position, "[")
    key, position = _text(content, position)
    position = _expect(content, position, ";")
    name, position = _text(content, position)
    position = _expect(content, position, ";")
    (kind,) = struct.unpack_from("<I", content, position)
    position = _expect(content, position + 4, ";")
    (size,) = struct.unpack_from("<I", content, position)
    position = _expect(content, position + 4, ";")
    data = content[position : position + size]
    if len(data) != size or len(policy.values) > MAXIMUM_SETTINGS:
        raise ValueError(size)
    _apply(policy, key.casefold(), name, kind, data)
    return _expect(content, position + size, "]")


def _apply(policy: PolicyFile, key: str, name: str, kind: int, data: bytes) -> None:
    folded = name.casefold()
    if folded.startswith(_DELETE_ALL):
        policy.emptied.add(key)
    elif folded.startswith(_DELETE):
        policy.values[key, folded[len(_DELETE) :]] = None
    elif not folded.startswith("**"):
        word = TYPES.get(kind, f"type {kind}")
        policy.values[key, folded] = RegistryValue(name, word, data_of(word, data))


def _text(content: bytes, position: int) -> tuple[str, int]:
    end = position
    while content[end : end + 2] != b"\0\0":
        if end >= len(content):
            raise ValueError(end)
        end += 2
    return content[position:end].decode("utf-16-le"), end + 2


def _expect(content: bytes, position: int, character: str) -> int:
    if content[position : position + 2] != character.encode("utf-16-le"):
        raise ValueError(position)
    return position + 2
