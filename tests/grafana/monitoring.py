"""A real Prometheus that scrapes ``baseline serve``."""

import json
import shutil
import socket
import subprocess
import time
from pathlib import Path

import httpx

from baseline.content.location import content_folder


class Monitoring:
    """Prometheus with the shipped rules, in a hurry."""

    def __init__(self, folder: Path, scraped: str) -> None:
        self.url = f"http://127.0.0.1:{free_port()}"
        shipped = content_folder("exporters") / "prometheus"
        for part in ("rules", "alerts"):
            shutil.copytree(shipped / part, folder / part)
        text = (shipped / "prometheus.yml").read_text().replace("127.0.0.1:9873", scraped)
        text = text.replace("_interval: 60s", "_interval: 1s").replace("scrape_timeout: 30s", "scrape_timeout: 1s")
        (folder / "prometheus.yml").write_text(text)
        with (folder / "prometheus.log").open("wb") as log:
            self.process = subprocess.Popen(
                [
                    "prometheus",
                    f"--config.file={folder / 'prometheus.yml'}",
                    f"--storage.tsdb.path={folder / 'data'}",
                    f"--web.listen-address={self.url.removeprefix('http://')}",
                ],
                stdout=log,
                stderr=log,
            )
        self._client = httpx.Client(base_url=self.url, timeout=20, trust_env=False)

    def query(self, query: str, seconds: float | None = None) -> list:
        """What a query gives now, or over the last seconds."""
        if seconds is None:
            answer = self._client.get("/api/v1/query", params={"query": query})
        else:
            now = time.time()
            given = {"query": query, "start": now - seconds, "end": now, "step": max(1.0, seconds / 100)}
            answer = self._client.get("/api/v1/query_range", params=given)
        document = answer.json()
        assert document["status"] == "success", f"{query}: {document}"
        return document["data"]["result"]

    def wait_for(self, query: str, seconds: float = 60) -> list:
        """Wait until a query gives something."""
        deadline = time.monotonic() + seconds
        while True:
            try:
                found = self.query(query)
            except (httpx.TransportError, json.JSONDecodeError):  # it is not there, or not ready yet
                found = []
            if found:
                return found
            assert time.monotonic() < deadline, f"nothing for {query}"
            time.sleep(0.2)

    def close(self) -> None:
        self._client.close()
        self.process.terminate()
        self.process.wait(30)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
