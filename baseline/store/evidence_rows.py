"""Rows that change while they live (remediations, attestations, approvals): the log holds the digest of each version."""

import hashlib
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, Row, and_, select

from baseline.store.canonical import canonical_json
from baseline.store.drift_tables import ApprovalRow
from baseline.store.evidence_log import append
from baseline.store.imported_tables import ImportedFileRow
from baseline.store.tables import Base, RemediationRow

GUARDED: tuple[type[Base], ...] = (ApprovalRow, ImportedFileRow, RemediationRow)
"""Tables of which every row is in the log; their primary key is ``id``."""


def log_row(connection: Connection, table: type[Base], **key: object) -> None:
    """Commit to a row as it is now, or to its absence. Call it after each insert, update or delete.

    ``key`` is the whole primary key by column name. Every row of a table that uses this must use it: a row that the log
    does not know counts as added behind its back.
    """
    query = select(table.__table__).where(and_(*(getattr(table, name) == value for name, value in key.items())))
    row = connection.execute(query).first()
    body = {"digest": None if row is None else row_digest(row), "key": key, "table": table.__tablename__}
    append(connection, "row", body)


def row_digest(row: Row[Any]) -> str:
    """SHA-256 of all that a row says."""
    return hashlib.sha256(canonical_json(_plain(row._asdict()))).hexdigest()


def _plain(columns: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value.hex() if isinstance(value, bytes) else value for name, value in columns.items()}
