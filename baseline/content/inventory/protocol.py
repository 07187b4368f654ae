"""What the reader process answers, typed."""

from typing import Literal, NamedTuple

import msgspec

from baseline.models.errors import Problem

EntryKind = Literal["value", "vaulted", "secret", "exposed", "broken", "unknown", "absent"]


class Place(NamedTuple):
    """Where something stands: file (absolute; empty when not known), line and column (1-based; 0: the whole file)."""

    path: str = ""
    line: int = 0
    column: int = 0


class Value(msgspec.Struct, frozen=True, array_like=True):
    """One variable. ``kind``: ``value``; ``vaulted``, a setting that had to be decrypted; ``secret``, protected and not
    decrypted; ``exposed``, a secret in plain text (left out); ``broken``, with the reason as data; ``unknown``, a name
    that is not a setting; ``absent``.
    """

    kind: EntryKind
    data: object
    place: int = 0


class ListedHost(msgspec.Struct, frozen=True, array_like=True):
    """A host: name, indexes of its groups, and its variables as indexes of values."""

    name: str
    groups: list[int]
    variables: dict[str, int]


class Listing(msgspec.Struct, frozen=True):
    """A whole inventory. ``failed`` says that the problems leave nothing usable; only they are filled in then."""

    failed: bool
    problems: list[Problem]
    ansible: str = ""
    sources: list[str] = []
    groups: list[str] = []
    places: list[Place] = []
    entries: list[Value] = []
    hosts: list[ListedHost] = []


class SecretReply(msgspec.Struct, frozen=True):
    """One secret, or why there is none."""

    value: str | None = None
    error: str = ""
