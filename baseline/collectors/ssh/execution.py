"""Runs one command over a connection, bounded in time and in output. Decides nothing about what may be run."""

import asyncio
import contextlib

import asyncssh
import msgspec

from baseline.models.errors import CollectError


class ExecResult(msgspec.Struct, frozen=True, kw_only=True):
    """What a command wrote and how it ended. ``exit_status`` is None when a signal, named in ``signal``, ended it."""

    stdout: bytes
    stderr: bytes
    exit_status: int | None
    signal: str = ""


async def execute(
    connection: asyncssh.SSHClientConnection,
    command: str,
    *,
    input: bytes | None = None,  # noqa: A002 - the word that subprocess.run uses
    timeout_seconds: float,
    maximum_output_bytes: int,
) -> ExecResult:
    """Run a command without a terminal, feed it ``input`` on standard input, and wait for its end.

    ``maximum_output_bytes`` bounds both outputs together; what is beyond it is never kept in memory.

    Raises:
        CollectError: ``timeout``, ``too_much_output``, ``disconnected``, or ``not_allowed`` when the target refuses to
            run commands.
    """
    named = repr(command if len(command) <= 80 else command[:77] + "...")
    try:
        async with asyncio.timeout(timeout_seconds):
            channel, capture = await _start(connection, command, maximum_output_bytes)
            try:
                _feed(channel, input)
                return await capture.ended
            finally:
                channel.abort()
    except TimeoutError as error:
        raise CollectError("timeout", f"no end of {named} within {timeout_seconds:g} s") from error
    except asyncssh.ChannelOpenError as error:
        if error.code == asyncssh.OPEN_CONNECT_FAILED:
            raise CollectError("disconnected", f"the connection was lost before {named}") from error
        raise CollectError("not_allowed", f"the target refuses to run {named}: {error.reason[:200]}") from error
    except _OutputTooLargeError as error:
        raise CollectError("too_much_output", f"{named} wrote more than {maximum_output_bytes} bytes") from error
    except (OSError, asyncssh.Error) as error:
        raise CollectError("disconnected", f"the connection was lost during {named}") from error


async def _start(
    connection: asyncssh.SSHClientConnection, command: str, maximum_output_bytes: int
) -> tuple["asyncssh.SSHClientChannel[bytes]", "_Capture"]:
    capture = _Capture(maximum_output_bytes)
    channel, _ = await connection.create_session(
        lambda: capture, command, encoding=None, request_pty=False, env=None, send_env=None
    )
    return channel, capture


def _feed(channel: "asyncssh.SSHClientChannel[bytes]", data: bytes | None) -> None:
    """Write standard input. A command that ended before reading it, as ``nologin`` does, has said how it ended."""
    with contextlib.suppress(BrokenPipeError):
        if data:
            channel.write(data)
        channel.write_eof()


class _OutputTooLargeError(Exception):
    pass


class _Capture(asyncssh.SSHClientSession[bytes]):
    """Keeps what a command writes, up to a bound."""

    def __init__(self, maximum_bytes: int) -> None:
        self.ended: asyncio.Future[ExecResult] = asyncio.get_running_loop().create_future()
        self._room = maximum_bytes
        self._stdout = bytearray()
        self._stderr = bytearray()
        self._exit_status: int | None = None
        self._signal = ""

    def data_received(self, data: bytes, datatype: int | None) -> None:
        self._room -= len(data)
        if self._room < 0:
            self._fail(_OutputTooLargeError())
        elif not self.ended.done():
            (self._stderr if datatype == asyncssh.EXTENDED_DATA_STDERR else self._stdout).extend(data)

    def exit_status_received(self, status: int) -> None:
        self._exit_status = status

    def exit_signal_received(self, signal: str, _core_dumped: bool, _msg: str, _lang: str) -> None:
        self._signal = signal

    def connection_lost(self, exc: Exception | None) -> None:
        if exc is not None or (self._exit_status is None and not self._signal):
            self._fail(exc or asyncssh.ConnectionLost("the channel was closed"))
        elif not self.ended.done():
            self.ended.set_result(
                ExecResult(
                    stdout=bytes(self._stdout),
                    stderr=bytes(self._stderr),
                    exit_status=self._exit_status,
                    signal=self._signal,
                )
            )

    def _fail(self, error: Exception) -> None:
        if not self.ended.done():
            self.ended.set_exception(error)
