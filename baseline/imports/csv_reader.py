"""Reads CSV with a heading as a stream: bounded fields and columns, and the line of every mistake."""

import csv
from collections.abc import Callable, Iterable, Iterator

from baseline.imports.json_reader import Readable
from baseline.imports.refused import MalformedError

LARGEST_FIELD = 1 << 20
"""Characters of one field at most."""
MOST_COLUMNS = 200


def lines_of(stream: Readable) -> Iterator[str]:
    """The lines of a UTF-8 stream with their ends, as ``csv`` wants them.

    Raises:
        MalformedError: a line is longer than any scanner writes.
    """
    rest = b""
    number = 0
    while block := stream.read():
        *lines, rest = (rest + block).split(b"\n")
        for line in lines:
            number += 1
            yield (line + b"\n").decode()
        if len(rest) > LARGEST_FIELD * 4:
            raise MalformedError(f"holds a line longer than {LARGEST_FIELD * 4 >> 20} MiB", number + 1)
    if rest:
        yield rest.decode()


def read_rows(lines: Iterable[str], on_heading: Callable[[list[str]], None]) -> Iterator[tuple[int, dict[str, str]]]:
    """Every row as column -> cell, with the line on which it ends. ``on_heading`` may refuse the columns.

    Raises:
        MalformedError: a row has more or fewer cells than the heading, a column comes twice, or quotes do not match.
    """
    csv.field_size_limit(LARGEST_FIELD)
    cells = csv.reader(lines, delimiter=";", strict=True)
    heading: list[str] | None = None
    try:
        for row in cells:
            if heading is None:
                heading = _heading(row)
                on_heading(heading)
            else:
                yield cells.line_num, _row(heading, row)
    except csv.Error as error:
        raise MalformedError(f"is not CSV: {error}", cells.line_num) from None
    except MalformedError as error:
        raise MalformedError(error.message, error.line or cells.line_num) from None


def _row(heading: list[str], row: list[str]) -> dict[str, str]:
    if len(row) != len(heading):
        raise MalformedError(f"a row has {len(row)} cells where the heading has {len(heading)}")
    return dict(zip(heading, row, strict=True))


def _heading(row: list[str]) -> list[str]:
    heading = [name.strip().lstrip("\N{ZERO WIDTH NO-BREAK SPACE}").upper() for name in row]
    if len(heading) > MOST_COLUMNS or len(set(heading)) < len(heading):
        raise MalformedError("a column comes twice, or there are too many")
    return heading
