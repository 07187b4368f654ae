"""Genie's parsers fill what ours leave, and read recorded answers as ours do: two readers that know nothing of each other."""

import asyncio
import re
from pathlib import Path

import pytest
import yaml

import baseline.lab
from baseline.collectors.network.genie_facts import filled_by_genie
from baseline.collectors.network.genie_program import MAXIMUM_MEMORY_BYTES
from baseline.collectors.network.genie_table import GENIE_OS
from baseline.collectors.network.platforms import PLATFORM_NAMES, platform
from baseline.models.artefact import SourceLines
from baseline.models.facts.fact import Unknown

pytestmark = pytest.mark.slow


@pytest.fixture
def fill(genie):
    """Parses outputs, and fills what is left with Genie; gives the facts of both, the sources and Genie's account."""

    def run(name, outputs):
        parsed = platform(name).parse(outputs)
        filled, artefacts = asyncio.run(filled_by_genie(genie, platform(name), parsed, outputs, 60))
        return parsed.facts, filled, [line for artefact in artefacts for line in artefact.content.decode().split("\n")]

    return run


def test_genie_fills_what_our_parser_does_not_read(fill, recorded_switch):
    own, filled, account = fill("cisco_ios", recorded_switch)
    assert {item.link_up for item in own.interfaces} == {Unknown("not collected")}
    links = {item.name: item.link_up for item in filled.facts.interfaces}
    assert (links["GigabitEthernet1/0/1"], links["Vlan1"], links["GigabitEthernet1/0/4"]) == (True, False, False)
    where = "interfaces.GigabitEthernet1/0/1.link_up"
    assert filled.sources[where] == SourceLines(artefact="show ip interface brief")
    assert f"{where}: filled from show ip interface brief" in account
    assert account[0].startswith("Genie 2")


def _recorded(name):
    """The answers of a platform's simulated device, by command."""
    folder = Path(baseline.lab.__file__).parent / "platforms" / name / "recordings"
    files = {command.text: folder / f"{command.text.replace(' ', '_')}.txt" for command in platform(name).commands}
    configuration = next(folder.glob("[!s]*.txt"), next(folder.glob("*.txt")))
    outputs = {command: path.read_text() for command, path in files.items() if path.is_file()}
    return {platform(name).configuration_command: configuration.read_text()} | outputs


@pytest.mark.parametrize("name", [name for name in GENIE_OS if name in PLATFORM_NAMES])
def test_genie_and_our_parsers_read_our_recordings_alike(fill, recorded_switch, name):
    own, filled, account = fill(name, recorded_switch if name == "cisco_ios" else _recorded(name))
    assert isinstance(own.software.version, str)
    assert not [line for line in account if "two ways" in line or "not parsed" in line]
    assert (filled.facts.device, filled.facts.software, filled.facts.clock) == (own.device, own.software, own.clock)


def test_what_the_two_read_differently_is_unknown(fill, recorded_switch):
    outputs = recorded_switch | {"show version": recorded_switch["show version"].replace(" ID FOC", " ID FOX")}
    outputs["show version"] = outputs["show version"].split("Model revision")[0] + "System serial number: FOC2\n"
    own, filled, account = fill("cisco_ios", outputs)
    assert own.device.serial == "FOC2"
    reason = "`show version` is read in two ways: baseline FOC2, Genie FOX0000TEST"
    assert filled.facts.device.serial == Unknown(reason)
    assert f"device.serial: {reason}" in account


@pytest.mark.parametrize("text", ["", "hello", "% Invalid input detected", "interface\x00\x1b[2J" * 50])
def test_what_genie_cannot_parse_stays_unknown_with_the_reason(fill, recorded_switch, text):
    own, filled, account = fill("cisco_ios", recorded_switch | {"show ip interface brief": text})
    assert filled.facts.device == own.device
    assert filled.facts.interfaces[0].link_up.reason.startswith("not collected; ")
    assert any(line.startswith("show ip interface brief: not parsed: ") for line in account)
    assert all(line.isprintable() for line in account)


FAMILIES = {"ios": "cisco_ios", "iosxe": "cisco_ios", "nxos": "cisco_nxos", "iosxr": "cisco_iosxr"}


def test_two_readers_agree_on_every_version_that_the_vendor_recorded(fill, pyats_program):
    """The answers to ``show version`` of every mock device that pyATS ships, of 14 kinds of hardware."""
    told = 0
    for family, name in FAMILIES.items():
        for text in _versions(pyats_program, family) if name in PLATFORM_NAMES else ():
            own, filled, account = fill(name, {"show version": text})
            assert not [line for line in account if "two ways" in line]
            told += isinstance(filled.facts.software.version, str) and own.software.version is not None
    assert told > 30


def _versions(pyats_program, family):
    """What the vendor's mock devices of a family answer, each answer once."""
    tests = next(pyats_program("..").resolve().glob("lib/python3*/site-packages/unicon/plugins/tests"))
    answers = {}
    for path in sorted((tests / "mock_data" / family).glob("*.yaml")):
        states = yaml.load(path.read_bytes(), Loader=yaml.CSafeLoader) or {}
        for commands in (state.get("commands") or {} for state in states.values() if isinstance(state, dict)):
            said = commands.get("show version")
            said = said.get("response") if isinstance(said, dict) else said
            said = said[-1] if isinstance(said, list) else said
            if isinstance(said, str) and said.startswith("file|"):
                said = (tests / said.removeprefix("file|")).read_text()
            if isinstance(said, str) and said.strip():
                answers[said] = None
    return answers


def test_every_platform_of_the_table_is_known_to_genie(genie):
    for network_os in GENIE_OS.values():
        answer = genie.parse(network_os, {"show version": "nonsense"})
        assert "ParserNotFound" not in answer.failed["show version"]


def test_its_memory_is_bounded(genie):
    genie.parse("iosxe", {})
    limits = Path(f"/proc/{genie._running._process.pid}/limits").read_text()
    assert re.search(rf"Max address space +{MAXIMUM_MEMORY_BYTES} +{MAXIMUM_MEMORY_BYTES} ", limits)
