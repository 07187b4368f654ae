"""Puts the volumes of a Linux image together as /etc/fstab mounts them.

What lies under a mount point whose volume is not in the image cannot be read: it is not taken for absent.
"""

from collections.abc import Iterable, Mapping

import msgspec

from baseline.collectors.image.reader.file_tree import Entry, FileTree, ImageError

FSTAB = "etc/fstab"
MAXIMUM_BYTES = 256 * 1024
ELSEWHERE = frozenset({"swap", "tmpfs", "proc", "sysfs", "devpts", "none", "ignore", "cgroup", "cgroup2", "debugfs"})
"""Types that bring no files of the image."""
NEEDED = ("etc", "usr", "var")
"""Mount points without which too little is seen to tell what is absent."""


class MountedTree:
    """Several volumes as one tree of files. Implements FileTree."""

    def __init__(self, root: FileTree, mounts: Mapping[str, FileTree | ImageError]) -> None:
        self._root, self.kind = root, root.kind
        self._mounts = sorted(mounts.items(), key=lambda mount: -len(mount[0]))

    def entry(self, path: str) -> Entry | None:
        """See FileTree. A mount point has the owner and mode of what is mounted there."""
        tree, inside = self._place(path)
        found = tree.entry(inside)
        return found if found is None or inside else msgspec.structs.replace(found, name=path.rpartition("/")[2])

    def entries(self, path: str) -> list[Entry]:
        """See FileTree."""
        tree, inside = self._place(path)
        return tree.entries(inside)

    def read(self, path: str, maximum_bytes: int) -> bytes:
        """See FileTree."""
        tree, inside = self._place(path)
        return tree.read(inside, maximum_bytes)

    def _place(self, path: str) -> tuple[FileTree, str]:
        clean = "/".join(part for part in path.split("/") if part)
        for point, tree in self._mounts:
            if clean == point or clean.startswith(point + "/"):
                if isinstance(tree, ImageError):
                    raise tree
                return tree, clean[len(point) + 1 :]
        return self._root, clean


def mounted(root: FileTree, volumes: Mapping[str, FileTree | ImageError]) -> FileTree:
    """The root with the other volumes at their places. ``volumes`` maps each name that fstab may use to its volume.

    Raises:
        ImageError: fstab cannot be read, or a volume is not in the image without which nothing can be told.
    """
    if root.entry(FSTAB) is None:
        return root
    lines = root.read(FSTAB, MAXIMUM_BYTES).decode("utf-8", "replace").split("\n")
    mounts = dict(_mounts(lines, volumes))
    for point in NEEDED:
        if isinstance(missing := mounts.get(point), ImageError):
            raise ImageError(missing.message, "make an image of every volume that the system needs")
    return MountedTree(root, mounts) if mounts else root


def _mounts(
    lines: Iterable[str], volumes: Mapping[str, FileTree | ImageError]
) -> Iterable[tuple[str, FileTree | ImageError]]:
    known = {name.casefold(): tree for name, tree in volumes.items()}
    for line in lines:
        fields = line.split()
        if len(fields) < 3 or fields[0].startswith("#") or fields[2] in ELSEWHERE:
            continue
        options = fields[3].split(",") if len(fields) > 3 else []
        point = fields[1].strip("/").replace("\\040", " ")
        if not point or "noauto" in options or "bind" in options:
            continue
        device = fields[0].replace('"', "")
        yield point, known.get(device.casefold()) or ImageError(f"{device}, mounted at /{point}, is not in the image")
