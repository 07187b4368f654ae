"""Texts that results share, each written once."""

import hashlib
from collections.abc import Iterable

from sqlalchemy import Connection, select

from baseline.store.bulk import batches, insert_missing
from baseline.store.tables import DetailRow

REMEMBERED = 5_000
"""Texts whose numbers are remembered, by digest; at some 200 bytes each that is 1 MB."""


class Details:
    """Gives texts their numbers. Remembers only what other transactions wrote, as its own may still be undone."""

    def __init__(self) -> None:
        self._known: dict[bytes, int] = {}

    def numbers(self, connection: Connection, texts: Iterable[str]) -> dict[str, int]:
        """The number of each text, which is written when it is new."""
        by_digest = {_digest(text): text for text in texts}
        known = {digest: self._known[digest] for digest in by_digest.keys() & self._known.keys()}
        found = _find(connection, by_digest.keys() - known.keys())
        self._remember(found)
        missing = sorted(by_digest.keys() - known.keys() - found.keys())
        insert_missing(connection, DetailRow, [{"digest": each, "content": by_digest[each]} for each in missing])
        numbers = known | found | _find(connection, missing)
        return {text: numbers[digest] for digest, text in by_digest.items()}

    def _remember(self, numbers: dict[bytes, int]) -> None:
        if len(self._known) + len(numbers) > REMEMBERED:
            self._known.clear()
        self._known.update(numbers)


def _digest(text: str) -> bytes:
    return hashlib.sha256(text.encode()).digest()


def _find(connection: Connection, digests: Iterable[bytes]) -> dict[bytes, int]:
    numbers: dict[bytes, int] = {}
    for some in batches(list(digests)):
        rows = connection.execute(select(DetailRow.digest, DetailRow.id).where(DetailRow.digest.in_(some)))
        numbers.update((bytes(digest), number) for digest, number in rows)
    return numbers
