"""What a file was like at a moment, so that a change while an image is read never goes unseen."""

import os
import time
from pathlib import Path

import msgspec

_SECOND_NS = 1_000_000_000
_TICK_SECONDS = 0.02
"""Kernels stamp files with the time of their last tick: 10 ms ago at most (CONFIG_HZ=100)."""
_WHOLE_SECONDS = 2.0
"""FAT stamps files with every second second."""
_ATTEMPTS = 5


class FileState(msgspec.Struct, frozen=True, array_like=True):
    """What stat(2) says; a file whose state is the same was not written. Times in nanoseconds."""

    size_bytes: int
    modified_ns: int
    changed_ns: int
    inode: int
    device: int


def file_state(path: Path) -> FileState:
    """The state of a file now. The file is opened first, since NFS asks its server then, and not for stat alone.

    Raises:
        OSError: it cannot be opened.
    """
    with path.open("rb", buffering=0) as stream:
        status = os.fstat(stream.fileno())
    return FileState(status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino, status.st_dev)


def settled_state(path: Path) -> FileState:
    """The state of a file, once a later change cannot carry the same time any more: that takes an instant.

    Raises:
        OSError: it cannot be opened.
    """
    state = file_state(path)
    for _ in range(_ATTEMPTS):
        changed = max(state.changed_ns, state.modified_ns)
        margin = _TICK_SECONDS if changed % _SECOND_NS else _WHOLE_SECONDS
        left = margin - (time.time_ns() - changed) / _SECOND_NS
        if not 0 < left <= margin:  # long ago, or in the future by a clock that is not ours
            break
        time.sleep(left)
        state = file_state(path)
    return state
