"""Asks whether devices answer: opens a connection and reads the SSH version line."""

import asyncio
from collections.abc import Sequence

from baseline.lab.errors import LabError

TIMEOUT_SECONDS = 10.0
AT_ONCE = 100


def answering(endpoints: Sequence[tuple[str, int]]) -> None:
    """Return when every endpoint has shown an SSH version line.

    Raises:
        LabError: one did not.
    """
    asyncio.run(_probe_all(endpoints))


async def _probe_all(endpoints: Sequence[tuple[str, int]]) -> None:
    gate = asyncio.Semaphore(AT_ONCE)
    await asyncio.gather(*(_probe(gate, address, port) for address, port in endpoints))


async def _probe(gate: asyncio.Semaphore, address: str, port: int) -> None:
    async with gate:
        try:
            async with asyncio.timeout(TIMEOUT_SECONDS):
                reader, writer = await asyncio.open_connection(address, port)
                line = await reader.readline()
                writer.close()
        except OSError as error:
            raise LabError(f"{address} port {port} does not answer: {error}") from error
    if not line.startswith(b"SSH-"):
        raise LabError(f"{address} port {port} is not an SSH server")
