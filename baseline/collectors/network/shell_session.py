"""Runs commands on a device over the native SSH client."""

from collections.abc import Sequence

import asyncssh

from baseline.collectors.interface import CollectSettings
from baseline.collectors.network.allow_list import check_command
from baseline.collectors.network.device_shell import DeviceShell
from baseline.collectors.network.platforms.interface import Platform
from baseline.collectors.network.session import Conversation, SessionOutput
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
    sendable = platform.sendable
    for command in commands:
        check_command(sendable, command)
    conversation = Conversation(target, platform, settings)
    async with conversation.bounded(), connect(target, settings) as connection:
        stream = ShellStream(settings.maximum_output_bytes)
        channel = await _open_shell(connection, stream)
        details = transport_details(connection)
        return await conversation.hold(DeviceShell(platform, stream, channel), commands, details)


async def _open_shell(
    connection: asyncssh.SSHClientConnection, stream: ShellStream
) -> "asyncssh.SSHClientChannel[bytes]":
    try:
        channel, _ = await connection.create_session(
            lambda: stream, encoding=None, term_type=TERMINAL_TYPE, term_size=TERMINAL_SIZE, env=None, send_env=None
        )
    except (OSError, asyncssh.Error) as error:
        raise CollectError("disconnected", f"the device opens no command line: {error}") from error
    return channel
