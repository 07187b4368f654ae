"""The facts of one device from its saved files."""

import asyncio
import subprocess
import sys
from datetime import UTC, datetime

import pytest

from baseline.collectors.files.collector import ARTEFACT, FilesCollector
from baseline.collectors.files.folder import find_devices
from baseline.collectors.files.targets import NOT_NETWORK, targets_in, with_saved_files
from baseline.collectors.interface import CollectSettings
from baseline.models.errors import CollectError
from baseline.models.facts.fact import Unknown
from baseline.models.target import Connection, Target
from tests.offline.conftest import SAVED_AT


def target_of(saved, name="sw-01", platform=None):
    targets = targets_in(find_devices(saved.root), saved.root, platform)
    return next(target for target in targets if target.name == name)


def collect(target, needs=(), **settings):
    return asyncio.run(FilesCollector().collect(target, frozenset(needs), CollectSettings(**settings)))


def test_a_configuration_and_outputs_give_the_facts_that_asking_gives(saved, switch, answer):
    device = switch()
    saved.write("sw-01.cfg", device.configuration)
    for command in ("show version", "show ip ssh"):
        saved.write(f"sw-01/{command.replace(' ', '_')}.txt", answer(device, command))
    facts = collect(target_of(saved)).facts
    assert (facts.software.version, facts.management.ssh.version) == ("17.12.04", 2)
    assert facts.device.hostname == "sw-01"


def test_facts_whose_command_is_not_saved_say_so(saved, switch):
    saved.write("sw-01", switch().configuration)
    facts = collect(target_of(saved)).facts
    assert facts.software.version == Unknown("`show version` is not among the saved files of sw-01")
    assert facts.certificates == Unknown("`show crypto pki certificates` is not among the saved files of sw-01")
    assert facts.clock.servers[0].reachable == Unknown("`show ntp associations` is not among the saved files of sw-01")


def test_the_moment_of_measuring_is_that_of_the_oldest_file_and_is_kept(saved, switch, answer):
    device = switch()
    saved.write("sw-01.cfg", device.configuration, SAVED_AT + 86_400)
    saved.write("sw-01/show_version.txt", answer(device, "show version"), SAVED_AT)
    collection = collect(target_of(saved))
    assert collection.collected_at == datetime.fromtimestamp(SAVED_AT, UTC)
    listed = {artefact.name: artefact.content.decode() for artefact in collection.artefacts}
    assert "sw-01/show_version.txt: show version, modified 2025-11-13T02:13:20+00:00" in listed[ARTEFACT]
    assert set(listed) == {"show running-config", "show version", ARTEFACT}


def test_no_secret_reaches_the_artefacts(saved):
    saved.write("sw-01", "version 17.12\nhostname sw-01\nusername a secret 5 $1$abcd$012345678901234567890.\nend\n")
    (configuration, _) = collect(target_of(saved)).artefacts
    assert b"$1$" not in configuration.content
    assert b"username a secret 5 <redacted>" in configuration.content


def test_what_a_terminal_put_around_an_answer_is_left_out(saved, switch, answer):
    text = answer(switch(), "show version")
    saved.write("sw-01/show_version.txt", f"sw-01#show version\n{text}\nsw-01#\n")
    assert collect(target_of(saved, platform="cisco_ios")).facts.software.version == "17.12.04"


def test_a_cut_off_configuration_gives_no_facts(saved, switch):
    whole = switch().configuration
    saved.write("ios/sw-01", whole[: len(whole) // 2])
    facts = collect(target_of(saved)).facts
    assert isinstance(facts.users, Unknown)
    assert "cut off" in facts.users.reason


def test_two_files_with_one_answer_are_refused(saved, switch):
    text = switch().configuration
    saved.write("ios/sw-01", text)
    saved.write("sw-01.cfg", text)
    with pytest.raises(CollectError, match=r"both ios/sw-01 and .* hold `show running-config`"):
        collect(target_of(saved))


def test_files_of_one_device_are_bounded_together(saved, switch, answer):
    saved.write("sw-01.cfg", switch().configuration)
    saved.write("sw-01/show_version.txt", answer(switch(), "show version"))
    with pytest.raises(CollectError) as caught:
        collect(target_of(saved), maximum_output_bytes=len(switch().configuration) + 10)
    assert caught.value.code == "too_much_output"


def test_a_device_of_which_nothing_is_saved_is_not_reached():
    target = Target(name="sw-02", kind="network", platform="cisco_ios", connection=Connection(transport="files"))
    with pytest.raises(CollectError) as caught:
        collect(target)
    assert caught.value.code == "not_saved"


def test_the_platform_comes_from_the_folder_the_option_or_the_content(saved, switch):
    saved.write("ios/a", "anything")
    saved.write("frr/b", "anything")
    saved.write("zwolle/c", switch().configuration)
    saved.write("zwolle/d", "frr version 8.4\nhostname d\nline vty\nend\n")
    saved.write("zwolle/e", "hello\n")
    saved.write("zwolle/f", "!RANCID-CONTENT-TYPE: cisco\n!\nhostname f\n")
    found = {target.name: target.platform for target in targets_in(find_devices(saved.root), saved.root, None)}
    assert found == {"a": "cisco_ios", "b": "frr", "c": "cisco_ios", "d": "frr", "e": "unknown", "f": "cisco_ios"}
    assert target_of(saved, "e", "frr").platform == "frr"


def test_a_device_whose_platform_is_not_certain_is_left_out_with_what_to_add(saved):
    saved.write("e", "hello\n")
    assert "add --platform NAME" in target_of(saved, "e").excluded


def test_a_file_that_cannot_be_read_leaves_its_device_out_and_no_other(saved, switch):
    saved.write("a", b"\0" * 100)
    saved.write("b", switch().configuration)
    assert "is not text" in target_of(saved, "a").excluded
    assert target_of(saved, "b").excluded is None


def inventory(*names, **more):
    return [Target(name=name, kind="network", platform="cisco_ios", **more) for name in names]


def test_devices_are_matched_with_the_inventory_by_name_address_and_short_name(saved):
    for name in ("SW-01", "192.0.2.2", "sw-03.example.nl", "stranger"):
        saved.write(name, "x")
    second = Target(
        name="sw-02", kind="network", platform="cisco_ios", connection=Connection(address="192.0.2.2"), owner="n"
    )
    targets, strangers = with_saved_files(
        [*inventory("sw-01", "sw-03", "sw-04"), second], find_devices(saved.root), saved.root
    )
    assert {target.name: target.connection.files for target in targets} == {
        "sw-01": ("SW-01",),
        "sw-02": ("192.0.2.2",),
        "sw-03": ("sw-03.example.nl",),
        "sw-04": (),
    }
    assert strangers == ("stranger",)
    assert targets[-1].owner == "n"


def test_a_name_that_two_could_claim_is_given_to_neither(saved):
    saved.write("sw-01.zwolle.nl", "x")
    saved.write("sw-01.kampen.nl", "x")
    targets, strangers = with_saved_files(inventory("sw-01"), find_devices(saved.root), saved.root)
    assert targets[0].connection.files == ()
    assert len(strangers) == 2


def test_hosts_are_left_out_with_the_reason(saved):
    host = Target(name="srv", kind="host", platform="linux")
    (target,), _ = with_saved_files([host], find_devices(saved.root), saved.root)
    assert target.excluded == NOT_NETWORK


def test_no_device_protocol_is_even_imported(saved, switch):
    saved.write("sw-01", switch().configuration)
    program = (
        "import asyncio, sys; from pathlib import Path\n"
        "from baseline.collectors.files.folder import find_devices\n"
        "from baseline.collectors.files.targets import targets_in\n"
        "from baseline.collectors.interface import CollectSettings\n"
        "from baseline.collectors.registry import collector_for\n"
        "root = Path(sys.argv[1]); (target,) = targets_in(find_devices(root), root, None)\n"
        "asyncio.run(collector_for(target).collect(target, frozenset(), CollectSettings()))\n"
        "print(*sys.modules)"
    )
    said = subprocess.run([sys.executable, "-c", program, saved.root], capture_output=True, text=True, check=True)
    loaded = said.stdout.split()
    assert {"asyncssh", "netmiko", "paramiko", "telnetlib"}.isdisjoint(loaded)
    assert not [name for name in loaded if name.startswith("baseline.collectors.ssh")]
