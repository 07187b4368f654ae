"""Text that a spreadsheet program shows as it is, and never runs as a formula (CWE-1236)."""

import csv
import re
from collections.abc import Iterable, Sequence
from io import StringIO
from typing import BinaryIO

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")  # noqa: RUF001 - read as their narrow forms

_BEHIND_A_SEPARATOR = re.compile(r"""(?<=[;\t\r\n])(?="*[=+\-@\uff1d\uff0b\uff0d\uff20])""")
"""Where a program that takes a semicolon or tab to part cells, as a Dutch Excel does, would begin a cell with a formula."""


def cell(text: str) -> str:
    """The text with an apostrophe before whatever in it a spreadsheet would take for a formula, and without NUL."""
    text = text.replace("\0", "\N{REPLACEMENT CHARACTER}")
    text = f"'{text}" if text.startswith(_FORMULA_STARTS) else text
    return _BEHIND_A_SEPARATOR.sub("'", text)


def write_rows(destination: BinaryIO, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Write comma-separated values (RFC 4180) in UTF-8 with every cell made safe."""
    destination.write(_line(columns))
    destination.writelines(_line([cell(value) for value in row]) for row in rows)


def _line(row: Sequence[str]) -> bytes:
    text = StringIO()
    csv.writer(text, lineterminator="\r\n").writerow(row)
    return text.getvalue().encode("utf-8", "replace")
