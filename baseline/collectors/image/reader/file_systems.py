"""NTFS, ext2 to ext4, XFS and FAT as trees of files. Loads dissect (AGPL-3.0): child process only.

Each refuses what its parser would read wrongly without an error: a journal that was not written back, a file that Windows
compressed (WOF) or encrypted (EFS), and content that is shorter than it should be.
"""

import stat
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any, Concatenate, ParamSpec, TypeVar

from baseline.collectors.image.reader.file_tree import MAXIMUM_ENTRIES, Entry, EntryKind, ImageError, too_large

Parameters = ParamSpec("Parameters")
Answer = TypeVar("Answer")
Tree = TypeVar("Tree")

_EXT_NEEDS_RECOVERY = 0x4
_NTFS_VOLUME_DIRTY = 0x1
_NTFS_ENCRYPTED = 0x4000
NOT_CLEAN = "the file system was not unmounted cleanly: its journal is not written back"
SHUT_DOWN = "shut the machine down before making the image"


def _guarded(
    method: Callable[Concatenate[Tree, Parameters], Answer],
) -> Callable[Concatenate[Tree, Parameters], Answer]:
    """Turn whatever a parser of hostile input raises into ImageError."""

    def guarded(tree: Tree, /, *given: Parameters.args, **named: Parameters.kwargs) -> Answer:
        try:
            return method(tree, *given, **named)
        except ImageError:
            raise
        except Exception as error:
            place = given[0] if given else ""
            raise ImageError(f"{place or '/'} could not be read: {type(error).__name__}: {str(error)[:100]}") from error

    return guarded


def _listed(entries: Iterator[Entry], path: str) -> list[Entry]:
    found = list(islice(entries, MAXIMUM_ENTRIES + 1))
    if len(found) > MAXIMUM_ENTRIES:
        raise ImageError(f"{path or '/'} holds more than {MAXIMUM_ENTRIES} names")
    return found


def _content(stream: Any, path: str, size: int, maximum_bytes: int) -> bytes:
    if size > maximum_bytes:
        raise too_large(path, size, maximum_bytes)
    content: bytes = stream.read(size)
    if len(content) != size:
        raise ImageError(f"{path} has {size} bytes, of which {len(content)} are there", "copy the image again")
    return content


class NtfsTree:
    """NTFS. Implements FileTree; letter case does not matter."""

    kind = "ntfs"

    def __init__(self, stream: Any) -> None:
        from dissect.ntfs import NTFS  # noqa: PLC0415 - AGPL, loaded only here

        self._ntfs = NTFS(stream)
        self._require_clean()

    def _require_clean(self) -> None:
        from dissect.ntfs.c_ntfs import ATTRIBUTE_TYPE_CODE  # noqa: PLC0415 - AGPL, loaded only here

        information = self._ntfs.mft.get(3).attributes[ATTRIBUTE_TYPE_CODE.VOLUME_INFORMATION].data()
        flags = int.from_bytes(information[10:12], "little")
        if flags & _NTFS_VOLUME_DIRTY:
            raise ImageError(NOT_CLEAN, SHUT_DOWN)

    @_guarded
    def entry(self, path: str) -> Entry | None:
        """See FileTree."""
        record = self._record(path)
        return None if record is None else _ntfs_entry(record, path.rpartition("/")[2])

    @_guarded
    def entries(self, path: str) -> list[Entry]:
        """See FileTree."""
        record = self._record(path)
        if record is None or not record.is_dir():
            raise ImageError(f"{path or '/'} is not a folder")
        return _listed(self._names(record), path)

    @_guarded
    def read(self, path: str, maximum_bytes: int) -> bytes:
        """See FileTree."""
        record = self._record(path)
        if record is None or record.is_dir():
            raise ImageError(f"{path} is not a file")
        if record.is_reparse_point():
            raise ImageError(f"{path} is compressed by Windows or kept elsewhere (a reparse point)")
        if self._flags(record) & _NTFS_ENCRYPTED:
            raise ImageError(f"{path} is encrypted (EFS)", code="credential")
        return _content(record.open(), path, record.size(), maximum_bytes)

    def _record(self, path: str) -> Any:
        try:
            return self._ntfs.mft.get(path)
        except (FileNotFoundError, NotADirectoryError):
            return None

    def _flags(self, record: Any) -> int:
        from dissect.ntfs.c_ntfs import ATTRIBUTE_TYPE_CODE  # noqa: PLC0415 - AGPL, loaded only here

        return int.from_bytes(record.attributes[ATTRIBUTE_TYPE_CODE.STANDARD_INFORMATION].data()[32:36], "little")

    def _names(self, record: Any) -> Iterator[Entry]:
        """The index entries as they stand: sizes there may be stale, names and kinds are not."""
        for item in record.iterdir(ignore_dos=True):
            attribute = item.attribute
            name = attribute.file_name
            if name in (".", "..") or (name.startswith("$") and item.header.FileReference.SegmentNumberLowPart < 24):
                continue
            folder = bool(attribute.file_attributes & 0x10)
            link = bool(attribute.file_attributes & 0x400)
            kind: EntryKind = "folder" if folder and not link else "link" if folder else "file"
            yield Entry(name=name, kind=kind, size=attribute.file_size)


def _ntfs_entry(record: Any, name: str) -> Entry:
    if record.is_symlink() or record.is_mount_point():
        return Entry(name=name, kind="link")
    return Entry(name=name, kind="folder") if record.is_dir() else Entry(name=name, kind="file", size=record.size())


class _NodeTree(ABC):
    """What ext and XFS have in common: nodes with a POSIX mode. Implements FileTree."""

    kind = ""

    def __init__(self, file_system: Any, label: str) -> None:
        self._file_system = file_system
        self.uuid, self.label = str(file_system.uuid), label
        self._names: dict[str, dict[str, Any]] = {}

    @_guarded
    def entry(self, path: str) -> Entry | None:
        """See FileTree."""
        node = self._node(path)
        return None if node is None else self._entry(path.rpartition("/")[2], node)

    @_guarded
    def entries(self, path: str) -> list[Entry]:
        """See FileTree."""
        return _listed((self._entry(name, node) for name, node in self._folder(path).items()), path)

    @_guarded
    def read(self, path: str, maximum_bytes: int) -> bytes:
        """See FileTree."""
        node = self._node(path)
        if node is None or not stat.S_ISREG(self._mode(node)):
            raise ImageError(f"{path} is not a file")
        return _content(node.open(), path, node.size, maximum_bytes)

    def _node(self, path: str) -> Any:
        parts = [part for part in path.split("/") if part]
        if not parts:
            return self._file_system.root
        parent = "/".join(parts[:-1])
        above = self._node(parent)
        if above is None or not stat.S_ISDIR(self._mode(above)):
            return None
        return self._folder(parent).get(parts[-1])

    def _folder(self, path: str) -> dict[str, Any]:
        if path not in self._names:
            node = self._node(path)
            if node is None or not stat.S_ISDIR(self._mode(node)):
                raise ImageError(f"{path or '/'} is not a folder")
            listing = islice(node.iterdir(), MAXIMUM_ENTRIES + 2)
            self._names[path] = {child.filename: child for child in listing if child.filename not in (".", "..")}
        return self._names[path]

    def _entry(self, name: str, node: Any) -> Entry:
        mode = self._mode(node)
        inode = self._inode(node)
        return Entry(
            name=name,
            kind=_kind_of(mode),
            size=node.size,
            mode=stat.S_IMODE(mode),
            owner=inode[0],
            group=inode[1],
            target=node.link if stat.S_ISLNK(mode) else "",
        )

    @abstractmethod
    def _mode(self, node: Any) -> int:
        """File type and permissions, as stat(2) tells them."""

    @abstractmethod
    def _inode(self, node: Any) -> tuple[int, int]:
        """Numbers of the owner and the group."""


def _kind_of(mode: int) -> EntryKind:
    if stat.S_ISREG(mode):
        return "file"
    if stat.S_ISDIR(mode):
        return "folder"
    return "link" if stat.S_ISLNK(mode) else "other"


class ExtTree(_NodeTree):
    """ext2, ext3 and ext4."""

    def __init__(self, stream: Any) -> None:
        from dissect.extfs import ExtFS  # noqa: PLC0415 - AGPL, loaded only here

        file_system = ExtFS(stream)
        if file_system.sb.s_feature_incompat & _EXT_NEEDS_RECOVERY:
            raise ImageError(NOT_CLEAN, SHUT_DOWN)
        self.kind = f"ext{file_system.type}"
        super().__init__(file_system, file_system.volume_name)

    def _mode(self, node: Any) -> int:
        return int(node.inode.i_mode)

    def _inode(self, node: Any) -> tuple[int, int]:
        inode = node.inode
        return inode.i_uid | inode.i_uid_high << 16, inode.i_gid | inode.i_gid_high << 16


class XfsTree(_NodeTree):
    """XFS."""

    kind = "xfs"

    def __init__(self, stream: Any) -> None:
        from dissect.xfs import XFS  # noqa: PLC0415 - AGPL, loaded only here

        file_system = XFS(stream)
        super().__init__(file_system, file_system.name)

    def _mode(self, node: Any) -> int:
        return int(node.inode.di_mode)

    def _inode(self, node: Any) -> tuple[int, int]:
        return int(node.inode.di_uid), int(node.inode.di_gid)


class FatTree:
    """FAT12, FAT16 and FAT32: the partition that firmware starts from. Implements FileTree."""

    kind = "fat"

    def __init__(self, stream: Any) -> None:
        from dissect.fat import FATFS  # noqa: PLC0415 - AGPL, loaded only here

        self._file_system = FATFS(stream)
        stream.seek(0)
        head = stream.read(512)
        serial = int.from_bytes(head[67:71] if head[82:85] == b"FAT" else head[39:43], "little")
        self.uuid = f"{serial >> 16:04X}-{serial & 0xFFFF:04X}"

    @_guarded
    def entry(self, path: str) -> Entry | None:
        """See FileTree."""
        try:
            found = self._file_system.get(path)
        except FileNotFoundError:
            return None
        return self._entry(path.rpartition("/")[2], found)

    @_guarded
    def entries(self, path: str) -> list[Entry]:
        """See FileTree."""
        folder = self._file_system.get(path)
        return _listed(
            (self._entry(item.name, item) for item in folder.iterdir() if item.name not in (".", "..")), path
        )

    @_guarded
    def read(self, path: str, maximum_bytes: int) -> bytes:
        """See FileTree."""
        found = self._file_system.get(path)
        return _content(found.open(), path, found.size, maximum_bytes)

    def _entry(self, name: str, found: Any) -> Entry:
        kind: EntryKind = "folder" if found.is_directory() else "file"
        return Entry(name=name, kind=kind, size=0 if kind == "folder" else found.size)
