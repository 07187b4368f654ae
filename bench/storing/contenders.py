"""The store, and the plainest thing that could keep the same results: a row per result and run in SQLite."""

import sqlite3
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from baseline.models.facts.network import Device, NetworkFacts
from baseline.models.result import Result, Severity, Status
from baseline.models.target import Target
from baseline.store.records import CheckVersion, FactsDocument, TargetOutcome
from baseline.store.store import Store
from bench.contender import Work

GROUP = 64
START = datetime(2026, 1, 1, tzinfo=UTC)


def ours(targets: int, checks: int, runs: int) -> Work:
    """``runs`` runs, of which only the last is measured; from the second on everything is as it was."""
    folder = tempfile.TemporaryDirectory(prefix="baseline-bench-")
    path = Path(folder.name) / "store.db"
    store = Store.open(path)
    for run in range(runs - 1):
        _store_run(store, targets, checks, run)
    store.close()  # so that what stands in the log is part of the file
    store = Store.open(path)

    def work() -> dict[str, float]:
        before = _size(path)
        _store_run(store, targets, checks, runs - 1)
        store.close()
        sizes = {"mebibytes": _size(path), "grown_mebibytes": _size(path) - before}
        folder.cleanup()
        return sizes

    return work


def _store_run(store: Store, targets: int, checks: int, run: int) -> None:
    population = [Target(name=name, kind="network", platform="cisco_ios") for name in _names(targets)]
    versions = [CheckVersion(id=check, digest=check, document=check) for check in _checks(checks)]
    number = store.begin_run({}, "bench", population, versions)
    group: list[TargetOutcome] = []
    for name in _names(targets):
        group.append(_outcome(name, checks, run))
        if len(group) == GROUP:
            store.record_targets(number, group)
            group = []
    if group:
        store.record_targets(number, group)
    store.finish_run(number)


def _outcome(name: str, checks: int, run: int) -> TargetOutcome:
    """As ``baseline check`` makes it: a check whose judge key stands is not judged again."""
    at = START + timedelta(days=run)
    keys = {check: f"key of {check}" for check in _checks(checks)}
    return TargetOutcome(
        target=name,
        collected_at=at,
        facts=FactsDocument.of(NetworkFacts(device=Device(hostname=name))),
        judged={} if run else keys,
        unchanged=keys if run else {},
        results=() if run else tuple(_results(name, checks, at)),
    )


def plain(targets: int, checks: int, runs: int) -> Work:
    """The floor: text columns, no index, one transaction; the same cost every run."""
    folder = tempfile.TemporaryDirectory(prefix="baseline-bench-")
    path = Path(folder.name) / "plain.db"
    database = sqlite3.connect(path)
    database.execute("PRAGMA journal_mode=WAL")
    database.execute("CREATE TABLE result (run INTEGER, target, name, status, observed, expected, measured_at)")
    for run in range(runs - 1):
        _insert(database, targets, checks, run)
    database.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def work() -> dict[str, float]:
        before = _size(path)
        _insert(database, targets, checks, runs - 1)
        database.close()
        sizes = {"mebibytes": _size(path), "grown_mebibytes": _size(path) - before}
        folder.cleanup()
        return sizes

    return work


def _insert(database: sqlite3.Connection, targets: int, checks: int, run: int) -> None:
    at = START + timedelta(days=run)
    rows = (
        (run, name, one.check, one.status, str(one.observed), one.expected, at.isoformat())
        for name in _names(targets)
        for one in _results(name, checks, at)
    )
    with database:
        database.executemany("INSERT INTO result VALUES (?, ?, ?, ?, ?, ?, ?)", rows)


def _results(name: str, checks: int, at: datetime) -> Iterator[Result]:
    for number, check in enumerate(_checks(checks)):
        yield Result(
            target=name,
            check=check,
            subject="",
            status=Status.FAIL if (number + len(name)) % 10 == 0 else Status.PASS,
            severity=Severity.HIGH,
            expected=f"setting_{number} == true",
            observed={f"setting_{number}": number % 10 != 0},
            measured_at=at,
        )


def _names(targets: int) -> list[str]:
    return [f"switch-{number:05d}" for number in range(targets)]


def _checks(checks: int) -> list[str]:
    return [f"network-check-{number:03d}" for number in range(checks)]


def _size(path: Path) -> float:
    """Of the database with its log, in MiB."""
    return sum(file.stat().st_size for file in path.parent.glob(f"{path.name}*")) / 2**20
