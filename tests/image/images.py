"""Makes real images of a folder with the tools of their own makers: mkntfs, mkfs.ext4, wimlib, qemu-img."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

PACKAGES = {
    "hivexregedit": "libwin-hivex-perl libhivex-bin",
    "mkntfs": "ntfs-3g",
    "wimlib-imagex": "wimtools",
    "qemu-img": "qemu-utils",
    "mkfs.ext4": "e2fsprogs",
    "mkfs.xfs": "xfsprogs",
    "mkfs.vfat": "dosfstools",
    "sfdisk": "fdisk",
}
SEARCH = os.pathsep.join((os.environ.get("PATH", ""), "/usr/sbin", "/sbin"))
MIB = 1024**2


def need(*programs: str) -> None:
    """Skip the test, with the reason, where a program is not installed."""
    for program in programs:
        if shutil.which(program, path=SEARCH) is None:
            pytest.skip(f"{program} is not here: apt-get install {PACKAGES[program]}")
    pytest.importorskip("dissect.regf", reason="the readers are not here: pip install 'baseline[image]'")


def run(*arguments: object) -> str:
    """Run a tool; the test fails with what it said."""
    words = [str(argument) for argument in arguments]
    done = subprocess.run(words, capture_output=True, text=True, check=False, env={**os.environ, "PATH": SEARCH})
    assert done.returncode == 0, f"{words[0]}: {done.stdout[-500:]}{done.stderr[-500:]}"
    return done.stdout


def make_wim(folder: Path, wim: Path, *options: str) -> Path:
    """A WIM archive of a folder."""
    run("wimlib-imagex", "capture", folder, wim, "Werkplek", *options)
    return wim


def make_ntfs(wim: Path, path: Path, mebibytes: int = 24) -> Path:
    """An NTFS file system with what a WIM archive holds; wimlib writes it without mounting."""
    with path.open("wb") as stream:
        stream.truncate(mebibytes * MIB)
    run("mkntfs", "-F", "-Q", "-q", "-p", "0", path)
    run("wimlib-imagex", "apply", wim, "1", path)
    return path


def make_ext4(folder: Path, path: Path, mebibytes: int = 24, *options: str) -> Path:
    """An ext4 file system with what a folder holds."""
    run("mkfs.ext4", "-q", "-F", *options, "-d", folder, path, f"{mebibytes}M")
    return path


def make_xfs(folder: Path, path: Path) -> Path:
    """An XFS file system with what a folder holds, by the description that mkfs.xfs takes (its option -p)."""
    with path.open("wb") as stream:
        stream.truncate(320 * MIB)
    description = path.with_name("description")
    description.write_text("\n".join(["/", "0 0", "d--755 0 0", *_described(folder), "$", ""]))
    run("mkfs.xfs", "-q", "-f", "-p", description, path)
    return path


def _described(folder: Path) -> list[str]:
    lines: list[str] = []
    for path in sorted(folder.iterdir()):
        status = path.lstat()
        rights = f"--{status.st_mode & 0o777:03o} {status.st_uid} {status.st_gid}"
        if path.is_symlink():
            lines.append(f"{path.name} l{rights} {path.readlink()}")
        elif path.is_dir():
            lines += [f"{path.name} d{rights}", *_described(path), "$"]
        else:
            lines.append(f"{path.name} -{rights} {path}")
    return lines


def make_fat(path: Path) -> Path:
    """An empty FAT file system, as firmware starts from."""
    with path.open("wb") as stream:
        stream.truncate(8 * MIB)
    run("mkfs.vfat", path)
    return path


def partitioned(*volumes: Path, to: Path) -> Path:
    """A disk with a GPT partition table and these volumes, each in a partition."""
    script, starts, start = ["label: gpt"], [], 2048
    for volume in volumes:
        sectors = volume.stat().st_size // 512
        script.append(f"start={start}, size={sectors}")
        starts.append(start)
        start += sectors + -sectors % 2048
    with to.open("wb") as disk:
        disk.truncate((start + 2048) * 512)
    subprocess.run(
        ["sfdisk", "-q", to], input="\n".join(script), text=True, check=True, env={**os.environ, "PATH": SEARCH}
    )
    with to.open("r+b") as disk:
        for volume, first in zip(volumes, starts, strict=True):
            disk.seek(first * 512)
            disk.write(volume.read_bytes())
    return to


def convert(image: Path, to: Path, kind: str, *options: str) -> Path:
    """The same disk in another format."""
    run("qemu-img", "convert", "-O", kind, *options, image, to)
    return to
