"""The SHA-256 of an image is that of the bytes that the facts were read from, or there is an error."""

import hashlib
import os
import threading
import time
from contextlib import contextmanager

import pytest

from baseline.collectors.image import kept_digests
from baseline.collectors.image.identity import file_digest
from baseline.models.errors import CollectError
from tests.image.collecting import collect, facts_of
from tests.image.images import MIB, convert, need

pytestmark = pytest.mark.slow


def sha256(*files):
    if len(files) == 1:
        return hashlib.sha256(files[0].read_bytes()).hexdigest()
    return hashlib.sha256("".join(f"{sha256(file)}  {file.name}\n" for file in files).encode()).hexdigest()


@contextmanager
def written(file):
    """A program that writes a byte to a file again and again, and sets the time of its last change back."""
    before, done = file.stat(), threading.Event()

    def write():
        with file.open("r+b", buffering=0) as stream:
            while not done.wait(0.002):
                stream.seek(before.st_size - 1)
                stream.write(b"\1")
                os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))

    thread = threading.Thread(target=write)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()


@pytest.fixture
def image(windows_disk, tmp_path):
    image = tmp_path / "kopie.raw"
    image.write_bytes(windows_disk.read_bytes())
    return image


def test_an_image_that_is_written_to_while_it_is_read_is_an_error(image):
    with written(image), pytest.raises(CollectError) as caught:
        collect(image)
    assert "changed while it was read" in caught.value.message
    assert facts_of(image).image.sha256 == sha256(image)


def test_an_image_that_is_replaced_while_it_is_read_is_an_error(image, tmp_path):
    """Even when it was hashed already: by then facts may have been read from the other."""
    other = tmp_path / "other.raw"
    other.write_bytes(image.read_bytes())
    facts_of(image)
    done = threading.Event()

    def swap():
        while not done.wait(0.01):
            image.rename(tmp_path / "spare")
            other.rename(image)
            (tmp_path / "spare").rename(other)

    thread = threading.Thread(target=swap)
    thread.start()
    try:
        with pytest.raises(CollectError):
            collect(image)
    finally:
        done.set()
        thread.join()


def test_a_disk_in_several_files_has_the_digest_of_their_list_and_none_may_change(windows_disk, tmp_path):
    need("qemu-img")
    image = convert(windows_disk, tmp_path / "werkplek.vmdk", "vmdk", "-o", "subformat=monolithicFlat")
    extent = tmp_path / "werkplek-flat.vmdk"
    assert facts_of(image).image.sha256 == sha256(image, extent)
    with written(extent), pytest.raises(CollectError) as caught:
        collect(image)
    assert "werkplek-flat.vmdk changed while it was read" in caught.value.message


def test_a_digest_is_made_once_until_the_image_changes(image, own_cache):
    first = facts_of(image).image.sha256
    kept = own_cache / "baseline" / "image-digests.json"
    assert first in kept.read_text()
    kept.write_text(kept.read_text().replace(first, "0" * 64))
    assert facts_of(image).image.sha256 == "0" * 64
    before = image.stat()
    with image.open("r+b") as stream:
        stream.seek(before.st_size - 1)
        stream.write(b"\1")
    os.utime(image, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert image.stat().st_mtime_ns == before.st_mtime_ns
    assert facts_of(image).image.sha256 == sha256(image) != first


def test_a_kept_digest_that_another_account_could_have_written_does_not_count(image, own_cache):
    kept = own_cache / "baseline" / "image-digests.json"
    digest = file_digest(image).sha256
    assert kept.stat().st_mode & 0o077 == 0
    kept.write_text(kept.read_text().replace(digest, "0" * 64))
    kept.chmod(0o622)
    assert file_digest(image).sha256 == digest


@pytest.mark.parametrize("kind", ["cifs", "fuse.sshfs", "nfs4", "vfat", "new"])
def test_nothing_is_kept_where_others_say_when_a_file_changed(kind, image, own_cache, tmp_path, monkeypatch):
    """The image lies on a mount of this kind, by the list of mounts that the kernel gives."""
    place = str(tmp_path).replace(" ", "\\040")
    mounts = tmp_path / "mountinfo"
    mounts.write_text(
        f"1 0 8:1 / / rw - ext4 /dev/sda1 rw\n2 1 0:40 / {place} rw shared:1 - {kind} //server/share rw\n"
    )
    monkeypatch.setattr(kept_digests, "_MOUNTS", mounts)
    assert file_digest(image).sha256 == sha256(image)
    assert not (own_cache / "baseline" / "image-digests.json").exists()


def test_making_the_digest_ends_when_the_image_could_not_be_read(tmp_path):
    """And does not hold up the answer: this one has 40 GB of zeros."""
    image = tmp_path / "leeg.raw"
    with image.open("wb") as stream:
        stream.truncate(40 * 1024 * MIB)
    started = time.monotonic()
    with pytest.raises(CollectError) as caught:
        collect(image)
    assert "no file system" in caught.value.message
    assert time.monotonic() - started < 8
    deadline = time.monotonic() + 5
    while any(thread.name == "image-digest" for thread in threading.enumerate()) and time.monotonic() < deadline:
        time.sleep(0.01)
    assert not any(thread.name == "image-digest" for thread in threading.enumerate())


@pytest.mark.parametrize(
    "parts",
    [{}, {0: b"a"}, {3 * MIB: b"b" * 5000}, {0: b"c" * MIB, 7 * MIB - 1: b"d"}, {4096: b"e" * 2 * MIB}],
    ids=lambda parts: str(sorted(parts)),
)
@pytest.mark.parametrize("size", [7 * MIB, 7 * MIB + 1])
def test_holes_of_a_sparse_image_count_as_zeros(parts, size, tmp_path):
    image = tmp_path / "gaten.raw"
    with image.open("wb") as stream:
        stream.truncate(size)
        for offset, content in parts.items():
            stream.seek(offset)
            stream.write(content)
    assert file_digest(image).sha256 == hashlib.sha256(image.read_bytes()).hexdigest()
