"""One Microsoft tenant asked, judged by every shipped check and stored; and the same requests in bare httpx."""

import asyncio
from pathlib import Path
from typing import Any, cast

import msgspec

from baseline.collectors.interface import CollectSettings
from baseline.models.cloud import MicrosoftAccess
from baseline.models.register import Register
from baseline.models.target import Connection, Kind, Target
from bench.cloud.assessing import assessing
from bench.contender import Work

TOKEN = "eyJ0.loopback.token"
CONCURRENCY = 8
"""Requests of the floor under way at once, as many as the collector allows itself."""
PLATFORMS = {"azure": "azure", "m365": "microsoft365"}


def assess(*, address: str, kind: str) -> Work:
    """Ask, read, judge by every shipped check and store, as ``baseline check`` does."""
    access = MicrosoftAccess(sign_in="token", resource_manager=address, graph=address)
    connection = Connection(transport="api", microsoft=access)
    target = Target(name="tenant", kind=cast(Kind, kind), platform=PLATFORMS[kind], connection=connection)
    settings = CollectSettings(
        timeout_seconds=300, maximum_output_bytes=64 * 1024 * 1024, secret=lambda *_: TOKEN, register=Register()
    )
    return assessing(target, settings)


def bare_httpx(*, address: str, requests: str) -> Work:
    """The requests of a run before, each once; pages of one list one after another, since each tells where the next is."""
    import httpx

    lists: dict[str, list[dict[str, Any]]] = {}
    for request in msgspec.json.decode(Path(requests).read_bytes()):
        lists.setdefault(_list_of(request), []).append(request)

    async def fetch() -> int:
        room = asyncio.Semaphore(CONCURRENCY)
        headers = {"Authorization": f"Bearer {TOKEN}"}
        limits = httpx.Limits(max_connections=CONCURRENCY, max_keepalive_connections=CONCURRENCY)
        async with httpx.AsyncClient(base_url=address, headers=headers, limits=limits, timeout=60) as client:

            async def pages(asked: list[dict[str, Any]]) -> int:
                fetched = 0
                for request in asked:
                    async with room:
                        answer = await client.request(request["method"], request["path"], json=request["body"])
                        fetched += len(answer.content)
                return fetched

            return sum(await asyncio.gather(*map(pages, lists.values())))

    def work() -> dict[str, float]:
        return {"mebibytes_fetched": asyncio.run(fetch()) / 1024**2}

    return work


def _list_of(request: dict[str, Any]) -> str:
    """What pages of one list have in common."""
    body = request["body"] or {}
    return f"{request['path'].partition('$skiptoken')[0].rstrip('?&')} {body.get('query') or body}"
