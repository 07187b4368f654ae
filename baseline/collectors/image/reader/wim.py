"""A WIM or ESD archive as a tree of files: wimlib's program takes out what is wanted, all at once.

dissect cannot read LZX, which Windows' own WIM files use; solid ESD archives are quick only when read in one go.
"""

import os
import re
import shutil
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec

from baseline.collectors.image.reader.directory import DirectoryTree
from baseline.collectors.image.reader.file_tree import ImageError, Wanted

PROGRAM = "wimlib-imagex"
INSTALL = "install wimlib's program: apt-get install wimtools, or dnf install wimlib-utils"
_ENVIRONMENT = {"WIMLIB_IMAGEX_IGNORE_CASE": "1", "LC_ALL": "C.UTF-8", "PATH": os.defpath}


class WimImage(msgspec.Struct, frozen=True):
    """One of the images that a WIM archive holds. ``index`` is 1-based."""

    index: int
    name: str


class WimTree(DirectoryTree):
    """One image of a WIM archive: of its files, only the wanted ones. Implements FileTree."""

    def __init__(self, path: Path, index: int | None, wanted: Wanted) -> None:
        chosen = choose(images_of(path), index)
        self._folder = TemporaryDirectory(prefix="baseline-wim-")
        names = Path(self._folder.name) / "wanted"
        names.write_text("".join(f"/{pattern}\n" for pattern in wanted.patterns), "utf-8")
        root = Path(self._folder.name) / "files"
        root.mkdir()
        options = ("--nullglob", "--preserve-dir-structure", "--no-acls", "--no-attributes", f"--dest-dir={root}")
        _run("extract", str(path), str(chosen.index), f"@{names}", *options)
        super().__init__(root, "wim")
        self.chosen = chosen


def images_of(path: Path) -> list[WimImage]:
    """The images in an archive.

    Raises:
        ImageError: the archive is broken, or the program is not there.
    """
    said = _run("info", str(path))
    found = re.findall(r"^Index:\s+(\d+)\nName:\s+(.*)$", said, re.MULTILINE)
    return [WimImage(int(index), name.strip()) for index, name in found]


def choose(images: list[WimImage], index: int | None) -> WimImage:
    """The image with this number; without one, the only image.

    Raises:
        ImageError: there is no such image, or it is not clear which is meant.
    """
    listing = ", ".join(f"{image.index} {image.name}" for image in images[:30])
    if index is None and len(images) == 1:
        return images[0]
    if index is None:
        raise ImageError(
            f"the archive holds {len(images)} images: {listing}", "set baseline_image_index to one of them"
        )
    found = next((image for image in images if image.index == index), None)
    if found is None:
        raise ImageError(
            f"the archive holds no image {index}, only: {listing}", "set baseline_image_index to one of them"
        )
    return found


def _run(*arguments: str) -> str:
    if shutil.which(PROGRAM) is None:
        raise ImageError(f"{PROGRAM} is not installed", INSTALL, "missing_extra")
    done = subprocess.run([PROGRAM, *arguments], capture_output=True, check=False, env=_ENVIRONMENT)
    if done.returncode:
        lines = [line for line in done.stderr.decode("utf-8", "replace").splitlines() if "ERROR" in line]
        raise ImageError(f"the WIM archive cannot be read: {(lines or ['no reason given'])[0].strip()[:160]}")
    return done.stdout.decode("utf-8", "replace")
