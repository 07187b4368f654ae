"""Runs commands on a device over Netmiko, in threads of its own.

Netmiko makes the connection; the conversation is the same as over the native client, so nothing waits for a fixed time
and output stays within the same bounds.
"""

import asyncio
import threading
from collections.abc import AsyncIterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import asynccontextmanager
from typing import Any

from baseline.collectors.interface import CollectSettings
from baseline.collectors.network.allow_list import check_command
from baseline.collectors.network.device_shell import DeviceShell
from baseline.collectors.network.netmiko_connection import Opening, open_connection, transport_details
from baseline.collectors.network.platforms.interface import Platform
from baseline.collectors.network.session import Conversation, SessionOutput
from baseline.collectors.network.shell_stream import ShellStream
from baseline.collectors.ssh.attempts import repeated
from baseline.collectors.ssh.host_keys import load_known_hosts
from baseline.models.target import Target

CHUNK_BYTES = 65536


async def run_commands(
    target: Target, platform: Platform, commands: Sequence[str], settings: CollectSettings
) -> SessionOutput:
    """Log in, switch paging off, run the commands, leave.

    Raises:
        CollectError: as for ``baseline.collectors.network.shell_session.run_commands``.
    """
    sendable = platform.sendable
    for command in commands:
        check_command(sendable, command)
    conversation = Conversation(target, platform, settings)
    async with conversation.bounded(), _connected(target, platform, settings) as (device, workers):
        stream = ShellStream(settings.maximum_output_bytes)
        channel = _ThreadedChannel(device.remote_conn, workers)
        stream.connection_made(channel)
        pump = workers.submit(_pump, device.remote_conn, stream, asyncio.get_running_loop())
        try:
            return await conversation.hold(DeviceShell(platform, stream, channel), commands, transport_details(device))
        finally:
            channel.abort()
            await asyncio.wrap_future(pump)


@asynccontextmanager
async def _connected(
    target: Target, platform: Platform, settings: CollectSettings
) -> AsyncIterator[tuple[Any, ThreadPoolExecutor]]:
    """An open connection and the two threads that serve it: one reads, one writes."""
    address = target.connection.address or target.name
    opening = Opening(
        target=target,
        platform=platform,
        trusted=load_known_hosts(settings.known_hosts).lookup(address, target.connection.port),
        password=await asyncio.to_thread(settings.secret, target, "password"),
        connect_timeout_seconds=settings.connect_timeout_seconds,
    )
    workers = ThreadPoolExecutor(max_workers=2, thread_name_prefix="netmiko")
    try:
        device = await repeated(lambda: _open(opening, workers), settings.attempts)
        try:
            yield device, workers
        finally:
            await asyncio.wrap_future(workers.submit(device.disconnect))
    finally:
        workers.shutdown(wait=False)


async def _open(opening: Opening, workers: ThreadPoolExecutor) -> Any:
    future = workers.submit(open_connection, opening)
    try:
        return await asyncio.wrap_future(future)
    except asyncio.CancelledError:
        future.add_done_callback(_close_unwanted)
        raise


def _close_unwanted(future: "Future[Any]") -> None:
    """Close a connection that was made after nobody waited for it any more."""
    if not future.cancelled() and future.exception() is None:
        future.result().disconnect()


class _ThreadedChannel:
    """Paramiko's channel for the event loop: a device that does not read must not stop the other targets."""

    def __init__(self, channel: Any, workers: ThreadPoolExecutor) -> None:
        self._channel = channel
        self._workers = workers

    def write(self, data: bytes) -> None:
        self._workers.submit(self._channel.sendall, data)

    def abort(self) -> None:
        self._channel.close()


def _pump(channel: Any, stream: ShellStream, loop: asyncio.AbstractEventLoop) -> None:
    """Hand what arrives to the event loop, one piece at a time, until the channel ends."""
    taken = threading.Event()

    def deliver(data: bytes) -> None:
        stream.data_received(data, None)
        taken.set()

    channel.settimeout(None)
    while data := channel.recv(CHUNK_BYTES):
        taken.clear()
        loop.call_soon_threadsafe(deliver, data)
        taken.wait()
    loop.call_soon_threadsafe(stream.connection_lost, None)
