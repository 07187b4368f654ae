"""Labs of several platforms, as an operator starts and changes them."""

import json

import pytest
import yaml
from click.testing import CliRunner

from baseline.cli.lab import lab
from baseline.content.inventory.loading import load_inventory
from baseline.lab import background
from baseline.lab.demo import mixed_fleet
from baseline.lab.errors import LabError
from baseline.lab.folder import LabFolder
from baseline.lab.inventory import write_inventory
from baseline.lab.platforms import LAB_PLATFORMS
from baseline.lab.spec import LabSpec


def baseline_lab(*arguments):
    result = CliRunner().invoke(lab, [str(argument) for argument in arguments], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.stdout


def test_a_lab_of_two_platforms_is_started_broken_and_repaired(tmp_path):
    folder = tmp_path / "lab"
    platforms = ("--platform", "juniper_junos", "--platform", "fortinet_fortios")
    try:
        shown = baseline_lab("up", "--folder", folder, *platforms, "--devices", 4, "--first-port", 0, "--latency-ms", 0)
        assert "4 devices answer, 2 of them with mistakes" in shown
        baseline_lab("break", "zwolle-junos-01", "telnet", "--folder", folder)
        devices = {
            one["name"]: one for one in json.loads(baseline_lab("status", "--folder", folder, "--json"))["devices"]
        }
        assert devices["zwolle-junos-01"]["defects"] == ["telnet"]
        assert devices["deventer-fortios-01"]["platform"] == "fortinet_fortios"
        assert "any_rule" in devices["deventer-fortios-01"]["defects"]
        baseline_lab("repair", "deventer-fortios-01", "--folder", folder)
        devices = {
            one["name"]: one for one in json.loads(baseline_lab("status", "--folder", folder, "--json"))["devices"]
        }
        assert devices["deventer-fortios-01"]["defects"] == []
        assert "fortinet_fortios" in baseline_lab("status", "--folder", folder)
    finally:
        background.down(LabFolder(folder))


def test_the_defects_of_each_platform_are_listed():
    assert "telnet_on_vty\tconfiguration" in baseline_lab("defects")
    assert "any_rule\tconfiguration\tA firewall rule lets everything through" in baseline_lab(
        "defects", "--platform", "paloalto_panos"
    )


def test_a_platform_that_the_lab_does_not_have_is_refused_with_those_that_it_has(tmp_path):
    with pytest.raises(LabError, match=r"no devices of 'windriver'; it knows .*cisco_ios.*juniper_junos"):
        baseline_lab("up", "--folder", tmp_path / "lab", "--platform", "windriver")
    assert not (tmp_path / "lab" / "run" / "processes.json").exists()


def test_the_inventory_of_a_mixed_lab_gives_each_device_its_platform(tmp_path):
    devices = mixed_fleet(LAB_PLATFORMS, 3 * len(LAB_PLATFORMS))
    spec = LabSpec(devices=devices).laid_out()
    key, known_hosts = tmp_path / "client_key", tmp_path / "known_hosts"
    key.touch(mode=0o600)
    write_inventory(tmp_path, spec, key=key, known_hosts=known_hosts, include_localhost=False)
    inventory = load_inventory([str(tmp_path / "inventory.yml")])
    assert {target.name: target.platform for target in inventory.targets} == {one.name: one.platform for one in devices}
    groups = yaml.safe_load((tmp_path / "inventory.yml").read_text())["all"]["children"]["network"]["children"]
    assert set(groups) == {"access_switches", "core_switches", *LAB_PLATFORMS} - {"cisco_ios", "access_switches"}


def test_devices_are_spread_over_the_platforms_and_good_and_bad_take_turns():
    devices = mixed_fleet(("juniper_junos", "cisco_nxos"), 5)
    assert [(one.platform, bool(one.defects)) for one in devices] == [
        ("juniper_junos", False),
        ("juniper_junos", True),
        ("juniper_junos", False),
        ("cisco_nxos", False),
        ("cisco_nxos", True),
    ]
    assert len({one.name for one in mixed_fleet(LAB_PLATFORMS, 400)}) == 400
