"""The SHA-256 of an image: what ties the evidence, and later a machine, to exactly this image.

It is made in a thread while another process reads the facts. That all of it is of one and the same state of the files is
seen by their times (``file_state``).
"""

import asyncio
import errno
import hashlib
import os
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from pathlib import Path
from threading import Event, Thread
from types import TracebackType
from typing import Self, TypeVar

import msgspec

from baseline.collectors.image.file_state import FileState, file_state, settled_state
from baseline.collectors.image.kept_digests import keep_digest, kept_digest

_CHUNK = 1024**2

T = TypeVar("T")


class FileDigest(msgspec.Struct, frozen=True):
    """The SHA-256 of a file in hexadecimal digits, and the state it was in before it was read."""

    state: FileState
    sha256: str


class Identity:
    """Makes the SHA-256 of an image: of its file, or of the list of its files as sha256sum writes it.

    A context manager: leaving it stops the work.
    """

    def __init__(self, image: Path) -> None:
        self._image = image
        self._stop = Event()
        self._first = _in_thread(lambda: file_digest(image, self._stop) if image.is_file() else None)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._stop.set()

    async def sha256(self, files: Mapping[str, FileState]) -> str | None:
        """The digest of these files, which were in these states before facts were read from them; None of a folder.

        Raises:
            OSError: a file cannot be read, or changed since.
        """
        first = await asyncio.wrap_future(self._first)
        if not files:
            return None
        return await asyncio.wrap_future(_in_thread(lambda: self._of_all(files, first)))

    def _of_all(self, files: Mapping[str, FileState], first: FileDigest | None) -> str:
        digests = {
            name: first if first and Path(name) == self._image else file_digest(Path(name), self._stop)
            for name in files
        }
        for name, state in files.items():
            if not digests[name].state == state == file_state(Path(name)):
                raise OSError(f"{Path(name).name} changed while it was read")
        if len(digests) == 1:
            return next(iter(digests.values())).sha256
        listing = "".join(f"{digest.sha256}  {Path(name).name}\n" for name, digest in digests.items())
        return hashlib.sha256(listing.encode()).hexdigest()


def _in_thread(work: Callable[[], T]) -> Future[T]:
    """Work in a thread that nothing waits for: a file on a server that is gone may never come to its end."""
    future: Future[T] = Future()

    def do() -> None:
        try:
            future.set_result(work())
        except Exception as error:  # noqa: BLE001 - whoever waits for the result gets it
            future.set_exception(error)

    future.set_running_or_notify_cancel()
    Thread(target=do, name="image-digest", daemon=True).start()
    return future


def file_digest(path: Path, stop: Event | None = None) -> FileDigest:
    """The digest of one file, which is made only where none is kept.

    Raises:
        OSError: it cannot be read, changed while it was, or the work was stopped.
    """
    state = settled_state(path)
    sha256 = kept_digest(path, state)
    if sha256 is None:
        sha256 = _hash(path, state.size_bytes, stop or Event())
        if file_state(path) != state:
            raise OSError(f"{path.name} changed while it was read")
        keep_digest(path, state, sha256)
    return FileDigest(state, sha256)


def _hash(path: Path, size: int, stop: Event) -> str:
    """SHA-256 of a file; the holes of a sparse file are not read, only counted as the zeros that they are."""
    digest, buffer, zeros = hashlib.sha256(), memoryview(bytearray(_CHUNK)), bytes(_CHUNK)
    with path.open("rb", buffering=0) as stream:
        position = 0
        while position < size:
            start = _next_data(stream.fileno(), position, size)
            for left in range(start - position, 0, -_CHUNK):
                _go_on(stop)
                digest.update(zeros[: min(left, _CHUNK)])
            stream.seek(start)
            position = start
            end = _next_hole(stream.fileno(), start, size)
            while position < end and (count := stream.readinto(buffer[: min(_CHUNK, end - position)])):
                _go_on(stop)
                digest.update(buffer[:count])
                position += count
            if position < end:
                raise OSError(f"{path.name} changed while it was read: it ended")
    return digest.hexdigest()


def _go_on(stop: Event) -> None:
    if stop.is_set():
        raise OSError(errno.ECANCELED, "nobody waits for the digest any more")


def _next_data(descriptor: int, position: int, size: int) -> int:
    """Where data begins at or after a position; its end when only a hole follows (lseek(2))."""
    try:
        return min(os.lseek(descriptor, position, os.SEEK_DATA), size)
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
