"""Asks many at once in one event loop, a fixed number at a time."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from typing import TypeVar

Item = TypeVar("Item")
Answer = TypeVar("Answer")


async def everywhere(items: Iterable[Item], one: Callable[[Item], Awaitable[Answer]], workers: int) -> list[Answer]:
    """The answers of ``one`` for every item, in no order; the first error ends everything."""
    waiting = iter(items)
    answers: list[Answer] = []

    async def worker() -> None:
        for item in waiting:
            answer = await one(item)
            answers.append(answer)

    async with asyncio.TaskGroup() as group:
        for _ in range(workers):
            group.create_task(worker())
    return answers
