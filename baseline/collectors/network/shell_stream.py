"""The bytes of one interactive channel: collected within bounds, and waited for."""

import asyncio
from collections.abc import Callable
from typing import Protocol

import asyncssh

from baseline.collectors.network.screen import NOISE_SAMPLE_BYTES, is_noise
from baseline.models.errors import CollectError


class Channel(Protocol):
    """The way back to the device."""

    def write(self, data: bytes) -> None:
        """Send bytes."""
        ...

    def abort(self) -> None:
        """End the channel at once; nothing more is read."""
        ...


class ShellStream(asyncssh.SSHClientSession[bytes]):
    """Collects what a device sends until it is taken.

    ``maximum_bytes`` bounds everything that is sent in the session. Beyond it the channel is aborted, so that memory
    stays bounded however fast a device sends.
    """

    def __init__(self, maximum_bytes: int) -> None:
        self._buffer = bytearray()
        self._maximum_bytes = maximum_bytes
        self._received = 0
        self._failure: CollectError | None = None
        self._channel: Channel | None = None
        self._news = asyncio.Event()

    @property
    def received(self) -> int:
        """Bytes received in all."""
        return self._received

    async def wait_for(self, complete: Callable[[], bool], *, quiet_seconds: float | None = None) -> bool:
        """Wait until ``complete`` holds: True. With ``quiet_seconds``, False when the device is silent for that long.

        Raises:
            CollectError: ``disconnected``, ``too_much_output`` or ``unparsable``.
        """
        while not complete():
            if self._failure is not None:
                raise self._failure
            self._news.clear()
            if not await self._heard(quiet_seconds):
                return False
        return True

    async def _heard(self, quiet_seconds: float | None) -> bool:
        """Wait until something arrives: True. False when nothing does for so long, if that is given."""
        if quiet_seconds is None:
            return await self._news.wait()
        try:
            async with asyncio.timeout(quiet_seconds):
                return await self._news.wait()
        except TimeoutError:
            return False

    def tail(self, length: int) -> bytes:
        """The last bytes that were not taken yet."""
        return bytes(self._buffer[-length:])

    def holds(self, data: bytes) -> bool:
        """Whether these bytes are among those that were not taken yet."""
        return data in self._buffer

    def ends_with(self, data: bytes) -> bool:
        """Whether these bytes are the last that were not taken yet."""
        return self._buffer.endswith(data)

    def text(self) -> str:
        """Everything that was not taken yet, decoded; what is not UTF-8 is replaced."""
        return self._buffer.decode("utf-8", errors="replace")

    def take(self) -> str:
        """The same, and forget it."""
        text = self.text()
        self._buffer.clear()
        return text

    def connection_made(self, chan: Channel) -> None:
        """The channel is open."""
        self._channel = chan

    def data_received(self, data: bytes, _datatype: int | None) -> None:
        """Data of either output; a terminal has one stream."""
        if self._failure is not None:
            return
        self._received += len(data)
        self._buffer += data
        if self._received > self._maximum_bytes:
            self._fail(CollectError("too_much_output", f"the device sent more than {self._maximum_bytes} bytes"))
        elif is_noise(data if len(data) >= NOISE_SAMPLE_BYTES else self.tail(2 * NOISE_SAMPLE_BYTES)):
            self._fail(CollectError("unparsable", "the device sends binary data instead of text"))
        self._news.set()

    def connection_lost(self, _exc: Exception | None) -> None:
        """The device or the network ended the channel."""
        if self._failure is None:
            self._failure = CollectError("disconnected", "the device ended the session")
        self._news.set()

    def _fail(self, error: CollectError) -> None:
        self._failure = error
        if self._channel is not None:
            self._channel.abort()
