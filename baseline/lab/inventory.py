"""The Ansible inventory of a lab: what an operator's own inventory would look like."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import msgspec
import yaml

from baseline.lab.spec import IOS, DeviceSpec, LabSpec
from baseline.models.platforms import ANSIBLE_NETWORK_OS

ROLE_GROUPS = {"access": "access_switches", "core": "core_switches"}
"""Role of a Cisco IOS switch -> its group. Devices of other platforms are in a group with the name of the platform."""

_HEADER = "# Made by `baseline lab up`; it is made anew every time.\n---\n"


def write_inventory(
    folder: Path, spec: LabSpec, *, key: Path, known_hosts: Path, include_localhost: bool = True
) -> None:
    """Write ``inventory.yml`` and ``group_vars`` for a laid-out lab.

    No password is in them: the lab knows its client by ``key``.
    """
    variables = folder / "group_vars"
    variables.mkdir(parents=True, exist_ok=True)
    for old in variables.glob("*.yml"):
        old.unlink()
    groups = _groups(spec.devices)
    shared = {group: _shared(members) for group, members in groups.items()}
    _write(folder / "inventory.yml", _inventory(groups, shared, include_localhost=include_localhost))
    only_ios = {device.platform for device in spec.devices} <= {IOS}
    system = {"ansible_network_os": network_os(IOS)} if only_ios else {}
    _write(variables / "network.yml", system | _connection(spec, key, known_hosts))
    for group, values in shared.items():
        own = {} if only_ios else {"ansible_network_os": network_os(groups[group][0].platform)}
        _write(variables / f"{group}.yml", own | values)
    for site in _sites(spec.devices):
        _write(variables / f"{site}.yml", {"baseline_site": site})


def network_os(platform: str) -> str:
    """The first value of ``ansible_network_os`` that means a platform."""
    return next(value for value, name in ANSIBLE_NETWORK_OS.items() if name == platform)


def _groups(devices: Iterable[DeviceSpec]) -> dict[str, list[DeviceSpec]]:
    """The devices by group: roles first, then platforms, each only when it has devices."""
    groups: dict[str, list[DeviceSpec]] = {group: [] for group in ROLE_GROUPS.values()}
    for device in devices:
        group = ROLE_GROUPS[device.role] if device.platform == IOS else device.platform
        groups.setdefault(group, []).append(device)
    return {group: members for group, members in groups.items() if members}


def _write(path: Path, document: object) -> None:
    path.write_text(_HEADER + yaml.safe_dump(document, sort_keys=False, default_flow_style=False))


def _connection(spec: LabSpec, key: Path, known_hosts: Path) -> dict[str, str]:
    return {
        "ansible_connection": "ansible.netcommon.network_cli",
        "ansible_user": spec.user,
        "ansible_ssh_private_key_file": str(key),
        "baseline_known_hosts": str(known_hosts),
    }


def _inventory(
    groups: dict[str, list[DeviceSpec]], shared: dict[str, dict[str, Any]], *, include_localhost: bool
) -> dict[str, Any]:
    kinds = {group: {"hosts": _hosts(groups[group], values)} for group, values in shared.items()}
    devices = [device for members in groups.values() for device in members]
    sites = {
        site: {"hosts": {device.name: None for device in devices if device.site == site}} for site in _sites(devices)
    }
    tree: dict[str, Any] = {"children": {"network": {"children": kinds}, "sites": {"children": sites}}}
    if include_localhost:
        local = {"ansible_connection": "local", "baseline_platform": "linux", "baseline_owner": "werkplekbeheer"}
        tree["children"]["linux_hosts"] = {"hosts": {"localhost": local}}
    return {"all": tree}


def _sites(devices: Iterable[DeviceSpec]) -> list[str]:
    return sorted({device.site for device in devices})


def _hosts(members: list[DeviceSpec], shared: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Address and port of each, and what it does not have in common with its group."""
    return {
        device.name: {"ansible_host": device.address, "ansible_port": device.port}
        | {name: value for name, value in _described(device).items() if name not in shared}
        for device in members
    }


def _shared(members: list[DeviceSpec]) -> dict[str, Any]:
    """The variables that all members agree on."""
    first = _described(members[0])
    return {
        name: value for name, value in first.items() if all(_described(member)[name] == value for member in members)
    }


def _described(device: DeviceSpec) -> dict[str, Any]:
    return {
        "baseline_zone": device.zone,
        "baseline_owner": device.owner,
        "baseline_exposure": device.exposure,
        "baseline_classification": msgspec.to_builtins(device.classification),
    }
