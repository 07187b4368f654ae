"""One SSH session on a simulated device: joins the command line to the channel, and lets faults get in between."""

from collections.abc import Callable

import asyncssh

from baseline.lab.devices import open_shell
from baseline.lab.faults import FLOOD_BYTES, FLOOD_CHUNK, delivered, noise
from baseline.lab.moment import Login
from baseline.lab.simulated import SimulatedDevice
from baseline.lab.spec import LabSpec

DEFAULT_HEIGHT = 24
"""Lines of a terminal whose client does not say how high it is."""


class DeviceSession(asyncssh.SSHServerSession[bytes]):
    """A shell or a single command. ``hang_up`` closes the connection, as the device does after a session."""

    def __init__(self, device: SimulatedDevice, lab: LabSpec, login: Login, hang_up: Callable[[], None]) -> None:
        self._device = device
        self._login = login
        self._hang_up = hang_up
        self._shell = open_shell(device, login, height=DEFAULT_HEIGHT, enable_password=lab.enable_password)
        self._one_command: str | None = None
        self._silent = "hang" in device.faults
        self._to_flood = 0
        self._paused = False

    def connection_made(self, chan: asyncssh.SSHServerChannel[bytes]) -> None:
        """Keep the channel and take a vty line."""
        self._channel = chan
        self._device.logins[self._login.line] = self._login
        self._device.counters.sessions += 1

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002  given by asyncssh
        """Give the vty line back and hang up."""
        self._to_flood = 0
        self._silent = True
        self._device.logins.pop(self._login.line, None)
        self._hang_up()

    def pty_requested(self, term_type: str, term_size: tuple[int, int, int, int], term_modes: object) -> bool:  # noqa: ARG002
        """Accept a terminal; its height decides where answers are paged."""
        self._shell.resize(term_size[1] or DEFAULT_HEIGHT)
        return True

    def shell_requested(self) -> bool:
        """Accept an interactive session."""
        return True

    def exec_requested(self, command: str) -> bool:
        """Accept a single command."""
        self._one_command = command
        return True

    def session_started(self) -> None:
        """Greet, or answer the single command and close."""
        if self._silent:
            return
        if self._one_command is None:
            self._channel.write(noise(200) if "binary" in self._device.faults else self._shell.start())
            return
        self._deliver(self._shell.run(self._one_command))
        if not (self._silent or self._to_flood):
            self._channel.exit(0)

    def data_received(self, data: bytes, datatype: int | None) -> None:  # noqa: ARG002  given by asyncssh
        """Show what the device shows for what was typed."""
        if self._silent or self._one_command is not None:
            return
        self._deliver(self._shell.receive(data))
        if self._shell.closed and not self._silent:
            self._channel.exit(0)

    def _deliver(self, reply: bytes) -> None:
        if not (self._shell.answered and self._device.faults):
            self._channel.write(reply)
            return
        delivery = delivered(self._device.faults, reply)
        self._channel.write(delivery.data)
        self._silent = delivery.then in {"silence", "abort"}
        if delivery.then == "abort":
            self._channel.get_connection().abort()
        elif delivery.then == "flood":
            self._to_flood = FLOOD_BYTES
            self._flood()

    def _flood(self) -> None:
        while self._to_flood > 0 and not self._paused:
            self._to_flood -= len(FLOOD_CHUNK)
            self._channel.write(FLOOD_CHUNK)
            if self._to_flood <= 0 and self._one_command is not None:
                self._channel.exit(0)

    def pause_writing(self) -> None:
        """The client is slower than the flood."""
        self._paused = True

    def resume_writing(self) -> None:
        """The client caught up."""
        self._paused = False
        self._flood()
