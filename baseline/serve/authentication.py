"""Basic authentication against bcrypt hashes (RFC 7617)."""

import asyncio
import base64
import hashlib
import hmac
import secrets
from collections import OrderedDict
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor

import bcrypt
from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

REMEMBERED = 100
"""Outcomes that are remembered, so that a scrape does not cost a bcrypt each time."""
AT_ONCE = 2
"""Passwords that are tried at a time; others wait."""
LONGEST = 72
"""Bytes of a password that bcrypt looks at; longer ones are refused."""
NOBODY = "$2b$10$" + "." * 53
"""A hash that no password has. A name that does not exist is held against it, so that it takes as long as one that does."""


class Users:
    """Names and hashes, as they are now. ``current`` is asked each time, so that a changed file counts at once."""

    def __init__(self, current: Callable[[], Mapping[str, str]]) -> None:
        self._current = current
        self._secret = secrets.token_bytes(32)
        self._outcomes: OrderedDict[bytes, bool] = OrderedDict()
        self._turns = asyncio.Semaphore(AT_ONCE)
        self._threads = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="passwords")

    async def admits(self, authorization: str) -> bool:
        """Whether an ``Authorization`` header holds a name with its password; True for all where there are no users."""
        users = self._current()
        if not users:
            return True
        name, password = _credentials(authorization)
        known = users.get(name)
        if not password or len(password) > LONGEST:
            return False
        key = self._key(name, known or "", password)
        if key not in self._outcomes:
            async with self._turns:
                await self._remember(key, password, known)
        return self._outcomes.get(key, False)

    async def _remember(self, key: bytes, password: bytes, known: str | None) -> None:
        loop, hashed = asyncio.get_running_loop(), (known or NOBODY).encode()
        matches = await loop.run_in_executor(self._threads, bcrypt.checkpw, password, hashed)
        self._outcomes[key] = matches and known is not None
        while len(self._outcomes) > REMEMBERED:
            self._outcomes.popitem(last=False)

    def _key(self, name: str, known: str, password: bytes) -> bytes:
        """A key that tells nothing of the password to who reads this process's memory later."""
        parts = (name.encode(), known.encode(), password)
        return hmac.digest(self._secret, b"".join(hashlib.sha256(part).digest() for part in parts), "sha256")


def _credentials(authorization: str) -> tuple[str, bytes]:
    """Name and password; both empty when the header is not one of Basic authentication."""
    scheme, _, encoded = authorization.partition(" ")
    if scheme.lower() != "basic":
        return "", b""
    try:
        name, _, password = base64.b64decode(encoded.strip(), validate=True).partition(b":")
        return name.decode(), password
    except ValueError:  # not base64, not ASCII, or a name that is not UTF-8
        return "", b""


class Authenticated:
    """An application that only users reach; everything else is 401, whatever is asked for."""

    def __init__(self, app: ASGIApp, users: Users) -> None:
        self._app, self._users = app, users

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or pass on."""
        if scope["type"] != "lifespan" and not await self._users.admits(Headers(scope=scope).get("authorization", "")):
            refused = PlainTextResponse("Unauthorized\n", 401, {"WWW-Authenticate": 'Basic realm="baseline"'})
            await refused(scope, receive, send)
            return
        await self._app(scope, receive, send)
