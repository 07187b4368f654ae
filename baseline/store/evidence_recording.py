"""What the log learns while a run records: attributes of targets, contents, and the results that it settled."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, delete, insert, select

from baseline.store.bulk import batches
from baseline.store.evidence_log import append
from baseline.store.evidence_results import Root, digest_of_checks, result_roots, root_over
from baseline.store.evidence_tables import StandingRow
from baseline.store.scope import Scope
from baseline.store.tables import JudgedRow

NO_RESULTS = root_over([])


class Recorded(NamedTuple):
    """A target that a run recorded.

    ``settled``: some of its results were judged, or closed. ``late``: another run observed it at a later moment already.
    """

    name: str
    measured: datetime
    settled: bool
    late: bool


def log_attributes(connection: Connection, run: int | None, rows: Sequence[Mapping[str, Any]]) -> None:
    """Commit to rows of ``target`` that are new or changed."""
    if rows:
        digests = {row["name"]: attributes_digest(row) for row in rows}
        append(connection, "targets", {"attributes": digests}, run)


def attributes_digest(row: Mapping[str, Any]) -> str:
    """SHA-256 of all that a row of ``target`` says."""
    columns = ("name", "kind", "platform", "site", "zone", "owner", "attributes")
    text = "\0".join("" if row[column] is None else f"={row[column]}" for column in columns)
    return hashlib.sha256(text.encode()).hexdigest()


def log_contents(connection: Connection, rows: Iterable[Mapping[str, Any]]) -> None:
    """Commit to contents that were written."""
    written = [[row["digest"].hex(), row["media_type"], row["size"]] for row in rows]
    if written:
        append(connection, "contents", {"contents": written})


def log_targets(connection: Connection, scope: Scope, recorded: Mapping[int, Recorded]) -> None:
    """Commit to the results of targets that were settled, and remember the roots of all that stands."""
    checks = digest_of_checks(scope.checks)
    settled = [target for target, each in recorded.items() if each.settled]
    for some in batches(settled):
        connection.execute(delete(StandingRow).where(StandingRow.target_id.in_(some)))
    known = _known(connection, checks, list(recorded))
    needed = [target for target, each in recorded.items() if each.settled or (target not in known and not each.late)]
    roots = result_roots(connection, scope.run, needed)
    keys = keys_digests(connection, settled)
    for target in settled:
        each = recorded[target]
        body = {
            "keys": keys.get(target),
            "measured": each.measured.astimezone(UTC),
            "results": roots.get(each.name, NO_RESULTS).as_document(),
            "target": each.name,
        }
        append(connection, "target", body, scope.run)
    standing = {target: roots.get(recorded[target].name, NO_RESULTS) for target in needed if not recorded[target].late}
    _remember(connection, checks, {target: (recorded[target].measured, root) for target, root in standing.items()})


def keys_digests(connection: Connection, targets: Sequence[int]) -> dict[int, str]:
    """SHA-256 of the judge keys of each target, as they are stored."""
    digests: dict[int, str] = {}
    for some in batches(targets):
        query = select(JudgedRow.target_id, JudgedRow.keys).where(JudgedRow.target_id.in_(some))
        digests |= {target: hashlib.sha256(keys).hexdigest() for target, keys in connection.execute(query)}
    return digests


def forget_standing(connection: Connection, targets: Sequence[int]) -> None:
    """Forget the roots of targets whose results changed outside a run."""
    for some in batches(targets):
        connection.execute(delete(StandingRow).where(StandingRow.target_id.in_(some)))


def _known(connection: Connection, checks: bytes, targets: Sequence[int]) -> set[int]:
    known: set[int] = set()
    for some in batches(targets):
        query = select(StandingRow.target_id).where(StandingRow.checks == checks, StandingRow.target_id.in_(some))
        known.update(connection.scalars(query))
    return known


def _remember(connection: Connection, checks: bytes, roots: Mapping[int, tuple[datetime, Root]]) -> None:
    rows = [
        {"target_id": target, "checks": checks, "since": since, "number": root.number, "root": root.root}
        for target, (since, root) in roots.items()
    ]
    for some in batches(rows):
        connection.execute(insert(StandingRow), list(some))
