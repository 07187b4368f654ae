"""Simulated distance: what arrives on a connection is delivered a little later, in order."""

import asyncio
from collections import deque
from collections.abc import Callable


class DelayedArrivals:
    """Delays every arrival by ``seconds()``, so that each round trip takes that much longer, the handshake included."""

    def __init__(self, deliver: Callable[[bytes], None], seconds: Callable[[], float]) -> None:
        self._deliver = deliver
        self._seconds = seconds
        self._loop = asyncio.get_running_loop()
        self._waiting: deque[bytes] = deque()
        self._latest = 0.0
        self._closed = False

    def arrive(self, data: bytes, datatype: int | None = None) -> None:  # noqa: ARG002  asyncio's signature
        """Take what arrived; it is delivered when its time has come."""
        self._latest = max(self._latest, self._loop.time() + self._seconds())
        self._waiting.append(data)
        self._loop.call_at(self._latest, self._next)

    def close(self) -> None:
        """Forget what was not delivered yet: the connection is gone."""
        self._closed = True
        self._waiting.clear()

    def _next(self) -> None:
        if not self._closed:
            self._deliver(self._waiting.popleft())
