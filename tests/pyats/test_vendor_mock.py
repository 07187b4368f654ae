"""``baseline check`` of a pyATS testbed, against the mock devices that pyATS ships and their vendor's own data."""

import pytest
import yaml

from baseline.collectors.network.platforms import platform
from baseline.models.facts.fact import Unknown
from baseline.store.store import Store
from tests.acceptance.command import Command
from tests.pyats.vendor_mock import PASSWORD, USER, VendorMock, served

pytestmark = pytest.mark.slow

ENABLE = "cisco"
"""The enable secret of the vendor's mock devices."""
DEVICES = {
    "asr-1": ("iosxe", "general_enable", {}),
    "asr-2": ("iosxe", "general_enable", {"baseline_transport": "netmiko"}),
    "nexus-1": ("nxos", "n5k_exec", {}),
    "sdwan-1": ("iosxe", "sdwan_controller_mode_enable_1", {"baseline_parsers": "genie"}),
    "sw-1": ("iosxe", "our_login", {"baseline_parsers": "genie"}),
}
"""Name -> the vendor's operating system and state, and what the testbed says besides. The last answers as our recordings."""

TOLD = {"network-software-image-local", "network-software-started-lately", "network-ssh-version-2"}
"""The checks that what the vendor's device does tell suffices for."""


class Checked:
    """What a run over all devices left behind."""

    def __init__(self, folder, ended):
        self.folder, self.ended = folder, ended
        self.store = Store.open(folder / "store.db", read_only=True)
        self.population = {entry["target"]: entry["outcome"] for entry in ended.document["population"]}

    def facts(self, target):
        return self.store.facts(target).document

    def artefacts(self, target):
        stored = self.store.facts(target)
        return {name: self.store.artefact(digest).decode() for name, digest in stored.artefacts.items()}


@pytest.fixture(scope="module")
def checked(tmp_path_factory, pyats_program, recorded_switch):
    folder = tmp_path_factory.mktemp("pyats")
    program = pyats_program("mock_device_cli")
    mocks = [VendorMock(program, network_os, state, name) for name, (network_os, state, _) in DEVICES.items()]
    mocks[-1].data = _our_data(folder, recorded_switch)
    command = Command(folder)
    with served(mocks, folder):
        (folder / "testbed.yaml").write_text(yaml.safe_dump(_testbed(mocks)))
        environment = {"LAB_PASSWORD": PASSWORD, "LAB_ENABLE": ENABLE}
        options = ("-i", "testbed.yaml", "--known-hosts", "known_hosts", "--json", "--timeout", 20)
        ended = command("check", *options, **environment)
    command.close()
    result = Checked(folder, ended)
    yield result
    result.store.close()


def _testbed(mocks):
    devices = {
        mock.hostname: {
            "os": mock.network_os,
            "type": "router",
            "connections": {"cli": {"protocol": "ssh", "ip": "127.0.0.1", "port": mock.port}},
            "custom": DEVICES[mock.hostname][2],
        }
        for mock in mocks
    }
    credentials = {
        "default": {"username": USER, "password": "%ENV{LAB_PASSWORD}"},
        "enable": {"password": "%ENV{LAB_ENABLE}"},
    }
    return {"testbed": {"credentials": credentials, "custom": {"baseline_owner": "net"}}, "devices": devices}


def _our_data(folder, outputs):
    """Our recordings as the vendor's mock device has its data."""
    (folder / "data").mkdir()
    quiet = {"terminal length 0": "", "terminal width 511": ""}
    states = {
        "our_login": {"prompt": "%N>", "commands": {**quiet, "enable": {"new_state": "our_password"}}},
        "our_password": {"prompt": "Password: ", "commands": {ENABLE: {"new_state": "our_switch"}}},
        "our_switch": {"prompt": "%N#", "commands": {**outputs, **quiet}},
    }
    (folder / "data" / "ours.yaml").write_text(yaml.safe_dump(states))
    return folder / "data"


def test_every_mock_device_is_reached_over_both_transports(checked):
    assert checked.population == dict.fromkeys(DEVICES, "reached"), checked.ended.document["population"]
    assert checked.ended.code in (1, 3)


def test_what_the_vendor_put_into_it_is_what_comes_out(checked):
    for name in ("asr-1", "asr-2"):
        facts = checked.facts(name)
        assert facts["device"]["model"] == "ASR1006"
        assert facts["software"]["name"] == "Cisco IOS XE"
        assert facts["software"]["uptime_days"] == 0
        assert facts["clock"]["reference"] == "127.127.1.1"
        assert "issu-asr-lns uptime is 1 hour, 16 minutes" in checked.artefacts(name)["show version"]
    nexus = checked.facts("nexus-1")
    assert (nexus["device"]["model"], nexus["software"]["version"]) == ("Nexus5548", "7.3(5)N1(1)")


def test_both_transports_tell_the_same(checked):
    native, netmiko = checked.facts("asr-1"), checked.facts("asr-2")
    for section in ("device", "software", "clock", "snmp", "logging", "interfaces", "users"):
        assert native[section] == netmiko[section]


def test_what_a_mock_device_does_not_know_is_unknown_and_never_met(checked):
    facts = checked.facts("asr-1")
    assert "the device refused `show snmp user`" in facts["snmp"]["users"]["$unknown"]
    assert "the device refused `show crypto pki certificates`" in facts["certificates"]["$unknown"]
    assert "$unknown" in facts["clock"]["synchronised"]
    statuses = {check: status for (check, _), status in checked.ended.of("asr-1").items()}
    assert {check for check, status in statuses.items() if status == "pass"} == TOLD
    assert list(statuses.values()).count("error") > 50


def test_genie_fills_what_our_parser_leaves_of_the_vendors_answer(checked):
    artefacts, filled = checked.artefacts("sdwan-1"), checked.facts("sdwan-1")["device"]
    own = platform("cisco_ios").parse({"show version": artefacts["show version"]}).facts.device
    assert isinstance(own.model, Unknown)
    assert (filled["model"], filled["serial"]) == ("C8530-12X4QC", "FLX273502YF")
    assert "device.serial: filled from show version" in artefacts["genie"]


def test_a_command_that_only_genie_reads_is_asked_in_the_same_session(checked):
    interfaces = {item["name"]: item["link_up"] for item in checked.facts("sw-1")["interfaces"]}
    assert (interfaces["GigabitEthernet1/0/1"], interfaces["GigabitEthernet1/0/2"]) == (True, False)
    assert "show ip interface brief" in checked.artefacts("sw-1")
    assert "show ip interface brief" not in checked.artefacts("asr-1")


def test_no_secret_is_left_behind(checked):
    for name in DEVICES:
        assert all(PASSWORD not in text for text in checked.artefacts(name).values())
    assert PASSWORD not in checked.ended.stdout + checked.ended.stderr
    assert PASSWORD.encode() not in (checked.folder / "store.db").read_bytes()
