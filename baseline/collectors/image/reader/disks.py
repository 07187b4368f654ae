"""Disk images as one stream of bytes: RAW, QCOW2, VHD, VHDX and VMDK. Loads dissect (AGPL-3.0): child process only.

What would need a second file, a password or the replay of a log is refused with the reason: reading on would give another
state of the disk than the machine would see, without any error.
"""

import struct
from pathlib import Path
from typing import Any, BinaryIO

from baseline.collectors.image.file_state import FileState, settled_state
from baseline.collectors.image.reader.file_tree import ImageError
from baseline.collectors.image.reader.strict_file import StrictFile

_QCOW2_INCOMPATIBLE_CORRUPT = 1 << 1
_QCOW2_INCOMPATIBLE_DATA_FILE = 1 << 2
_VHD_DIFFERENCING = 4
_VMDK_EXTENT_TYPES = {"SPARSE", "FLAT", "VMFS", "VMFSSPARSE", "SESPARSE", "ZERO"}
FLATTEN = "flatten it first: qemu-img convert -O qcow2 IMAGE WHOLE.qcow2"


def open_disk(path: Path) -> tuple[str, Any, dict[Path, FileState]]:
    """The format, the disk as a readable stream, and the files that it is made of as they were before.

    Raises:
        ImageError: it cannot be read, or not without guessing.
    """
    files = {path: settled_state(path)}
    stream = StrictFile(path)
    head = stream.read(64 * 1024) if path.stat().st_size else b""
    if head.startswith(b"QFI\xfb"):
        return "qcow2", _qcow2(stream, head), files
    if head.startswith(b"vhdxfile"):
        return "vhdx", _vhdx(stream), files
    if head.startswith((b"KDMV", b"COWD", b"\xbe\xba\xfe\xca", b"# Disk Descriptor")):
        return _vmdk(path, stream, head, files)
    if head.startswith(b"conectix") or _tail(stream, path).startswith(b"conectix"):
        return "vhd", _vhd(stream), files
    if head.startswith(b"LUKS\xba\xbe"):
        raise encrypted("LUKS")
    stream.seek(0)
    return "raw", stream, files


def encrypted(how: str) -> ImageError:
    """The error for what only a key opens."""
    return ImageError(f"it is encrypted with {how}", "make the image before encryption is switched on", "credential")


def _tail(stream: BinaryIO, path: Path) -> bytes:
    size = path.stat().st_size
    if size < 1024:
        return b""
    stream.seek(size - 512)
    return stream.read(512)


def _qcow2(stream: BinaryIO, head: bytes) -> Any:
    from dissect.hypervisor.disk.qcow2 import QCow2  # noqa: PLC0415 - AGPL, loaded only here

    version, backing = struct.unpack_from(">IQ", head, 4)
    (crypt,) = struct.unpack_from(">I", head, 32)
    features = struct.unpack_from(">Q", head, 72)[0] if version >= 3 else 0
    if crypt:
        raise encrypted("QCOW2's own encryption")
    if backing:
        raise ImageError("it holds only the differences from a backing file", FLATTEN)
    if features & _QCOW2_INCOMPATIBLE_DATA_FILE:
        raise ImageError("its data are in another file", FLATTEN)
    if features & _QCOW2_INCOMPATIBLE_CORRUPT:
        raise ImageError("it is marked as corrupt", "repair it: qemu-img check -r all IMAGE")
    return QCow2(stream).open()


def _vhdx(stream: BinaryIO) -> Any:
    from dissect.hypervisor.disk.vhdx import VHDX  # noqa: PLC0415 - AGPL, loaded only here

    stream.seek(0)
    headers = []
    for offset in (64 * 1024, 128 * 1024):
        stream.seek(offset)
        header = stream.read(64)
        if header.startswith(b"head"):
            headers.append((struct.unpack_from("<Q", header, 8)[0], header[48:64]))
    if headers and any(max(headers)[1]):
        raise ImageError(
            "its log was not written back: it was copied while in use", "shut the machine down, copy again"
        )
    stream.seek(0)
    disk = VHDX(_Nameless(stream))
    if disk.has_parent:
        raise ImageError("it holds only the differences from a parent disk", FLATTEN)
    return disk


def _vhd(stream: BinaryIO) -> Any:
    from dissect.hypervisor.disk.vhd import VHD  # noqa: PLC0415 - AGPL, loaded only here

    disk = VHD(stream)
    if disk.disk.footer.disk_type == _VHD_DIFFERENCING:
        raise ImageError("it holds only the differences from a parent disk", FLATTEN)
    return disk


def _vmdk(
    path: Path, stream: BinaryIO, head: bytes, files: dict[Path, FileState]
) -> tuple[str, Any, dict[Path, FileState]]:
    from dissect.hypervisor.disk.vmdk import VMDK, DiskDescriptor  # noqa: PLC0415 - AGPL, loaded only here

    if not head.startswith(b"# Disk Descriptor"):
        if b"parentCID=" in head and b"parentCID=ffffffff" not in head:
            raise ImageError("it holds only the differences from a parent disk", FLATTEN)
        stream.seek(0)
        return "vmdk", VMDK([_Nameless(stream)]), files
    descriptor = DiskDescriptor.parse(head.decode("utf-8", "replace"))
    if descriptor.attr.get("parentCID", "").lower() != "ffffffff":
        raise ImageError("it holds only the differences from a parent disk", FLATTEN)
    extents = [path.with_name(_extent_name(extent)) for extent in descriptor.extents]
    missing = [extent.name for extent in extents if not extent.is_file()]
    if missing or not extents:
        raise ImageError(f"its extent {missing[0] if missing else ''} is not beside it", "copy all files of the disk")
    files |= {extent: settled_state(extent) for extent in extents}
    return "vmdk", VMDK([_Nameless(StrictFile(extent)) for extent in extents]), files


def _extent_name(extent: Any) -> str:
    """The file name of an extent; never a path, which could name any file of this machine."""
    name = str(extent.filename or "").strip('"')
    if extent.type not in _VMDK_EXTENT_TYPES - {"ZERO"} or not name or "/" in name or "\\" in name or name == "..":
        raise ImageError(f"its descriptor names an extent that is not read: {extent.type} {name[:60]}", FLATTEN)
    return name


class _Nameless:
    """A stream without a name, so that a parser cannot look for other files beside it."""

    def __init__(self, stream: BinaryIO) -> None:
        self.read, self.seek, self.tell, self.close = stream.read, stream.seek, stream.tell, stream.close
