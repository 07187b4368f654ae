"""What a person reads when a database refuses."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from baseline.models.errors import StoreError

BUSY_SECONDS = 30
"""How long a process waits for another one that is writing."""

PRIMARY_CODE = 0xFF
"""The part of an SQLite result code that tells the kind of error (https://www.sqlite.org/rescode.html)."""

SQLITE_MESSAGES = {
    sqlite3.SQLITE_BUSY: f"another process kept it locked for more than {BUSY_SECONDS} seconds; try again later",
    sqlite3.SQLITE_LOCKED: "another connection keeps it locked; try again when that one is done",
    sqlite3.SQLITE_FULL: "its disk is full; free some space and try again (what was recorded before is safe)",
    sqlite3.SQLITE_IOERR: "its disk is full, or cannot be read or written; look at the free space and the system log",
    sqlite3.SQLITE_READONLY: "it cannot be written; give this user write permission on the file and on its folder",
    sqlite3.SQLITE_PERM: "this user has no permission; look at the owner and mode of the file and its folder",
    sqlite3.SQLITE_CANTOPEN: "it cannot be opened; look at the path, the free space, and who may use its folder",
    sqlite3.SQLITE_CORRUPT: "it is damaged; restore a backup, or save what is left with .recover of sqlite3",
    sqlite3.SQLITE_NOTADB: "the file is not a database; give the path of a store, or of a file that does not exist yet",
}

POSTGRESQL_MESSAGES = {
    "42501": "this user may not do that in the database; grant it the rights on the schema",
    "25006": "the database is read-only; use the primary server",
    "40P01": "another process was in the way (deadlock); try again",
    "53100": "the server's disk is full; free some space and try again (what was recorded before is safe)",
    "53": "the server is out of resources; look at its log",
    "55P03": "another process keeps it locked; try again when that one is done",
    "57": "the server is shutting down or starting; try again when it is up",
    "08": "the connection to the server was lost; look at the server and try again",
}
"""Start of an SQLSTATE -> message (https://www.postgresql.org/docs/15/errcodes-appendix.html); the longest counts."""


@contextmanager
def explained(place: str) -> Iterator[None]:
    """Turn an error of the database into a StoreError that names ``place`` and says what to do."""
    try:
        yield
    except (SQLAlchemyError, sqlite3.Error) as error:
        raise StoreError(f"store {place}: {_explanation(error)}") from error


def _explanation(error: Exception) -> str:
    cause = error.orig if isinstance(error, DBAPIError) and error.orig is not None else error
    known = _sqlite_message(cause) if isinstance(cause, sqlite3.Error) else _postgresql_message(cause)
    said = str(cause).strip().splitlines() or [type(cause).__name__]
    return f"{known} ({said[0]})" if known else said[0]


def _sqlite_message(error: sqlite3.Error) -> str:
    return SQLITE_MESSAGES.get(getattr(error, "sqlite_errorcode", 0) & PRIMARY_CODE, "")


def _postgresql_message(error: BaseException) -> str:
    state = getattr(error, "sqlstate", None)
    if state is None:  # psycopg gives none when connecting fails; what the server said follows
        return "the database cannot be reached or refused this user; look at the URL, and whether the server runs"
    fitting = [start for start in POSTGRESQL_MESSAGES if state.startswith(start)]
    return POSTGRESQL_MESSAGES[max(fitting, key=len)] if fitting else ""
