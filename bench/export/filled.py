"""A store with many results, written row by row as runs would have left it; made once and kept."""

import json
import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from baseline import __version__
from baseline.models.result import Severity, Status
from baseline.models.target import Target
from baseline.store.database import Database
from baseline.store.records import CheckVersion
from baseline.store.store import Store
from baseline.store.target_states import summarise_again

FOLDER = Path("~/.cache/baseline-bench/export").expanduser()
START = datetime(2026, 1, 1, tzinfo=UTC)
SITES, OWNERS = 40, 10
SEVERITIES = [severity.value for severity in Severity]
STATUSES = (Status.FAIL, Status.FAIL, Status.ERROR)


def filled(targets: int, checks: int, per_mille: int) -> Path:
    """The path of a store in which ``per_mille`` of a thousand results are not met, spread over all targets and checks."""
    path = FOLDER / f"{__version__}-{_revision()}-{targets}-{checks}-{per_mille}.db"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        building = path.with_suffix(".building")
        for file in building.parent.glob(f"{building.name}*"):
            file.unlink()
        _fill(building, targets, checks, per_mille)
        building.rename(path)
    return path


def _revision() -> str:
    from baseline.store.schema import REVISIONS

    return REVISIONS[-1]


def _fill(path: Path, targets: int, checks: int, per_mille: int) -> None:
    names = [f"switch-{number:05d}.example.nl" for number in range(targets)]
    population = [
        Target(
            name=name,
            kind="network",
            platform="cisco_ios",
            site=f"site-{number % SITES:02d}",
            owner=f"team-{number % OWNERS}",
        )
        for number, name in enumerate(names)
    ]
    with Store.open(path) as store:
        versions = [CheckVersion(id=name, digest=name, document=name) for name in check_names(checks)]
        run = store.begin_run({}, "bench", population, versions)
        store.finish_run(run)
    _insert(path, run, targets, checks, per_mille)
    database = Database.at(str(path), read_only=False)
    with database.writing() as connection:
        summarise_again(connection, range(1, targets + 1))
    database.close()


def check_names(checks: int) -> list[str]:
    """Names of real checks, as far as there are."""
    from baseline.content.location import content_folder

    shipped = sorted(path.stem for path in (content_folder("checks") / "network").glob("*.yaml"))
    return [*shipped, *(f"network-check-{number:03d}" for number in range(checks))][:checks]


def _insert(path: Path, run: int, targets: int, checks: int, per_mille: int) -> None:
    """Rows as ``baseline check`` writes them, in a fraction of the time."""
    at = int(START.timestamp() * 1_000_000)
    with sqlite3.connect(path) as database:
        details = [b"expected", b"observed"]
        database.executemany(
            "INSERT INTO detail (id, digest, content) VALUES (?, ?, ?)",
            [(number, digest, json.dumps({"value": number})) for number, digest in enumerate(details, 1)],
        )
        database.executemany(
            "INSERT INTO result (target_id, check_id, subject, valid_from, valid_to, status, severity, expected_id,"
            " observed_id, first_run) VALUES (?, ?, '', ?, NULL, ?, ?, 1, 2, ?)",
            (
                (target, check, at, status, SEVERITIES[check % 4], run)
                for target, check, status in _statuses(targets, checks, per_mille)
            ),
        )
        moment = (at,)
        database.execute("UPDATE run_target SET outcome = 'reached', collected_at = ?", moment)
        database.execute(
            "UPDATE target_state SET outcome = 'reached', attempted_at = ?1, reached_at = ?1, assessed_at = ?1", moment
        )
    database.close()


def _statuses(targets: int, checks: int, per_mille: int) -> Iterator[tuple[int, int, str]]:
    """No two targets alike: which checks are not met, and which do not apply, differs."""
    for target in range(1, targets + 1):
        for check in range(1, checks + 1):
            draw = (target * 7919 + check * 104_729 + target * check * 31) % 1000
            if draw < per_mille:
                yield target, check, STATUSES[draw % 3].value
            else:
                yield target, check, "not_applicable" if draw % 20 == 19 else "pass"
