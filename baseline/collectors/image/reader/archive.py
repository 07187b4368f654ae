"""A TAR archive, plain or compressed, as a tree of files: read once from front to back; only wanted content is kept."""

import tarfile
import tempfile
from pathlib import Path
from typing import BinaryIO

from baseline.collectors.image.reader.file_tree import (
    MAXIMUM_ENTRIES,
    Entry,
    EntryKind,
    ImageError,
    Wanted,
    too_large,
)

MAXIMUM_MEMBERS = 2_000_000
"""Members of one archive that are looked at."""
MAXIMUM_KEPT_BYTES = 2 * 1024**3
"""Bytes of wanted files that are kept on disk while the archive is read."""
_CHUNK = 1024 * 1024


class TarTree:
    """Implements FileTree. Of two members with one path the later counts, as when unpacking."""

    kind = "tar"

    def __init__(self, path: Path, wanted: Wanted) -> None:
        self._kept: BinaryIO = tempfile.TemporaryFile()  # noqa: SIM115 - lives as long as the tree
        self._places: dict[str, tuple[int, int]] = {}
        self._folders: dict[str, dict[str, Entry]] = {"": {}}
        try:
            with tarfile.open(path, "r|*") as archive:
                for number, member in enumerate(archive):
                    if number > MAXIMUM_MEMBERS:
                        raise ImageError(f"the archive has more than {MAXIMUM_MEMBERS} members")
                    self._take(archive, member, wanted)
        except (tarfile.TarError, EOFError, OSError, ValueError) as error:
            raise ImageError(f"the archive could not be read to its end: {str(error)[:100]}") from error

    def entry(self, path: str) -> Entry | None:
        """See FileTree."""
        parent, _, name = path.strip("/").rpartition("/")
        return Entry(name="", kind="folder") if not name else self._folders.get(parent, {}).get(name)

    def entries(self, path: str) -> list[Entry]:
        """See FileTree."""
        folder = self._folders.get(path.strip("/"))
        if folder is None:
            raise ImageError(f"{path or '/'} is not a folder")
        if len(folder) > MAXIMUM_ENTRIES:
            raise ImageError(f"{path or '/'} holds more than {MAXIMUM_ENTRIES} names")
        return list(folder.values())

    def read(self, path: str, maximum_bytes: int) -> bytes:
        """See FileTree."""
        if path not in self._places:
            raise ImageError(f"{path} is not a file, or was not kept")
        start, size = self._places[path]
        if size > maximum_bytes:
            raise too_large(path, size, maximum_bytes)
        self._kept.seek(start)
        return self._kept.read(size)

    def _take(self, archive: tarfile.TarFile, member: tarfile.TarInfo, wanted: Wanted) -> None:
        parts = [part for part in member.name.split("/") if part not in ("", ".")]
        if not parts or ".." in parts:
            return
        path = "/".join(parts)
        self._add(parts, member)
        self._places.pop(path, None)  # what an earlier member of this path held
        if path in wanted and member.isfile():
            self._keep(archive, member, path)
        elif path in wanted and member.islnk():
            linked = "/".join(part for part in member.linkname.split("/") if part not in ("", "."))
            if linked in self._places:
                self._places[path] = self._places[linked]

    def _add(self, parts: list[str], member: tarfile.TarInfo) -> None:
        for depth in range(1, len(parts)):
            parent = self._folders.setdefault("/".join(parts[: depth - 1]), {})
            parent.setdefault(parts[depth - 1], Entry(name=parts[depth - 1], kind="folder"))
        kind = _kind(member)
        entry = Entry(
            name=parts[-1],
            kind=kind,
            size=member.size,
            mode=member.mode & 0o7777,
            owner=member.uid,
            group=member.gid,
            target=member.linkname if kind == "link" else "",
        )
        self._folders.setdefault("/".join(parts[:-1]), {})[parts[-1]] = entry
        if kind == "folder":
            self._folders.setdefault("/".join(parts), {})

    def _keep(self, archive: tarfile.TarFile, member: tarfile.TarInfo, path: str) -> None:
        source = archive.extractfile(member)
        start = self._kept.seek(0, 2)
        if source is None or start + member.size > MAXIMUM_KEPT_BYTES:
            raise ImageError(f"the wanted files are larger than {MAXIMUM_KEPT_BYTES} bytes")
        while chunk := source.read(_CHUNK):
            self._kept.write(chunk)
        self._places[path] = (start, self._kept.tell() - start)


def _kind(member: tarfile.TarInfo) -> EntryKind:
    if member.isfile() or member.islnk():
        return "file"
    if member.isdir():
        return "folder"
    return "link" if member.issym() else "other"
