"""Tries whether targets answer: opens a TCP connection and closes it, nothing more."""

import asyncio
from collections.abc import Sequence

from baseline.content.inventory.merging import in_order
from baseline.content.inventory.model import Inventory
from baseline.content.inventory.protocol import Place
from baseline.models.errors import Problem
from baseline.models.target import Target

CONCURRENT = 64
TIMEOUT_SECONDS = 3.0


async def probe(
    inventory: Inventory, *, concurrent: int = CONCURRENT, timeout_seconds: float = TIMEOUT_SECONDS
) -> list[Problem]:
    """The targets that do not answer on their port, as problems.

    At most ``concurrent`` connections are open at a time, each for at most ``timeout_seconds``. Excluded and local
    targets are left out.
    """
    asked = [
        target
        for target in inventory.targets
        if target.excluded is None and target.connection.transport not in ("api", "local", "image")
    ]
    turns = asyncio.Semaphore(concurrent)
    reasons = await asyncio.gather(*(_reason(target, turns, timeout_seconds) for target in asked))
    return _problems(asked, reasons, inventory.places)


async def _reason(target: Target, turns: asyncio.Semaphore, timeout_seconds: float) -> str | None:
    """Why a target does not answer, or None when it does."""
    async with turns:
        try:
            async with asyncio.timeout(timeout_seconds):
                _, writer = await asyncio.open_connection(target.connection.address, target.connection.port)
        except TimeoutError:
            return f"no answer within {timeout_seconds:g} seconds"
        except (OSError, UnicodeError) as error:
            return getattr(error, "strerror", None) or str(error)
        writer.transport.abort()
        return None


def _problems(targets: Sequence[Target], reasons: Sequence[str | None], places: dict[str, Place]) -> list[Problem]:
    found = []
    for target, reason in zip(targets, reasons, strict=True):
        if reason is not None:
            path, line, column = places.get(target.name, Place("inventory"))
            where = f"{target.connection.address} port {target.connection.port}"
            message = f"{target.name}: {where} cannot be reached: {reason}"
            found.append(Problem(path=path, line=line, column=column, message=message))
    return in_order(found)
