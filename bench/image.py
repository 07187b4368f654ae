"""``python -m bench.image``: how long a large image takes to read, and how much memory.

Makes a disk of 20 GB (sparse) with one NTFS volume of a Windows and 200,000 files, and the same as QCOW2 (compressed) and
VHDX, which takes minutes and 2 GB of free disk; needs wimtools, ntfs-3g, qemu-utils and hivex. The collector is measured as
a run uses it: its child process, and the SHA-256 of the whole image, the first time and when the digest is kept; beside it
SHA-256 alone of as many zeros in memory, which is the least that the digest takes.
"""

import asyncio
import hashlib
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import click

from baseline.collectors.image.collector import ImageCollector
from baseline.collectors.image.kept_digests import cache_path
from baseline.collectors.interface import CollectSettings
from baseline.models.target import Connection, Target
from bench.machine import machine_line

GIB = 1024**3
FORMS = {"golden.qcow2": ("qcow2", "-c"), "golden.vhdx": ("vhdx",)}
"""Name of a file and what ``qemu-img convert -O`` is told."""


def build(folder: Path, files: int, size: int) -> list[Path]:
    """The image, as it is and in other formats."""
    from tests.image.images import make_wim, run
    from tests.image.windows_tree import make_windows

    root = make_windows(folder / "c")
    for number in range(files):
        place = root / "Windows" / "WinSxS" / f"part{number // 500:04d}"
        if number % 500 == 0:
            place.mkdir(parents=True)
        (place / f"file{number:06d}.dll").write_bytes(b"x" * (number % 900))
    wim = make_wim(root, folder / "all.wim", "--compress=none")
    shutil.rmtree(root)
    volume = folder / "volume"
    with volume.open("wb") as stream:
        stream.truncate(size)
    run("mkntfs", "-F", "-Q", "-q", "-p", "0", volume)
    run("wimlib-imagex", "apply", wim, "1", volume)
    wim.unlink()
    for name, options in FORMS.items():
        run("qemu-img", "convert", "-O", *options, volume, folder / name)
    return [volume, *(folder / name for name in FORMS)]


def measure(image: Path, what: str) -> None:
    """Collect once, and print wall time, CPU time, the largest memory of both processes, and what this one read."""
    connection = Connection(transport="image", image=str(image))
    target = Target(name="image", kind="workplace", platform="windows_image", connection=connection)
    before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    own, read = time.process_time(), _bytes_read()
    asyncio.run(ImageCollector().collect(target, frozenset(), CollectSettings(timeout_seconds=600)))
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    child = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    mine = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    click.echo(
        f"{what}: {time.monotonic() - started:.2f} s wall; child {child:.2f} s CPU, {after.ru_maxrss / 1024:.0f} MB; "
        f"this process {time.process_time() - own:.2f} s CPU, {mine / 1024:.0f} MB, {(_bytes_read() - read) / GIB:.2f} GB read"
    )


def measure_floor(size: int) -> None:
    """SHA-256 of as many bytes, without a file."""
    zeros, digest, started = bytes(1024**2), hashlib.sha256(), time.process_time()
    for _ in range(size // len(zeros)):
        digest.update(zeros)
    click.echo(f"SHA-256 alone of {size / GIB:.2f} GB in memory: {time.process_time() - started:.2f} s CPU")


def _bytes_read() -> int:
    """What this process asked read(2) for so far, from disk or from memory (proc_pid_io(5))."""
    return int(Path("/proc/self/io").read_text().split()[1])


@click.command()
@click.option("--files", default=200_000, show_default=True)
@click.option("--gigabytes", default=20, show_default=True)
@click.option("--image", type=click.Path(exists=True, path_type=Path), help="An image that is there already.")
def main(files: int, gigabytes: int, image: Path | None) -> None:
    """Build the images, unless one is given, and measure."""
    if image is None:
        with tempfile.TemporaryDirectory(prefix="baseline-bench-") as name:
            for made in build(Path(name), files, gigabytes * GIB):
                # In a process of its own, so that the largest memory is not that of what built the image.
                subprocess.run([sys.executable, "-m", "bench.image", "--image", str(made)], check=True)
        return
    click.echo(machine_line())
    size, used = image.stat().st_size, image.stat().st_blocks * 512
    click.echo(f"{image.name}: {size / GIB:.2f} GB, of which {used / GIB:.2f} GB on disk")
    cache_path().unlink(missing_ok=True)
    measure(image, "first time, with the digest")
    measure(image, "again, the digest is kept")
    measure_floor(size)


if __name__ == "__main__":
    main()
