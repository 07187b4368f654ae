"""Text that a spreadsheet program shows as it is, and never runs as a formula (CWE-1236)."""

import csv
from collections.abc import Iterable, Sequence
from io import StringIO
from typing import BinaryIO

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")  # noqa: RUF001 - read as their narrow forms


def cell(text: str) -> str:
    """The text with an apostrophe before it where a spreadsheet would take it for a formula, and without NUL."""
    text = text.replace("\0", "\N{REPLACEMENT CHARACTER}")
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text


def write_rows(destination: BinaryIO, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Write comma-separated values (RFC 4180) in UTF-8 with every cell made safe."""
    destination.write(_line(columns))
    destination.writelines(_line([cell(value) for value in row]) for row in rows)


def _line(row: Sequence[str]) -> bytes:
    text = StringIO()
    csv.writer(text, lineterminator="\r\n").writerow(row)
    return text.getvalue().encode("utf-8", "replace")
