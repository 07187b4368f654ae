"""How SQLite is opened: write-ahead log, foreign keys, files that only their owner reads."""

import errno
import os
import sqlite3
import time
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import Connection, Engine, QueuePool, create_engine, event

from baseline.models.errors import StoreError
from baseline.store.failures import BUSY_SECONDS, PRIMARY_CODE

BEGIN_OPTION = "sqlite_begin"
"""Execution option of a connection: DEFERRED to read, IMMEDIATE to write (waits for another writer at once)."""

APPLICATION_ID = 0x42617365
"""Written in the file's header ("Base"), so that ``file`` and other programs know it (sqlite.org/fileformat2.html)."""

PRAGMAS = ("foreign_keys = ON", "synchronous = NORMAL", "cache_size = -1024", "journal_size_limit = 67108864")
"""Set on every connection. ``synchronous = NORMAL``: a killed process loses nothing, a power cut may lose the last
transactions, and neither damages the file (sqlite.org/pragma.html). Sizes: 1 MiB in memory, since the
system keeps the file there too; 64 MiB of log."""


def sqlite_engine(path: Path, *, read_only: bool) -> Engine:
    """An engine on a file, which is created with mode 0600 when it is not there.

    Raises:
        StoreError: the file cannot be created, or it is missing and ``read_only``.
    """
    if not read_only:
        _create(path)
    elif not path.exists():
        raise StoreError(f"store {path}: there is no such file")

    def connect() -> sqlite3.Connection:
        return _connect(path, read_only=read_only)

    engine = create_engine("sqlite://", creator=connect, poolclass=QueuePool, hide_parameters=True)
    event.listen(engine, "begin", _begin)
    return engine


def _create(path: Path) -> None:
    """Create the file when it is not there; one that is there is not even opened.

    Closing a file of its own would drop the locks of every other connection of this process, and another process would take
    the log from under them (sqlite.org/howtocorrupt.html, section 2.2).
    """
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    except FileExistsError:
        _require_usable(path)
    except OSError as error:
        raise StoreError(f"store {path}: it cannot be opened to write: {error.strerror}") from error


def _require_usable(path: Path) -> None:
    """Refuse what is no file, or a file of somebody else, in words."""
    number = errno.EISDIR if path.is_dir() else 0 if os.access(path, os.R_OK | os.W_OK) else _obstacle(path)
    if number:
        raise StoreError(f"store {path}: it cannot be opened to write: {os.strerror(number)}")


def _obstacle(path: Path) -> int:
    """The error number of what keeps a file from being written: a disk that is read-only, or rights."""
    try:
        return errno.EROFS if os.statvfs(path).f_flag & os.ST_RDONLY else errno.EACCES
    except OSError as error:
        return error.errno or errno.EACCES


def _connect(path: Path, *, read_only: bool) -> sqlite3.Connection:
    uri = f"file:{quote(str(path.absolute()))}?{_mode(path, read_only=read_only)}"
    connection = sqlite3.connect(
        uri, uri=True, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False, cached_statements=256
    )
    try:
        for pragma in PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")
        if not read_only:
            _write_ahead(connection)
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def _mode(path: Path, *, read_only: bool) -> str:
    """How SQLite opens the file; on a read-only disk it cannot make the files by which readers notice a writer."""
    if not read_only:
        return "mode=rw"
    on_read_only_disk = os.statvfs(path).f_flag & os.ST_RDONLY
    return "mode=ro&immutable=1" if on_read_only_disk else "mode=ro"


def _write_ahead(connection: sqlite3.Connection) -> None:
    """Switch to the write-ahead log; SQLite does not wait by itself when another process does the same just now."""
    deadline = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & PRIMARY_CODE != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                raise
            time.sleep(0.05)
        else:
            return


def _begin(connection: Connection) -> None:
    mode: Any = connection.get_execution_options().get(BEGIN_OPTION, "DEFERRED")
    connection.exec_driver_sql(f"BEGIN {mode}")


def set_foreign_keys(connection: Connection, *, enforced: bool) -> None:
    """Enforce foreign keys or not; SQLite listens to this only outside a transaction."""
    driver: Any = connection.connection.driver_connection
    driver.execute(f"PRAGMA foreign_keys = {'ON' if enforced else 'OFF'}")


def close_migration(connection: Connection, place: str) -> None:
    """Mark the file as ours.

    Raises:
        StoreError: the migration left a foreign key that points nowhere; nothing of it is kept.
    """
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
    if broken is not None:
        raise StoreError(f"store {place}: the migration would break references of table {broken[0]}; report this")
    connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
