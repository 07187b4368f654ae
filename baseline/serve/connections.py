"""Connections of which a client cannot hold more than its part: each has a time to ask in, and one to be answered in."""

import asyncio
from typing import Any

from uvicorn.protocols.http.h11_impl import H11Protocol


class BoundedConnection(H11Protocol):
    """A connection that is closed when its client dawdles; uvicorn itself waits without end for the rest of a request.

    Without this, ``MOST_CONNECTIONS`` clients that send a byte now and then keep Prometheus out, password or not.
    """

    request_seconds = 10.0
    """For a whole request head, counted from the connection or the answer before."""
    answer_seconds = 360.0
    """For an answer, until its last byte is taken: the longest probe, and a minute."""

    _deadline: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn has it
        """Begin to count."""
        super().connection_made(transport)
        self._count()

    def data_received(self, data: bytes) -> None:
        """Count anew when a request is whole, and not for less."""
        before: Any = self.cycle
        super().data_received(data)
        if self.cycle is not before:
            self._count()

    def on_response_complete(self) -> None:
        """Count anew for the next request."""
        super().on_response_complete()
        self._count()

    def connection_lost(self, exc: Exception | None) -> None:
        """Count no more."""
        super().connection_lost(exc)
        self._stop()

    def _count(self) -> None:
        self._stop()
        cycle: Any = self.cycle
        waits_for_request = cycle is None or cycle.response_complete
        seconds = self.request_seconds if waits_for_request else self.answer_seconds
        self._deadline = self.loop.call_later(seconds, self.transport.abort)

    def _stop(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
