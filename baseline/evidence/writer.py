"""Writes the files of a bundle, each once, with its SHA-256; and packs them so that not a byte is free to differ."""

import hashlib
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path

from baseline.evidence.verifier import MEMBER_TIME, MOST_FILES
from baseline.models.errors import BaselineError

LARGEST_ARCHIVE = (1 << 32) - (1 << 26)
"""Bytes of a ZIP archive without the ZIP64 extension, less some for its directory."""


class BundleError(BaselineError):
    """The bundle cannot be written."""


class BundleWriter:
    """A folder that becomes a bundle. ``sums`` maps file name to SHA-256, ``sizes`` to bytes."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.sums: dict[str, str] = {}
        self.sizes: dict[str, int] = {}

    def write(self, name: str, content: bytes) -> None:
        """Write a file."""
        self._write(name, [content])

    def write_lines(self, name: str, lines: Iterable[bytes]) -> int:
        """Write documents, one a line; give how many. None of them holds a line break: JSON escapes it."""
        counter = _Counter(lines)
        self._write(name, counter)
        return counter.number

    def sums_file(self, names: Iterable[str] | None = None) -> bytes:
        """What ``sha256sum`` would write of these files, or of all."""
        chosen = sorted(self.sums if names is None else names)
        return "".join(f"{self.sums[name]}  {name}\n" for name in chosen).encode()

    def _write(self, name: str, blocks: Iterable[bytes]) -> None:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        made, size = hashlib.sha256(), 0
        with path.open("xb", buffering=1 << 20) as file:
            for block in blocks:
                made.update(block)
                size += file.write(block)
        self.sums[name], self.sizes[name] = made.hexdigest(), size
        if len(self.sums) > MOST_FILES:
            raise BundleError(f"more than {MOST_FILES} files; choose a shorter period, or fewer targets")


class _Counter:
    def __init__(self, lines: Iterable[bytes]) -> None:
        self._lines, self.number = lines, 0

    def __iter__(self):  # type: ignore[no-untyped-def]  # noqa: ANN204 - an iterator of bytes
        for line in self._lines:
            self.number += 1
            yield line + b"\n"


def pack(folder: Path, archive: Path, sizes: Mapping[str, int]) -> None:
    """Make a ZIP archive of a bundle. It is not compressed: a compressed file has more than one form.

    Raises:
        BundleError: it would be larger than every program reads.
    """
    if sum(sizes.values()) > LARGEST_ARCHIVE:
        raise BundleError("more than 4 GB does not go in a ZIP archive; write it to a folder")
    with zipfile.ZipFile(archive, "x") as packed:
        for name in sorted(sizes):
            member = zipfile.ZipInfo(name, MEMBER_TIME)
            member.create_system, member.external_attr = 3, 0o100644 << 16
            packed.writestr(member, (folder / name).read_bytes())
