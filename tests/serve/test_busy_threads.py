"""Probes that hang in their threads keep nobody from the metrics."""

import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor

import bcrypt
import httpx

from baseline.exporters.prometheus.collecting import Exposition
from baseline.serve.app import Server
from baseline.serve.authentication import Users
from baseline.serve.parts import Parts

HASH = bcrypt.hashpw(b"secret", bcrypt.gensalt(4)).decode()


def test_metrics_and_passwords_do_not_wait_for_threads_that_hang():
    released = threading.Event()

    async def ask() -> httpx.Response:
        loop = asyncio.get_running_loop()
        loop.set_default_executor(ThreadPoolExecutor(2))
        hanging = [loop.run_in_executor(None, released.wait, 20) for _ in range(4)]
        parts = Parts([])
        app = Server(Exposition([parts], lambda _reason: None), parts, None, {}).application(Users(lambda: {"p": HASH}))
        try:
            async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://baseline") as client:
                return await asyncio.wait_for(client.get("/metrics", auth=("p", "secret")), 10)
        finally:
            released.set()
            await asyncio.gather(*hanging)

    answer = asyncio.run(ask())
    assert answer.status_code == 200
    assert "baseline_exporter_source_success" in answer.text
