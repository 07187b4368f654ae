"""The application: metrics and probes over HTTP."""

import asyncio
import logging
from collections.abc import AsyncIterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from baseline.exporters.prometheus.collecting import Exposition
from baseline.exporters.prometheus.text import CONTENT_TYPE
from baseline.models.errors import BaselineError
from baseline.serve.authentication import Authenticated, Users
from baseline.serve.parts import Parts
from baseline.serve.probe import Prober, ProbeRefusedError

MOST_WAITING = 8
"""Scrapes that wait for their turn at most; more get 503."""
SAFE = {
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'",
}
LANDING = "baseline: /metrics, /probe?target=NAME, /-/healthy, /-/ready\n"
log = logging.getLogger(__name__)


class Server:
    """What the routes answer with. ``prober`` is None where no inventory was given.

    Metrics have a thread of their own, so that targets that keep the threads of probes waiting do not keep Prometheus so.
    """

    def __init__(self, exposition: Exposition, parts: Parts, prober: Prober | None, headers: Mapping[str, str]) -> None:
        self._exposition, self._parts, self._prober = exposition, parts, prober
        self._headers = SAFE | dict(headers)
        self._turn, self._waiting = asyncio.Lock(), 0
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="metrics")

    def application(self, users: Users) -> Starlette:
        """The application, with everything behind authentication."""
        return Starlette(
            routes=[
                Route("/", self._landing),
                Route("/metrics", self._metrics),
                Route("/probe", self._probe),
                Route("/-/healthy", self._healthy),
                Route("/-/ready", self._ready),
            ],
            middleware=[Middleware(Authenticated, users=users)],
            lifespan=self._lifespan,
        )

    @asynccontextmanager
    async def _lifespan(self, _app: Starlette) -> AsyncIterator[None]:
        async with self._parts.running():
            yield

    async def _landing(self, _request: Request) -> Response:
        return self._answer(LANDING)

    async def _healthy(self, _request: Request) -> Response:
        return self._answer("baseline is healthy\n")

    async def _ready(self, _request: Request) -> Response:
        """Ready once metrics can be told: the first time reads a summary of every target."""
        text = await self._scraped()
        is_ready = text is not None and b'baseline_exporter_source_success{source="store"} 1\n' in text
        return self._answer("baseline is ready\n") if is_ready else self._answer("the store cannot be read\n", 503)

    async def _metrics(self, _request: Request) -> Response:
        text = await self._scraped()
        if text is None:
            return self._answer("too many scrapes at once\n", 503)
        return Response(text, headers=self._headers, media_type=CONTENT_TYPE)

    async def _scraped(self) -> bytes | None:
        """Every metric; one scrape at a time, as the store is used from one thread. None when too many wait."""
        if self._waiting >= MOST_WAITING:
            return None
        self._waiting += 1
        try:
            async with self._turn:
                return await asyncio.get_running_loop().run_in_executor(self._thread, self._exposition.text)
        finally:
            self._waiting -= 1

    async def _probe(self, request: Request) -> Response:
        targets = request.query_params.getlist("target")
        if self._prober is None:
            return self._answer("probing needs an inventory: start with -i\n", 404)
        if len(targets) != 1 or set(request.query_params) != {"target"}:
            return self._answer("give one target: /probe?target=NAME\n", 400)
        try:
            text = await self._prober.probe(targets[0], _seconds(request))
        except ProbeRefusedError as error:
            return self._answer(f"{error}\n", error.status)
        except BaselineError as error:
            return self._answer(f"{error}\n", 500)
        return Response(text, headers=self._headers, media_type=CONTENT_TYPE)

    def _answer(self, text: str, status: int = 200) -> Response:
        return PlainTextResponse(text, status, self._headers)


def _seconds(request: Request) -> float | None:
    """How long Prometheus waits; None when it does not say."""
    try:
        return float(request.headers.get("x-prometheus-scrape-timeout-seconds", ""))
    except ValueError:
        return None
