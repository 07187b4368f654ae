"""A report as blocks in one language, which are written as PDF, HTML, a spreadsheet, CSV or plain text."""

from datetime import date
from typing import Literal, Union

import msgspec

from baseline.models.control import Language

Tone = Literal["good", "bad", "doubt", "quiet", "plain"]


class Mark(msgspec.Struct, frozen=True, tag=True):
    """A word that also has a colour; the word alone says it all."""

    text: str
    tone: Tone


class Lines(msgspec.Struct, frozen=True, tag=True):
    """Short texts under each other in one cell."""

    lines: tuple[str, ...]


Cell = Union[str, int, Mark, Lines]  # noqa: UP007 - a name for a union, as Python 3.11 has it


class Column(msgspec.Struct, frozen=True):
    """A column's heading and its share of the width. ``numeric`` aligns right; ``mono`` is for identifiers."""

    title: str
    width: float = 1.0
    numeric: bool = False
    mono: bool = False


class Heading(msgspec.Struct, frozen=True, tag=True):
    """A heading within the report. ``new_page`` begins a page, as annexes do."""

    level: Literal[1, 2]
    text: str
    new_page: bool = False


class Paragraph(msgspec.Struct, frozen=True, tag=True):
    """Plain text."""

    text: str


class Items(msgspec.Struct, frozen=True, tag=True):
    """A list of short texts."""

    items: tuple[str, ...]


class Conclusion(msgspec.Struct, frozen=True, tag=True):
    """The answer that the reader came for."""

    text: str
    tone: Tone


class Pairs(msgspec.Struct, frozen=True, tag=True):
    """Labels with their values."""

    rows: tuple[tuple[str, str], ...]


class Tile(msgspec.Struct, frozen=True):
    """One number that matters, with what it counts."""

    number: str
    label: str
    tone: Tone = "plain"


class Tiles(msgspec.Struct, frozen=True, tag=True):
    """A row of numbers."""

    tiles: tuple[Tile, ...]


class Table(msgspec.Struct, frozen=True, tag=True):
    """Rows under headings. ``name`` names its sheet and its file; ``empty`` is said when there is no row."""

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    empty: str = ""


class Segment(msgspec.Struct, frozen=True):
    """A piece of a line in time: from and to as parts (0 to 1) of the whole."""

    begins: float
    ends: float
    tone: Tone


class StripRow(msgspec.Struct, frozen=True):
    """One line in time. ``moments`` are where something was measured, as parts of the whole."""

    label: str
    segments: tuple[Segment, ...]
    moments: tuple[float, ...] = ()


class Tick(msgspec.Struct, frozen=True):
    """A mark on the axis of time."""

    at: float
    label: str


class Strip(msgspec.Struct, frozen=True, tag=True):
    """A picture of lines in time. ``description`` tells in words what it shows, for who cannot see it."""

    title: str
    description: str
    ticks: tuple[Tick, ...]
    rows: tuple[StripRow, ...]
    legend: tuple[Mark, ...]


Block = Union[Heading, Paragraph, Items, Conclusion, Pairs, Tiles, Table, Strip]  # noqa: UP007 - as above


class Document(msgspec.Struct, frozen=True, kw_only=True):
    """A report. ``reference`` and ``marking`` stand on every page; ``day`` is the date that it bears.

    ``data`` is the account behind it as JSON, attached to the PDF. ``main_table`` is the one that CSV holds.
    """

    kind: str
    language: Language
    title: str
    subtitle: str
    organisation: str
    reference: str
    marking: str
    day: date
    facts: tuple[tuple[str, str], ...]
    blocks: tuple[Block, ...]
    main_table: str
    data: bytes = b""

    def tables(self) -> tuple[Table, ...]:
        """Every table, in order."""
        return tuple(block for block in self.blocks if isinstance(block, Table))
