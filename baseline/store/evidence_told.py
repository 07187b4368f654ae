"""What the log says of runs told without names of people, and digests of told forms that were worked out before."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import Connection, func, select

from baseline.store.bulk import batches, insert_missing
from baseline.store.evidence_tables import LeafRow, ToldRow
from baseline.store.tables import ArtefactRow, RunRow, RunTargetRow

KIND = "told"
"""Entries of this kind commit to told forms, and no other entry does: so neither form passes for the other."""

Told = dict[tuple[bytes, bytes], bytes]
"""Digest and shield -> digest of the told form."""


class Telling(NamedTuple):
    """A run as it was told: where that stands in the log, and what it says."""

    position: int
    entry: Mapping[str, Any]

    @property
    def body(self) -> Mapping[str, Any]:
        """What is told."""
        body: Mapping[str, Any] = self.entry["body"]
        return body


def read_tellings(connection: Connection, since_run: int = 0) -> dict[int, Telling]:
    """The latest telling of each run from a number on; one from before the run went on counts for nothing."""
    query = select(LeafRow.position, LeafRow.kind, LeafRow.run_id, LeafRow.document)
    wanted = query.where(LeafRow.kind.in_((KIND, "run resumed")), LeafRow.run_id >= since_run)
    found: dict[int, Telling] = {}
    for position, kind, run, document in connection.execute(wanted.order_by(LeafRow.position)):
        if run is None:
            continue
        if kind == KIND:
            found[run] = Telling(position, msgspec.json.decode(document))
        else:
            found.pop(run, None)
    return found


def read_ends(connection: Connection, since_run: int = 0) -> dict[int, int]:
    """Where the log says of each run, from a number on, that it ended."""
    query = select(LeafRow.run_id, LeafRow.position)
    rows = connection.execute(query.where(LeafRow.kind == "run ended", LeafRow.run_id >= since_run))
    ends: dict[int, int] = {}
    for run, position in rows:
        if run is not None:
            ends[run] = max(position, ends.get(run, 0))
    return ends


def read_told(connection: Connection, digests: Collection[bytes]) -> Told:
    """What is known of these digests, under any shield."""
    found: Told = {}
    for some in batches(sorted(digests)):
        query = select(ToldRow.digest, ToldRow.shield, ToldRow.told).where(ToldRow.digest.in_(some))
        found.update(
            ((bytes(digest), bytes(shield)), bytes(told)) for digest, shield, told in connection.execute(query)
        )
    return found


def write_told(connection: Connection, told: Told) -> None:
    """Remember told digests."""
    rows = [{"digest": digest, "shield": shield, "told": each} for (digest, shield), each in sorted(told.items())]
    for some in batches(rows):
        insert_missing(connection, ToldRow, some)


def read_facts_before(connection: Connection, target: int, moment: datetime) -> str | None:
    """SHA-256 of the latest facts of a target (by number) up to a moment; None: there were none."""
    query = (
        select(ArtefactRow.digest)
        .join(RunTargetRow, RunTargetRow.facts_id == ArtefactRow.id)
        .where(RunTargetRow.target_id == target, RunTargetRow.collected_at <= moment)
        .order_by(RunTargetRow.collected_at.desc())
        .limit(1)
    )
    found = connection.scalar(query)
    return None if found is None else bytes(found).hex()


def read_gone(connection: Connection, digests: Collection[bytes]) -> set[str]:
    """SHA-256 of those of these contents of which nothing is left."""
    found: set[str] = set()
    for some in batches(sorted(digests)):
        query = select(ArtefactRow.digest).where(ArtefactRow.digest.in_(some), ArtefactRow.content == b"")
        found.update(bytes(digest).hex() for digest in connection.scalars(query))
    return found


def read_latest_run(connection: Connection) -> int:
    """The number of the latest run; 0: there is none."""
    return connection.scalar(select(func.max(RunRow.id))) or 0


def read_destroyed(connection: Connection) -> frozenset[str]:
    """SHA-256 of contents that were destroyed on purpose."""
    documents = connection.scalars(select(LeafRow.document).where(LeafRow.kind == "destruction"))
    return frozenset(str(msgspec.json.decode(each)["body"].get("digest")) for each in documents)
