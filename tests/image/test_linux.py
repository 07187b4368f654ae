"""Images of Linux hosts: the facts of a host, as far as files show them."""

import asyncio
import shutil
import tarfile

import msgspec
import pytest

from baseline.assess.judge import Judged, judge
from baseline.collectors.host.collector import HostCollector
from baseline.collectors.image.collector import ImageCollector
from baseline.collectors.image.linux.facts import RUNNING
from baseline.collectors.interface import CollectSettings
from baseline.models.errors import CollectError
from baseline.models.facts.fact import Unknown
from baseline.models.target import Connection, Target
from tests.image.images import convert, make_ext4, make_lvm, make_xfs, need, partitioned
from tests.image.linux_tree import make_linux
from tests.shipped import shipped_checks_of

pytestmark = pytest.mark.slow


def collected(image, transport="image"):
    connection = Connection(transport=transport, image=str(image))
    target = Target(name="server", kind="host", platform="linux", connection=connection)
    collector = ImageCollector() if transport == "image" else HostCollector()
    return asyncio.run(collector.collect(target, frozenset(), CollectSettings(timeout_seconds=120)))


def facts_of(image):
    return collected(image).facts


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return make_linux(tmp_path_factory.mktemp("linux") / "root")


@pytest.fixture(scope="module")
def collection(folder):
    return collected(folder)


@pytest.fixture(scope="module")
def facts(collection):
    return collection.facts


def at(document, path):
    found = [document]
    for part in path.split("."):
        found = [item for one in found for item in (one.values() if part == "*" else [one[part]])]
    return found


def test_what_only_a_running_host_shows_is_unknown(facts):
    document = msgspec.to_builtins(facts)
    for path in RUNNING:
        values = at(document, path)
        assert values
        assert all("an image does not run" in value["$unknown"] for value in values), path
    for path in ("listening_sockets", "mounts", "firewall.active", "scheduled_jobs", "file_system.set_id_files"):
        assert all("$unknown" in value for value in at(document, path)), path


def test_files_show_the_distribution_users_and_settings(facts):
    assert (facts.system.distribution, facts.system.container) == ("debian", False)
    users = {user.name: user for user in facts.users}
    assert (users["root"].password_status, users["root"].password_hash_algorithm) == ("locked", "yescrypt")
    assert (users["anna"].password_status, users["anna"].password_hash_algorithm) == ("set", "sha512")
    assert users["anna"].authorized_keys == 1
    assert users["anna"].home_other_readable is True
    assert facts.kernel_parameters["net.ipv4.conf.all.send_redirects"].configured == "1"
    assert facts.kernel_modules["cramfs"].disabled is True
    assert facts.packages.installed_count == 1
    assert facts.services["ssh"].enabled is True
    assert facts.services["cron"].enabled is False
    assert facts.files["/etc/shadow"].mode == "0640"


def test_settings_of_sshd_count_as_sshd_reads_them(facts):
    server = facts.ssh_server
    assert (server.installed, server.permit_root_login, server.password_authentication) == (True, "no", False)
    assert [block.name for block in server.match_blocks] == ["User anna"]
    assert "leaves it to the default" in server.ciphers.reason
    assert isinstance(server.listen_addresses, Unknown)


@pytest.mark.parametrize("form", ["ext4", "qcow2", "xfs", "tar"])
def test_every_form_gives_what_the_folder_gives(form, folder, facts, tmp_path):
    if form == "tar":
        image = tmp_path / "server.tar.gz"
        with tarfile.open(image, "w:gz") as archive:
            archive.add(folder, arcname=".")
    elif form == "xfs":
        need("mkfs.xfs")
        image = make_xfs(folder, tmp_path / "volume")
    else:
        need("mkfs.ext4", "sfdisk", "qemu-img")
        image = partitioned(make_ext4(folder, tmp_path / "volume"), to=tmp_path / "server.raw")
        image = convert(image, tmp_path / "server.qcow2", "qcow2", "-c") if form == "qcow2" else image
    assert sizes_aside(facts_of(image)) == sizes_aside(facts)


def sizes_aside(facts):
    """A folder has another size on every file system; mode and owner do not."""
    return msgspec.structs.replace(
        facts, files={path: msgspec.structs.replace(file, size_bytes=None) for path, file in facts.files.items()}
    )


def test_no_hash_and_no_password_is_in_any_artefact(collection):
    for artefact in collection.artefacts:
        assert b"geheim" not in artefact.content, artefact.name
        assert b"ijklmnop" not in artefact.content, artefact.name
        assert artefact.content.startswith(b"# image root: a folder"), artefact.name


def test_sources_point_at_the_line(collection):
    artefacts = {artefact.name: artefact.content.decode().splitlines() for artefact in collection.artefacts}
    source = collection.sources["users.anna"]
    assert all(artefacts[source.artefact][line - 1].startswith("anna:") for line in source.lines)
    source = collection.sources["ssh_server.permit_root_login"]
    assert [artefacts[source.artefact][line - 1] for line in source.lines] == ["permitrootlogin no"]


def test_checks_of_running_facts_are_errors_and_checks_of_files_are_decided(facts):
    document = msgspec.to_builtins(facts)
    statuses = {}
    judged = Judged(document, {"platform": "linux"}, 1_780_000_000)
    for name, compiled in shipped_checks_of("host").items():
        statuses[name] = {str(verdict.status) for verdict in judge(compiled, judged, compiled.check.params)}
    assert statuses["host-accounts-root-only-uid-0"] == {"pass"}
    assert statuses["host-ssh-root-login-refused"] == {"pass"}
    assert statuses["host-ssh-passwords-refused"] <= {"pass", "error"}
    for check in ("host-firewall-input-closed", "host-time-clock-synchronised", "host-sockets-exposed-expected"):
        assert statuses[check] == {"error"}, check
    assert "pass" not in statuses["host-kernel-network-hardened"]


@pytest.mark.slow
def test_this_machine_read_as_an_image_agrees_with_this_machine_asked(tmp_path):
    """Every fact that the image shows is what the running host says of itself."""
    image = msgspec.to_builtins(facts_of("/"))
    host = msgspec.to_builtins(collected("", "local").facts)
    different: list[str] = []
    known = compare(image, host, "", different)
    assert different == []
    assert known > 200


def compare(image, host, path, different):
    if (isinstance(image, dict) and "$unknown" in image) or (isinstance(host, dict) and "$unknown" in host):
        return 0
    if isinstance(image, dict) and isinstance(host, dict):
        return sum(compare(image[key], host.get(key), f"{path}.{key}", different) for key in image)
    if isinstance(image, list) and image and isinstance(image[0], dict) and "name" in image[0]:
        named = {item["name"]: item for item in host}
        return sum(compare(item, named.get(item["name"]), f"{path}.{item['name']}", different) for item in image)
    if image != host:
        different.append(f"{path}: image {image!r}, host {host!r}"[:300])
    return 1


FSTAB = """# device mount type options
UUID=11111111-2222-3333-4444-555555555555 / ext4 defaults 0 1
UUID=66666666-7777-8888-9999-aaaaaaaaaaaa /boot ext4 defaults 0 2
LABEL=huizen /home ext4 defaults 0 2
tmpfs /tmp tmpfs defaults 0 0
nas:/data /srv nfs noauto 0 0
"""


@pytest.fixture(scope="module")
def split_folder(tmp_path_factory):
    """A root with a kernel and homes on volumes of their own."""
    root = make_linux(tmp_path_factory.mktemp("split") / "root")
    (root / "etc/fstab").write_text(FSTAB)
    parts = {}
    for name in ("boot", "home"):
        parts[name] = (root / name).rename(root.with_name(name))
        (root / name).mkdir()
    return root, parts


def volumes(split_folder, tmp_path, *names):
    need("mkfs.ext4", "sfdisk")
    root, parts = split_folder
    options = {
        "root": (root, "-U", "11111111-2222-3333-4444-555555555555"),
        "boot": (parts["boot"], "-U", "66666666-7777-8888-9999-aaaaaaaaaaaa"),
        "home": (parts["home"], "-L", "huizen"),
    }
    made = [make_ext4(options[name][0], tmp_path / name, 24, *options[name][1:]) for name in names]
    return partitioned(*made, to=tmp_path / "disk.raw")


def test_volumes_are_put_together_as_fstab_mounts_them(split_folder, tmp_path):
    facts = facts_of(volumes(split_folder, tmp_path, "boot", "root", "home"))
    users = {user.name: user for user in facts.users}
    assert (facts.system.container, users["anna"].authorized_keys, users["anna"].home_mode) == (False, 1, "0755")


def test_what_is_mounted_from_elsewhere_is_unknown_and_not_absent(split_folder, tmp_path):
    facts = facts_of(volumes(split_folder, tmp_path, "root"))
    users = {user.name: user for user in facts.users}
    assert isinstance(facts.system.container, Unknown)
    assert isinstance(users["anna"].authorized_keys, Unknown)
    assert isinstance(users["anna"].home_mode, Unknown)
    assert users["root"].home_mode == "0755"
    boot = [file for path, file in facts.files.items() if path.startswith("/boot/")]
    assert boot
    assert all("is not in the image" in file.exists.reason for file in boot)


def test_an_image_without_a_volume_that_everything_needs_is_refused(tmp_path):
    root = make_linux(tmp_path / "root")
    (root / "etc/fstab").write_text("/dev/mapper/vg-var /var xfs defaults 0 0\n")
    need("mkfs.ext4")
    with pytest.raises(CollectError, match="mounted at /var, is not in the image"):
        collected(make_ext4(root, tmp_path / "volume"))


def test_logical_volumes_are_put_together_and_kinds_that_would_be_read_wrongly_are_refused(split_folder, tmp_path):
    need("mkfs.ext4", "sfdisk")
    root, parts = split_folder
    shutil.copytree(root, tmp_path / "r", symlinks=True)
    (tmp_path / "r/etc/fstab").write_text("/dev/mapper/vg--0-root / ext4 0 0\n/dev/vg-0/home /home ext4 0 0\n")
    made = {"root": make_ext4(tmp_path / "r", tmp_path / "a"), "home": make_ext4(parts["home"], tmp_path / "b")}
    disk = partitioned(make_lvm(tmp_path / "pv", **made), to=tmp_path / "disk.raw")
    users = {user.name: user for user in facts_of(disk).users}
    assert users["anna"].authorized_keys == 1
    for kind, stripes in (("striped", 2), ("thin", 1), ("raid1", 1)):
        disk = partitioned(make_lvm(tmp_path / "pv", kind, stripes, **made), to=tmp_path / "disk.raw")
        with pytest.raises(CollectError, match="LVM"):
            collected(disk)
