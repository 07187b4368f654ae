"""The simulated fleet that every contender asks, in processes of its own."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

import msgspec

from baseline.lab import background
from baseline.lab.demo import demo_fleet
from baseline.lab.folder import LabFolder
from baseline.lab.spec import LabSpec
from baseline.models.target import Connection, Credentials, Target

WORKERS = 20
"""Devices that are asked at the same time: 20 is Nornir's default."""


Transport = Literal["ssh", "netmiko"]


class Fleet(msgspec.Struct, frozen=True, kw_only=True):
    """What a contender must know: where devices listen, how to log in, what to ask."""

    devices: list[tuple[str, str, int]]
    user: str
    key_file: str
    known_hosts: str
    inventory: str
    commands: list[str]
    needs: list[str]

    def targets(self, transport: Transport = "ssh") -> list[Target]:
        """The devices as baseline knows them."""
        credentials = Credentials(user=self.user, key_file=self.key_file)
        return [
            Target(
                name=name,
                kind="network",
                platform="cisco_ios",
                connection=Connection(transport=transport, address=address, port=port, credentials=credentials),
            )
            for name, address, port in self.devices
        ]


@contextmanager
def running_fleet(count: int, latency_ms: float) -> Iterator[tuple[Fleet, LabFolder]]:
    """A lab of ``count`` switches of about 1,100 lines each, on loopback, until the block ends."""
    with tempfile.TemporaryDirectory(prefix="baseline-bench-") as folder:
        place = LabFolder(Path(folder) / "lab")
        spec = LabSpec(devices=demo_fleet(count, lines=1100), first_port=0, latency_ms=latency_ms)
        status = background.up(place, spec, include_localhost=False)
        try:
            commands, needs = _questions()
            yield (
                Fleet(
                    devices=[(device.name, device.address, device.port) for device in status.devices],
                    user=spec.user,
                    key_file=str(place.client_key),
                    known_hosts=str(place.known_hosts),
                    inventory=str(place.inventory),
                    commands=commands,
                    needs=needs,
                ),
                place,
            )
        finally:
            background.down(place)


def _questions() -> tuple[list[str], list[str]]:
    """The commands that the shipped network checks need, and the fact paths that they read."""
    from baseline.collectors.interface import wanted
    from baseline.collectors.network.platforms import platform
    from baseline.content.checks.folder import load_checks

    checks = [check for check in load_checks().values() if check.check.applies_to.kind == "network"]
    needs = frozenset(need for check in checks for need in check.needs)
    commands = [command.text for command in platform("cisco_ios").commands if wanted(command.supplies, needs)]
    return commands, sorted(needs)


def counters(place: LabFolder) -> tuple[int, int, int]:
    """Connections, sessions and commands that all devices together have seen so far."""
    devices = background.status(place).devices
    return (
        sum(device.connections for device in devices),
        sum(device.sessions for device in devices),
        sum(device.commands for device in devices),
    )
