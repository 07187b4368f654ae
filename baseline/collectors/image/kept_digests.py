"""Digests that were made before, so that a large image that did not change is not read twice.

A digest counts for the file in the same place with the same size, modification and change time, inode and device. Whoever
may write the image can set its modification time, not its change time (utimensat(2)). Servers of shared folders and
programs behind FUSE say what they like about times: digests of files there are never kept.
"""

import contextlib
import os
import re
import stat
import tempfile
from pathlib import Path

import msgspec

from baseline.collectors.image.file_state import FileState

MAXIMUM_KEPT = 1000
_OWN_TIMES = frozenset({"btrfs", "ext2", "ext3", "ext4", "f2fs", "jfs", "overlay", "tmpfs", "xfs", "zfs"})
"""File systems whose change times this machine's kernel sets."""
_MOUNTS = Path("/proc/self/mountinfo")


class Kept(msgspec.Struct, frozen=True):
    """A digest, and the state of the file that it is of."""

    state: FileState
    sha256: str


def cache_path() -> Path:
    """Where digests are kept."""
    base = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return Path(base) / "baseline" / "image-digests.json"


def kept_digest(path: Path, state: FileState) -> str | None:
    """The digest of a file in this state, where it was made before."""
    found = _load().get(str(path.resolve()))
    return found.sha256 if found and found.state == state and _keeps_own_times(path) else None


def keep_digest(path: Path, state: FileState, sha256: str) -> None:
    """Keep a digest, where times can be trusted; a cache that cannot be written only costs time."""
    if not _keeps_own_times(path):
        return
    cache = cache_path()
    kept = {name: each for name, each in _load().items() if name != str(path.resolve())}
    last = dict([*kept.items(), (str(path.resolve()), Kept(state, sha256))][-MAXIMUM_KEPT:])
    with contextlib.suppress(OSError):
        cache.parent.mkdir(parents=True, exist_ok=True)
        descriptor, fresh = tempfile.mkstemp(prefix=f".{cache.name}.", dir=cache.parent)
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(msgspec.json.encode(last))
        Path(fresh).replace(cache)


def _load() -> dict[str, Kept]:
    """What was kept; nothing from a file that another account could have written."""
    try:
        with cache_path().open("rb") as stream:
            status = os.fstat(stream.fileno())
            if status.st_uid != os.geteuid() or stat.S_IMODE(status.st_mode) & 0o022:
                return {}
            return msgspec.json.decode(stream.read(), type=dict[str, Kept])
    except (OSError, msgspec.DecodeError):
        return {}


def _keeps_own_times(path: Path) -> bool:
    """Whether the file system that a file lies on is one of ours (proc_pid_mountinfo(5)); no where that is not known."""
    try:
        lines = _MOUNTS.read_text(errors="surrogateescape").splitlines()
    except OSError:
        return False
    place, kind, longest = path.resolve(), "", -1
    for line in lines:
        before, _, after = line.partition(" - ")
        point = re.sub(r"\\([0-7]{3})", lambda octal: chr(int(octal[1], 8)), before.split(" ")[4])
        if place.is_relative_to(point) and len(point) >= longest:
            longest, kind = len(point), after.split(" ")[0]
    return kind in _OWN_TIMES
