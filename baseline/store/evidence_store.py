"""The log of a store: append to it, read it, sign its checkpoints."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import msgspec
from sqlalchemy import Connection, exists, func, insert, select

from baseline.store.database import Database
from baseline.store.evidence_log import append, request_checkpoint
from baseline.store.evidence_tables import CheckpointRow, HeadRow, LeafRow, SignatureRow
from baseline.store.evidence_told import KIND, Told, read_ends, write_told


class Leaf(msgspec.Struct, frozen=True):
    """An entry of the log; ``document`` is canonical JSON with ``body``, ``kind``, ``received`` and ``run``."""

    position: int
    kind: str
    run: int | None
    digest: bytes
    document: bytes


class Checkpoint(msgspec.Struct, frozen=True):
    """A checkpoint; ``document`` is canonical JSON."""

    number: int
    run: int | None
    size: int
    digest: bytes
    document: bytes


class Signature(msgspec.Struct, frozen=True):
    """A signature of ``statement`` (canonical JSON) by the key with this id."""

    checkpoint: int
    key: str
    statement: bytes
    signature: bytes


class EvidenceStore:
    """What other parts of the program may do with the log. Every method may raise StoreError."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def append(self, kind: str, document: Mapping[str, Any]) -> None:
        """Add a document in a transaction of its own, with a checkpoint; see ``evidence_log.append``."""
        with self._database.writing() as connection:
            append(connection, kind, document)
            request_checkpoint(connection, None)

    def remember(self, told: Told) -> None:
        """Keep digests of told forms that were worked out, so that they need not be again."""
        if told:
            with self._database.writing() as connection:
                write_told(connection, told)

    def tell(self, tellings: Mapping[int, tuple[int, Mapping[str, Any]]]) -> None:
        """Commit to runs as they are told without names, with a checkpoint of its own.

        ``tellings`` maps a run to where the log says that it ended, and what is told of it. One that went on meanwhile is
        left out.
        """
        with self._database.writing() as connection:
            ends = read_ends(connection, min(tellings, default=0))
            standing = [(run, body) for run, (end, body) in tellings.items() if ends.get(run) == end]
            for run, body in standing:
                append(connection, KIND, body, run)
            if standing:
                request_checkpoint(connection, None)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """One state of the store, however long reading lasts."""
        with self._database.reading() as connection:
            yield connection

    def latest(self, limit: int) -> list[Leaf]:
        """The latest entries, newest first."""
        with self._database.reading() as connection:
            head = read_head(connection)
            first = (head.size if head else 0) - limit
            return list(read_leaves(connection, LeafRow.position >= first))[::-1]

    def latest_checkpoint(self) -> tuple[Checkpoint | None, list[Signature]]:
        """The latest checkpoint, with its signatures; None when no run has ended yet."""
        with self._database.reading() as connection:
            last = select(func.max(CheckpointRow.number)).scalar_subquery()
            found = read_checkpoints(connection, CheckpointRow.number == last)
            if not found:
                return None, []
            return found[0], read_signatures(connection, SignatureRow.checkpoint == found[0].number)

    def unsigned(self) -> list[Checkpoint]:
        """Checkpoints that nobody signed, oldest first."""
        signed = exists().where(SignatureRow.checkpoint == CheckpointRow.number)
        with self._database.reading() as connection:
            return read_checkpoints(connection, ~signed)

    def sign(self, signatures: list[Signature]) -> None:
        """Keep signatures of checkpoints; one that another process made meanwhile stays."""
        rows = [
            {
                "checkpoint": each.checkpoint,
                "key": each.key,
                "statement": each.statement.decode(),
                "signature": each.signature,
            }
            for each in signatures
        ]
        with self._database.writing() as connection:
            query = select(SignatureRow.checkpoint, SignatureRow.key)
            known = {(number, key) for number, key in connection.execute(query)}
            new = [row for row in rows if (row["checkpoint"], row["key"]) not in known]
            if new:
                connection.execute(insert(SignatureRow), new)


def read_leaves(connection: Connection, *conditions: Any) -> Iterator[Leaf]:
    """Leaves in order."""
    query = select(LeafRow.position, LeafRow.kind, LeafRow.run_id, LeafRow.digest, LeafRow.document).where(*conditions)
    with connection.execution_options(yield_per=1000).execute(query.order_by(LeafRow.position)) as rows:
        for position, kind, run, digest, document in rows:
            yield Leaf(position, kind, run, bytes(digest), document.encode())


def read_hashes(connection: Connection) -> list[bytes]:
    """The hash of every leaf, in order."""
    return [bytes(each) for each in connection.scalars(select(LeafRow.digest).order_by(LeafRow.position))]


def read_checkpoints(connection: Connection, *conditions: Any) -> list[Checkpoint]:
    """Checkpoints in order."""
    query = select(CheckpointRow.number, CheckpointRow.run_id, CheckpointRow.size).where(*conditions)
    rows = connection.execute(
        query.add_columns(CheckpointRow.digest, CheckpointRow.document).order_by(CheckpointRow.number)
    )
    return [Checkpoint(number, run, size, bytes(digest), text.encode()) for number, run, size, digest, text in rows]


def read_signatures(connection: Connection, *conditions: Any) -> list[Signature]:
    """Signatures in order of their checkpoints."""
    query = select(SignatureRow.checkpoint, SignatureRow.key, SignatureRow.statement, SignatureRow.signature)
    rows = connection.execute(query.where(*conditions).order_by(SignatureRow.checkpoint, SignatureRow.key))
    return [Signature(checkpoint, key, text.encode(), bytes(signature)) for checkpoint, key, text, signature in rows]


def read_head(connection: Connection) -> HeadRow | None:
    """The head of the log; None when somebody took it away."""
    row = connection.execute(select(HeadRow.__table__).where(HeadRow.id == 1)).first()
    return None if row is None else HeadRow(**row._asdict())
