"""What runs beside the application: each part for as long as the server does."""

import asyncio
import logging
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from typing import Protocol

from baseline.exporters.prometheus.family import Family

log = logging.getLogger(__name__)


class Part(Protocol):
    """Works until it is cancelled. One that ends or fails by itself is shown in the metrics; the others go on."""

    name: str

    async def run(self) -> None:
        """Work."""
        ...


class Parts:
    """The parts of a server, and which of them work. Is a source of metrics."""

    name = "parts"

    def __init__(self, parts: Sequence[Part]) -> None:
        self._parts = parts
        self._working = {part.name: False for part in parts}

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Run them all; on leaving, cancel each and wait until it is done."""
        tasks = [asyncio.create_task(self._run(part), name=part.name) for part in self._parts]
        try:
            yield
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def _run(self, part: Part) -> None:
        self._working[part.name] = True
        try:
            await part.run()
        except Exception:
            log.exception("%s stopped", part.name)
        finally:
            self._working[part.name] = False

    def families(self) -> Iterator[Family]:
        """Whether each part works."""
        yield Family(
            name="baseline_part_up",
            help="Whether a part that runs beside the server works.",
            labels=("part",),
            rows=[((name,), float(working)) for name, working in self._working.items()],
        )
