"""``python -m bench.image``: how long a large image takes to read, and how much memory.

Makes a disk of 20 GB (sparse) with one NTFS volume of a Windows and 200,000 files, which takes minutes and 2 GB of free
disk; needs wimtools, ntfs-3g, fdisk and hivex. The collector is measured as a run uses it: its child process, and the
SHA-256 of the whole image, the first time and when the digest is kept.
"""

import asyncio
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import click

from baseline.collectors.image.collector import ImageCollector
from baseline.collectors.image.identity import cache_path
from baseline.collectors.interface import CollectSettings
from baseline.models.target import Connection, Target
from bench.machine import machine_line

GIB = 1024**3


def build(folder: Path, files: int, size: int) -> Path:
    """The image."""
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
    return volume


def measure(image: Path, what: str) -> None:
    """Collect once, and print wall time, CPU time and the largest memory of the child so far."""
    connection = Connection(transport="image", image=str(image))
    target = Target(name="image", kind="workplace", platform="windows_image", connection=connection)
    before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    own = time.process_time()
    asyncio.run(ImageCollector().collect(target, frozenset(), CollectSettings(timeout_seconds=600)))
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    child = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    click.echo(
        f"{what}: {time.monotonic() - started:.2f} s wall; child {child:.2f} s CPU, {after.ru_maxrss / 1024:.0f} MB; "
        f"this process {time.process_time() - own:.2f} s CPU"
    )


@click.command()
@click.option("--files", default=200_000, show_default=True)
@click.option("--gigabytes", default=20, show_default=True)
@click.option("--image", type=click.Path(exists=True, path_type=Path), help="An image that is there already.")
def main(files: int, gigabytes: int, image: Path | None) -> None:
    """Build the image, unless one is given, and measure."""
    if image is None:
        with tempfile.TemporaryDirectory(prefix="baseline-bench-") as name:
            made = build(Path(name), files, gigabytes * GIB)
            # In a process of its own, so that the largest memory is not that of what built the image.
            subprocess.run([sys.executable, "-m", "bench.image", "--image", str(made)], check=True)
        return
    click.echo(machine_line())
    click.echo(f"{image.stat().st_size / GIB:.0f} GB, of which {image.stat().st_blocks * 512 / GIB:.2f} GB on disk")
    cache_path().unlink(missing_ok=True)
    measure(image, "first time, with the digest")
    measure(image, "again, the digest is kept")


if __name__ == "__main__":
    main()
