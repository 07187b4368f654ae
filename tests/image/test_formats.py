"""The same Windows in every format gives the same facts."""

import hashlib
import tarfile

import msgspec
import pytest

from baseline.models.facts.workplace_system import WorkplaceImage
from tests.image.collecting import collect, facts_of
from tests.image.images import convert, make_fat, make_wim, need, partitioned

pytestmark = pytest.mark.slow

DISKS = {
    "qcow2": ("qcow2",),
    "qcow2 compressed": ("qcow2", "-c"),
    "vhd": ("vpc",),
    "vhdx": ("vhdx",),
    "vmdk": ("vmdk",),
    "vmdk compressed": ("vmdk", "-o", "subformat=streamOptimized"),
    "vmdk flat": ("vmdk", "-o", "subformat=monolithicFlat"),
}


def without_image(facts):
    return msgspec.structs.replace(facts, image=WorkplaceImage())


@pytest.fixture(scope="session")
def expected(windows_folder):
    return without_image(facts_of(windows_folder))


def test_a_disk_with_partitions_and_a_bare_volume_give_what_the_folder_gives(windows_disk, windows_volume, expected):
    disk, volume = facts_of(windows_disk), facts_of(windows_volume)
    assert without_image(disk) == without_image(volume) == expected
    assert (disk.image.format, disk.image.file_system, disk.image.volume) == ("raw", "ntfs", "partition 1")
    assert disk.image.sha256 == hashlib.sha256(windows_disk.read_bytes()).hexdigest()


def test_the_partition_of_the_firmware_is_passed_over(windows_volume, tmp_path, expected):
    need("mkfs.vfat", "sfdisk")
    facts = facts_of(partitioned(make_fat(tmp_path / "efi"), windows_volume, to=tmp_path / "disk.raw"))
    assert without_image(facts) == expected
    assert facts.image.volume == "partition 2"


@pytest.mark.parametrize("name", DISKS)
def test_every_disk_format_gives_what_the_folder_gives(name, windows_disk, tmp_path, expected):
    need("qemu-img")
    kind, *options = DISKS[name]
    image = convert(windows_disk, tmp_path / f"werkplek.{kind}", kind, *options)
    facts = facts_of(image)
    assert without_image(facts) == expected
    assert facts.image.format == {"vpc": "vhd"}.get(kind, kind)


@pytest.mark.parametrize("options", [("--compress=LZX",), ("--compress=XPRESS",), ("--solid",)], ids=str)
def test_wim_and_esd_archives_give_what_the_folder_gives(options, windows_folder, tmp_path, expected):
    need("wimlib-imagex")
    image = make_wim(windows_folder, tmp_path / "install.esd", *options)
    assert without_image(facts_of(image)) == expected


@pytest.mark.parametrize("suffix", ["", ":gz", ":xz"])
def test_a_tar_archive_gives_what_the_folder_gives(suffix, windows_folder, tmp_path, expected):
    path = tmp_path / "werkplek.tar"
    with tarfile.open(path, f"w{suffix}") as archive:
        archive.add(windows_folder, arcname=".")
    assert without_image(facts_of(path)) == expected


def test_every_artefact_names_the_image_and_every_fact_its_line(windows_disk):
    collection = collect(windows_disk)
    digest = hashlib.sha256(windows_disk.read_bytes()).hexdigest()
    artefacts = {artefact.name: artefact.content.decode().splitlines() for artefact in collection.artefacts}
    assert all(lines[0] == f"# image {windows_disk.name}: sha256 {digest}" for lines in artefacts.values())
    source = collection.sources["smb.guest_logon"]
    assert artefacts[source.artefact][source.lines[0] - 1].startswith("smb.guest_logon = ")
    source = collection.sources["services.Spooler"]
    assert artefacts[source.artefact][source.lines[0] - 1].startswith("Spooler: ")
