"""The tables of a new store, made at once: what all migrations make of an empty database, without loading Alembic."""

from sqlalchemy import Column, Connection, MetaData, PrimaryKeyConstraint, String, Table, insert

from baseline.store import (  # noqa: F401  their tables belong to the metadata
    drift_tables,
    imported_tables,
    schedule_tables,
    state_tables,
)
from baseline.store.evidence_tables import HeadRow
from baseline.store.tables import CURRENT, Base, ResultRow

LONGEST_REVISION = 32
"""Characters of a revision's name, as Alembic declares the column."""


def create_tables(connection: Connection, version_table: str, revision: str) -> None:
    """Make every table of an empty database, with the row that the log starts from, and note the revision."""
    if connection.dialect.name == "postgresql":
        for index in Base.metadata.tables[ResultRow.__tablename__].indexes:
            index.dialect_options["postgresql"]["where"] = CURRENT
    Base.metadata.create_all(connection, checkfirst=False)
    connection.execute(insert(HeadRow).values(id=1, size=0, peaks=b"", checkpoints=0, checkpoint=b""))
    versions = Table(
        version_table,
        MetaData(),
        Column("version_num", String(LONGEST_REVISION), nullable=False),
        PrimaryKeyConstraint("version_num", name=f"{version_table}_pkc"),
    )
    versions.create(connection)
    connection.execute(insert(versions).values(version_num=revision))
