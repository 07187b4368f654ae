"""Texts that results share, each written once."""

import hashlib
from collections.abc import Iterable

from sqlalchemy import Connection, select

from baseline.store.bulk import batches, insert_missing
from baseline.store.tables import DetailRow

REMEMBERED = 100_000
"""Texts whose numbers are remembered; at some 200 bytes each that is 20 MB."""


class Details:
    """Gives texts their numbers. Remembers only what other transactions wrote, as its own may still be undone."""

    def __init__(self) -> None:
        self._known: dict[str, int] = {}

    def numbers(self, connection: Connection, texts: Iterable[str]) -> dict[str, int]:
        """The number of each text, which is written when it is new."""
        wanted = set(texts)
        numbers = {text: self._known[text] for text in wanted & self._known.keys()}
        by_digest = {_digest(text): text for text in wanted - numbers.keys()}
        found = _find(connection, by_digest)
        self._remember(found)
        missing = sorted(digest for digest, text in by_digest.items() if text not in found)
        insert_missing(connection, DetailRow, [{"digest": each, "content": by_digest[each]} for each in missing])
        added = _find(connection, {digest: by_digest[digest] for digest in missing})
        return numbers | found | added

    def _remember(self, numbers: dict[str, int]) -> None:
        if len(self._known) + len(numbers) > REMEMBERED:
            self._known.clear()
        self._known.update(numbers)


def _digest(text: str) -> bytes:
    return hashlib.sha256(text.encode()).digest()


def _find(connection: Connection, texts: dict[bytes, str]) -> dict[str, int]:
    numbers: dict[str, int] = {}
    for some in batches(list(texts)):
        rows = connection.execute(select(DetailRow.digest, DetailRow.id).where(DetailRow.digest.in_(some)))
        numbers.update((texts[bytes(digest)], number) for digest, number in rows)
    return numbers
