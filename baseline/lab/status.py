"""What a lab tells about itself."""

from typing import Literal

import msgspec

from baseline.lab.blueprint import Role
from baseline.lab.server import DeviceServer


class DeviceStatus(msgspec.Struct, frozen=True, kw_only=True):
    """One device: where it listens, what is wrong with it, and what it has seen since the start.

    ``violations`` counts attempts to change the device; ``violating`` holds the newest of them, ``received`` the newest
    commands. ``host_keys`` are what a client should know, in OpenSSH form.
    """

    name: str
    platform: str
    site: str
    role: Role
    address: str
    port: int
    host_keys: tuple[str, ...]
    defects: tuple[str, ...]
    faults: tuple[str, ...]
    connections: int
    sessions: int
    authentication_failures: int
    commands: int
    violations: int
    violating: tuple[str, ...]


class LabStatus(msgspec.Struct, frozen=True, kw_only=True):
    """All devices, in the order of the specification."""

    state: Literal["running", "stopped"] = "running"
    devices: tuple[DeviceStatus, ...] = ()

    @property
    def violations(self) -> int:
        """Attempts to change any device."""
        return sum(device.violations for device in self.devices)


def device_status(server: DeviceServer) -> DeviceStatus:
    """The state of one device."""
    device, counters = server.device, server.device.counters
    spec = device.spec
    return DeviceStatus(
        name=spec.name,
        platform=spec.platform,
        site=spec.site,
        role=spec.role,
        address=spec.address,
        port=server.port,
        host_keys=server.host_keys,
        defects=device.defects,
        faults=tuple(sorted(device.faults)),
        connections=counters.connections,
        sessions=counters.sessions,
        authentication_failures=counters.authentication_failures,
        commands=counters.commands,
        violations=counters.violations,
        violating=tuple(counters.violating),
    )


def known_hosts(devices: tuple[DeviceStatus, ...]) -> str:
    """The text of a known_hosts file for these devices."""
    return "".join(f"[{device.address}]:{device.port} {key}\n" for device in devices for key in device.host_keys)
