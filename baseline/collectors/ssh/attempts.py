"""Tries again what may work a moment later, and only that."""

import asyncio
import random
from collections.abc import Awaitable, Callable
from typing import TypeVar

from baseline.models.errors import CollectError

TRANSIENT = frozenset({"unreachable", "timeout", "disconnected"})
"""Codes of errors that may be gone on a second attempt. Never ``authentication``: that locks accounts."""

FIRST_DELAY_SECONDS = 0.5
LONGEST_DELAY_SECONDS = 8.0

Outcome = TypeVar("Outcome")


async def repeated(attempt: Callable[[], Awaitable[Outcome]], attempts: int) -> Outcome:
    """The outcome of the first attempt that succeeds, of at most so many, with growing pauses between them.

    Raises:
        CollectError: of the last attempt, or the first that is not transient.
    """
    for number in range(1, attempts):
        try:
            return await attempt()
        except CollectError as error:
            if error.code not in TRANSIENT:
                raise
        await asyncio.sleep(_pause(number))
    return await attempt()


def _pause(number: int) -> float:
    """Seconds to wait: doubling, and spread so that a rack that restarts is not asked all at once."""
    longest = min(LONGEST_DELAY_SECONDS, FIRST_DELAY_SECONDS * 2.0 ** (number - 1))
    return longest * random.uniform(0.5, 1.0)  # noqa: S311 - spreads load, guards nothing
