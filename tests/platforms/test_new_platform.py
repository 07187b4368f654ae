"""The platform that docs/platforms.md shows works when its folder is added, and nothing else."""

import asyncio
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from tests.transport.scripted import device

ROOT = Path(__file__).resolve().parents[2]
GUIDE = ROOT / "docs" / "platforms.md"
NAME = "acme_aos"
ANSWERS = {
    b"show running-config": b"hostname aos-01\r\ntelnet on\r\nusername x password geheim123\r\nend\r\n",
    b"show version": b"AOS 3.2.1\r\n",
}
CHECK = {
    "id": "network-acme-telnet-off",
    "title": "Telnet is off",
    "title_nl": "Telnet staat uit",
    "controls": ["bio2:8.20.02", "iso27001:A.8.20"],
    "severity": "high",
    "applies_to": {"kind": "network", "platforms": [NAME]},
    "expect": "!management.telnet.enabled",
    "rationale": "Telnet shows what is typed to everybody on the path.",
    "remediation": {NAME: {"lines": ["telnet off"]}},
    "examples": {
        "pass": [{"management": {"telnet": {"enabled": False}}}],
        "fail": [{"management": {"telnet": {"enabled": True}}}],
        "error": [{"management": "unknown"}],
    },
}


async def switch(terminal):
    """A device of the platform."""
    while True:
        terminal.send(b"aos-01#")
        line = await terminal.line()
        known = line in ANSWERS or line in {b"", b"terminal length 0"}
        terminal.send(ANSWERS.get(line, b"" if known else b"% Unknown command\r\n"))


def files_of(guide):
    """The files that the guide shows, by name."""
    return dict(re.findall(r"^```(?:toml|python) (\S+)\n(.*?)^```$", guide, re.MULTILINE | re.DOTALL))


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    """The package and its content as the wheel installs them, with the folder of the new platform in it."""
    folder = tmp_path_factory.mktemp("copy")
    shutil.copytree(ROOT / "baseline", folder / "baseline", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "checks", folder / "baseline" / "_content" / "checks")
    place = folder / "baseline" / "collectors" / "network" / "platforms" / NAME
    place.mkdir()
    for name, text in files_of(GUIDE.read_text("utf-8")).items():
        (place / name).write_text(text)
    return folder


def run(copy, *arguments):
    """Run a command of the copy."""
    own = {"HOME": str(copy), "PYTHONPATH": str(copy), "BASELINE_STORE": "store.db", "PASSWORD": "niet-te-raden"}
    environment = {"PATH": os.environ["PATH"], **own}
    command = [sys.executable, "-c", "from baseline.cli.main import main; main()", *arguments]
    return subprocess.run(command, cwd=copy, env=environment, capture_output=True, text=True, timeout=60, check=False)


def checked(copy, transport):
    """What a run of all checks says of a device of the platform."""

    async def scenario():
        async with device(switch) as (port, key, terminals):
            (copy / "known_hosts").write_text(f"[127.0.0.1]:{port} {key}\n")
            host = {
                "ansible_host": "127.0.0.1",
                "ansible_port": port,
                "ansible_network_os": "acme.aos.aos",
                "ansible_user": "auditor",
                "baseline_owner": "netwerk",
                "baseline_password_environment": "PASSWORD",
                "baseline_transport": transport,
            }
            (copy / "inventory.yml").write_text(yaml.safe_dump({"all": {"hosts": {"aos-01": host}}}))
            options = ("--known-hosts", "known_hosts", "--checks-folder", "own", "--json")
            ended = await asyncio.to_thread(run, copy, "check", "-i", "inventory.yml", *options)
            return ended, [line.decode() for terminal in terminals for line in terminal.typed]

    ended, typed = asyncio.run(scenario())
    assert ended.stdout, ended.stderr
    return json.loads(ended.stdout), typed


def test_the_guide_shows_a_whole_platform():
    assert set(files_of(GUIDE.read_text("utf-8"))) == {"platform.toml", "__init__.py"}


@pytest.mark.slow
def test_a_folder_is_all_that_a_new_platform_takes(copy):
    (copy / "own").mkdir()
    (copy / "own" / f"{CHECK['id']}.yaml").write_text(yaml.safe_dump(CHECK, sort_keys=False))
    document, typed = checked(copy, "ssh")
    assert [entry["outcome"] for entry in document["population"]] == ["reached"]
    found = {each["check"]: each for each in document["results"]}
    own = found[CHECK["id"]]
    assert (own["status"], own["sources"][0]["lines"]) == ("fail", [2])
    assert len(found) > 40
    assert found["network-ssh-version-2"]["status"] == "pass"
    unknown = [each for each in found.values() if each["status"] == "error"]
    assert all(each["reason"] for each in unknown)
    assert {line for line in typed if line} == {"terminal length 0", "show running-config", "show version"}
    assert checked(copy, "netmiko")[0]["population"][0]["outcome"] == "reached"
    assert b"geheim123" not in (copy / "store.db").read_bytes()
