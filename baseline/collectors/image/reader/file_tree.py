"""The interface of every reader: a tree of files that can be listed and read, and nothing else."""

from fnmatch import translate
from re import IGNORECASE, Pattern, compile  # noqa: A004 - the pattern compiler, in a module that compiles no code
from typing import Literal, Protocol

import msgspec

MAXIMUM_ENTRIES = 100_000
"""Entries of one folder that are listed."""
MAXIMUM_LINKS = 16
"""Symbolic links followed on the way to one file."""

EntryKind = Literal["file", "folder", "link", "other"]


class ImageError(Exception):
    """An image, or something in it, that cannot be read. ``code`` is that of a CollectError, ``hint`` what to do."""

    def __init__(self, message: str, hint: str = "", code: str = "unparsable") -> None:
        self.message, self.hint, self.code = message, hint, code
        super().__init__(message)


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One name in a folder. ``mode`` holds the permission bits of POSIX; None where the file system has none."""

    name: str
    kind: EntryKind
    size: int = 0
    mode: int | None = None
    owner: int | None = None
    group: int | None = None
    target: str = ""
    """Where a link points to."""


class FileTree(Protocol):
    """Files of one file system, archive or folder. Paths are relative, with ``/`` between the parts; ``""`` is the top."""

    kind: str
    """What it is, for a person: ``ntfs``, ``ext4``, ``directory`` ..."""

    def entry(self, path: str) -> Entry | None:
        """What stands at this path, links not followed; None when nothing does."""

    def entries(self, path: str) -> list[Entry]:
        """What a folder holds.

        Raises:
            ImageError: it is no folder, cannot be read, or holds more than MAXIMUM_ENTRIES.
        """

    def read(self, path: str, maximum_bytes: int) -> bytes:
        """The content of a file.

        Raises:
            ImageError: it is no file, is larger than ``maximum_bytes``, or cannot be read.
        """


class Wanted:
    """Which files a reader of a stream has to keep: patterns as in a shell, letter case aside."""

    def __init__(self, patterns: tuple[str, ...]) -> None:
        self.patterns = patterns
        self._compiled: Pattern[str] = compile(
            "|".join(translate(pattern) for pattern in patterns) or "(?!)", IGNORECASE
        )

    def __contains__(self, path: str) -> bool:
        return self._compiled.match(path) is not None


def too_large(path: str, size: int, maximum_bytes: int) -> ImageError:
    """The error for a file that is larger than whoever reads it allows."""
    return ImageError(f"{path} has {size} bytes, more than the {maximum_bytes} that are read")
