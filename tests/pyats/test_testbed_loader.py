"""A testbed means to baseline what it means to pyATS's own loader."""

import json
import subprocess

import pytest

from baseline.content.inventory import load_inventory

pytestmark = pytest.mark.slow

FILES = {
    "first.yaml": """
testbed: {credentials: {default: {username: first, password: "%ENV{LAB_PASSWORD}"}}}
devices:
  r1:
    os: iosxe
    type: router
    connections:
      cli: {protocol: ssh, ip: "%ENV{LAB_ADDRESS}", port: 22}
  r2:
    os: nxos
    type: switch
    connections:
      cli: {protocol: ssh, ip: 192.0.2.2}
""",
    "second.yaml": """
devices:
  r1:
    os: nxos
    role: core
    connections:
      cli: {protocol: ssh, ip: 192.0.2.1}
""",
    "testbed.yaml": """
extends: [first.yaml, second.yaml]
testbed:
  name: lab
devices:
  r1:
    credentials: {default: {username: own, password: "%ENV{LAB_PASSWORD}"}}
    connections:
      cli: {port: 2222}
  r3:
    os: junos
    type: router
    connections:
      defaults: {via: mgmt}
      console: {protocol: telnet, ip: 192.0.2.9, port: 2001}
      mgmt: {protocol: ssh, ip: "2001:db8::3"}
""",
}
PROGRAM = """
import json, sys
from pyats.topology import loader
def described(device):
    connections = device.connections
    via = connections.get("defaults", {}).get("via", "cli")
    chosen = connections[via]
    return [device.os, str(chosen.ip), chosen.get("port", 22), device.credentials.default.username]
devices = loader.load(sys.argv[1]).devices
print(json.dumps({name: described(device) for name, device in devices.items()}))
"""
PYATS_OS = {"cisco_ios": "iosxe", "cisco_nxos": "nxos", "juniper_junos": "junos"}


def test_devices_addresses_and_users_are_those_that_pyats_loads(pyats_program, tmp_path, monkeypatch):
    monkeypatch.setenv("LAB_ADDRESS", "192.0.2.11")
    monkeypatch.setenv("LAB_PASSWORD", "p")
    for name, text in FILES.items():
        (tmp_path / name).write_text(text)
    path = tmp_path / "testbed.yaml"
    interpreter = str(pyats_program("python"))
    loaded = subprocess.run([interpreter, "-c", PROGRAM, path], capture_output=True, text=True, check=True, timeout=60)
    pyats = json.loads(loaded.stdout.splitlines()[-1])
    inventory = load_inventory(path)
    assert not inventory.errors
    ours = {
        target.name: [
            PYATS_OS[target.platform],
            target.connection.address,
            target.connection.port,
            target.connection.credentials.user,
        ]
        for target in inventory.targets
    }
    assert ours == pyats
