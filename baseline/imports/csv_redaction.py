"""Removes columns of CSV that may hold secrets as it streams by; rows without any stay byte for byte."""

import csv
import io
from collections.abc import Collection

from baseline.imports.credentials import without_credentials
from baseline.imports.csv_reader import LARGEST_FIELD
from baseline.imports.refused import MalformedError
from baseline.imports.source import REMOVED


class CsvRedactor:
    """Empties the columns named, in a file separated by semicolons; a row may span lines within quotes."""

    def __init__(self, columns: Collection[str]) -> None:
        self.removed = 0
        self._columns = columns
        self._places: list[int] | None = None
        self._rest = b""
        self._record: list[bytes] = []
        self._size = 0
        self._in_quotes = False
        self._line = 1

    def feed(self, block: bytes) -> bytes:
        """The rows that this block ends.

        Raises:
            MalformedError: a row is longer than any scanner writes.
        """
        *lines, self._rest = (self._rest + block).split(b"\n")
        out = []
        for line in lines:
            self._add(line + b"\n")
            if not self._in_quotes:
                out.append(self._row(self._taken()))
        if self._size + len(self._rest) > LARGEST_FIELD * 4:
            raise MalformedError(f"holds a row longer than {LARGEST_FIELD * 4 >> 20} MiB", self._line)
        return b"".join(out)

    def close(self) -> bytes:
        """The last row; of one whose quotes do not end, only the beginning, for the reader to refuse."""
        self._add(self._rest)
        self._rest = b""
        unfinished, record = self._in_quotes, self._taken()
        return self._row(record) if not unfinished else record[: record.index(b'"') + 1]

    def _add(self, line: bytes) -> None:
        self._record.append(line)
        self._size += len(line)
        self._in_quotes ^= line.count(b'"') % 2 == 1

    def _taken(self) -> bytes:
        record, self._record, self._size = b"".join(self._record), [], 0
        return record

    def _row(self, record: bytes) -> bytes:
        lines = record.count(b"\n")
        self._line += lines
        cleaned, number = without_credentials(record)
        self.removed += number
        cells = self._cells(cleaned)
        if cells is None:
            return cleaned
        if self._places is None:
            names = [name.strip().lstrip("\N{ZERO WIDTH NO-BREAK SPACE}").upper() for name in cells]
            self._places = [place for place, name in enumerate(names) if name in self._columns]
            return cleaned
        secret = [place for place in self._places if place < len(cells) and cells[place]]
        if not secret:
            return cleaned
        for place in secret:
            cells[place] = REMOVED.decode() + "\n" * cells[place].count("\n")
        self.removed += len(secret)
        out = io.StringIO()
        csv.writer(out, delimiter=";", lineterminator="\n" if lines else "").writerow(cells)
        return out.getvalue().encode()

    @staticmethod
    def _cells(record: bytes) -> list[str] | None:
        csv.field_size_limit(LARGEST_FIELD)
        try:
            rows = list(csv.reader(io.StringIO(record.decode(), newline=""), delimiter=";", strict=True))
        except csv.Error:
            return None
        return rows[0] if len(rows) == 1 else None
