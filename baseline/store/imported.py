"""Writes what another scanner found, in the transaction of the caller: all of a file, or nothing."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from itertools import groupby, islice
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import Connection, func, insert, select, update

from baseline import __version__
from baseline.models.errors import StoreError
from baseline.models.result import Result
from baseline.models.target import Target
from baseline.store.canonical import canonical_json
from baseline.store.contents import MANIFEST, Content, write_contents
from baseline.store.details import Details
from baseline.store.evidence_recording import Recorded, log_targets
from baseline.store.evidence_rows import log_row
from baseline.store.evidence_runs import log_begin, log_end
from baseline.store.findings import findings
from baseline.store.imported_places import close_gone, hold_former_checks, standing_at, write_places
from baseline.store.imported_records import IMPORTED, MARK, ImportedContent, ImportedFile, ImportTotals
from baseline.store.imported_tables import ImportedFileRow
from baseline.store.intervals import NOTHING, Changes, Finding, Interval, observe
from baseline.store.plan import write_checks, write_targets
from baseline.store.records import CheckVersion, TargetOutcome
from baseline.store.result_rows import write_changes
from baseline.store.runs import count, insert_run, update_own
from baseline.store.scope import Scope, lock_targets, read_scope
from baseline.store.tables import CheckRow, CheckVersionRow, RunCheckRow, RunTargetRow
from baseline.store.target_states import record_states

TOGETHER = 2000
"""Results, and checks, that stand in memory at a time."""


class _Import(NamedTuple):
    """The import that is being written. ``at`` is the moment from which its results count."""

    file: ImportedFile
    number: int
    scope: Scope
    at: datetime
    details: Details


def import_run(connection: Connection, digest: str, scope: str) -> int | None:
    """The run that imported this very file in this scope, and whose results stand; None when there is none.

    Where another file of the scope was imported on its targets since, the file says something new again: a scanner that
    writes no time writes the same bytes when a weakness comes back.
    """
    of_scope = ImportedFileRow.scope == scope
    same = select(func.max(ImportedFileRow.run_id)).where(of_scope, ImportedFileRow.digest == bytes.fromhex(digest))
    run = connection.execute(same).scalar()
    if run is None:
        return None
    later = (
        select(RunTargetRow.run_id)
        .join(ImportedFileRow, ImportedFileRow.run_id == RunTargetRow.run_id)
        .where(of_scope, RunTargetRow.run_id > run)
        .where(RunTargetRow.target_id.in_(select(RunTargetRow.target_id).where(RunTargetRow.run_id == run)))
    )
    return run if connection.execute(later.limit(1)).scalar() is None else None


def imported_versions(connection: Connection) -> Iterator[CheckVersion]:
    """Every imported check as its latest import described it, ordered by id."""
    latest = (
        select(RunCheckRow.check_id, func.max(RunCheckRow.run_id).label("run_id"))
        .join(CheckRow, CheckRow.id == RunCheckRow.check_id)
        .where(CheckRow.name.contains(MARK, autoescape=True))
        .group_by(RunCheckRow.check_id)
        .subquery()
    )
    held = (RunCheckRow.check_id == latest.c.check_id) & (RunCheckRow.run_id == latest.c.run_id)
    query = (
        select(CheckRow.name, CheckVersionRow.digest, CheckVersionRow.document)
        .select_from(latest)
        .join(RunCheckRow, held)
        .join(CheckVersionRow, CheckVersionRow.id == RunCheckRow.version_id)
        .join(CheckRow, CheckRow.id == RunCheckRow.check_id)
        .order_by(CheckRow.name)
    )
    for name, digest, document in connection.execute(query):
        yield CheckVersion(id=name, digest=digest, document=document)


def record_import(
    connection: Connection, file: ImportedFile, targets: Sequence[Target], content: ImportedContent, details: Details
) -> ImportTotals:
    """Write a run that holds everything that the file says.

    Results that an earlier file of the same scope held on these targets, and this one does not, are closed; not by a file
    of a scanner that did not end well.

    Raises:
        StoreError: a newer file of the same scope was imported already.
    """
    run = insert_run(connection, file.as_selection(), __version__)
    write_targets(connection, run, targets)
    for checks in _together(content.checks()):
        write_checks(connection, run, checks)
    hold_former_checks(connection, run, file.scope, read_scope(connection, run).targets.values())
    scope = read_scope(connection, run)
    lock_targets(connection, scope.targets.values())
    at = _moment(connection, file, scope)
    this = _Import(file, _insert_file(connection, file, run, at), scope, at, details)
    log_begin(connection, run)
    new, unchanged = _write_results(connection, this, content.results())
    closed = close_gone(connection, file.scope, this.number, scope.targets.values(), at) if file.whole else 0
    _write_population(connection, this, _write_parts(connection, content))
    foreign = {target.name for target in targets if target.platform == IMPORTED}
    asked = {number: (_asked(name, at), False) for name, number in scope.targets.items() if name in foreign}
    record_states(connection, asked, scope.targets.values())
    log_targets(
        connection,
        scope,
        {number: Recorded(name, at, settled=True, late=False) for name, number in scope.targets.items()},
    )
    now = datetime.now(UTC)
    counts = canonical_json(count(connection, run)).decode()
    update_own(connection, run, status="finished", finished=now, heartbeat=now, counts=counts)
    log_end(connection, run)
    return ImportTotals(run=run, new=new, unchanged=unchanged, closed=closed)


def _asked(target: str, at: datetime) -> TargetOutcome:
    """A target that only files speak about was reached through this one. Whether ours answer is for those who ask them."""
    return TargetOutcome(target=target, collected_at=at)


def _moment(connection: Connection, file: ImportedFile, scope: Scope) -> datetime:
    """When the file was measured; a little later where another import of that very moment, or scope, is in the way."""
    imported = (
        select(func.max(RunTargetRow.collected_at))
        .join(ImportedFileRow, ImportedFileRow.run_id == RunTargetRow.run_id)
        .where(RunTargetRow.target_id.in_(scope.targets.values()))
    )
    newest = connection.execute(imported.where(ImportedFileRow.scope == file.scope)).scalar()
    if newest is not None and newest > file.measured_at + timedelta(seconds=1):
        raise StoreError(
            f"{file.name} is of {file.measured_at:%Y-%m-%d %H:%M:%S} UTC, and a file of {newest:%Y-%m-%d %H:%M:%S} UTC of the same "
            "tool and target was imported already; import files in the order in which they were made"
        )
    last = connection.execute(imported).scalar()
    return file.measured_at if last is None or last < file.measured_at else last + timedelta(microseconds=1)


def _insert_file(connection: Connection, file: ImportedFile, run: int, at: datetime) -> int:
    row = insert(ImportedFileRow).values(
        digest=bytes.fromhex(file.digest),
        scope=file.scope,
        run_id=run,
        measured_at=at,
        document=canonical_json(msgspec.to_builtins(file)).decode(),
    )
    number = int(connection.execute(row.returning(ImportedFileRow.id)).scalar_one())
    log_row(connection, ImportedFileRow, id=number)
    return number


def _write_results(connection: Connection, this: _Import, results: Iterable[Result]) -> tuple[int, int]:
    """Write what changed; gives how many results are new or changed, and how many are as they were."""
    new = unchanged = 0
    for some in _together(results):
        outcomes = [
            TargetOutcome(target=target, collected_at=this.at, results=tuple(own))
            for target, own in groupby(some, lambda result: result.target)
        ]
        found = findings(connection, this.scope, outcomes, this.details)
        standing = standing_at(connection, list(found))
        changes = {place: _changes(standing.get(place), finding, this.at) for place, finding in found.items()}
        write_changes(connection, changes)
        write_places(connection, this.file.scope, this.number, list(found))
        same = sum(each == NOTHING for each in changes.values())
        new, unchanged = new + len(changes) - same, unchanged + same
    return new, unchanged


def _changes(standing: Interval | None, finding: Finding, at: datetime) -> Changes:
    return observe([] if standing is None else [standing], finding, at)


def _write_parts(connection: Connection, content: ImportedContent) -> int:
    """Keep the file, part by part; gives the number of the manifest that names them."""
    names: dict[str, str] = {}
    for name, media_type, part in content.parts():
        kept = Content.of(part, media_type)
        write_contents(connection, [kept])
        names[name] = kept.digest
    manifest = Content.of(canonical_json(names), MANIFEST)
    return write_contents(connection, [manifest])[manifest.digest]


def _write_population(connection: Connection, this: _Import, manifest: int) -> None:
    values: dict[str, Any] = {"outcome": "reached", "collected_at": this.at, "manifest_id": manifest}
    own = update(RunTargetRow).where(RunTargetRow.run_id == this.scope.run, RunTargetRow.outcome == "planned")
    connection.execute(own.values(judged=len(this.scope.checks), **values))


def _together(items: Iterable[Any]) -> Iterator[list[Any]]:
    waiting = iter(items)
    while some := list(islice(waiting, TOGETHER)):
        yield some
