"""A folder on this machine as a tree of files: an image that was unpacked, or mounted by someone else."""

import os
import stat
from pathlib import Path

from baseline.collectors.image.reader.file_tree import MAXIMUM_ENTRIES, Entry, EntryKind, ImageError, too_large


class DirectoryTree:
    """Implements FileTree. Links are never followed here: one may point out of the folder, to this machine's own files."""

    def __init__(self, root: Path, kind: str = "directory") -> None:
        self.root, self.kind = root, kind

    def entry(self, path: str) -> Entry | None:
        """See FileTree."""
        try:
            place = self._place(path)
            return _entry(place.name, place.lstat(), place)
        except (FileNotFoundError, NotADirectoryError):
            return None
        except OSError as error:
            raise _failure(path, error) from error

    def entries(self, path: str) -> list[Entry]:
        """See FileTree."""
        found: list[Entry] = []
        try:
            with os.scandir(self._place(path)) as listing:
                for item in listing:
                    found.append(_entry(item.name, item.stat(follow_symlinks=False), Path(item.path)))
                    if len(found) > MAXIMUM_ENTRIES:
                        raise ImageError(f"{path or '/'} holds more than {MAXIMUM_ENTRIES} names")
        except OSError as error:
            raise _failure(path, error) from error
        return found

    def read(self, path: str, maximum_bytes: int) -> bytes:
        """See FileTree."""
        try:
            descriptor = os.open(self._place(path), os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
            with open(descriptor, "rb") as stream:  # noqa: PTH123 - a descriptor, which has no path
                status = os.fstat(descriptor)
                if not stat.S_ISREG(status.st_mode):
                    raise ImageError(f"{path} is not a file")
                content = stream.read(maximum_bytes + 1)
        except OSError as error:
            raise _failure(path, error) from error
        if len(content) > maximum_bytes:
            raise too_large(path, status.st_size, maximum_bytes)
        return content

    def _place(self, path: str) -> Path:
        """The path, when no part before the last is a link."""
        place = self.root
        parts = [part for part in path.split("/") if part]
        if ".." in parts:
            raise ImageError(f"{path} leads out of the image")
        for part in parts:
            if place != self.root and place.is_symlink():
                raise ImageError(f"{path} leads through a link")
            place /= part
        return place


def _entry(name: str, status: os.stat_result, place: Path) -> Entry:
    kind = _kind(status.st_mode)
    return Entry(
        name=name,
        kind=kind,
        size=status.st_size,
        mode=stat.S_IMODE(status.st_mode),
        owner=status.st_uid,
        group=status.st_gid,
        target=str(place.readlink()) if kind == "link" else "",
    )


def _kind(mode: int) -> EntryKind:
    if stat.S_ISREG(mode):
        return "file"
    if stat.S_ISDIR(mode):
        return "folder"
    return "link" if stat.S_ISLNK(mode) else "other"


def _failure(path: str, error: OSError) -> ImageError:
    return ImageError(
        f"{path or 'the folder'} cannot be read: {error.strerror or error}", "run as who may read the image"
    )
