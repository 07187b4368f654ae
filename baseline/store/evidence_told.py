"""What the log says of runs told without names of people, and digests of told forms that were worked out before."""

from collections.abc import Collection, Mapping
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import Connection, delete, select

from baseline.store.bulk import batches, insert_missing
from baseline.store.evidence_store import read_leaves
from baseline.store.evidence_tables import LeafRow, ToldRow

KIND = "told"
"""Entries of this kind commit to told forms, and no other entry does: so neither form passes for the other."""

Told = dict[tuple[bytes, bytes], bytes]
"""Digest and shield -> digest of the told form."""


class Telling(NamedTuple):
    """A run as it was told: where that stands in the log, and what it says."""

    position: int
    body: Mapping[str, Any]


def read_tellings(connection: Connection) -> dict[int, Telling]:
    """The latest telling of each run; one from before the run went on counts for nothing."""
    found: dict[int, Telling] = {}
    for leaf in read_leaves(connection, LeafRow.kind.in_((KIND, "run resumed"))):
        if leaf.run is None:
            continue
        if leaf.kind == KIND:
            found[leaf.run] = Telling(leaf.position, msgspec.json.decode(leaf.document)["body"])
        else:
            found.pop(leaf.run, None)
    return found


def read_ends(connection: Connection) -> dict[int, int]:
    """Where the log says of each run that it ended."""
    rows = connection.execute(select(LeafRow.run_id, LeafRow.position).where(LeafRow.kind == "run ended"))
    ends: dict[int, int] = {}
    for run, position in rows:
        ends[run] = max(position, ends.get(run, 0))
    return ends


def read_told(connection: Connection, shield: bytes, digests: Collection[bytes]) -> dict[bytes, bytes]:
    """Digest -> told digest, of those that are known under a shield."""
    found: dict[bytes, bytes] = {}
    for some in batches(sorted(digests)):
        query = select(ToldRow.digest, ToldRow.told).where(ToldRow.digest.in_(some), ToldRow.shield == shield)
        found.update((bytes(digest), bytes(told)) for digest, told in connection.execute(query))
    return found


def write_told(connection: Connection, told: Told) -> None:
    """Remember told digests."""
    rows = [{"digest": digest, "shield": shield, "told": each} for (digest, shield), each in sorted(told.items())]
    for some in batches(rows):
        insert_missing(connection, ToldRow, some)


def forget_told(connection: Connection, digests: Collection[bytes]) -> None:
    """Forget what is known of contents that are destroyed."""
    for some in batches(sorted(digests)):
        connection.execute(delete(ToldRow).where(ToldRow.digest.in_(some)))
