"""A small read-only HTTP client for Azure Resource Manager and Microsoft Graph.

    async with open_client(target, settings, "graph") as client:
        policy = await client.get("/v1.0/policies/authorizationPolicy", permission="Policy.Read.All")
        if isinstance(policy, Failure):
            return MyFacts(guests=policy.unknown)          # names the request and the permission
        users = await client.get_all("/v1.0/users?$select=id", permission="User.Read.All")  # every page: list or Failure
        answers = await get_batch(client, ["/users/1", "/users/2"], permission="User.Read.All")  # path -> document or Failure

A request gives its document or a ``Failure``, never an exception, so that one denied call leaves the others. Only what
concerns the whole target (no token, an address that is not allowed) raises ``CollectError``. Everything ends within
``settings.timeout_seconds``; what was not answered by then is a Failure. ``client.artefacts()`` are the answers, masked.
"""

import asyncio
import importlib.util
import ssl
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from functools import cache
from typing import Any, Literal
from urllib.parse import unquote

import httpx
import msgspec

from baseline.collectors.cloud.microsoft.allow_list import NotAllowedError, ReadOnlyTransport
from baseline.collectors.cloud.microsoft.clouds import addresses
from baseline.collectors.cloud.microsoft.failure import Failure, failed_answer, plain
from baseline.collectors.cloud.microsoft.sign_in import Tokens, tokens_for
from baseline.collectors.cloud.microsoft.transcript import Transcript
from baseline.collectors.cloud.microsoft.waiting import ATTEMPTS, REPEATED, Deadline, quota_seconds, wait_seconds
from baseline.collectors.interface import CollectSettings
from baseline.models.artefact import Artefact
from baseline.models.cloud import MicrosoftAccess
from baseline.models.errors import CollectError
from baseline.models.target import Target

Document = dict[str, Any]
Service = Literal["resource_manager", "graph"]

CONCURRENCY = 8
"""Requests under way at once."""
MAXIMUM_PAGES = 1000
MAXIMUM_NAME = 600
"""Characters of a request's name: ids of resources in Azure are long, and must stay apart."""
LONGEST_REQUEST_SECONDS = 30.0
"""For one request, so that a slow one leaves time for others; half of the time for all where that is less."""


class Received(msgspec.Struct, frozen=True):
    """One HTTP answer, read whole."""

    status: int
    headers: dict[str, str]
    document: Any


class MicrosoftClient:
    """Reads one API of one tenant. Made by ``open_client``."""

    def __init__(self, http: httpx.AsyncClient, tokens: Tokens, settings: CollectSettings, deadline: Deadline) -> None:
        self._http, self._tokens, self._settings = http, tokens, settings
        self._room = asyncio.Semaphore(CONCURRENCY)
        self._pauses: dict[str, Deadline] = {}
        self._transcript = Transcript()
        self.deadline = deadline
        self.round_trips = 0

    async def get(
        self, path: str, *, permission: str = "", headers: Mapping[str, str] | None = None
    ) -> Document | Failure:
        """The document at a path (with its query), or why there is none. ``permission`` is what reading it needs."""
        return await self.send("GET", path, permission=permission, headers=headers)

    async def get_all(
        self, path: str, *, permission: str = "", headers: Mapping[str, str] | None = None
    ) -> list[Any] | Failure:
        """Every item of a list, over all its pages; a Failure when any page is missing."""
        first = await self.get(path, permission=permission, headers=headers)
        if isinstance(first, Failure):
            return first
        return await self.rest_of(first, path, permission=permission, headers=headers)

    async def rest_of(
        self, first: Document, path: str, *, permission: str = "", headers: Mapping[str, str] | None = None
    ) -> list[Any] | Failure:
        """Every item of a list of which the first page is there already."""
        items: list[Any] = []
        seen = {path}
        page, name = first, request_name("GET", path)
        for _ in range(MAXIMUM_PAGES):
            value = page.get("value")
            if not isinstance(value, list):
                return Failure(code="unparsable", reason=f"{name} holds no list")
            items += value
            link = page.get("@odata.nextLink", page.get("nextLink"))
            if not link:
                return items
            if not isinstance(link, str) or link in seen:
                return Failure(code="unparsable", reason=f"{name}: its pages do not come to an end")
            seen.add(link)
            following = await self.get(link, permission=permission, headers=headers)
            if isinstance(following, Failure):
                return following
            page = following
        return Failure(code="too_much_output", reason=f"{name} has more than {MAXIMUM_PAGES} pages")

    async def send(
        self,
        method: str,
        path: str,
        *,
        body: Document | None = None,
        permission: str = "",
        headers: Mapping[str, str] | None = None,
        artefact: str = "",
    ) -> Document | Failure:
        """Send what the allow-list allows, again where that may help; ``path`` may be a whole address at the same host.

        ``artefact`` is what the answer is kept as, where the request itself does not tell what was asked.
        """
        name = request_name(method, path)
        received: Received | Failure = Failure(code="timeout", reason=f"{name} was not sent: the time was over")
        for attempt in range(ATTEMPTS):
            received = await self._attempt(name, method, path, body, headers or {})
            if attempt + 1 >= _attempts(received) or not await self._wait(received, attempt):
                break
        if isinstance(received, Failure):
            return received
        if received.status != 200:
            return failed_answer(name, received.status, received.document, permission)
        if not isinstance(received.document, dict):
            return Failure(code="unparsable", reason=f"{name} gave no JSON object")
        self._transcript.note(artefact or name, body, received.document)
        return received.document

    def artefacts(self) -> tuple[Artefact, ...]:
        """Every answer that was used, masked."""
        return self._transcript.artefacts()

    async def _wait(self, received: Received | Failure, attempt: int) -> bool:
        """Wait before the next attempt; False when there is no time for it."""
        seconds = wait_seconds(received.headers if isinstance(received, Received) else {}, attempt)
        if seconds >= self.deadline.left_seconds:
            return False
        await asyncio.sleep(seconds)
        return True

    async def _attempt(
        self, name: str, method: str, path: str, body: Document | None, headers: Mapping[str, str]
    ) -> Received | Failure:
        """One request, and once more with a new token where the first was not accepted."""
        token = ""
        for _ in range(2):
            try:
                token = await self._tokens.token(refused=token)
            except CollectError as error:
                return Failure(code="authentication", reason=f"{name} was not sent: {error}")
            received = await self._once(name, method, path, body, {**headers, "Authorization": f"Bearer {token}"})
            if isinstance(received, Failure) or received.status != 401:
                break
        return received

    async def _once(
        self, name: str, method: str, path: str, body: Document | None, headers: dict[str, str]
    ) -> Received | Failure:
        lane = f"{method} {path.partition('?')[0]}"
        limit = self._settings.timeout_seconds
        try:
            async with asyncio.timeout(self.deadline.left_seconds):
                await asyncio.sleep(self._pauses[lane].left_seconds if lane in self._pauses else 0)
                async with self._room, asyncio.timeout(min(LONGEST_REQUEST_SECONDS, limit / 2)):
                    received = await self._exchange(method, path, body, headers)
        except TimeoutError:
            return Failure(code="timeout", reason=f"{name} was not answered in time (there is {limit:g} s for all)")
        except _TooMuchError:
            size = self._settings.maximum_output_bytes
            return Failure(code="too_much_output", reason=f"{name} answers with more than {size} bytes")
        except NotAllowedError as error:
            return Failure(code="not_allowed", reason=plain(str(error)))
        except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
            return Failure(code="disconnected", reason=f"{name} was not answered: {_said(error)}")
        pause = quota_seconds(received.headers)
        if pause is not None:
            self._pauses[lane] = Deadline(pause)
        return received

    async def _exchange(self, method: str, path: str, body: Document | None, headers: dict[str, str]) -> Received:
        content = None if body is None else msgspec.json.encode(body)
        headers = {**headers, "Content-Type": "application/json"} if body is not None else headers
        self.round_trips += 1
        async with self._http.stream(method, path, content=content, headers=headers) as response:
            text = bytearray()
            async for chunk in response.aiter_bytes():
                text += chunk
                if len(text) > self._settings.maximum_output_bytes:
                    raise _TooMuchError
            return Received(response.status_code, dict(response.headers), _parsed(bytes(text)))


class _TooMuchError(Exception):
    """An answer is larger than the settings allow."""


@asynccontextmanager
async def open_client(target: Target, settings: CollectSettings, service: Service) -> AsyncIterator[MicrosoftClient]:
    """A client for one API of a target's tenant, signed in.

    Raises:
        CollectError: signing in failed, or an address is not allowed.
    """
    access = target.connection.microsoft or MicrosoftAccess()
    known = addresses(access)
    origin: str = getattr(known, service)
    tokens = tokens_for(target, settings, known, getattr(known, f"{service}_audience"))
    deadline = Deadline(settings.timeout_seconds)
    try:
        async with asyncio.timeout(settings.timeout_seconds):
            await tokens.token()
    except TimeoutError as error:
        raise CollectError("timeout", f"no token for {origin} within {settings.timeout_seconds:g} s") from error
    async with _http_client(origin, settings) as http:
        yield MicrosoftClient(http, tokens, settings, deadline)


def _http_client(origin: str, settings: CollectSettings) -> httpx.AsyncClient:
    """A client that follows no redirects and asks the environment for nothing but a proxy and trusted certificates."""
    from urllib.request import getproxies, proxy_bypass  # noqa: PLC0415 - slow, and only here

    _remember_missing("sniffio")
    url = httpx.URL(origin)
    proxy = None if proxy_bypass(url.host) else getproxies().get(url.scheme)
    limits = httpx.Limits(max_connections=CONCURRENCY, max_keepalive_connections=CONCURRENCY)
    inner = httpx.AsyncHTTPTransport(verify=_trusted(), limits=limits, proxy=httpx.Proxy(proxy) if proxy else None)
    timeout = httpx.Timeout(settings.timeout_seconds, connect=settings.connect_timeout_seconds)
    return httpx.AsyncClient(
        base_url=origin,
        transport=ReadOnlyTransport(origin, inner),
        timeout=timeout,
        follow_redirects=False,
        trust_env=False,
        headers={"Accept": "application/json", "User-Agent": "baseline (read-only)"},
    )


def _remember_missing(module: str) -> None:
    """Let Python know that a module is not there. httpcore tries to import sniffio several times for each request, and
    every time all folders would be searched for it.
    """
    if importlib.util.find_spec(module) is None:
        sys.modules[module] = None  # type: ignore[assignment]


@cache
def _trusted() -> ssl.SSLContext:
    """The certificates that are trusted, read once: that takes longer than a request."""
    return httpx.create_ssl_context()


def request_name(method: str, path: str) -> str:
    """A request as people read it: without address, version of the API and marks of pages."""
    bare = path.partition("://")[2].partition("/")[2] if "://" in path else path.removeprefix("/")
    name, _, query = bare.partition("?")
    kept = [
        part
        for part in query.split("&")
        if part and not part.lower().startswith(("api-version", "$skiptoken", "%24skip"))
    ]
    return plain(f"{method} /{unquote(name)}" + (f"?{unquote('&'.join(kept))}" if kept else ""), MAXIMUM_NAME)


def _attempts(received: Received | Failure) -> int:
    """How many times a request is sent that ends like this."""
    if isinstance(received, Failure):
        return 3 if received.code == "disconnected" else 1
    if received.status == 200 and received.document is None:
        return 3
    return ATTEMPTS if received.status in REPEATED else 1


def _parsed(text: bytes) -> Any:
    """The document, None when it is not JSON (an answer that was cut off, or a page of something in between)."""
    try:
        return msgspec.json.decode(text)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None


def _said(error: Exception) -> str:
    return plain(str(error)) or type(error).__name__
