"""One part of the facts: which requests it takes, and how they are read."""

from collections.abc import Awaitable, Callable
from typing import Any

import msgspec

from baseline.collectors.cloud.microsoft365.answers import Answers, Ask
from baseline.collectors.cloud.microsoft365.request import Request


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """A fact path, the requests that supply it, and how to read it from their answers.

    ``deepen`` asks what only the first answers make known, at most ``followed``: those are named for their permissions.
    """

    fact: str
    requests: tuple[Request, ...]
    read: Callable[[Answers], Any]
    deepen: Callable[[Answers, Ask], Awaitable[None]] | None = None
    followed: tuple[Request, ...] = ()
