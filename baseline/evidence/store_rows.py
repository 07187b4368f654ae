"""Holds runs, checks, targets, contents and other rows of a store against the log."""

import hashlib
from collections.abc import Iterator, Mapping
from typing import Any

import msgspec
from sqlalchemy import Connection, Table, select

from baseline.evidence.logged import Logged
from baseline.evidence.verifier import Report
from baseline.models.errors import StoreError
from baseline.store.canonical import canonical_json
from baseline.store.contents import decompressed
from baseline.store.evidence_recording import attributes_digest, keys_digests
from baseline.store.evidence_results import root_over
from baseline.store.evidence_rows import GUARDED, row_digest
from baseline.store.evidence_runs import PopulationLeaf, check_documents, population_leaves, run_document
from baseline.store.plan import read_checks
from baseline.store.run_contents import read_run_contents
from baseline.store.tables import (
    ArtefactRow,
    Base,
    CheckRow,
    CheckVersionRow,
    DetailRow,
    JudgedRow,
    RunCheckRow,
    RunRow,
    TargetRow,
)

LIFE = ("status", "started", "finished", "heartbeat", "selection", "tool_version", "host", "pid", "process", "counts")


def verify_rows(connection: Connection, logged: Logged, report: Report) -> Iterator[str]:
    """Report rows that are not as logged; what was held against the log, for the report."""
    runs = _runs(connection, logged, report)
    yield f"{runs} runs, with their checks, population and selection"
    yield f"{_targets(connection, logged, report)} targets"
    yield f"{_contents(connection, logged, report)} facts and raw answers"
    _details(connection, report)
    for table in sorted({*(guarded.__tablename__ for guarded in GUARDED), *logged.rows}):
        yield f"{_rows(connection, table, logged, report)} rows of {table}"


def _runs(connection: Connection, logged: Logged, report: Report) -> int:
    numbers = set(connection.scalars(select(RunRow.id)))
    for run in sorted(numbers ^ logged.begun.keys()):
        report.broken.append(f"run {run}: " + ("was added" if run in numbers else "was taken out"))
    for run in sorted(numbers & logged.begun.keys()):
        if problem := _run_problem(connection, run, logged):
            report.broken.append(f"run {run}: {problem}")
    used = select(RunCheckRow.version_id)
    for name in connection.scalars(
        select(CheckRow.name).join(CheckVersionRow).where(CheckVersionRow.id.not_in(used)).distinct()
    ):
        report.broken.append(f"check {name}: a version was added that no run held")
    for name in connection.scalars(select(CheckRow.name).where(CheckRow.id.not_in(select(CheckVersionRow.check_id)))):
        report.broken.append(f"check {name}: was added, or its text was taken out")
    return len(numbers)


def _run_problem(connection: Connection, run: int, logged: Logged) -> str:
    """What is wrong with a run; empty when nothing is."""
    try:
        row = msgspec.json.decode(canonical_json(run_document(connection, run)))
    except msgspec.DecodeError:
        return "what it was asked to do, or how it ended, was changed"
    begun, ends = logged.begun[run], logged.ended.get(run, [])
    if any(row[name] != begun[name] for name in ("started", "selection", "tool_version")):
        return "what it was asked to do was changed"
    if root_over(check_documents(read_checks(connection, run))).as_document() != begun["checks"]:
        return "its checks are not those that were logged"
    if read_run_contents(connection, run) != begun["contents"]:
        return "what it was held against (catalogue, waivers) is not what was logged"
    has_ended = logged.last_of_run[run] == "finished" or row["status"] != "running"
    if has_ended and (logged.last_of_run[run] != row["status"] or any(row[name] != ends[-1][name] for name in LIFE)):
        return "how it ended was changed"
    return _population_problem(connection, run, begun, ends, has_ended=has_ended)


def _population_problem(
    connection: Connection, run: int, begun: Mapping[str, Any], ends: list[dict[str, Any]], *, has_ended: bool
) -> str:
    leaves = [leaf for _, leaf in population_leaves(connection, run)]
    everyone = frozenset(leaf.target for leaf in leaves)
    never = frozenset(ends[-1]["planned"]) if has_ended else frozenset[str]()
    for planned, said in [(everyone, begun), *((frozenset(end["planned"]), end) for end in ends)]:
        if root_over(_population(leaves, planned - never)).as_document() != said["population"]:
            return "its population is not that which was logged"
    return ""


def _population(leaves: list[PopulationLeaf], planned: frozenset[str]) -> list[bytes]:
    return [canonical_json(leaf.as_planned() if leaf.target in planned else leaf) for leaf in leaves]


def _targets(connection: Connection, logged: Logged, report: Report) -> int:
    names: dict[int, str] = {}
    found = {}
    for row in connection.execute(select(TargetRow.__table__)):
        names[row.id] = row.name
        found[row.name] = attributes_digest(row._asdict())
    for name in sorted(_differences(found, logged.attributes)):
        report.broken.append(f"target {name}: was added, taken out or changed")
    keys: dict[str, str | None] = {
        names[number]: digest for number, digest in keys_digests(connection, list(names)).items()
    }
    for name in sorted(_differences(keys, {name: digest for name, digest in logged.keys.items() if digest})):
        report.broken.append(f"target {name}: what its results were judged on was changed")
    for number in connection.scalars(select(JudgedRow.target_id)):
        if number not in names:
            report.broken.append(f"target number {number}: was taken out")
    return len(names)


def _contents(connection: Connection, logged: Logged, report: Report) -> int:
    found: dict[str, tuple[str, int]] = {}
    columns = (ArtefactRow.digest, ArtefactRow.media_type, ArtefactRow.size, ArtefactRow.content)
    with connection.execution_options(yield_per=100).execute(select(*columns)) as rows:
        for digest, media_type, size, frame in rows:
            name = bytes(digest).hex()
            found[name] = (media_type, size)
            is_destroyed = name in logged.destroyed and not frame
            if not is_destroyed and not _is_whole(frame, name, size):
                report.broken.append(f"raw answer {name}: its content was changed")
    for name in sorted(_differences(found, logged.contents) - logged.destroyed):
        report.broken.append(f"raw answer {name}: was added, taken out or changed")
    return len(found)


def _is_whole(frame: bytes, digest: str, size: int) -> bool:
    try:
        content = decompressed(frame, digest)
    except StoreError:
        return False
    return len(content) == size and hashlib.sha256(content).hexdigest() == digest


def _details(connection: Connection, report: Report) -> None:
    with connection.execution_options(yield_per=1000).execute(select(DetailRow.digest, DetailRow.content)) as rows:
        for digest, content in rows:
            if hashlib.sha256(content.encode()).digest() != bytes(digest):
                report.broken.append(f"a text that results share was changed: {content[:60]!r}")


def _rows(connection: Connection, name: str, logged: Logged, report: Report) -> int:
    table = Base.metadata.tables.get(name)
    if table is None:
        report.broken.append(f"table {name}: the log names it, and the store does not have it")
        return 0
    found: dict[bytes, str | None] = {_key(table, row): row_digest(row) for row in connection.execute(select(table))}
    expected = {key: digest for key, digest in logged.rows.get(name, {}).items() if digest is not None}
    for key in sorted(_differences(found, expected)):
        report.broken.append(f"{name} {key.decode()}: was added, taken out or changed")
    return len(found)


def _key(table: Table, row: Any) -> bytes:
    return canonical_json({column.name: getattr(row, column.name) for column in table.primary_key})


def _differences(found: Mapping[Any, Any], expected: Mapping[Any, Any]) -> set[Any]:
    return {key for key in found.keys() | expected.keys() if found.get(key) != expected.get(key)}
