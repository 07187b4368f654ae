import difflib

import msgspec
import pytest

from baseline.lab.blueprint import Blueprint
from baseline.lab.configuration import running_configuration
from baseline.lab.defects import ACCESS_ONLY, CORE_ONLY, DEFECTS, posture_with
from baseline.lab.demo import demo_fleet
from baseline.lab.device import Device
from baseline.lab.errors import LabError
from baseline.lab.moment import Moment, local_now
from baseline.lab.spec import DeviceSpec, LabSpec

COMMANDS = (
    "show running-config",
    "show startup-config",
    "show version",
    "show ip ssh",
    "show logging",
    "show snmp user",
    "show ntp associations",
    "show ntp status",
    "show inventory",
    "show clock",
    "show crypto pki certificates",
    "show interfaces status",
    "show ip interface brief",
    "show vlan brief",
    "show users",
    "show privilege",
)

EXPECTED = {
    "telnet_on_vty": " transport input telnet ssh",
    "no_exec_timeout": " exec-timeout 0 0",
    "http_server": "ip http server",
    "snmp_community_public": "snmp-server community public RO",
    "small_ssh_key": "Modulus Size : 1024 bits",
    "ssh_version_1": "SSH Enabled - version 1.99",
    "no_aaa": "no aaa new-model",
    "single_unauthenticated_ntp": "ntp server 10.250.3.11",
    "clock_not_synchronised": "Clock is unsynchronized, stratum 16, no reference clock",
    "legacy_services": "service finger",
    "old_software": "Cisco IOS XE Software, Version 16.03.05b",
    "no_bpduguard": " spanning-tree bpduguard disable",
    "trunk_negotiation": " switchport mode dynamic desirable",
    "snmp_without_privacy": "Privacy Protocol: None",
    "unknown_account": None,
}
"""Defect -> a line that shows it, and that a good device never has."""


def answers(device, commands=COMMANDS):
    moment = Moment(now=local_now().replace(year=2026, month=11, day=22, hour=12, minute=0))
    return {command: device.answer(command, (), moment).text for command in commands}


def blueprint(**changes):
    defaults = {"name": "zwolle-sw-01", "site": "zwolle", "site_number": 1, "number": 11, "role": "access"}
    return Blueprint(**({"lines": 1200, "seed": 1} | defaults | changes))


@pytest.mark.parametrize("role", ["access", "core"])
@pytest.mark.parametrize("lines", [450, 770, 1150, 1500])
def test_a_configuration_is_about_as_long_as_was_asked(role, lines):
    made = len(running_configuration(blueprint(role=role, lines=lines)).splitlines())
    assert made == lines or (role == "core" and made < 700)


def test_a_large_access_switch_has_48_ports():
    text = running_configuration(blueprint(lines=1200))
    assert text.count("\ninterface GigabitEthernet1/0/") == 48


def test_a_configuration_begins_with_its_version_and_ends_with_end():
    text = running_configuration(blueprint())
    assert text.startswith("version 17.12\n")
    assert text.endswith("\nend\n")


def test_the_same_seed_gives_the_same_configuration():
    assert running_configuration(blueprint()) == running_configuration(blueprint())
    assert running_configuration(blueprint()) != running_configuration(blueprint(seed=2))


@pytest.mark.parametrize("name", sorted(DEFECTS))
def test_each_defect_shows_somewhere(name):
    role = "core" if name in CORE_ONLY else "access"
    good = Device(DeviceSpec(name="a", role=role, lines=700), seed=1)
    bad = Device(DeviceSpec(name="a", role=role, lines=700, defects=(name,)), seed=1)
    assert answers(good) != answers(bad)


@pytest.mark.parametrize("name", sorted(set(DEFECTS) - CORE_ONLY - {"small_ssh_key", "clock_not_synchronised"}))
def test_a_defect_leaves_the_rest_of_the_configuration_alone(name):
    good = running_configuration(blueprint()).splitlines()
    bad = running_configuration(blueprint(posture=posture_with([name]))).splitlines()
    changed = [line for line in difflib.ndiff(good, bad) if line[0] in "+-"]
    assert len(changed) < len(good) / 8


@pytest.mark.parametrize(("name", "line"), [(name, line) for name, line in EXPECTED.items() if line])
def test_a_defect_shows_in_the_line_that_a_checker_looks_for(name, line):
    bad = "\n".join(answers(Device(DeviceSpec(name="a", defects=(name,)), seed=1)).values()).splitlines()
    good = "\n".join(answers(Device(DeviceSpec(name="a"), seed=1)).values()).splitlines()
    assert line in bad
    assert line not in good


def test_only_unsaved_changes_make_running_and_saved_configuration_differ():
    def bodies(*defects):
        found = answers(Device(DeviceSpec(name="a", defects=defects), seed=1), COMMANDS[:2])
        return [[line for line in text.splitlines() if not line.startswith("!")] for text in found.values()]

    running, saved = bodies()
    assert running[3:] == saved[1:]
    running, saved = bodies("unsaved_changes")
    assert set(running[3:]) - set(saved[1:]) == {
        "snmp-server contact netwerkbeheer",
        "errdisable recovery interval 600",
    }


def test_reversible_secrets_are_nowhere_on_a_good_device():
    text = running_configuration(blueprint())
    assert " password 7 " not in text
    assert " key 7 " not in text


def test_an_unknown_defect_is_refused_with_the_names_that_exist():
    with pytest.raises(LabError, match=r"no defect 'telnett'; known are .*telnet_on_vty"):
        Device(DeviceSpec(name="a", defects=("telnett",)), seed=1)


def test_the_demonstration_has_three_sites_and_mostly_good_devices():
    fleet = demo_fleet()
    assert len(fleet) == 24
    assert {device.site for device in fleet} == {"zwolle", "deventer", "kampen"}
    assert sum(not device.defects for device in fleet) == 14
    assert all(1 <= len(device.defects) <= 4 for device in fleet if device.defects)
    assert fleet == demo_fleet()


@pytest.mark.parametrize("seed", range(20))
def test_devices_of_a_demonstration_have_only_defects_that_fit_their_role(seed):
    for device in demo_fleet(seed=seed):
        misplaced = ACCESS_ONLY if device.role == "core" else CORE_ONLY
        assert not misplaced.intersection(device.defects)


def test_a_demonstration_of_hundreds_has_unique_names():
    fleet = demo_fleet(900)
    assert len({device.name for device in fleet}) == 900


@pytest.mark.parametrize("address", ["0.0.0.0", "192.0.2.1", "::", "localhost"])
def test_a_lab_listens_on_loopback_only(address):
    with pytest.raises(LabError, match=r"loopback|IP address"):
        LabSpec(devices=demo_fleet(2), address=address).laid_out()


def test_each_device_may_have_an_address_of_its_own():
    spec = LabSpec(devices=demo_fleet(300), addressing="address", first_port=2222).laid_out()
    assert len({device.address for device in spec.devices}) == 300
    assert {device.port for device in spec.devices} == {2222}


def test_two_devices_cannot_share_a_name():
    with pytest.raises(LabError, match="same name"):
        LabSpec(devices=(DeviceSpec(name="a"), DeviceSpec(name="a"))).laid_out()


def test_more_devices_than_ports_are_refused():
    with pytest.raises(LabError, match="do not fit"):
        LabSpec(devices=demo_fleet(10), first_port=65_530).laid_out()


def test_workers_share_every_device_once():
    spec = LabSpec(devices=demo_fleet(10)).laid_out()
    shares = [device for worker in range(3) for device in spec.share(worker, 3).devices]
    assert sorted(device.port for device in shares) == [device.port for device in spec.devices]


def test_a_specification_survives_json():
    spec = LabSpec(devices=demo_fleet(3)).laid_out()
    assert msgspec.json.decode(msgspec.json.encode(spec), type=LabSpec) == spec
