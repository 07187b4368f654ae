"""This machine, asked without SSH: facts must equal what its own programs print."""

import asyncio
import os
import re
import shutil
import socket
import subprocess
from pathlib import Path

import msgspec
import pytest

from baseline.collectors.host.collector import HostCollector
from baseline.collectors.interface import CollectSettings
from baseline.models.errors import CollectError
from baseline.models.facts.fact import NOT_COLLECTED, Unknown
from baseline.models.facts.host_names import FILES, KERNEL_MODULES, KERNEL_PARAMETERS, PACKAGES
from tests.host.conftest import collect_here, local_target, needs_root

pytestmark = [pytest.mark.usefixtures("steady_machine"), pytest.mark.slow]


def printed(*command: str) -> str:
    if not shutil.which(command[0]):
        pytest.skip(f"needs {command[0]}")
    return subprocess.run(command, capture_output=True, text=True, check=False, env=os.environ | {"LC_ALL": "C"}).stdout


def test_kernel_parameters_agree_with_sysctl(here):
    lines = (line.partition(" = ") for line in printed("sysctl", "-a").splitlines())
    expected = {name: " ".join(value.split()) for name, _, value in lines}
    assert set(here.facts.kernel_parameters) == set(KERNEL_PARAMETERS)
    for name, parameter in here.facts.kernel_parameters.items():
        assert parameter.running == expected.get(name), name


@needs_root
def test_the_ssh_server_agrees_with_sshd(here):
    lines = [line.partition(" ") for line in printed("sshd", "-T").splitlines()]
    expected = {keyword: value for keyword, _, value in lines}
    server = here.facts.ssh_server
    assert server.ciphers == expected["ciphers"].split(",")
    assert server.key_exchange == expected["kexalgorithms"].split(",")
    assert server.max_auth_tries == int(expected["maxauthtries"])
    assert server.password_authentication == (expected["passwordauthentication"] == "yes")
    assert server.permit_root_login.replace("prohibit", "without") == expected["permitrootlogin"].replace(
        "prohibit", "without"
    )
    assert [key.name for key in server.host_keys] == [value for keyword, _, value in lines if keyword == "hostkey"]
    for key in server.host_keys:
        bits, *_, kind = printed("ssh-keygen", "-lf", f"{key.name}.pub").split()
        assert (key.bits, f"({key.type})") == (int(bits), kind)
    unknown = [name for name in server.__struct_fields__ if isinstance(getattr(server, name), Unknown)]
    assert unknown == []


def test_listening_sockets_agree_with_ss():
    with (
        socket.create_server(("127.0.0.1", 0)) as server,
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as datagrams,
    ):
        datagrams.bind(("127.0.0.2", 0))
        found = {item.name: item for item in collect_here("listening_sockets").facts.listening_sockets}
        listed = [line.split() for line in printed("ss", "-H", "-lntu").splitlines()]
        ours = found[f"tcp/127.0.0.1/{server.getsockname()[1]}"]
        assert not ours.exposed
        assert not found[f"udp/127.0.0.2/{datagrams.getsockname()[1]}"].exposed
    expected = {
        f"{words[0]}/{words[4].rpartition(':')[0].strip('[]')}/{words[4].rpartition(':')[2]}" for words in listed
    }
    assert {name for name, item in found.items() if item.exposed} <= expected
    if os.geteuid() == 0:
        assert ours.process == Path("/proc/self/comm").read_text().strip()


@needs_root
def test_accounts_agree_with_getent_and_hold_no_hash(here):
    rows = [line.split(":") for line in Path("/etc/passwd").read_text().splitlines()]
    assert [(user.name, user.uid, user.shell) for user in here.facts.users] == [
        (row[0], int(row[2]), row[6]) for row in rows
    ]
    for user in here.facts.users:
        status = printed("passwd", "-S", user.name).split()[1]
        expected = {"P": {"set"}, "NP": {"empty"}, "L": {"locked", "disabled"}}[status]
        assert user.password_status in expected | ({"disabled"} if status == "P" else set()), user.name


@needs_root
def test_files_agree_with_the_file_system(here):
    assert set(here.facts.files) == set(FILES)
    for path, file in here.facts.files.items():
        assert file.exists == Path(path).exists(), path
        if file.exists:
            status = Path(path).stat()
            assert file.mode == f"{status.st_mode & 0o7777:04o}"
            assert file.owner == Path(path).owner()
            assert file.other_writable == bool(status.st_mode & 0o002)


def test_mounts_agree_with_findmnt(here):
    expected = {line.split()[0] for line in printed("findmnt", "-rno", "TARGET").splitlines()}
    assert {mount.name for mount in here.facts.mounts} <= {name.replace("\\x20", " ") for name in expected}
    root = next(mount for mount in here.facts.mounts if mount.name == "/")
    assert root.type == printed("findmnt", "-no", "FSTYPE", "/").strip()


def test_packages_agree_with_dpkg(here):
    names = printed("dpkg-query", "-W", "-f", "${db:Status-Abbrev} ${Package}\\n").splitlines()
    installed = {line.split()[1] for line in names if line[1:2] == "i"}
    assert here.facts.packages.installed_count == len([line for line in names if line[1:2] == "i"])
    for name, package in here.facts.packages.known.items():
        assert package.installed == bool(installed & set(PACKAGES[name])), name


def test_pending_updates_agree_with_apt(here):
    if isinstance(here.facts.packages.pending_updates, Unknown):
        pytest.skip(here.facts.packages.pending_updates.reason)
    listed = printed("apt", "list", "--upgradable").splitlines()
    pending = {line.partition("/")[0] for line in listed if "upgradable from" in line}
    security = {line.partition("/")[0] for line in listed if "security" in line.partition(" ")[0]}
    assert here.facts.packages.pending_updates == len(pending)
    assert here.facts.packages.pending_security_updates >= len(security)


def test_every_kernel_module_is_answered_for(here):
    assert set(here.facts.kernel_modules) == set(KERNEL_MODULES)
    loaded = {name for name in KERNEL_MODULES if Path("/sys/module", name.replace("-", "_")).is_dir()}
    assert loaded <= {name for name, module in here.facts.kernel_modules.items() if module.loaded}


def test_an_unchanged_host_gives_equal_facts():
    first, second = (
        collect_here("system", "files", "users", "packages", "sudo", "mounts", "ssh_server") for _ in range(2)
    )
    assert first.facts.packages == second.facts.packages
    assert first.facts.system == second.facts.system
    assert first.facts.ssh_server.ciphers == second.facts.ssh_server.ciphers
    assert first.facts.users == second.facts.users


def test_needs_decide_what_is_known():
    collection = collect_here("mounts")
    assert collection.facts.mounts
    assert collection.facts.users is NOT_COLLECTED
    assert collection.facts.system.kernel is NOT_COLLECTED
    assert collection.facts.system.privileged == (os.geteuid() == 0)
    assert [artefact.name for artefact in collection.artefacts] == ["mounts"]
    assert collection.round_trips == 1


def test_sources_point_at_the_lines_that_decided(here):
    texts = {artefact.name: artefact.content.decode().split("\n") for artefact in here.artefacts}
    source = here.sources["kernel_parameters.net.ipv4.ip_forward"]
    assert texts[source.artefact][source.lines[0] - 1].startswith("net/ipv4/ip_forward:")
    source = here.sources["users.root"]
    assert texts[source.artefact][source.lines[0] - 1][:5] == "root:"
    for path, found in here.sources.items():
        assert all(0 < line <= len(texts[found.artefact]) for line in found.lines), path


@needs_root
def test_no_secret_of_this_machine_is_in_any_artefact_or_fact(here):
    everything = b"".join(artefact.content for artefact in here.artefacts) + msgspec.json.encode(here.facts)
    hashes = [line.split(":")[1] for line in Path("/etc/shadow").read_text().splitlines()]
    assert not any(field.encode() in everything for field in hashes if len(field) > 5)
    assert not re.search(rb"\$[0-9a-z]+\$[./A-Za-z0-9]{8,}", everything)
    for key in Path("/etc/ssh").glob("ssh_host_*_key"):
        assert key.read_bytes().split(b"\n")[1] not in everything


async def _refused(target, settings) -> CollectError:
    with pytest.raises(CollectError) as caught:
        await HostCollector().collect(target, frozenset({"mounts"}), settings)
    return caught.value


def test_bounds_of_time_and_size_hold():
    assert asyncio.run(_refused(local_target(), CollectSettings(timeout_seconds=0.001))).code == "timeout"
    assert asyncio.run(_refused(local_target(), CollectSettings(maximum_output_bytes=10))).code == "too_much_output"


def test_a_transport_for_other_things_is_refused():
    target = msgspec.structs.replace(
        local_target(), connection=msgspec.structs.replace(local_target().connection, transport="netmiko")
    )
    assert asyncio.run(_refused(target, CollectSettings())).code == "not_allowed"


@needs_root
def test_set_id_programs_of_packages_are_recognised(here):
    outside = here.facts.file_system.set_id_files_outside_packages
    if isinstance(outside, Unknown):
        pytest.skip(outside.reason)
    assert [path for path in outside if printed("dpkg", "-S", path)] == []
    assert set(outside) < set(here.facts.file_system.set_id_files)
