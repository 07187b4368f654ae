"""The one place that says what may be sent to Microsoft: reading, and nothing else.

Everything goes through ``ReadOnlyTransport``, the last thing before the network, so that a mistake (or a redirect)
elsewhere cannot get past it.
"""

import re
from urllib.parse import urlsplit

import httpx
import msgspec

RESOURCE_GRAPH = "/providers/Microsoft.ResourceGraph/resources"
BATCHES = ("/v1.0/$batch", "/beta/$batch")
BATCH_SIZE = 20
"""Requests in one ``$batch`` (Microsoft Graph, *Combine multiple requests in one HTTP call*)."""
EVENTUAL = {"ConsistencyLevel": "eventual"}
"""The one header that an item may have: Graph demands it for counts and some filters (*Advanced query capabilities*)."""
MAXIMUM_BODY_BYTES = 256 * 1024

_API_VERSION = re.compile(rb"api-version=[0-9]{4}-[0-9]{2}-[0-9]{2}(-preview)?")
_OVERRIDES = ("override", "x-http-method", "x-original", "x-rewrite")
"""Parts of header names that make a server read another method or path than the request line says."""


class NotAllowedError(httpx.RequestError):
    """A request that would not only read, or would go elsewhere; it was not sent."""


def refusal(request: httpx.Request, origin: str) -> str | None:
    """Why a request may not be sent, or None. Allowed are, at ``origin`` (scheme, host and port) only:

    ``GET`` of any path without a body; ``POST`` of a query to Azure Resource Graph; ``POST`` of a batch to Microsoft Graph
    of which every item is itself such a ``GET``.
    """
    allowed = httpx.URL(origin)
    url = request.url
    if (url.scheme, url.host, url.port) != (allowed.scheme, allowed.host, allowed.port) or url.userinfo:
        return f"it goes to another address than {origin}"
    if request.headers.get("host", "") not in _host_names(allowed):
        return "it names another host than it goes to"
    if any(part in name for name in request.headers for part in _OVERRIDES):
        return "a header replaces its method or path"
    if request.method == "GET":
        return None if _body(request) == b"" else "a GET has no body"
    if request.method != "POST":
        return f"{request.method} is not reading"
    return _refusal_of_post(request)


class ReadOnlyTransport(httpx.AsyncBaseTransport):
    """Sends what the allow-list allows to one origin, and refuses the rest before it leaves the process."""

    def __init__(self, origin: str, inner: httpx.AsyncBaseTransport) -> None:
        self._origin, self._inner = origin, inner

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send one request.

        Raises:
            NotAllowedError: the request is not on the allow-list.
        """
        reason = refusal(request, self._origin)
        if reason is not None:
            raise NotAllowedError(f"{request.method} {request.url.path[:200]} is not sent: {reason}", request=request)
        return await self._inner.handle_async_request(request)

    async def aclose(self) -> None:
        """Close the connections."""
        await self._inner.aclose()


def _host_names(allowed: httpx.URL) -> tuple[str, ...]:
    host = allowed.netloc.decode("ascii")
    return (host, f"{host}:{443 if allowed.scheme == 'https' else 80}")


def _body(request: httpx.Request) -> bytes | None:
    """The whole body, None when it is not held in memory and so cannot be looked at."""
    try:
        return request.content
    except httpx.RequestNotRead:
        return None


def _refusal_of_post(request: httpx.Request) -> str | None:
    body = _body(request)
    if body is None or len(body) > MAXIMUM_BODY_BYTES:
        return f"a body is at most {MAXIMUM_BODY_BYTES} bytes"
    path, _, query = request.url.raw_path.partition(b"?")
    if path == RESOURCE_GRAPH.encode() and _API_VERSION.fullmatch(query):
        return None
    if path in {name.encode() for name in BATCHES} and not query:
        return _refusal_of_batch(body)
    return "POST is for Resource Graph queries and batches of GETs only"


def _refusal_of_batch(body: bytes) -> str | None:
    try:
        document = msgspec.json.decode(body)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError):
        return "the batch is not JSON"
    if not isinstance(document, dict) or set(document) != {"requests"}:
        return "a batch holds requests, and nothing else"
    if msgspec.json.encode(document) != body:  # a name that stands twice may be read otherwise over there
        return "the batch is not written plainly"
    items = document["requests"]
    if not isinstance(items, list) or not 1 <= len(items) <= BATCH_SIZE:
        return f"a batch holds 1 to {BATCH_SIZE} requests"
    return next((reason for item in items if (reason := _refusal_of_item(item))), None)


def _refusal_of_item(item: object) -> str | None:
    """An item is an id, the method GET and a path below the version; a body or other headers have no place in it."""
    if not isinstance(item, dict) or set(item) - {"headers"} != {"id", "method", "url"} or item["method"] != "GET":
        return "an item of the batch is not a plain GET"
    if item.get("headers", EVENTUAL) != EVENTUAL:
        return "an item of the batch has headers of its own"
    url = item["url"]
    if not isinstance(url, str) or not url.startswith("/") or url.startswith("//") or "\\" in url:
        return "an item of the batch has an address that is not a path"
    path = urlsplit(url).path.lower()
    if ".." in path or "%2e" in path or "$batch" in path or "%24batch" in path:
        return "an item of the batch leaves its place"
    return None
