"""Images that are broken, cut off, encrypted, nested or made to do harm: a clear error, never a traceback or a verdict."""

import io
import os
import random
import shutil
import struct
import tarfile
import time
from pathlib import Path

import pytest

from baseline.collectors.image.linux.facts import host_facts
from baseline.collectors.image.linux.script import WANTED as LINUX_WANTED
from baseline.collectors.image.linux.script import tell
from baseline.collectors.image.reader.archive import TarTree
from baseline.collectors.image.reader.file_tree import ImageError
from baseline.collectors.image.reader.opening import open_image
from baseline.collectors.image.windows.facts import WANTED, read_windows
from baseline.collectors.image.windows.policy_file import read_policy_file
from baseline.collectors.image.windows.tasks import read_document
from baseline.models.errors import CollectError
from baseline.models.facts.fact import Unknown
from baseline.models.facts.host import HostFacts
from baseline.models.facts.workplace import WorkplaceFacts
from tests.image.collecting import collect, facts_of
from tests.image.images import MIB, convert, make_ext4, make_wim, make_xfs, need, partitioned, run
from tests.image.linux_tree import make_linux

pytestmark = pytest.mark.slow


def failure(image: Path, **given) -> CollectError:
    with pytest.raises(CollectError) as caught:
        collect(image, **given)
    error = caught.value
    assert error.code != "internal", error
    assert "Traceback" not in str(error)
    return error


def sparse(path: Path, size: int, parts: dict[int, bytes]) -> Path:
    with path.open("wb") as stream:
        stream.truncate(size)
        for offset, content in parts.items():
            stream.seek(offset)
            stream.write(content)
    return path


def test_what_is_not_there_or_empty_is_said(tmp_path):
    assert failure(tmp_path / "weg.vhdx").code == "not_saved"
    (tmp_path / "leeg.vhdx").touch()
    assert "is empty" in failure(tmp_path / "leeg.vhdx").message
    (tmp_path / "map").mkdir()
    assert "no Windows was found" in failure(tmp_path / "map").message
    os.mkfifo(tmp_path / "pijp")
    assert "neither a file nor a folder" in failure(tmp_path / "pijp").message


def read_here(image: Path) -> WorkplaceFacts | ImageError:
    """Read in this process, where anything but ImageError would be seen."""
    try:
        return read_windows(open_image(image, "windows", WANTED).tree)[0]
    except ImageError as error:
        return error


@pytest.mark.parametrize("kind", ["raw", "qcow2", "vpc", "vhdx", "vmdk"])
def test_a_disk_that_was_not_copied_whole_is_an_error_or_agrees(kind, windows_disk, tmp_path):
    """Cut off somewhere: either it says so, or what it says is what the whole image says."""
    need("qemu-img")
    whole = windows_disk if kind == "raw" else convert(windows_disk, tmp_path / f"heel.{kind}", kind)
    expected = read_here(windows_disk)
    cut = tmp_path / f"half.{kind}"
    shutil.copy(whole, cut)
    size = cut.stat().st_size
    for share in (0.9, 0.5, 0.1, 0.001):
        os.truncate(cut, int(size * share))
        facts = read_here(cut)
        assert isinstance(facts, ImageError) or isinstance(facts.services, Unknown) or facts == expected


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["raw", "qcow2", "vpc", "vhdx", "vmdk"])
def test_noise_in_a_disk_never_breaks_or_hangs_the_reader(kind, windows_disk, tmp_path):
    need("qemu-img")
    whole = windows_disk if kind == "raw" else convert(windows_disk, tmp_path / f"heel.{kind}", kind)
    content = whole.read_bytes()
    chance = random.Random(20)
    used = [offset for offset in range(0, len(content), 4096) if any(content[offset : offset + 4096])]
    for _ in range(6):
        broken = bytearray(content)
        for _ in range(60):
            place = chance.choice(used) + chance.randrange(4096)
            if place < len(broken):
                broken[place] = chance.randrange(256)
        image = tmp_path / "ruis"
        image.write_bytes(broken)
        started = time.monotonic()
        read_here(image)
        assert time.monotonic() - started < 20


def test_encrypted_volumes_and_images_name_how_they_are_encrypted(tmp_path):
    locked = b"\xeb\x58\x90-FVE-FS-".ljust(510, b"\0") + b"\x55\xaa"
    assert "BitLocker" in failure(sparse(tmp_path / "b.raw", MIB, {0: locked})).message
    assert "LUKS" in failure(sparse(tmp_path / "l.raw", MIB, {0: b"LUKS\xba\xbe\0\x02"})).message
    assert failure(tmp_path / "l.raw").code == "credential"
    head = struct.pack(">4sIQIIQI", b"QFI\xfb", 3, 0, 0, 16, MIB, 1)
    assert "QCOW2" in failure(sparse(tmp_path / "q.qcow2", MIB, {0: head})).message


def test_encrypted_partitions_are_named(windows_disk, tmp_path):
    need("sfdisk")
    locked = sparse(tmp_path / "v", MIB, {0: b"\xeb\x58\x90-FVE-FS-".ljust(510, b"\0") + b"\x55\xaa"})
    assert "partition 1: it is encrypted with BitLocker" in failure(partitioned(locked, to=tmp_path / "d.raw")).message


def test_an_image_within_an_image_asks_for_the_inner_one(windows_disk, tmp_path):
    need("qemu-img", "mkfs.ext4")
    (tmp_path / "inhoud").mkdir()
    inner = convert(windows_disk, tmp_path / "inhoud" / "binnen.qcow2", "qcow2", "-c")
    volume = make_ext4(inner.parent, tmp_path / "buiten.raw")
    error = failure(volume)
    assert "binnen.qcow2" in error.message
    assert "inner image" in error.hint
    twice = partitioned(inner, to=tmp_path / "twee.raw")
    assert "a QCOW2 disk image in another image" in failure(twice).message


def test_what_needs_another_file_is_refused(windows_disk, tmp_path):
    need("qemu-img")
    base = convert(windows_disk, tmp_path / "basis.qcow2", "qcow2")
    run("qemu-img", "create", "-q", "-f", "qcow2", "-b", base, "-F", "qcow2", tmp_path / "laag.qcow2")
    assert "backing file" in failure(tmp_path / "laag.qcow2").message
    descriptor = '# Disk DescriptorFile\nversion=1\nCID=1\nparentCID=ffffffff\ncreateType="monolithicFlat"\nRW 2048 FLAT "{}" 0\n'
    for name in ("/etc/passwd", "../../etc/passwd", "..\\x"):
        (tmp_path / "e.vmdk").write_text(descriptor.format(name))
        assert "is not read" in failure(tmp_path / "e.vmdk").message
    (tmp_path / "e.vmdk").write_text(descriptor.format("weg-flat.vmdk"))
    assert "not beside it" in failure(tmp_path / "e.vmdk").message
    (tmp_path / "e.vmdk").write_text(descriptor.format("x").replace("parentCID=ffffffff", "parentCID=1"))
    assert "parent disk" in failure(tmp_path / "e.vmdk").message


def test_a_file_system_that_was_not_unmounted_is_refused(windows_volume, tmp_path):
    from dissect.ntfs import NTFS
    from dissect.ntfs.c_ntfs import ATTRIBUTE_TYPE_CODE

    dirty = tmp_path / "vuil.ntfs"
    shutil.copy(windows_volume, dirty)
    with dirty.open("rb") as stream:
        information = NTFS(stream).mft.get(3).attributes[ATTRIBUTE_TYPE_CODE.VOLUME_INFORMATION].data()
    content = dirty.read_bytes()
    changed = information[:10] + bytes([information[10] | 1]) + information[11:]
    assert information in content
    dirty.write_bytes(content.replace(information, changed))
    error = failure(dirty)
    assert "not unmounted cleanly" in error.message
    assert "shut the machine down" in error.hint


def test_a_linux_image_is_not_taken_for_windows(tmp_path):
    need("mkfs.ext4")
    (tmp_path / "r" / "etc").mkdir(parents=True)
    (tmp_path / "r" / "etc" / "os-release").write_text("ID=debian\n")
    error = failure(make_ext4(tmp_path / "r", tmp_path / "l.raw"))
    assert "holds Linux" in error.message
    assert error.hint == "set baseline_platform to linux_image"


def test_two_windows_on_one_disk_are_not_guessed_between(windows_volume, tmp_path):
    need("sfdisk")
    assert (
        "more than one Windows" in failure(partitioned(windows_volume, windows_volume, to=tmp_path / "d.raw")).message
    )


def test_an_archive_with_several_images_asks_which(windows_folder, tmp_path):
    need("wimlib-imagex")
    image = make_wim(windows_folder, tmp_path / "i.wim")
    run("wimlib-imagex", "append", windows_folder, image, "Tweede")
    error = failure(image)
    assert "1 Werkplek, 2 Tweede" in error.message
    assert "baseline_image_index" in error.hint
    assert facts_of(image, index=2).system == facts_of(windows_folder).system
    assert "no image 3" in failure(image, index=3).message


def test_a_wim_that_is_cut_off_is_an_error(windows_wim, tmp_path):
    cut = tmp_path / "half.wim"
    cut.write_bytes(windows_wim.read_bytes()[: windows_wim.stat().st_size // 2])
    assert "WIM archive cannot be read" in failure(cut).message


def hives(folder: Path) -> Path:
    return folder / "Windows" / "System32" / "config"


def test_a_hive_that_was_in_use_makes_its_facts_unknown_and_no_others(windows_folder, tmp_path):
    root = shutil.copytree(windows_folder, tmp_path / "c")
    path = hives(root) / "SOFTWARE"
    content = bytearray(path.read_bytes())
    content[4] += 1
    path.write_bytes(content)
    facts = facts_of(root)
    assert "in use when the image was made" in facts.software.reason
    assert "shut Windows down" in facts.defender.real_time_protection.reason
    assert facts.services == facts_of(windows_folder).services
    assert facts.authentication.lan_manager_level == 3


@pytest.mark.parametrize("hive", ["SYSTEM", "SOFTWARE", "SAM"])
def test_a_hive_that_is_cut_off_or_missing_is_unknown(hive, windows_folder, tmp_path):
    root = shutil.copytree(windows_folder, tmp_path / "c")
    path = hives(root) / hive
    read = {
        "SYSTEM": lambda facts: (facts.services, facts.smb.server_signing_required),
        "SOFTWARE": lambda facts: (facts.software, facts.reputation.programs_judged),
        "SAM": lambda facts: (facts.accounts, facts.password_policy.history),
    }[hive]
    path.write_bytes(path.read_bytes()[:6000])
    assert all(isinstance(value, Unknown) and "cut off" in value.reason for value in read(facts_of(root)))
    path.write_bytes(b"regf" * 3000)
    assert all(isinstance(value, Unknown) for value in read(facts_of(root)))
    if hive != "SYSTEM":
        path.unlink()
        assert all(isinstance(value, Unknown) for value in read(facts_of(root)))


def test_noise_in_hives_never_breaks_the_reader(windows_folder, tmp_path):
    chance = random.Random(8)
    root = shutil.copytree(windows_folder, tmp_path / "c")
    originals = {name: (hives(windows_folder) / name).read_bytes() for name in ("SYSTEM", "SOFTWARE", "SAM")}
    for _ in range(25):
        for name, content in originals.items():
            broken = bytearray(content)
            for _ in range(20):
                broken[chance.randrange(4096, len(broken))] = chance.randrange(256)
            (hives(root) / name).write_bytes(broken)
        read_here(root)


def test_links_of_a_folder_lead_nowhere(windows_folder, tmp_path):
    root = shutil.copytree(windows_folder, tmp_path / "c")
    (hives(root) / "SAM").unlink()
    (hives(root) / "SAM").symlink_to("/etc/passwd")
    assert isinstance(facts_of(root).accounts, Unknown)
    shutil.rmtree(root / "Windows" / "System32" / "Tasks")
    (root / "Windows" / "System32" / "Tasks").symlink_to("/etc")
    assert isinstance(facts_of(root).scheduled_tasks, Unknown)


def test_members_of_a_tar_archive_stay_inside(windows_folder, tmp_path):
    path = tmp_path / "boos.tar"
    with tarfile.open(path, "w") as archive:
        archive.add(windows_folder, arcname=".")
        member = tarfile.TarInfo("../../../tmp/ontsnapt")
        archive.addfile(member)
        link = tarfile.TarInfo("Windows/System32/config/SECURITY")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/shadow"
        archive.addfile(link)
    assert facts_of(path).system.build == 26100


def test_a_later_member_of_a_tar_archive_leaves_nothing_of_an_earlier_one(tmp_path):
    path = tmp_path / "twee.tar"
    with tarfile.open(path, "w") as archive:
        archive.add(make_linux(tmp_path / "r"), arcname=".")
        old = tarfile.TarInfo("etc/hostname")
        old.size = 4
        archive.addfile(old, io.BytesIO(b"oud\n"))
        new = tarfile.TarInfo("etc/hostname")
        new.type, new.linkname = tarfile.LNKTYPE, "opt/elsewhere"
        archive.addfile(new)
    tree = TarTree(path, LINUX_WANTED)
    with pytest.raises(ImageError, match="was not kept"):
        tree.read("etc/hostname", 100)
    tree._kept.close()  # what the process that reads an image leaves to its end


def test_a_broken_tar_archive_is_an_error(windows_folder, tmp_path):
    path = tmp_path / "heel.tar.gz"
    with tarfile.open(path, "w:gz") as archive:
        archive.add(windows_folder, arcname=".")
    cut = tmp_path / "half.tar.gz"
    cut.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    assert "archive" in failure(cut).message
    (tmp_path / "los.gz").write_bytes(path.read_bytes()[:12])
    assert "archive" in failure(tmp_path / "los.gz").message


def test_xml_that_grows_is_refused():
    bomb = b'<!DOCTYPE t [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><Task>&b;</Task>'
    with pytest.raises(ImageError, match="entities"):
        read_document(bomb)
    with pytest.raises(ImageError, match="nested too deeply"):
        read_document(b"<a>" * 500)
    with pytest.raises(ImageError, match="damaged"):
        read_document(b"<Task><Settings>")


@pytest.mark.parametrize(
    "content", [b"PReg", b"PReg\x01\0\0\0[\0", b"PReg\x01\0\0\0" + b"[\0a\0\0\0;\0" * 3, b"x" * 40]
)
def test_a_damaged_policy_file_is_refused(content):
    with pytest.raises(ImageError):
        read_policy_file(content)


def test_a_reader_that_needs_too_much_memory_or_time_is_stopped(windows_folder, tmp_path, monkeypatch):
    root = shutil.copytree(windows_folder, tmp_path / "c")
    os.truncate(hives(root) / "SYSTEM", 400 * MIB)
    monkeypatch.setattr("baseline.collectors.image.collector.MAXIMUM_MEMORY_BYTES", 256 * MIB)
    assert "needs too much" in failure(root).message
    started = time.monotonic()
    assert failure(root, seconds=0.01).code == "timeout"
    assert time.monotonic() - started < 5


def told_here(image: Path) -> HostFacts | ImageError:
    """Read a Linux image in this process, where anything but ImageError would be seen."""
    try:
        opened = open_image(image, "linux", LINUX_WANTED)
        return host_facts(tell(opened.tree, "@mark"), "@mark", boots=True)[0]
    except ImageError as error:
        return error


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["ext4", "xfs"])
def test_noise_in_file_systems_of_linux_never_breaks_or_hangs_the_reader(kind, tmp_path):
    need(f"mkfs.{kind}")
    root = make_linux(tmp_path / "r")
    image = make_ext4(root, tmp_path / "i") if kind == "ext4" else make_xfs(root, tmp_path / "i")
    chance = random.Random(3)
    content = image.read_bytes()
    used = [offset for offset in range(0, len(content), 4096) if any(content[offset : offset + 4096])]
    for _ in range(8):
        changes = [chance.choice(used) + chance.randrange(4096) for _ in range(60)]
        with image.open("r+b") as stream:
            for place in changes:
                stream.seek(place)
                stream.write(bytes([chance.randrange(256)]))
        started = time.monotonic()
        told_here(image)
        assert time.monotonic() - started < 20
        with image.open("r+b") as stream:
            for place in changes:
                stream.seek(place)
                stream.write(content[place : place + 1])


def test_links_that_go_in_circles_or_out_of_the_image_are_unknown(tmp_path):
    need("mkfs.ext4")
    root = make_linux(tmp_path / "r")
    (root / "etc/passwd").unlink()
    (root / "etc/passwd").symlink_to("/etc/passwd")
    (root / "etc/issue").unlink()
    (root / "etc/issue").symlink_to("../../../../../../etc/hostname-of-this-machine")
    for image in (root, make_ext4(root, tmp_path / "i")):
        facts = told_here(image)
        assert isinstance(facts.users, Unknown)
        assert facts.banners.issue is None, "the link is followed within the image, where there is no such file"
