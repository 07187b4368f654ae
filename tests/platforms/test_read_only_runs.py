"""Whole runs in which every field of the inventory and of the checks is hostile send nothing but stated commands."""

import asyncio
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from baseline.collectors.network.collector import SESSIONS
from baseline.collectors.network.platforms import PLATFORM_NAMES, platform
from baseline.lab.platforms import LAB_PLATFORMS
from baseline.models.platforms import ANSIBLE_NETWORK_OS
from tests.platforms.recording_device import PASSWORD, assert_only_stated, recording_devices, settings_for

BREAKING = ("x\nreload\n", "x\rreload", "x\u2028reload", "\x03configure terminal")
"""What would start a line of its own on a device."""

ONE_LINE = "show version; reload | redirect flash:x `reload` $(reload) && configure terminal > flash:x"
"""What a shell or a filter would act on."""

INVENTORY_FIELDS = {
    "ansible_host": str,
    "ansible_user": str,
    "ansible_port": str,
    "ansible_ssh_private_key_file": str,
    "ansible_network_os": str,
    "ansible_connection": str,
    "baseline_platform": str,
    "baseline_transport": str,
    "baseline_user": str,
    "baseline_site": str,
    "baseline_zone": str,
    "baseline_owner": str,
    "baseline_exposure": str,
    "baseline_exclude": str,
    "baseline_parsers": str,
    "baseline_legacy_algorithms": str,
    "baseline_tags": lambda text: [text],
    "baseline_classification": lambda text: {"availability": text},
    "baseline_params": lambda text: {"network-ssh-version-2": {"minimum_version": text}},
}
"""Field of the inventory -> how a text is put in it."""

ANSIBLE_NAMES = {platform: name for name, platform in reversed(ANSIBLE_NETWORK_OS.items())}


def reached(device, **variables):
    """Variables with which a device is asked."""
    login = {
        "ansible_user": "auditor",
        "baseline_password_environment": "PASSWORD",
        "baseline_enable_environment": "ENABLE",
    }
    address = {"ansible_host": "127.0.0.1", "ansible_port": device.port}
    return {**address, "ansible_network_os": ANSIBLE_NAMES[device.platform], **login, **variables}


def check(folder, hosts, *options, enable=PASSWORD):
    """Run ``baseline check`` over hosts in a process of its own."""
    (folder / "inventory.yml").write_text(yaml.safe_dump({"all": {"children": {"x_reload": {"hosts": hosts}}}}))
    root = str(Path(__file__).resolve().parents[2])
    known = {
        "PATH": os.environ["PATH"],
        "HOME": str(folder),
        "PYTHONPATH": root,
        "BASELINE_STORE": str(folder / "store.db"),
    }
    command = [sys.executable, "-c", "from baseline.cli.main import main; main()", "check", "-i", "inventory.yml"]
    return subprocess.run(
        [*command, "--known-hosts", "known_hosts", "--json", *options],
        cwd=folder,
        env=known | {"PASSWORD": PASSWORD, "ENABLE": enable},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def run_over(folder, work):
    """Do blocking work beside a recording device of every platform; gives its result and the devices."""

    async def scenario():
        async with recording_devices(*PLATFORM_NAMES) as devices:
            settings_for(devices, folder)
            return await asyncio.to_thread(work, devices), devices

    return asyncio.run(scenario())


@pytest.mark.slow
def test_a_line_end_in_any_field_of_the_inventory_is_refused_and_nobody_is_asked(tmp_path):
    def work(devices):
        places = [(field, text) for field in INVENTORY_FIELDS for text in BREAKING]
        hosts = {
            f"h{number}-{field}": reached(devices[number % len(devices)], **{field: INVENTORY_FIELDS[field](text)})
            for number, (field, text) in enumerate(places)
        }
        return check(tmp_path, {**hosts, "h\nreload": reached(devices[0])}), set(hosts)

    (ended, names), devices = run_over(tmp_path, work)
    assert ended.returncode == 2
    errors = [line for line in ended.stderr.splitlines() if " error: " in line]
    kept = {name for name in names if not any(f" {name}: " in line for line in errors)}
    assert {name.partition("-")[2] for name in kept} <= {"baseline_tags", "baseline_params"}
    assert any("no control characters" in line for line in errors)
    assert [device.raw for device in devices] == [[] for _ in devices]


HOSTILE_CHECK = {
    "id": "network-hostile-text",
    "title": ONE_LINE,
    "title_nl": ONE_LINE,
    "controls": ["bio2:8.24.04", "iso27001:A.8.24"],
    "severity": "low",
    "tags": ["reload"],
    "applies_to": {"kind": "network", "when": "target.name != 'x; reload'"},
    "params": {"text": "x\nreload\n"},
    "expect": "device.hostname != params.text",
    "observe": ["device.hostname"],
    "rationale": "x\nreload\n",
    "rationale_nl": "x\nreload\n",
    "remediation": {
        "text": "reload\n",
        **{
            name: {"lines": ["reload", "configure terminal\nhostname x"], "commands": ["reload"]}
            for name in PLATFORM_NAMES
        },
    },
    "references": [ONE_LINE],
    "examples": {
        "pass": [{"device": {"hostname": "a"}}],
        "fail": [{"device": {"hostname": "x\nreload\n"}}],
        "error": [{"device": "unknown"}],
        "not_applicable": [{"target": {"name": "x; reload"}}],
    },
}


@pytest.mark.slow
def test_a_whole_run_with_hostile_text_everywhere_sends_stated_commands_only(tmp_path):
    checks = tmp_path / "checks"
    checks.mkdir()
    (checks / "network-hostile-text.yaml").write_text(yaml.safe_dump(HOSTILE_CHECK, sort_keys=False))
    texts = (
        "baseline_site",
        "baseline_zone",
        "baseline_owner",
        "ansible_become_method",
        "ansible_remote_tmp",
        "enable",
    )
    hostile_fields = {
        **dict.fromkeys(texts, ONE_LINE),
        "baseline_tags": ["x\nreload\n", ONE_LINE],
        "ansible_user": ONE_LINE,
    }

    def work(devices):
        hosts = {
            f"{device.platform} {transport} {ONE_LINE}": reached(device, baseline_transport=transport, **hostile_fields)
            for device in devices
            for transport in SESSIONS
        }
        return check(tmp_path, hosts, "--checks-folder", "checks")

    ended, devices = run_over(tmp_path, work)
    assert ended.stdout, ended.stderr[-4000:]
    document = json.loads(ended.stdout)
    assert {entry["outcome"] for entry in document["population"]} == {"reached"}, ended.stderr
    mine = [each["status"] for each in document["results"] if each["check"] == HOSTILE_CHECK["id"]]
    assert len(mine) == 2 * len(devices)
    assert "pass" in mine
    for device in devices:
        assert len(device.raw) == 2
        assert platform(device.platform).configuration_command in device.lines
        assert_only_stated(device)


@pytest.mark.slow
def test_a_line_end_in_the_enable_secret_is_refused_before_it_is_sent(tmp_path):
    def work(devices):
        return check(tmp_path, {device.platform: reached(device) for device in devices}, enable="x\nreload\nreload")

    ended, devices = run_over(tmp_path, work)
    outcomes = {entry["target"]: entry["outcome"] for entry in json.loads(ended.stdout)["population"]}
    for device in devices:
        assert_only_stated(device)
        assert PASSWORD not in device.lines
        asks_for_it = device.platform in LAB_PLATFORMS and platform(device.platform).enable_command is not None
        assert asks_for_it <= (outcomes[device.platform] != "reached")


REFUSED_FIELDS = (
    {"collect": {"command": "reload", "parse": {"regex": "x"}}},
    {"collect": {"command": "show version\nreload"}},
    {"command": "reload"},
    {"applies_to": {"kind": "network", "platforms": ["x\nreload"]}},
    {"expect": "reload\nreload"},
    {"each": "x\nreload"},
    {"observe": ["x\nreload"]},
    {"severity": "x\nreload"},
    {"controls": ["x\nreload"]},
    {"id": "x\nreload"},
    {"remediation": {"x\nreload": {"lines": ["reload"]}}},
)
"""Fields of a check that mean something to the program, or that no check has."""


@pytest.mark.slow
def test_a_check_that_asks_for_a_command_of_its_own_is_refused_and_nobody_is_asked(tmp_path):
    checks = tmp_path / "checks"
    checks.mkdir()
    for number, fields in enumerate(REFUSED_FIELDS):
        document = {**HOSTILE_CHECK, "id": f"network-hostile-{number}", **fields}
        (checks / f"network-hostile-{number}.yaml").write_text(yaml.safe_dump(document, sort_keys=False))

    def work(devices):
        return check(tmp_path, {device.platform: reached(device) for device in devices}, "--checks-folder", "checks")

    ended, devices = run_over(tmp_path, work)
    assert ended.returncode == 2
    for number, fields in enumerate(REFUSED_FIELDS):
        assert f"network-hostile-{number}.yaml:" in ended.stderr, fields
    assert [device.raw for device in devices] == [[] for _ in devices]
