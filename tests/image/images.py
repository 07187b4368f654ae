"""Makes real images of a folder with the tools of their own makers: mkntfs, mkfs.ext4, wimlib, qemu-img."""

import os
import shutil
import struct
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


LVM_EXTENT = 4 * MIB


def make_lvm(path: Path, kind: str = "striped", stripes: int = 1, **volumes: Path) -> Path:
    """A physical volume of LVM2 with these logical volumes, written by hand: making one takes a device mapper."""
    start, extents, described = MIB, 0, []
    for name, volume in volumes.items():
        count = -(-volume.stat().st_size // LVM_EXTENT)
        described.append(
            f'{name} {{\nid = "{name}"\nstatus = ["READ", "WRITE", "VISIBLE"]\nflags = []\nsegment_count = 1\n'
            f'segment1 {{\nstart_extent = 0\nextent_count = {count}\ntype = "{kind}"\nstripe_count = {stripes}\n'
            f'stripes = [\n"pv0", {extents}\n]\n}}\n}}'
        )
        extents += count
    logical = "\n".join(described)
    uuid = "a" * 32
    size = start + extents * LVM_EXTENT
    text = (
        f'vg-0 {{\nid = "vg"\nseqno = 1\nformat = "lvm2"\nstatus = ["RESIZEABLE", "READ", "WRITE"]\nflags = []\n'
        f"extent_size = {LVM_EXTENT // 512}\nmax_lv = 0\nmax_pv = 0\n"
        f'physical_volumes {{\npv0 {{\nid = "{uuid}"\nstatus = ["ALLOCATABLE"]\nflags = []\n'
        f"pe_start = {start // 512}\npe_count = {extents}\n}}\n}}\n"
        f'logical_volumes {{\n{logical}\n}}\n}}\ncontents = "Text Format Volume Group"\nversion = 1\n'
    ).encode() + b"\0"
    label = struct.pack("<8sQII8s", b"LABELONE", 1, 0, 32, b"LVM2 001")
    header = struct.pack("<32sQ", uuid.encode(), size)
    areas = struct.pack("<QQQQ", start, 0, 0, 0) + struct.pack("<QQQQ", 4096, MIB - 4096, 0, 0)
    metadata = struct.pack("<I16sIQQ", 0, b"\x20LVM2\x20x[5A%r0N*>", 1, 4096, MIB - 4096)
    metadata += struct.pack("<QQII", 512, len(text), 0, 0) + bytes(24)
    with path.open("wb") as stream:
        stream.truncate(size)
        for offset, content in ((512, label + header + areas), (4096, metadata), (4096 + 512, text)):
            stream.seek(offset)
            stream.write(content)
        place = start
        for volume in volumes.values():
            stream.seek(place)
            stream.write(volume.read_bytes())
            place += -(-volume.stat().st_size // LVM_EXTENT) * LVM_EXTENT
    return path


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
