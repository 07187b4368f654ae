"""The version of the tables: look at it cheaply, make them when there are none, and migrate when they are behind."""

from pathlib import Path

from sqlalchemy import Connection, inspect, text

from baseline.models.errors import StoreError
from baseline.store.database import Database
from baseline.store.new_tables import create_tables

REVISIONS = ("0001", "0002", "0003", "0004", "0005", "0006", "0007", "0008", "0009")
"""Every revision in ``migrations/versions``, oldest first."""

VERSION_TABLE = "baseline_schema"
MIGRATIONS = Path(__file__).parent / "migrations"
MIGRATION_LOCK = 0x42617365
"""Number of the PostgreSQL advisory lock that one migrating process holds."""


def ensure_current(database: Database, *, read_only: bool) -> None:
    """Create the tables, or bring them up to date.

    Raises:
        StoreError: the store is of a newer version, belongs to another program, or needs a migration and is read-only.
    """
    with database.reading() as connection:
        revision = _revision(connection, database.place)
    if revision == REVISIONS[-1]:
        return
    if read_only:
        raise StoreError(f"store {database.place}: its tables are of an older version; open it once to write")
    with database.migrating() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": MIGRATION_LOCK})
        revision = _revision(connection, database.place)
        if revision is None:
            create_tables(connection, VERSION_TABLE, REVISIONS[-1])
        elif revision != REVISIONS[-1]:
            migrate(connection)


def _revision(connection: Connection, place: str) -> str | None:
    """The revision that the tables are at; None for an empty database."""
    tables = inspect(connection)
    if not tables.has_table(VERSION_TABLE):
        if connection.dialect.name == "sqlite" and tables.get_table_names():
            raise StoreError(f"store {place}: this database belongs to another program; give another path")
        return None
    revision = connection.execute(text(f"SELECT version_num FROM {VERSION_TABLE}")).scalar()  # noqa: S608  a constant
    if revision is not None and revision not in REVISIONS:
        raise StoreError(
            f"store {place}: it was written by a newer version of baseline (schema {revision}); upgrade baseline"
        )
    return str(revision) if revision is not None else None


def migrate(connection: Connection, revision: str = "head") -> None:
    """Bring the tables to a revision, from none on."""
    from alembic import command  # noqa: PLC0415  slow to import, and rarely needed
    from alembic.config import Config  # noqa: PLC0415  the same

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    config.attributes["version_table"] = VERSION_TABLE
    command.upgrade(config, revision)
