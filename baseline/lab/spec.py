"""What a lab is made of: devices, where they listen, and who may log in."""

import ipaddress
from typing import Literal

import msgspec

from baseline.lab.blueprint import Role
from baseline.lab.errors import LabError
from baseline.models.target import Classification, Exposure

IOS = "cisco_ios"
"""The platform whose devices are made from a blueprint; those of others answer with recordings."""

FIRST_PORT = 22001
"""The first device's port: below those that Linux gives to outgoing connections (32768 and up), which may hold any of theirs."""


class DeviceSpec(msgspec.Struct, frozen=True, kw_only=True):
    """One device. ``lines`` is about how long its configuration is (400 to 1500 make sense), ``configuration`` replaces it.

    ``role``, ``lines`` and ``number`` shape a Cisco IOS switch only; the configuration of others is a recorded one.

    ``accepts_changes``: what is typed in configuration mode counts, and still is told as an attempt to change the device;
    ``refuses`` are beginnings of lines that it then does not know, ``hangs_up`` of lines at which it ends the session.

    ``privilege`` is the level at which a session starts (1 or 15). ``address`` and ``port`` are filled when the lab is laid out.
    """

    name: str
    platform: str = IOS
    site: str = "zwolle"
    site_number: int = 1
    number: int = 11
    role: Role = "access"
    defects: tuple[str, ...] = ()
    faults: tuple[str, ...] = ()
    lines: int = 1200
    configuration: str | None = None
    privilege: int = 15
    accepts_changes: bool = False
    refuses: tuple[str, ...] = ()
    hangs_up: tuple[str, ...] = ()
    zone: str = "campus"
    owner: str = "netwerkbeheer"
    exposure: Exposure = "internal"
    classification: Classification = Classification(availability="high", integrity="medium", confidentiality="low")
    address: str = "127.0.0.1"
    port: int = 0


class LabSpec(msgspec.Struct, frozen=True, kw_only=True):
    """A whole lab.

    ``addressing`` gives every device its own port on one address, or its own address (127.1.x.y) with one port;
    ``first_port`` 0 lets the system choose. ``latency_ms`` and ``slow_ms`` are milliseconds per round trip.
    ``authorized_keys`` are public keys in OpenSSH form. Without ``password`` only keys log in; without
    ``enable_password`` nobody gets more privilege than he came with.
    """

    devices: tuple[DeviceSpec, ...]
    seed: int = 1
    address: str = "127.0.0.1"
    addressing: Literal["port", "address"] = "port"
    first_port: int = FIRST_PORT
    latency_ms: float = 0.0
    slow_ms: float = 2000.0
    user: str = "auditor"
    password: str | None = None
    enable_password: str | None = None
    authorized_keys: tuple[str, ...] = ()

    def laid_out(self) -> "LabSpec":
        """The same lab, with an address and port for every device.

        Raises:
            LabError: an address that is not loopback, too many devices, or two devices with one name.
        """
        names = [device.name for device in self.devices]
        if len(set(names)) != len(names):
            raise LabError("two devices of the lab have the same name")
        if self.first_port + len(names) > 65_536:
            raise LabError(f"{len(names)} devices do not fit above port {self.first_port}")
        devices = tuple(self._placed(device, index) for index, device in enumerate(self.devices))
        return msgspec.structs.replace(self, devices=devices)

    def _placed(self, device: DeviceSpec, index: int) -> DeviceSpec:
        address, port = self.address, self.first_port + index if self.first_port else 0
        if self.addressing == "address":
            address, port = f"127.1.{index // 250}.{index % 250 + 1}", self.first_port
        return msgspec.structs.replace(device, address=loopback(address), port=port)

    def share(self, worker: int, workers: int) -> "LabSpec":
        """The part of a laid-out lab that one of several processes serves."""
        return msgspec.structs.replace(self, devices=self.devices[worker::workers])


def loopback(address: str) -> str:
    """The address itself.

    Raises:
        LabError: it is not a loopback address; a simulated device must never be reachable from elsewhere.
    """
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError as error:
        raise LabError(f"{address!r} is not an IP address") from error
    if not parsed.is_loopback:
        raise LabError(f"a lab listens on loopback only, not on {address}")
    return address
