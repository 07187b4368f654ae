"""A file that is never read beyond its end: a cut-off image is an error, not zeros."""

import io
from pathlib import Path

from baseline.collectors.image.reader.file_tree import ImageError

SLACK_BYTES = 64 * 1024
"""How far one read may reach over the end: formats round sizes up to sectors and clusters."""


class StrictFile(io.FileIO):
    """A file opened for reading. A read that starts at its end or beyond, or goes far over it, raises ImageError."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, "rb")
        self._size = self.seek(0, io.SEEK_END)
        self.seek(0)

    def __del__(self) -> None:
        """Close it when nothing reads it any more: parsers keep it for as long as they need it."""
        self.close()

    def read(self, size: int | None = -1) -> bytes:
        """Read up to ``size`` bytes."""
        position = self.tell()
        if size is not None and size > 0 and (position >= self._size or position + size > self._size + SLACK_BYTES):
            raise ImageError(
                f"the image ends at byte {self._size}, but says that it holds data at byte {position + size}",
                "it was not copied whole; copy it again",
            )
        return super().read(-1 if size is None else size) or b""
