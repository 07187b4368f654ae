"""Remediations: written before anything is changed, so that a killed one leaves its trace, and completed afterwards."""

from datetime import UTC, datetime

import msgspec
from sqlalchemy import Connection, Row, insert, select, update

from baseline.models.errors import StoreError
from baseline.store.canonical import canonical_json
from baseline.store.evidence_rows import log_row
from baseline.store.records import RemediationRecord
from baseline.store.tables import RemediationRow


def insert_remediation(
    connection: Connection, ticket: str, person: str, run_before: int, document: dict[str, object]
) -> int:
    """Write that repairing begins; give its number."""
    row = insert(RemediationRow).values(
        status="begun",
        ticket=ticket,
        person=person,
        started=datetime.now(UTC),
        run_before=run_before,
        document=canonical_json(document).decode(),
    )
    number = int(connection.execute(row.returning(RemediationRow.id)).scalar_one())
    log_row(connection, RemediationRow, id=number)
    return number


def complete_remediation(
    connection: Connection, number: int, status: str, run_after: int | None, document: dict[str, object]
) -> None:
    """Write how repairing ended."""
    changed = connection.execute(
        update(RemediationRow)
        .where(RemediationRow.id == number)
        .values(
            status=status,
            finished=datetime.now(UTC),
            run_after=run_after,
            document=canonical_json(document).decode(),
        )
    )
    if changed.rowcount == 0:
        raise StoreError(f"the store holds no remediation {number}")
    log_row(connection, RemediationRow, id=number)


def read_remediations(connection: Connection, limit: int) -> list[RemediationRecord]:
    """The latest remediations, newest first."""
    query = select(RemediationRow.__table__).order_by(RemediationRow.id.desc()).limit(limit)
    return [_record(row) for row in connection.execute(query)]


def read_remediation(connection: Connection, number: int) -> RemediationRecord:
    """One remediation.

    Raises:
        StoreError: it is not there.
    """
    row = connection.execute(select(RemediationRow.__table__).where(RemediationRow.id == number)).first()
    if row is None:
        raise StoreError(f"the store holds no remediation {number}")
    return _record(row)


def _record(row: Row[tuple[object, ...]]) -> RemediationRecord:
    values = dict(row._mapping)  # noqa: SLF001 - SQLAlchemy's documented name
    return RemediationRecord(**{**values, "document": msgspec.json.decode(values["document"])})
