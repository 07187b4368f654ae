"""All that ever stood for a target, to tell what stood at a moment and the root over it."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import groupby
from typing import NamedTuple

from sqlalchemy import Connection

from baseline.store.bulk import batches
from baseline.store.evidence_results import TARGETS, Root, result_document
from baseline.store.merkle import leaf_hash, root_of
from baseline.store.result_query import rows_query


class HistoryRow(NamedTuple):
    """A row of ``result``: its document and the time over which it held."""

    check: str
    subject: str
    valid_from: datetime
    valid_to: datetime | None
    document: bytes
    digest: bytes

    def held_at(self, moment: datetime) -> bool:
        """Whether it held then."""
        return self.valid_from <= moment and (self.valid_to is None or moment < self.valid_to)


class History:
    """The rows of one target, ordered by check and subject. What stood is worked out once per stretch without change."""

    def __init__(self, target: str, rows: Sequence[HistoryRow]) -> None:
        self.target, self.rows = target, rows
        self._turns = sorted({at for row in rows for at in (row.valid_from, row.valid_to) if at is not None})
        self._standing: dict[tuple[int, frozenset[str]], tuple[list[HistoryRow], Root]] = {}

    def at(self, moment: datetime, checks: frozenset[str]) -> tuple[list[HistoryRow], Root]:
        """The rows of these checks that held at a moment, and the root over them."""
        key = (bisect_right(self._turns, moment), checks)
        if key not in self._standing:
            rows = [row for row in self.rows if row.check in checks and row.held_at(moment)]
            self._standing[key] = rows, Root(len(rows), root_of([row.digest for row in rows]))
        return self._standing[key]


def read_histories(connection: Connection, targets: Sequence[int]) -> Iterator[History]:
    """The history of each target that has any result, a few at a time."""
    for some in batches(targets, TARGETS):
        found = connection.execute(rows_query(some))
        for name, rows in groupby(found, key=lambda row: row[0]):
            yield History(name, [_row(tuple(row)) for row in rows])


def _row(row: Sequence[object]) -> HistoryRow:
    document = result_document(row)
    start, end = row[13], row[14]
    return HistoryRow(str(row[1]), str(row[2]), start, end, document, leaf_hash(document))  # type: ignore[arg-type]
