"""Runs commands on a device over the native SSH client."""

import asyncio
from collections.abc import Sequence

import asyncssh

from baseline.collectors.interface import CollectSettings
from baseline.collectors.network.allow_list import check_command
from baseline.collectors.network.device_shell import DeviceShell
from baseline.collectors.network.platforms.interface import Platform
from baseline.collectors.network.session import SessionOutput, refusals
from baseline.collectors.network.shell_stream import ShellStream
from baseline.collectors.ssh.connection import connect, transport_details
from baseline.models.errors import CollectError
from baseline.models.target import Target

TERMINAL_TYPE = "dumb"
"""A terminal that cannot move its cursor, so that a device sends no control sequences."""

TERMINAL_SIZE = (511, 1000)
"""Columns and rows: no line is folded, and a device that pages by rows seldom has to."""


async def run_commands(
    target: Target, platform: Platform, commands: Sequence[str], settings: CollectSettings
) -> SessionOutput:
    """Log in, switch paging off, run the commands, leave.

    Raises:
        CollectError: a code of ``connect``, or ``not_allowed``, ``timeout``, ``disconnected``, ``too_much_output``,
            ``unparsable``, ``privilege``; the message says after which command.
    """
    for command in commands:
        check_command(platform.allowed, command)
    session = _Session(target, platform, settings)
    try:
        async with asyncio.timeout(settings.timeout_seconds):
            return await session.run(commands)
    except TimeoutError as error:
        raise session.failure("timeout", f"not finished within {settings.timeout_seconds:g} s") from error


class _Session:
    def __init__(self, target: Target, platform: Platform, settings: CollectSettings) -> None:
        self._target = target
        self._platform = platform
        self._settings = settings
        self._shell: DeviceShell | None = None

    async def run(self, commands: Sequence[str]) -> SessionOutput:
        async with connect(self._target, self._settings) as connection:
            try:
                return await self._converse(connection, commands)
            except CollectError as error:
                raise self.failure(error.code, error.message, error.hint) from error
            except (OSError, asyncssh.Error) as error:
                raise self.failure("disconnected", f"the session could not be kept open: {error}") from error

    def failure(self, code: str, message: str, hint: str = "") -> CollectError:
        """An error that says at which point of the session it happened."""
        if self._shell is None:
            moment = "before a session was open"
        elif not self._shell.last_sent:
            moment = "before the first prompt"
        else:
            moment = f"after sending {self._shell.last_sent!r}"
        return CollectError(code, f"{self._target.name}: {message}, {moment}", hint)

    async def _converse(self, connection: asyncssh.SSHClientConnection, commands: Sequence[str]) -> SessionOutput:
        stream = ShellStream(self._settings.maximum_output_bytes)
        channel, _ = await connection.create_session(
            lambda: stream, encoding=None, term_type=TERMINAL_TYPE, term_size=TERMINAL_SIZE, env=None, send_env=None
        )
        shell = self._shell = DeviceShell(self._platform, stream, channel)
        await shell.start()
        unprivileged = await self._set_up(shell)
        outputs = await shell.run(commands)
        return SessionOutput(
            outputs=outputs,
            failures=_unclear(commands, outputs) | refusals(self._platform, outputs, unprivileged=unprivileged),
            round_trips=shell.round_trips,
            transport=transport_details(connection, legacy=self._target.connection.legacy_algorithms),
        )

    async def _set_up(self, shell: DeviceShell) -> str:
        """Prepare the session; the reason why it is not in privileged mode, or nothing."""
        if self._platform.enable_command is None or shell.privileged:
            await shell.set_up(None)
            return ""
        secret = await asyncio.to_thread(self._settings.secret, self._target, "enable")
        await shell.set_up(secret)
        return "" if secret is not None else "the user is not privileged and no enable secret is configured"


def _unclear(commands: Sequence[str], outputs: dict[str, str]) -> dict[str, str]:
    return {
        command: f"{command}: the device's answer could not be told apart from the rest of the session"
        for command in commands
        if command not in outputs
    }
