"""Many rows at once, in both databases."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeVar

from sqlalchemy import Connection
from sqlalchemy.dialects import postgresql, sqlite

from baseline.store.tables import Base

Item = TypeVar("Item")

BATCH = 500
"""Values in one IN list: well under the 32,766 (SQLite) and 65,535 (PostgreSQL) that a statement may have."""


def batches(items: Sequence[Item], size: int = BATCH) -> Iterator[Sequence[Item]]:
    """The items in order, ``size`` at a time."""
    for start in range(0, len(items), size):
        yield items[start : start + size]


def insert_missing(connection: Connection, table: type[Base], rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows, except those that another process inserted just before.

    Give rows in the order of their unique key: two processes that insert the same ones then never wait for each other.
    """
    if not rows:
        return
    insert = sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert
    connection.execute(insert(table).on_conflict_do_nothing(), list(rows))
