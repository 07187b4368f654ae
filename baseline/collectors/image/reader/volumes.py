"""The volumes of a disk, and the file system on each. Loads dissect (AGPL-3.0): child process only."""

from collections.abc import Iterator
from typing import Any

import msgspec

from baseline.collectors.image.reader.disks import encrypted
from baseline.collectors.image.reader.file_systems import ExtTree, FatTree, NtfsTree, XfsTree
from baseline.collectors.image.reader.file_tree import FileTree, ImageError

MAXIMUM_VOLUMES = 64
_DISKS = ("/dev/sda", "/dev/vda", "/dev/xvda", "/dev/hda", "/dev/nvme0n1p", "/dev/mmcblk0p")
"""How Linux may call the first disk of a machine, before the number of a partition."""
_NESTED = {
    b"QFI\xfb": "a QCOW2 disk image",
    b"vhdxfile": "a VHDX disk image",
    b"conectix": "a VHD disk image",
    b"KDMV": "a VMDK disk image",
    b"MSWIM\0\0\0": "a WIM archive",
}


class Volume(msgspec.Struct, frozen=True):
    """One volume: the file system as a tree, or why there is none.

    ``devices`` are the names by which /etc/fstab may know it.
    """

    name: str
    tree: FileTree | None
    problem: ImageError | None = None
    devices: tuple[str, ...] = ()


def volumes_of(disk: Any) -> list[Volume]:
    """The volumes of a disk with a partition table, or the one volume of a disk without.

    Raises:
        ImageError: the partition table is broken.
    """
    whole = _volume("disk", disk)
    if whole.tree is not None or whole.problem is not None:
        return [whole]
    return [part for name, devices, stream in _parts(disk) for part in _logical(name, devices, stream)]


def _parts(disk: Any) -> Iterator[tuple[str, tuple[str, ...], Any]]:
    from dissect.volume.disk import Disk  # noqa: PLC0415 - AGPL, loaded only here

    try:
        disk.seek(0)
        partitions = Disk(disk, getattr(disk, "sector_size", 512)).partitions
    except ImageError:
        raise
    except Exception as error:  # a parser of hostile input may raise anything
        raise ImageError(
            "no file system and no partition table were found in it", "is it a disk image, and was it copied whole?"
        ) from error
    if len(partitions) > MAXIMUM_VOLUMES:
        raise ImageError(f"it has more than {MAXIMUM_VOLUMES} partitions")
    for partition in partitions:
        number, guid = partition.number, getattr(partition, "guid", None)
        devices = tuple(f"{prefix}{number}" for prefix in _DISKS) + ((f"PARTUUID={guid}",) if guid else ())
        yield f"partition {number}", devices, partition.open()


def _logical(name: str, devices: tuple[str, ...], stream: Any) -> Iterator[Volume]:
    """The volume in a partition; with LVM, its logical volumes."""
    stream.seek(512)
    if not stream.read(8).startswith(b"LABELONE"):
        yield _volume(name, stream, devices)
        return
    from dissect.volume.lvm import LVM2  # noqa: PLC0415 - AGPL, loaded only here

    try:
        group = LVM2(stream).vg
        logical = group.lv[:MAXIMUM_VOLUMES]
    except ImageError as error:
        yield Volume(name, None, error)
        return
    except Exception as error:  # noqa: BLE001 - a parser of hostile input may raise anything
        yield Volume(name, None, ImageError(f"its LVM metadata could not be read: {type(error).__name__}"))
        return
    for volume in logical:
        mapped = f"{group.name.replace('-', '--')}-{volume.name.replace('-', '--')}"
        paths = (f"/dev/{group.name}/{volume.name}", f"/dev/mapper/{mapped}")
        yield _opened(f"{name}, logical volume {volume.name}", volume, paths)


def _opened(name: str, volume: Any, devices: tuple[str, ...]) -> Volume:
    """A logical volume; only one that lies in one piece after the other is read rightly."""
    try:
        kinds = {segment.type for segment in volume.segments}
        if kinds - {"striped", "linear"} or any(segment.stripe_count != 1 for segment in volume.segments):
            problem = ImageError(f"it is an LVM volume of a kind that is not read: {', '.join(sorted(kinds))}")
            return Volume(name, None, problem, devices)
        stream = volume.open()
    except Exception as error:  # noqa: BLE001 - a parser of hostile input may raise anything
        return Volume(name, None, ImageError(f"its LVM volume could not be read: {type(error).__name__}"), devices)
    return _volume(name, stream, devices)


def _volume(name: str, stream: Any, devices: tuple[str, ...] = ()) -> Volume:
    try:
        tree = _tree(stream)
        uuid, label = getattr(tree, "uuid", ""), getattr(tree, "label", "")
        named = (*([f"UUID={uuid}"] if uuid else []), *([f"LABEL={label}"] if label else []))
        by_id = (f"/dev/disk/by-uuid/{uuid}",) if uuid else ()
        return Volume(name, tree, devices=(*devices, *named, *by_id))
    except ImageError as error:
        return Volume(name, None, error, devices)
    except Exception as error:  # noqa: BLE001 - a parser of hostile input may raise anything
        return Volume(name, None, ImageError(f"its file system could not be read: {type(error).__name__}"), devices)


def _tree(stream: Any) -> FileTree | None:
    """The file system of a volume; None when it holds none that is known."""
    stream.seek(0)
    head = stream.read(2048)
    if head[3:11] == b"NTFS    ":
        return NtfsTree(stream)
    if head[3:11] == b"-FVE-FS-":
        raise encrypted("BitLocker")
    if head.startswith(b"LUKS\xba\xbe"):
        raise encrypted("LUKS")
    if head.startswith(b"XFSB"):
        return XfsTree(stream)
    if head[1024 + 56 : 1024 + 58] == b"\x53\xef":
        return ExtTree(stream)
    if head[510:512] == b"\x55\xaa" and head[54:57] + head[82:85] in (b"FAT" + head[82:85], head[54:57] + b"FAT"):
        return FatTree(stream)
    for magic, what in _NESTED.items():
        if head.startswith(magic):
            raise ImageError(f"it holds {what} in another image", "take the inner image out and give that")
    if _is_btrfs(stream):
        raise ImageError("its file system is btrfs, which is not read", "make a tar archive of it and give that")
    return None


def _is_btrfs(stream: Any) -> bool:
    try:
        stream.seek(0x10040)
        return bool(stream.read(8) == b"_BHRfS_M")
    except ImageError:
        return False
