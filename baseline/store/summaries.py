"""Summaries of the results that stand for a target: numbers of results by status, severity, waiver and check."""

import hashlib
from collections.abc import Collection, Iterator
from itertools import groupby

import msgspec
from sqlalchemy import Connection, func, select

from baseline.store.bulk import batches
from baseline.store.contents import compressed, decompressed
from baseline.store.tables import ResultRow

ONE = 1


class Group(msgspec.Struct, frozen=True, array_like=True):
    """Results of one status, severity and waiver. ``single`` are numbers of checks with one result, ``several`` maps
    the others to how many they have.
    """

    status: str
    severity: str
    waiver: str | None
    single: tuple[int, ...]
    several: dict[int, int]


_DECODER = msgspec.json.Decoder(tuple[Group, ...])

Summary = tuple[bytes, bytes]
"""The digest of a summary, and its content as it is kept."""


def summarise(connection: Connection, targets: Collection[int]) -> Iterator[tuple[int, Summary]]:
    """The summary of what stands for each target now."""
    for some in batches(sorted(targets)):
        found = {target: _groups(rows) for target, rows in groupby(_counted(connection, some), lambda row: row[0])}
        yield from ((target, _encoded(found.get(target, ()))) for target in some)


def read_summary(content: bytes) -> tuple[Group, ...]:
    """The groups of a summary as it is kept.

    Raises:
        StoreError: it is damaged.
    """
    return _DECODER.decode(decompressed(content, "a summary of results"))


def _counted(connection: Connection, targets: Collection[int]) -> Iterator[tuple[int, str, str, str | None, int, int]]:
    key = (ResultRow.target_id, ResultRow.status, ResultRow.severity, ResultRow.waiver, ResultRow.check_id)
    query = select(*key, func.count()).where(ResultRow.target_id.in_(targets), ResultRow.valid_to.is_(None))
    yield from connection.execute(query.group_by(*key).order_by(*key))


def _groups(rows: Iterator[tuple[int, str, str, str | None, int, int]]) -> tuple[Group, ...]:
    return tuple(
        _group(*key, {check: number for *_, check, number in some})
        for key, some in groupby(rows, lambda row: (row[1], row[2], row[3]))
    )


def _group(status: str, severity: str, waiver: str | None, numbers: dict[int, int]) -> Group:
    single = tuple(check for check, number in numbers.items() if number == ONE)
    several = {check: number for check, number in numbers.items() if number != ONE}
    return Group(status, severity, waiver, single, several)


def _encoded(groups: tuple[Group, ...]) -> Summary:
    content = msgspec.json.encode(groups)
    return hashlib.blake2b(content, digest_size=16).digest(), compressed(content)
