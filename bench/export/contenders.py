"""What is measured of exporting metrics."""

import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

from baseline.cli.served_content import content_of
from baseline.serve.sources import exposition_of
from baseline.store.store import Store
from bench.export.filled import filled

Work = Callable[[], dict[str, float]]
STATUSES = ("pass", "fail", "error", "not_applicable")
NO_INVENTORY: dict[str, object] = {"inventories": (), "checks_folders": (), "vault_password_files": ()}


def first(targets: int, checks: int, per_mille: int) -> Work:
    """The first scrape of a process: reads a summary of every target."""
    exposition = _exposition(filled(targets, checks, per_mille))
    return lambda: _sizes(exposition.text())


def again(targets: int, checks: int, per_mille: int, changed: int = 0) -> Work:
    """The next scrape, after ``changed`` targets changed."""
    folder = tempfile.TemporaryDirectory(prefix="baseline-bench-")
    path = filled(targets, checks, per_mille)
    if changed:
        path = Path(shutil.copy(path, folder.name))
    exposition = _exposition(path)
    exposition.text()
    if changed:
        _change(path, changed)

    def work() -> dict[str, float]:
        details = _sizes(exposition.text())
        folder.cleanup()
        return details

    return work


def served(targets: int, checks: int, per_mille: int) -> Work:
    """The next scrape of ``baseline serve``, over HTTP; the memory is the server's."""
    path = filled(targets, checks, per_mille)
    program = [sys.executable, "-m", "baseline.cli.main", "--store", str(path), "serve", "--listen", "127.0.0.1:0"]
    process = subprocess.Popen(program, stderr=subprocess.PIPE, text=True)
    line = process.stderr.readline() if process.stderr else ""
    url = line.split()[-1] + "/metrics"
    _get(url)

    def work() -> dict[str, float]:
        try:
            details = _sizes(_get(url))
            status = Path(f"/proc/{process.pid}/status").read_text()
            found = re.search(r"VmHWM:\s*(\d+) kB", status)
            return details | {"served_mebibytes": int(found[1]) / 1024 if found else 0.0}
        finally:
            process.terminate()
            process.wait()

    return work


def every_series(targets: int, checks: int, per_mille: int) -> Work:
    """prometheus_client with a series per target and check.

    Two kindnesses: what stands is in memory already, and a family per check lets only one of them be there at a time.
    """
    from prometheus_client.core import GaugeMetricFamily
    from prometheus_client.exposition import generate_latest
    from prometheus_client.metrics_core import Metric
    from prometheus_client.registry import Collector

    path = filled(targets, checks, per_mille)
    names = [name for _, name in _names(path, "target")]
    statuses = _statuses(path, targets)

    class EverySeries(Collector):
        def collect(self) -> Iterator[Metric]:
            for check, name in _names(path, "check_name"):
                family = GaugeMetricFamily(f"baseline_check_{check}", name, labels=("target", "check", "status"))
                for target, code in zip(names, statuses[check], strict=True):
                    family.add_metric((target, name, STATUSES[code]), 1)
                yield family

    return lambda: _sizes(generate_latest(EverySeries()))


def counting(targets: int, checks: int, per_mille: int) -> Work:
    """Only counting the results in SQLite, by check, site, severity and status: what a summary saves."""
    path = filled(targets, checks, per_mille)

    def work() -> dict[str, float]:
        with sqlite3.connect(path) as database:
            rows = database.execute(
                "SELECT check_id, site, severity, status, count(*) FROM result JOIN target ON target.id = target_id"
                " WHERE valid_to IS NULL GROUP BY 1, 2, 3, 4"
            ).fetchall()
        return {"series": float(len(rows))}

    return work


def bare(targets: int, checks: int, per_mille: int) -> Work:
    """The floor: writing the same bytes, out of names and numbers that are in memory."""
    text = _exposition(filled(targets, checks, per_mille)).text().decode()
    parsed = [_parsed(line) for line in text.splitlines()]

    def work() -> dict[str, float]:
        lines = [_line(name, labels, number) for name, labels, number in parsed]
        return _sizes("\n".join(lines).encode())

    return work


def _line(name: str, labels: list[tuple[str, str]], number: str) -> str:
    if not labels:
        return f"{name} {number}"
    told = ",".join([f'{key}="{value}"' for key, value in labels])
    return f"{name}{{{told}}} {number}"


def _parsed(line: str) -> tuple[str, list[tuple[str, str]], str]:
    name, _, rest = line.partition("{")
    if not rest or line.startswith("#"):
        return (line.rpartition(" ")[0], [], line.rpartition(" ")[2])
    labels, _, number = rest.rpartition("} ")
    return name, re.findall(r'(\w+)="((?:[^"\\]|\\.)*)"', labels), number


def _exposition(path: Path):
    store = Store.open(path, read_only=True)
    return exposition_of(store, content_of(NO_INVENTORY), limit=1_000_000)


def _change(path: Path, changed: int) -> None:
    """Let the first targets not meet one more check."""
    from baseline.store.database import Database
    from baseline.store.target_states import summarise_again

    with sqlite3.connect(path) as database:
        database.execute("UPDATE result SET status = 'fail' WHERE target_id <= ? AND check_id = 5", (changed,))
    database.close()
    opened = Database.at(str(path), read_only=False)
    with opened.writing() as connection:
        summarise_again(connection, range(1, changed + 1))
    opened.close()


def _names(path: Path, table: str) -> list[tuple[int, str]]:
    with sqlite3.connect(path) as database:
        return database.execute(f"SELECT id, name FROM {table} ORDER BY id").fetchall()


def _statuses(path: Path, targets: int) -> dict[int, bytearray]:
    """By number of the check: a byte for the status on each target."""
    codes = {status: code for code, status in enumerate(STATUSES)}
    found: dict[int, bytearray] = {}
    with sqlite3.connect(path) as database:
        for target, check, status in database.execute("SELECT target_id, check_id, status FROM result"):
            found.setdefault(check, bytearray(targets))[target - 1] = codes[status]
    return found


def _get(url: str) -> bytes:
    deadline = time.monotonic() + 60
    while True:
        try:
            with urllib.request.urlopen(url, timeout=60) as answer:
                return answer.read()
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)


def _sizes(text: bytes) -> dict[str, float]:
    lines = text.splitlines()
    return {"series": float(sum(not line.startswith(b"#") for line in lines)), "text_mebibytes": len(text) / 2**20}
