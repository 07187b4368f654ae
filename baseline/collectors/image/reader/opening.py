"""Opens whatever an image is: a folder, a TAR or WIM archive, or a disk, and finds the volume with the system on it."""

import tarfile
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from baseline.collectors.image.file_state import FileState, settled_state
from baseline.collectors.image.reader.directory import DirectoryTree
from baseline.collectors.image.reader.file_tree import FileTree, ImageError, Wanted
from baseline.collectors.image.reader.lookup import AnyCase
from baseline.collectors.image.reader.mounting import mounted

if TYPE_CHECKING:
    from baseline.collectors.image.reader.volumes import Volume

_MARKS = {
    "windows": ("Windows/System32/config/SYSTEM",),
    "linux": ("etc/os-release", "usr/lib/os-release"),
}
_INNER_SUFFIXES = (".qcow2", ".vhd", ".vhdx", ".vmdk", ".wim", ".esd")


class Opened(msgspec.Struct, frozen=True, kw_only=True):
    """An image with its system: ``format`` of the container, and the ``files`` that it is made of as they were before."""

    format: str
    files: dict[Path, FileState]
    tree: FileTree
    volume: str = ""
    notes: tuple[str, ...] = ()
    """Volumes that could not be read, which did not matter for finding the system."""


def open_image(path: Path, system: str, wanted: Wanted, index: int | None = None) -> Opened:
    """Open an image that holds ``windows`` or ``linux``.

    Raises:
        ImageError: it cannot be read, or does not hold such a system.
    """
    if not path.exists():
        raise ImageError(f"{path} does not exist", "give the path of the image in baseline_image", "not_saved")
    if path.is_dir():
        return _with_system("directory", {}, DirectoryTree(path), system)
    if not path.is_file():
        raise ImageError(f"{path} is neither a file nor a folder")
    if path.stat().st_size == 0:
        raise ImageError(f"{path} is empty", "it was not copied whole; copy it again")
    files = {path: settled_state(path)}
    with path.open("rb") as stream:
        head = stream.read(512)
    if head.startswith((b"MSWIM\0\0\0", b"WLPWM\0\0\0")):
        from baseline.collectors.image.reader.wim import WimTree  # noqa: PLC0415 - starts programs

        return _with_system("wim", files, WimTree(path, index, wanted), system)
    if _is_tar(path, head):
        from baseline.collectors.image.reader.archive import TarTree  # noqa: PLC0415 - only when used

        return _with_system("tar", files, TarTree(path, wanted), system)
    return _disk(path, system)


def _is_tar(path: Path, head: bytes) -> bool:
    compressed = head.startswith((b"\x1f\x8b", b"BZh", b"\xfd7zXZ\0"))
    if not compressed and head[257:262] != b"ustar":
        return False
    try:
        with tarfile.open(path, "r|*"):
            return True
    except (tarfile.TarError, EOFError, OSError) as error:
        what = "a compressed file, but not a TAR archive" if compressed else "a broken TAR archive"
        raise ImageError(f"{path.name} is {what}", "give the image itself, unpacked") from error


def _with_system(kind: str, files: dict[Path, FileState], tree: FileTree, system: str, volume: str = "") -> Opened:
    opened = Opened(format=kind, files=files, tree=AnyCase(tree) if system == "windows" else tree, volume=volume)
    if not _holds(opened.tree, system):
        raise _no_system(opened.tree, system, kind)
    return opened


def _holds(tree: FileTree, system: str) -> bool:
    return any(tree.entry(mark) is not None for mark in _MARKS[system])


def _no_system(tree: FileTree, system: str, kind: str) -> ImageError:
    inner = [entry.name for entry in tree.entries("") if entry.name.lower().endswith(_INNER_SUFFIXES)]
    if inner:
        return ImageError(f"it holds another image, {inner[0]}", "take the inner image out and give that")
    other = next((name for name in _MARKS if name != system and _holds(AnyCase(tree), name)), None)
    if other is not None:
        return ImageError(f"it holds {other.title()}, not {system.title()}", f"set baseline_platform to {other}_image")
    return ImageError(f"no {system.title()} was found in it ({kind}): {_MARKS[system][0]} does not exist")


def _disk(path: Path, system: str) -> Opened:
    try:
        from baseline.collectors.image.reader.disks import open_disk  # noqa: PLC0415 - AGPL, loaded only here
        from baseline.collectors.image.reader.volumes import volumes_of  # noqa: PLC0415 - AGPL, loaded only here

        kind, disk, files = open_disk(path)
        volumes = volumes_of(disk)
    except ModuleNotFoundError as error:
        raise ImageError(f"disk images need {error.name}", "pip install 'baseline[image]'", "missing_extra") from error
    except (ImageError, MemoryError):
        raise
    except Exception as error:
        raise ImageError(f"the disk image could not be read: {type(error).__name__}: {str(error)[:100]}") from error
    found = [volume for volume in volumes if volume.tree is not None and _holds(_cased(volume.tree, system), system)]
    problems = [volume for volume in volumes if volume.problem is not None]
    if len(found) == 1 and found[0].tree is not None:
        tree = _cased(found[0].tree, system) if system == "windows" else _mounted(found[0].tree, volumes)
        notes = tuple(f"{volume.name}: {volume.problem}" for volume in problems)
        return Opened(format=kind, files=files, tree=tree, volume=found[0].name, notes=notes)
    if found:
        names = ", ".join(volume.name for volume in found)
        raise ImageError(f"it holds more than one {system.title()}: {names}", "give an image with one system")
    raise _nothing(volumes, system, kind)


def _mounted(root: FileTree, volumes: list["Volume"]) -> FileTree:
    """A Linux root with the volumes that it mounts; those that cannot be read are unknown, not empty."""
    by_device: dict[str, FileTree | ImageError] = {}
    for volume in volumes:
        found = volume.tree or volume.problem
        by_device |= dict.fromkeys(volume.devices, found) if found else {}
    return mounted(root, by_device)


def _cased(tree: FileTree, system: str) -> FileTree:
    return AnyCase(tree) if system == "windows" else tree


def _nothing(volumes: list["Volume"], system: str, kind: str) -> ImageError:
    problem = next((volume for volume in volumes if volume.problem is not None), None)
    if problem is not None and problem.problem is not None:
        error = problem.problem
        return ImageError(f"{problem.name}: {error.message}", error.hint, error.code)
    for volume in volumes:
        if volume.tree is not None and volume.tree.kind != "fat":
            return _no_system(volume.tree, system, kind)
    return ImageError(f"no file system that can be read was found in it ({kind})")
