"""A running lab: ``async with start(spec) as lab`` in a test, or inside the process behind ``baseline lab up``."""

from types import TracebackType
from typing import Self

from baseline.lab.counters import Counters
from baseline.lab.devices import new_device
from baseline.lab.errors import LabError
from baseline.lab.server import DeviceServer
from baseline.lab.spec import DeviceSpec, LabSpec
from baseline.lab.status import LabStatus, device_status, known_hosts

__all__ = ["DeviceSpec", "Lab", "LabSpec", "start"]


def start(spec: LabSpec) -> "Lab":
    """A lab that listens as long as its ``async with`` block lasts.

    Raises:
        LabError: an unknown defect or fault, an address that is not loopback, or (on entering) a port that is taken.
    """
    return Lab(spec.laid_out())


class Lab:
    """Devices that listen in this event loop. Each may be broken, repaired or given a configuration at any moment."""

    def __init__(self, spec: LabSpec) -> None:
        self.spec = spec
        self._servers = {device.name: DeviceServer(new_device(device, spec.seed), spec) for device in spec.devices}

    async def __aenter__(self) -> Self:
        try:
            for server in self._servers.values():
                await server.listen()
        except BaseException:
            await self.close()
            raise
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def close(self) -> None:
        """Stop listening and break every connection."""
        for server in self._servers.values():
            await server.close()

    def _server(self, name: str) -> DeviceServer:
        if name not in self._servers:
            raise LabError(f"the lab has no device {name!r}")
        return self._servers[name]

    def endpoint(self, name: str) -> tuple[str, int]:
        """Address and port of a device."""
        server = self._server(name)
        return server.device.spec.address, server.port

    def counters(self, name: str) -> Counters:
        """What a device has seen: connections, sessions, commands received, violations."""
        return self._server(name).device.counters

    def configuration(self, name: str) -> str:
        """The running configuration of a device, from ``version`` to ``end``."""
        return self._server(name).device.configuration

    def set_config(self, name: str, text: str) -> None:
        """Let a device run, and have saved, exactly this text."""
        self._server(name).device.set_configuration(text)

    def break_device(self, name: str, defect: str) -> None:
        """Add a defect to the configuration of a device, or a fault to its behaviour.

        Raises:
            LabError: there is no such device, defect or fault.
        """
        server = self._server(name)
        server.device.break_with(defect)
        server.refresh()

    def repair_device(self, name: str) -> None:
        """Take away every defect and fault of a device, and a configuration that was set."""
        server = self._server(name)
        server.device.repair()
        server.refresh()

    def reset_counters(self) -> None:
        """Start counting anew on every device."""
        for server in self._servers.values():
            server.device.counters.reset()

    def known_hosts(self) -> str:
        """The text of a known_hosts file with the right host key of every device."""
        return known_hosts(self.status().devices)

    def status(self) -> LabStatus:
        """All devices with what they have seen."""
        return LabStatus(devices=tuple(device_status(server) for server in self._servers.values()))
