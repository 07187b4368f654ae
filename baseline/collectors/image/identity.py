"""The SHA-256 of an image: what ties the evidence, and later a machine, to exactly this image.

A digest is kept beside the image's size, modification time and inode, so that an image that did not change is not read
twice; 20 GB take a while.
"""

import contextlib
import errno
import hashlib
import os
from collections.abc import Sequence
from pathlib import Path

import msgspec

_CHUNK = 1024**2
MAXIMUM_KEPT = 1000

Key = tuple[int, int, int, int]


class Kept(msgspec.Struct, frozen=True):
    """A digest and the state of the file that it is of: size, modification and change time in nanoseconds, inode."""

    key: Key
    sha256: str


def cache_path() -> Path:
    """Where digests are kept."""
    base = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return Path(base) / "baseline" / "image-digests.json"


def image_digest(files: Sequence[Path]) -> str:
    """SHA-256 of an image, in hexadecimal digits: of its file, or of the list of its files as sha256sum writes it.

    Raises:
        OSError: a file cannot be read, or changed while it was.
    """
    kept = _load()
    digests = {path: _digest(path, kept) for path in files}
    _save(kept)
    if len(digests) == 1:
        return next(iter(digests.values()))
    listing = "".join(f"{digest}  {path.name}\n" for path, digest in digests.items())
    return hashlib.sha256(listing.encode()).hexdigest()


def _digest(path: Path, kept: dict[str, Kept]) -> str:
    name, key = str(path.resolve()), _key(path)
    if name in kept and kept[name].key == key:
        return kept[name].sha256
    digest = _hash(path, key[0])
    if _key(path) != key:
        raise OSError(f"{path.name} changed while it was read")
    kept[name] = Kept(key, digest)
    return kept[name].sha256


def _hash(path: Path, size: int) -> str:
    """SHA-256 of a file; the holes of a sparse file are not read, only counted as the zeros that they are."""
    digest, buffer, zeros = hashlib.sha256(), memoryview(bytearray(_CHUNK)), bytes(_CHUNK)
    with path.open("rb", buffering=0) as stream:
        position = 0
        while position < size:
            start = _next_data(stream.fileno(), position, size)
            for left in range(start - position, 0, -_CHUNK):
                digest.update(zeros[: min(left, _CHUNK)])
            stream.seek(start)
            position = start
            end = _next_hole(stream.fileno(), start, size)
            while position < end and (count := stream.readinto(buffer[: min(_CHUNK, end - position)])):
                digest.update(buffer[:count])
                position += count
            if position < end:
                raise OSError(f"{path.name} ended while it was read")
    return digest.hexdigest()


def _next_data(descriptor: int, position: int, size: int) -> int:
    """Where data begins at or after a position; its end when only a hole follows (lseek(2))."""
    try:
        return os.lseek(descriptor, position, os.SEEK_DATA)
    except OSError as error:
        return size if error.errno == errno.ENXIO else position


def _next_hole(descriptor: int, position: int, size: int) -> int:
    """Where the data ends that begin at a position."""
    if position >= size:
        return size
    try:
        end = min(os.lseek(descriptor, position, os.SEEK_HOLE), size)
    except OSError:
        end = size
    os.lseek(descriptor, position, os.SEEK_SET)
    return end


def _key(path: Path) -> Key:
    status = path.stat()
    return status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino


def _load() -> dict[str, Kept]:
    try:
        return msgspec.json.decode(cache_path().read_bytes(), type=dict[str, Kept])
    except (OSError, msgspec.DecodeError):
        return {}


def _save(kept: dict[str, Kept]) -> None:
    """Keep digests; a cache that cannot be written only costs time."""
    path = cache_path()
    last = dict(list(kept.items())[-MAXIMUM_KEPT:])
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = path.with_name(f".{path.name}.{os.getpid()}")
        fresh.write_bytes(msgspec.json.encode(last))
        fresh.replace(path)
