"""Many rows at once, in both databases."""

from collections.abc import Iterator, Mapping, Sequence
from importlib import import_module
from typing import Any, TypeVar

from sqlalchemy import Connection

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
    connection.execute(insert_or_else(connection, table).on_conflict_do_nothing(), list(rows))


def insert_or_else(connection: Connection, table: type[Base]) -> Any:
    """An INSERT that can say ``on_conflict_do_...``, of this database: the other's takes 3 MB for nothing."""
    return import_module(f"sqlalchemy.dialects.{connection.dialect.name}").insert(table)
