"""Devices of every platform: how they speak, what is wrong with them, and whole runs of checks over them."""

import asyncio

import msgspec
import pytest

from baseline.collectors.interface import CollectSettings
from baseline.collectors.network.collector import NetworkCollector
from baseline.collectors.network.device_shell import PAGING
from baseline.collectors.network.platforms import PLATFORM_NAMES, platform
from baseline.lab.demo import mixed_fleet
from baseline.lab.errors import LabError
from baseline.lab.fleet import start
from baseline.lab.platforms import LAB_PLATFORMS, RECORDED_PLATFORMS, description
from baseline.lab.spec import IOS, DeviceSpec, LabSpec
from baseline.models.errors import CollectError
from baseline.models.facts.fact import Unknown
from baseline.models.target import Connection, Credentials, Target
from tests.acceptance.command import Command
from tests.acceptance.fleet import Fleet
from tests.lab.recorded import NAME, network_checks, shell_on, statuses, typed

REAL = "frr"
"""The platform that tests ask for real."""

PAGER_OF_ITS_OWN = ("paloalto_panos",)
"""Platforms with a pager that no space bar gets through, so that paging must be off."""

DEFECTS = [(name, defect) for name in RECORDED_PLATFORMS for defect in description(name).defects]

SEEN_AS = {"telnet": "network-lines-ssh-only", "snmp_community_public": "network-snmp-version-3-encrypted"}
"""A defect that devices of several platforms can have, and the check that finds it on each."""


def test_the_lab_has_devices_of_every_platform_that_is_not_tested_for_real():
    assert set(LAB_PLATFORMS) == set(PLATFORM_NAMES) - {REAL}


@pytest.mark.parametrize("name", RECORDED_PLATFORMS)
class TestSession:
    """A session on a device of each platform."""

    def test_its_prompt_is_the_one_that_the_collector_waits_for(self, name):
        shell, _ = shell_on(name)
        found = platform(name).prompt.search(shell.prompt().decode().replace("\r", ""))
        assert (found["host"], found["mode"]) == (NAME, platform(name).privileged_mode)

    def test_every_command_of_the_collector_is_answered_or_refused_as_the_vendor_does(self, name):
        shell, device = shell_on(name, height=1000)
        for command in platform(name).session_setup:
            assert typed(shell, command) == ""
        for command in platform(name).commands:
            shown = typed(shell, command.text)
            refused = platform(name).refusal(shown)
            assert (refused is None) == (command.text in device.description.answers), shown[:200]
        assert platform(name).configuration_command in device.description.answers
        assert device.counters.violations == 0

    def test_abbreviations_mean_the_whole_command(self, name):
        shell, device = shell_on(name)
        for command in device.description.answers:
            first, *others = command.split(" ")
            shown = typed(shell, " ".join([first[:3], *others]))
            assert shown == typed(shell, command)
            assert platform(name).refusal(shown) is None

    @pytest.mark.parametrize("line", ["frobnicate", "show frobnicate", "show version | frob x"])
    def test_what_it_does_not_know_gets_an_error_that_the_collector_knows(self, name, line):
        shell, device = shell_on(name)
        shown = typed(shell, line)
        assert platform(name).refusal(shown).code == "unsupported", shown
        assert device.counters.violations == 0

    def test_a_long_answer_comes_in_pages_until_paging_is_switched_off(self, name):
        shell, device = shell_on(name, height=24)
        command = platform(name).configuration_command
        first = shell.receive(f"{command}\n".encode())
        more = device.description.dialect.more.encode()
        assert first.endswith(more)
        assert PAGING.search(first.decode()) or name in PAGER_OF_ITS_OWN
        while shell.receive(b" ").endswith(more):
            pass
        for setting in platform(name).session_setup:
            typed(shell, setting)
        pages_always = device.description.dialect.page_lines > 0
        assert (more in shell.receive(f"{command}\n".encode())) == pages_always

    def test_a_filter_lets_matching_lines_through(self, name):
        shell, device = shell_on(name)
        word = next(word for word, kind in device.description.dialect.filters.items() if kind == "include")
        shown = typed(shell, f"{platform(name).configuration_command} | {word} {NAME}")
        lines = [line for line in shown.splitlines() if line]
        assert lines
        assert all(NAME in line for line in lines)

    def test_attempts_to_change_it_are_counted_and_change_nothing(self, name):
        shell, device = shell_on(name)
        before = typed(shell, platform(name).configuration_command)
        dialect = device.description.dialect
        for line in (*dialect.changes[:3], dialect.configures[-1], "set everything to nothing", "exit"):
            shell.receive(f"{line} x\n".encode() if line != "exit" else b"exit\n")
        assert device.counters.violations == 5
        assert typed(shell, platform(name).configuration_command) == before

    def test_whatever_is_typed_it_answers_with_a_prompt_in_the_end(self, name):
        shell, _ = shell_on(name)
        for line in ("{}", "{0}", "show {host}", "\x00\x01", "é" * 300, "show | |", "|", "%s", "a" * 5000):
            assert shell.receive(line.encode() + b"\n").endswith(shell.prompt())

    def test_it_is_told_apart_from_the_device_that_was_recorded(self, name):
        device = shell_on(name)[1]
        texts = [device.answer(command).text for command in device.description.answers]
        assert not any(name in text for name in device.description.recorded_names for text in texts)


@pytest.mark.parametrize(("name", "defect"), DEFECTS)
def test_each_defect_fails_a_check_that_a_good_device_passes(name, defect):
    good, bad = statuses(name), statuses(name, defect)
    found = {check for (check, subject), status in bad.items() if status == "fail" != good.get((check, subject))}
    assert found
    assert found >= {SEEN_AS.get(defect, next(iter(found)))}


@pytest.mark.parametrize("name", RECORDED_PLATFORMS)
def test_a_good_device_meets_nearly_all_checks_and_none_is_in_doubt(name):
    counts = list(statuses(name).values())
    assert counts.count("pass") > 5 * counts.count("fail")
    assert counts.count("error") <= 1


def test_a_defect_of_another_platform_is_refused_with_those_that_exist():
    with pytest.raises(LabError, match=r"juniper_junos has no defect 'kapot'; known are any_rule"):
        shell_on("juniper_junos", defects=("kapot",))
    with pytest.raises(LabError, match=r"the lab has no devices of 'windriver'; it knows .*juniper_junos"):
        mixed_fleet(["windriver"])


FAULTS = {
    "hang": "timeout",
    "hang_mid_command": "timeout",
    "disconnect": "disconnected",
    "flood": "too_much_output",
    "binary": "unparsable",
    "wrong_vendor": "timeout",
    "wrong_password": "authentication",
    "slow": None,
    "truncated": None,
}
"""Fault -> the code of the error; None when the device is reached all the same."""


async def asked(lab, name, settings):
    """What asking one device gives: its collection, or the code of the error."""
    spec = next(device for device in lab.spec.devices if device.name == name)
    address, port = lab.endpoint(name)
    connection = Connection(address=address, port=port, credentials=Credentials(user="auditor"))
    target = Target(name=name, kind="network", platform=spec.platform, connection=connection)
    try:
        return await NetworkCollector().collect(target, frozenset(), settings)
    except CollectError as error:
        return error.code


@pytest.mark.slow
def test_every_platform_has_every_fault_and_the_collector_sees_through_it(tmp_path):
    devices = tuple(
        DeviceSpec(name=f"{name}-{fault}".replace("_", "-"), platform=name, faults=(fault,))
        for name in RECORDED_PLATFORMS
        for fault in FAULTS
    )

    async def scenario():
        spec = LabSpec(devices=devices, first_port=0, password="niet-te-raden", slow_ms=100)
        async with start(spec) as lab:
            known_hosts = tmp_path / "known_hosts"
            known_hosts.write_text(lab.known_hosts())
            settings = CollectSettings(
                known_hosts=known_hosts,
                secret=lambda _target, kind: "niet-te-raden" if kind == "password" else None,
                attempts=1,
                maximum_output_bytes=2_000_000,
            )
            hurried = msgspec.structs.replace(settings, timeout_seconds=4)
            silent = [device.name for device in devices if FAULTS[device.faults[0]] == "timeout"]
            turns = asyncio.Semaphore(4)

            async def in_turn(name):
                async with turns:
                    return await asked(lab, name, settings)

            found = await asyncio.gather(*(in_turn(device.name) for device in devices if device.name not in silent))
            found += await asyncio.gather(*(asked(lab, name, hurried) for name in silent))
            return found, lab.status().violations

    found, violations = asyncio.run(scenario())
    assert violations == 0
    in_order = sorted(devices, key=lambda device: FAULTS[device.faults[0]] == "timeout")
    for device, outcome in zip(in_order, found, strict=True):
        (fault,) = device.faults
        if FAULTS[fault] is not None:
            assert outcome == FAULTS[fault], device.name
        elif fault == "slow":
            assert outcome.facts.device.hostname == device.name
        elif platform(device.platform).cut_off(platform(device.platform).configuration_command, "x {\n") is not None:
            assert isinstance(outcome.facts.users, Unknown), device.name


@pytest.fixture(scope="module")
def runs(tmp_path_factory):
    """A good and a bad device of every platform, checked over both transports: transport -> run; and the lab's status."""
    folder = tmp_path_factory.mktemp("platforms")
    devices = mixed_fleet(LAB_PLATFORMS, 2 * len(LAB_PLATFORMS), lines=450)
    with Fleet(folder / "lab", *devices) as fleet:
        found = {}
        for transport in ("ssh", "netmiko"):
            fleet.set_variables(baseline_transport=transport)
            baseline = Command(folder / transport)
            found[transport] = baseline("check", "-i", fleet.inventory, "--json", "--concurrency", 6)
        yield devices, found, fleet.status


@pytest.mark.slow
class TestRuns:
    """`baseline check` over devices of all platforms."""

    def test_every_device_is_reached_and_judged_by_the_checks_for_its_platform(self, runs):
        devices, found, _ = runs
        limits = [check.check.applies_to.platforms for check in network_checks().values()]
        expected = {name: ("reached", sum(not only or name in only for only in limits)) for name in LAB_PLATFORMS}
        for ended in found.values():
            judged = {entry["target"]: (entry["outcome"], entry["judged"]) for entry in ended.document["population"]}
            assert judged == {device.name: expected[device.platform] for device in devices}

    def test_both_transports_give_the_same_table(self, runs):
        """But for what only the handshake of the native client tells."""
        _, found, _ = runs
        native, netmiko = found["ssh"].verdicts, found["netmiko"].verdicts
        differing = {key[1] for key in native.keys() | netmiko.keys() if native.get(key) != netmiko.get(key)}
        assert differing <= {"network-ssh-algorithms-strong"}

    @pytest.mark.parametrize("name", RECORDED_PLATFORMS)
    def test_what_is_wrong_with_a_bad_device_is_found_and_nothing_else(self, runs, name):
        devices, found, _ = runs
        good, bad = (found["ssh"].of(device.name) for device in devices if device.platform == name)
        named = {key[0] for key, status in bad.items() if status == "fail" and good.get(key) != "fail"}
        told = {
            check
            for (check, subject), status in statuses(name, *description(name).defects).items()
            if status == "fail" != statuses(name).get((check, subject))
        }
        assert len(named) >= len(description(name).defects) * 0.7
        assert named == told
        assert [check for (check, _), status in good.items() if status == "fail"] != []

    def test_a_good_switch_of_ios_meets_everything(self, runs):
        devices, found, _ = runs
        good = next(device for device in devices if device.platform == IOS and not device.defects)
        assert set(found["ssh"].of(good.name).values()) == {"pass", "not_applicable"}

    def test_no_device_saw_an_attempt_to_change_it(self, runs):
        devices, _, status = runs
        assert status.violations == 0
        assert {device.name: device.sessions for device in status.devices} == {device.name: 2 for device in devices}
