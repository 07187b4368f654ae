"""What a session with a device does and brings back, whichever transport carries it."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

import msgspec

from baseline.collectors.interface import CollectSettings
from baseline.collectors.network.device_shell import DeviceShell
from baseline.collectors.network.platforms.interface import Platform
from baseline.collectors.ssh.algorithms import TransportDetails
from baseline.models.errors import CollectError
from baseline.models.target import Target


class SessionOutput(msgspec.Struct, frozen=True, kw_only=True):
    """Outputs by command, as received but for terminal control characters.

    ``failures`` holds the reason for each command that the device refused or did not answer properly; a refused command
    is in ``outputs`` too. ``round_trips`` counts the times that the session waited for the device after logging in.
    """

    outputs: dict[str, str]
    failures: dict[str, str]
    round_trips: int
    transport: TransportDetails


class Conversation:
    """One session with one device, from connecting to the last answer."""

    def __init__(self, target: Target, platform: Platform, settings: CollectSettings) -> None:
        self.target = target
        self.platform = platform
        self.settings = settings
        self._shell: DeviceShell | None = None

    @asynccontextmanager
    async def bounded(self) -> AsyncIterator[None]:
        """Everything inside must be done within ``timeout_seconds``; errors say at which point they happened.

        Raises:
            CollectError: ``timeout``, or the one that was raised inside.
        """
        try:
            async with asyncio.timeout(self.settings.timeout_seconds):
                yield
        except TimeoutError as error:
            message = f"not finished within {self.settings.timeout_seconds:g} s"
            where = f"{self.target.name}: {message}, {self._moment()}"
            raise CollectError("timeout", where, self._strange_prompt()) from error
        except CollectError as error:
            if self._shell is None:
                raise
            message = f"{self.target.name}: {error.message}, {self._moment()}"
            raise CollectError(error.code, message, error.hint) from error

    async def hold(self, shell: DeviceShell, commands: Sequence[str], details: TransportDetails) -> SessionOutput:
        """Prepare the session, run the commands, and say which of them were refused."""
        self._shell = shell
        await shell.start()
        unprivileged = await self._prepare(shell)
        outputs = await shell.run(commands)
        return SessionOutput(
            outputs=outputs,
            failures=_unclear(commands, outputs) | self._refusals(outputs, unprivileged),
            round_trips=shell.round_trips,
            transport=details,
        )

    async def _prepare(self, shell: DeviceShell) -> str:
        """Prepare the session; the reason why it is not in privileged mode, or nothing."""
        if self.platform.enable_command is None or shell.privileged:
            await shell.set_up(None)
            return ""
        secret = await asyncio.to_thread(self.settings.secret, self.target, "enable")
        await shell.set_up(secret)
        return "" if secret is not None else "the user is not privileged and no enable secret is configured"

    def _moment(self) -> str:
        if self._shell is None:
            return "while connecting"
        if self._shell.asked:
            return f"after sending {self._shell.asked!r}"
        return "before the first prompt"

    def _strange_prompt(self) -> str:
        """A question where the device waits at something that is no prompt of its platform."""
        line = "" if self._shell is None or self._shell.asked else self._shell.last_line.strip()
        return f"the device waits at {line!r}: is its platform really {self.platform.name}?" if line else ""

    def _refusals(self, outputs: dict[str, str], unprivileged: str) -> dict[str, str]:
        answers = ((command, self.platform.refusal(output)) for command, output in outputs.items())
        because = f"; {unprivileged}" if unprivileged else ""
        return {
            command: f"{command}: {_MEANINGS.get(refusal.code, 'the device failed')} ({refusal.message[:200]}){because}"
            for command, refusal in answers
            if refusal is not None
        }


_MEANINGS = {"unsupported": "the device does not know this command", "privilege": "the user may not run this command"}


def _unclear(commands: Sequence[str], outputs: dict[str, str]) -> dict[str, str]:
    return {
        command: f"{command}: the device's answer could not be told apart from the rest of the session"
        for command in commands
        if command not in outputs
    }
