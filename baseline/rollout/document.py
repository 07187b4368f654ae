"""A report as blocks, which are written as Markdown or HTML."""

from typing import Literal, Union

import msgspec

Tone = Literal["good", "bad", "doubt", "quiet"]


class Mark(msgspec.Struct, frozen=True):
    """A word that also has a colour; the word alone says it all."""

    text: str
    tone: Tone


class Lines(msgspec.Struct, frozen=True):
    """Lines of configuration, as they are; those that begin with + or - differ."""

    lines: tuple[str, ...]


Cell = Union[str, Mark, Lines]  # noqa: UP007 - a name for a union, as Python 3.11 has it


class Heading(msgspec.Struct, frozen=True):
    """A heading; level 1 is the title."""

    level: Literal[1, 2, 3]
    text: str
    mark: Mark | None = None


class Paragraph(msgspec.Struct, frozen=True):
    """Plain text."""

    text: str


class Conclusion(msgspec.Struct, frozen=True):
    """The answer that the reader came for."""

    text: str
    tone: Tone


class Table(msgspec.Struct, frozen=True):
    """Rows under headings. Without headings, the first cell of each row is one."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


class Items(msgspec.Struct, frozen=True):
    """A list of short texts."""

    items: tuple[str, ...]


Block = Union[Heading, Paragraph, Conclusion, Table, Items, Lines]  # noqa: UP007 - as above


class Document(msgspec.Struct, frozen=True):
    """A report in one language (``nl``, ``en``)."""

    language: str
    title: str
    blocks: tuple[Block, ...]
