"""The bytes of a file: bounded, UTF-8, hashed, and with secrets removed before any parser sees them."""

import codecs
import hashlib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import BinaryIO, Protocol

from baseline.imports.refused import MalformedError

BLOCK = 256 * 1024
"""Bytes read at a time."""
LARGEST_FILE = 16 << 30
"""Bytes of a file at most: 16 GiB."""
LONGEST_TOKEN = 4 << 20
"""Bytes of one text or tag at most: 4 MiB."""

REMOVED = b"(removed by baseline)"
"""Stands where a text may have held a secret."""

_PACKED = {
    b"\x1f\x8b": "gzip",
    b"PK\x03\x04": "zip",
    b"\x28\xb5\x2f\xfd": "zstd",
    b"BZh": "bzip2",
    b"\xfd7zXZ": "xz",
    b"SQLite format": "SQLite",
}
_OTHER_ENCODINGS = (b"\xff\xfe", b"\xfe\xff", b"\x00")


class Redactor(Protocol):
    """Removes what may be secret from a stream of bytes; line ends stay, so that line numbers stay right."""

    removed: int
    """Texts removed so far."""

    def feed(self, block: bytes) -> bytes:
        """What can be passed on after this block."""
        ...

    def close(self) -> bytes:
        """The rest."""
        ...


class Source:
    """A file that is read once from start to end: ``read`` gives its redacted bytes, which ``keep`` is given too.

    ``digest`` is of the bytes as they are in the file, ``kept`` of those that were passed on.
    """

    def __init__(self, file: BinaryIO, redactor: Redactor, keep: Callable[[bytes], None] | None = None) -> None:
        self.original, self.kept = hashlib.sha256(), hashlib.sha256()
        self.size = 0
        self._redactor, self._keep = redactor, keep
        self._blocks = self._redacted(_guarded(self._read(file)))

    def read(self, size: int = -1) -> bytes:
        """The next bytes; none at the end. ``size`` is only advice, except that 0 gives nothing.

        Raises:
            MalformedError: the file is not UTF-8 text, is compressed, or holds a text that is too long.
        """
        return b"" if size == 0 else next(self._blocks, b"")

    def drain(self) -> None:
        """Read what the parser left, so that the digests are of the whole file."""
        while self.read():
            pass

    @property
    def removed(self) -> int:
        """Texts that were removed."""
        return self._redactor.removed

    def _read(self, file: BinaryIO) -> Iterator[bytes]:
        while block := file.read(BLOCK):
            self.original.update(block)
            self.size += len(block)
            if self.size > LARGEST_FILE:
                raise MalformedError(f"the file is larger than {LARGEST_FILE >> 30} GiB")
            yield block

    def _redacted(self, blocks: Iterable[bytes]) -> Iterator[bytes]:
        for block in blocks:
            yield from self._passed_on(self._redactor.feed(block))
        yield from self._passed_on(self._redactor.close())

    def _passed_on(self, block: bytes) -> Iterator[bytes]:
        if block:
            self.kept.update(block)
            if self._keep is not None:
                self._keep(block)
            yield block


def _guarded(blocks: Iterable[bytes]) -> Iterator[bytes]:
    """The same blocks, once they are known to be UTF-8 text without NUL.

    Raises:
        MalformedError: they are not; it names the line.
    """
    decoder = codecs.getincrementaldecoder("utf-8")()
    lines = 1
    first = True
    for block in blocks:
        if first:
            _require_text(block)
            first = False
        if (at := block.find(b"\0")) >= 0:
            raise MalformedError("holds a NUL byte", lines + block.count(b"\n", 0, at))
        try:
            decoder.decode(block)
        except UnicodeDecodeError as error:
            at = max(0, error.start)
            raise MalformedError("is not UTF-8", lines + block.count(b"\n", 0, at)) from None
        yield block
        lines += block.count(b"\n")
    try:
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        raise MalformedError("ends in the middle of a character", lines) from None


def _require_text(block: bytes) -> None:
    for start, name in _PACKED.items():
        if block.startswith(start):
            raise MalformedError(f"is a {name} file; unpack it first")
    if block.startswith(_OTHER_ENCODINGS):
        raise MalformedError("is not UTF-8; convert it first, for example with iconv", 1)


def require_file(path: Path) -> None:
    """Refuse what cannot be read twice: the place of a mistake is found by reading again.

    Raises:
        MalformedError: it is not a regular file.
    """
    if not path.is_file():
        raise MalformedError("is not a file" if path.exists() else "does not exist")
