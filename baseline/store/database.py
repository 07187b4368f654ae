"""A connection to SQLite or PostgreSQL: transactions to read and to write, and errors that explain themselves."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Self

from sqlalchemy import URL, Connection, Engine, create_engine, make_url
from sqlalchemy.exc import ArgumentError

from baseline.models.errors import StoreError
from baseline.store.evidence_log import QUEUE_OPTION, Queue, flush
from baseline.store.failures import explained
from baseline.store.sqlite import BEGIN_OPTION, close_migration, set_foreign_keys, sqlite_engine


class Database:
    """One open database. ``place`` names it to a person, without its password."""

    def __init__(self, engine: Engine, place: str) -> None:
        self._engine = engine
        self.place = place

    @classmethod
    def at(cls, location: str | Path, *, read_only: bool) -> Self:
        """Reach the database at a path or URL; nothing is read yet.

        Raises:
            StoreError: the URL is not one of SQLite or PostgreSQL, or the file cannot be created.
        """
        if isinstance(location, Path) or "://" not in location:
            path = Path(location)
            return cls(sqlite_engine(path.expanduser(), read_only=read_only), str(path))
        url = _url(location)
        if url.get_backend_name() == "sqlite":
            return cls(sqlite_engine(_sqlite_path(url), read_only=read_only), str(url.database))
        # libpq takes a password among the parameters too.
        place = url.set(query={}).render_as_string(hide_password=True)
        return cls(_postgresql_engine(url, read_only=read_only), place)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that sees one state of the database, however long it lasts."""
        with explained(self.place), self._engine.connect() as connection:
            if connection.dialect.name == "postgresql":
                connection.execution_options(isolation_level="REPEATABLE READ")
            with connection.begin():
                yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that is written whole, or not at all when the block raises; with what it adds to the log."""
        with explained(self.place), self._engine.connect() as connection:
            connection.execution_options(**{BEGIN_OPTION: "IMMEDIATE", QUEUE_OPTION: Queue()})
            with connection.begin():
                yield connection
                flush(connection)

    @contextmanager
    def migrating(self) -> Iterator[Connection]:
        """A transaction that changes tables: foreign keys are judged at its end, as rebuilding a table needs that."""
        with explained(self.place), self._engine.connect() as connection:
            connection.execution_options(**{BEGIN_OPTION: "IMMEDIATE"})
            is_sqlite = connection.dialect.name == "sqlite"
            if is_sqlite:
                set_foreign_keys(connection, enforced=False)
            with connection.begin():
                yield connection
                if is_sqlite:
                    close_migration(connection, self.place)
            connection.invalidate()

    def forget_deleted(self) -> None:
        """Write an SQLite file anew, so that nothing is left in it of what was deleted; PostgreSQL does it by itself."""
        if self._engine.dialect.name != "sqlite":
            return
        with explained(self.place), closing(self._engine.raw_connection()) as connection:
            cursor = connection.cursor()
            cursor.execute("VACUUM")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def close(self) -> None:
        """Close every connection."""
        self._engine.dispose()


def _url(location: str) -> URL:
    try:
        url = make_url(location)
    except ArgumentError:
        raise StoreError("the store's URL cannot be read; write postgresql+psycopg://user@host/database") from None
    if url.drivername not in {"sqlite", "sqlite+pysqlite", "postgresql", "postgresql+psycopg"}:
        raise StoreError(f"a store is an SQLite file or postgresql+psycopg://..., not {url.drivername}")
    return url


def _sqlite_path(url: URL) -> Path:
    if not url.database or url.database == ":memory:":
        raise StoreError("a store in memory would be lost; give a file")
    return Path(url.database)


def _postgresql_engine(url: URL, *, read_only: bool) -> Engine:
    options = "-c default_transaction_read_only=on" if read_only else ""
    try:
        return create_engine(
            url.set(drivername="postgresql+psycopg"),
            connect_args={"connect_timeout": 10, "application_name": "baseline", "options": options},
            hide_parameters=True,
            pool_pre_ping=True,
        )
    except ModuleNotFoundError as error:
        raise StoreError("PostgreSQL needs the psycopg package: pip install 'psycopg[binary]'") from error
