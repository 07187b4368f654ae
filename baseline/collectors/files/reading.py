"""Reads one saved file: bounded, never outside its folder, never a device or a pipe."""

import os
import stat
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from baseline.collectors.network.screen import is_noise, visible_text
from baseline.models.errors import CollectError

_MARKS = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"\xef\xbb\xbf", "utf-8-sig"))
"""Byte order marks (Unicode, section 23.8), which Windows programs put at the start."""


class SavedFile(msgspec.Struct, frozen=True, kw_only=True):
    """What a file holds. ``modified`` is its modification time, ``size`` in bytes; ``text`` has single line ends."""

    path: str
    text: str
    size: int
    modified: datetime


def read_saved(root: Path, path: str, maximum_bytes: int) -> SavedFile:
    """The file at ``path`` below ``root``.

    Raises:
        CollectError: it is not there or not readable (``unparsable``), leads outside the folder (``not_allowed``), is
            larger than ``maximum_bytes`` (``too_much_output``) or is no text (``unparsable``).
    """
    real = _real_path(root, path)
    try:
        data, status = _content(real, maximum_bytes)
    except OSError as error:
        raise CollectError("unparsable", f"{path}: cannot be read: {error.strerror}") from error
    if not stat.S_ISREG(status.st_mode):
        raise CollectError("not_allowed", f"{path}: is not a plain file")
    if len(data) > maximum_bytes:
        raise CollectError("too_much_output", f"{path}: is larger than {maximum_bytes} bytes")
    return SavedFile(
        path=path,
        text=visible_text(_decoded(path, data)),
        size=len(data),
        modified=datetime.fromtimestamp(status.st_mtime, UTC),
    )


def _real_path(root: Path, path: str) -> Path:
    try:
        folder, real = root.resolve(strict=True), (root / path).resolve(strict=True)
    except (OSError, RuntimeError) as error:
        raise CollectError("unparsable", f"{path}: is not there, or leads nowhere") from error
    if not real.is_relative_to(folder):
        raise CollectError("not_allowed", f"{path}: leads outside {root}", "replace the link by the file itself")
    return real


def _content(path: Path, maximum_bytes: int) -> tuple[bytes, os.stat_result]:
    """At most one byte more than allowed; opening a pipe does not wait for a writer."""
    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW | os.O_CLOEXEC)
    with os.fdopen(descriptor, "rb") as file:
        status = os.fstat(descriptor)
        return (file.read(maximum_bytes + 1) if stat.S_ISREG(status.st_mode) else b""), status


def _decoded(path: str, data: bytes) -> str:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data.decode(encoding, "replace")
    if b"\0" in data or is_noise(data):
        raise CollectError("unparsable", f"{path}: is not text", "keep what the device printed, not compressed")
    return data.decode("utf-8", "replace")
