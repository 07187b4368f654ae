"""The append-only log: a Merkle tree (RFC 6962) over canonical documents, with a checkpoint at the end of every run.

``append`` may be called anywhere in a transaction of ``Database.writing``. The leaves are written at its very end, under
the lock of one row, so that writers queue and the log has one order, whatever else they hold.
"""

import secrets
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, insert, select, update

from baseline.models.errors import StoreError
from baseline.store.bulk import batches
from baseline.store.canonical import canonical_json
from baseline.store.evidence_tables import CheckpointRow, HeadRow, LeafRow
from baseline.store.merkle import Peaks, leaf_hash

SALT_BYTES = 16
"""Random bytes in every entry: whoever sees only the hash of one, as inclusion proofs show, cannot guess at what it says."""

QUEUE_OPTION = "evidence_queue"
"""Execution option of a connection: what its transaction adds to the log."""


class Pending(NamedTuple):
    """A leaf that waits for the end of its transaction."""

    kind: str
    run: int | None
    document: bytes


class Queue:
    """What a transaction adds to the log. ``checkpoints`` are the runs that end in it (None: no run)."""

    def __init__(self) -> None:
        self.leaves: list[Pending] = []
        self.checkpoints: list[int | None] = []


def append(connection: Connection, kind: str, document: Mapping[str, Any], run: int | None = None) -> None:
    """Add a document to the log, with the moment of receipt, when this transaction ends well.

    ``kind`` is a noun (``attestation``, ``waiver``, ``import``, ``destruction``). Write no names of people: what the log
    holds can never be taken out; give the SHA-256 of what may have to go.

    Raises:
        StoreError: the transaction is not one that ``Database.writing`` began.
    """
    leaf: dict[str, Any] = {"body": document, "kind": kind, "received": datetime.now(UTC), "run": run}
    leaf["salt"] = secrets.token_hex(SALT_BYTES)
    _queue(connection).leaves.append(Pending(kind, run, canonical_json(leaf)))


def request_checkpoint(connection: Connection, run: int | None) -> None:
    """Close this transaction with a checkpoint over the whole log."""
    _queue(connection).checkpoints.append(run)


def _queue(connection: Connection) -> Queue:
    queue = connection.get_execution_options().get(QUEUE_OPTION)
    if not isinstance(queue, Queue):
        raise StoreError("the log can only grow in a transaction that writes")
    return queue


def flush(connection: Connection) -> None:
    """Write what waits, as the last thing that a transaction does."""
    queue = _queue(connection)
    if not queue.leaves and not queue.checkpoints:
        return
    head = connection.execute(select(HeadRow.__table__).where(HeadRow.id == 1).with_for_update()).first()
    if head is None:
        raise StoreError("the log has lost its head: run baseline evidence verify --store")
    peaks = Peaks(head.size, head.peaks)
    _write_leaves(connection, queue.leaves, peaks)
    number, previous = head.checkpoints, bytes(head.checkpoint)
    for run in queue.checkpoints:
        previous = _write_checkpoint(connection, number, previous, peaks, run)
        number += 1
    values = {"size": peaks.size, "peaks": bytes(peaks), "checkpoints": number, "checkpoint": previous}
    connection.execute(update(HeadRow).where(HeadRow.id == 1).values(**values))
    queue.leaves, queue.checkpoints = [], []


def _write_leaves(connection: Connection, leaves: list[Pending], peaks: Peaks) -> None:
    rows = []
    for leaf in leaves:
        digest = leaf_hash(leaf.document)
        rows.append(
            {
                "position": peaks.size,
                "kind": leaf.kind,
                "run_id": leaf.run,
                "digest": digest,
                "document": leaf.document.decode(),
            }
        )
        peaks.append(digest)
    for some in batches(rows):
        connection.execute(insert(LeafRow), list(some))


def _write_checkpoint(connection: Connection, number: int, previous: bytes, peaks: Peaks, run: int | None) -> bytes:
    document = canonical_json(
        {
            "made": datetime.now(UTC),
            "number": number,
            "previous": previous.hex(),
            "root": peaks.root.hex(),
            "run": run,
            "size": peaks.size,
        }
    )
    digest = leaf_hash(document)
    row = {"number": number, "run_id": run, "size": peaks.size, "digest": digest, "document": document.decode()}
    connection.execute(insert(CheckpointRow), [row])
    return digest
