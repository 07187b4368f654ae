"""Simulated switches in processes of their own, with the inventory that leads to them."""

import functools
from pathlib import Path
from typing import Any, Self

import yaml

from baseline.lab import background
from baseline.lab.control import Request
from baseline.lab.folder import LabFolder
from baseline.lab.spec import DeviceSpec, LabSpec
from baseline.lab.status import DeviceStatus, LabStatus
from tests.shipped import shipped_checks

SHORT = 450
"""Lines of a configuration that keep a test quick."""


def switch(name: str, **spec: Any) -> DeviceSpec:
    """A small access switch without mistakes."""
    return DeviceSpec(**({"name": name, "lines": SHORT} | spec))


@functools.cache
def checks_for(platform: str, kind: str = "network") -> frozenset[str]:
    """Names of the shipped checks that are held against a platform."""
    checks = (compiled.check for compiled in shipped_checks().values())
    return frozenset(
        check.id
        for check in checks
        if check.applies_to.kind == kind and (not check.applies_to.platforms or platform in check.applies_to.platforms)
    )


class Fleet:
    """A lab that runs. Leaving it stops the lab and demands that no client tried to change a device."""

    def __init__(self, path: Path, *devices: DeviceSpec, include_localhost: bool = False, **spec: Any) -> None:
        self.folder = LabFolder(path)
        self.inventory = self.folder.inventory
        self._spec = LabSpec(devices=devices, **({"first_port": 0} | spec))
        self._include_localhost = include_localhost

    def __enter__(self) -> Self:
        background.up(self.folder, self._spec, include_localhost=self._include_localhost)
        return self

    def __exit__(self, kind: object, error: object, trace: object) -> None:
        background.down(self.folder)
        status = background.status(self.folder)
        tried = {device.name: device.violating for device in status.devices if device.violations}
        assert not tried, f"clients tried to change devices: {tried}"

    @property
    def status(self) -> LabStatus:
        """All devices, with what they have seen."""
        return background.status(self.folder)

    def device(self, name: str) -> DeviceStatus:
        """One device, with what it has seen."""
        return next(device for device in self.status.devices if device.name == name)

    def break_device(self, name: str, mistake: str) -> None:
        """Add a defect to the configuration of a device, or a fault to its behaviour."""
        background.change(self.folder, Request("break", name, mistake))

    def repair_device(self, name: str) -> None:
        """Take every defect and fault away."""
        background.change(self.folder, Request("repair", name))

    def configure(self, name: str, text: str) -> None:
        """Let a device run exactly this configuration."""
        background.change(self.folder, Request("configure", name, text))

    def set_variables(self, **variables: Any) -> None:
        """Set variables of all devices in the inventory."""
        path = self.folder.path / "group_vars" / "network.yml"
        path.write_text(yaml.safe_dump(yaml.safe_load(path.read_text()) | variables))

    def set_host_variables(self, name: str, **variables: Any) -> None:
        """Set variables of one device in the inventory."""
        path = self.folder.path / "host_vars" / f"{name}.yml"
        path.parent.mkdir(exist_ok=True)
        path.write_text(yaml.safe_dump(variables))
