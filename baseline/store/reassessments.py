"""Reassessments that are kept: documents of their own, named in the log. They never touch what stands."""

from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import Connection, func, select

from baseline.store.canonical import canonical_json
from baseline.store.contents import Content, read_content, write_contents
from baseline.store.database import Database
from baseline.store.evidence_log import append, request_checkpoint
from baseline.store.evidence_store import read_leaves
from baseline.store.evidence_tables import LeafRow
from baseline.store.tables import RunRow, RunTargetRow

KIND = "reassessment"
MEDIA_TYPE = "application/vnd.baseline.reassessment+json"


class ReassessmentStore:
    """Keeps reassessments and gives them back. Every method may raise StoreError."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def keep(self, document: dict[str, Any], summary: dict[str, Any]) -> str:
        """Keep a reassessment; give its SHA-256. The log holds that and the ``summary``, which names no people."""
        content = Content.of(canonical_json(document), MEDIA_TYPE)
        with self._database.writing() as connection:
            write_contents(connection, [content])
            append(connection, KIND, {**summary, "digest": content.digest})
            request_checkpoint(connection, None)
        return content.digest

    def last_run(self, moment: datetime) -> int | None:
        """The last run that asked any target at or before a moment; None when none did.

        When it was begun says nothing of that: saved files are as old as they are.
        """
        with self._database.reading() as connection:
            return connection.scalar(select(func.max(RunTargetRow.run_id)).where(RunTargetRow.collected_at <= moment))

    def runs_until(self, last: int, limit: int) -> list[int]:
        """The numbers of the latest runs up to this one, newest first."""
        with self._database.reading() as connection:
            query = select(RunRow.id).where(RunRow.id <= last).order_by(RunRow.id.desc()).limit(limit)
            return list(connection.scalars(query))

    def summaries(self) -> list[dict[str, Any]]:
        """What was kept, newest first: the summary with ``digest`` and ``received``."""
        with self._database.reading() as connection:
            return _summaries(connection)

    def document(self, digest: str) -> dict[str, Any]:
        """A reassessment that was kept."""
        with self._database.reading() as connection:
            return msgspec.json.decode(read_content(connection, digest), type=dict[str, Any])


def made_at(connection: Connection) -> dict[str, datetime]:
    """When each reassessment that was kept was made last, by its SHA-256."""
    return {each["digest"]: msgspec.convert(each["received"], datetime) for each in reversed(_summaries(connection))}


def _summaries(connection: Connection) -> list[dict[str, Any]]:
    entries = [msgspec.json.decode(leaf.document) for leaf in read_leaves(connection, LeafRow.kind == KIND)]
    return [{**entry["body"], "received": entry["received"]} for entry in reversed(entries)]
