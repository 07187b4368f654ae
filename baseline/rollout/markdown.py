"""Writes a report as Markdown (CommonMark with tables). What devices and people wrote stays text."""

import re
from html import escape

from baseline.rollout.document import Block, Cell, Conclusion, Document, Heading, Items, Lines, Mark, Paragraph, Table

_SPECIAL = re.compile(r"([\\`*_\[\]|#~])")


def to_markdown(document: Document) -> str:
    """The whole report."""
    return "\n\n".join(_block(block) for block in document.blocks) + "\n"


def _block(block: Block) -> str:
    match block:
        case Heading(level, text, mark):
            return f"{'#' * level} {_text(text)}" + (f": {_text(mark.text)}" if mark else "")
        case Paragraph(text):
            return _text(text)
        case Conclusion(text, _):
            return f"**{_text(text)}**"
        case Items(items):
            return "\n".join(f"- {_text(item)}" for item in items)
        case Lines(lines):
            return _fenced(lines)
        case Table(columns, rows):
            return _table(columns, rows)


def _text(text: str) -> str:
    return escape(_SPECIAL.sub(r"\\\1", " ".join(text.split())), quote=False)


def _fenced(lines: tuple[str, ...]) -> str:
    longest = max((len(run) for line in lines for run in re.findall("`+", line)), default=0)
    fence = "`" * max(3, longest + 1)
    return "\n".join((f"{fence}diff", *lines, fence))


def _table(columns: tuple[str, ...], rows: tuple[tuple[Cell, ...], ...]) -> str:
    heads = columns or ("",) * max((len(row) for row in rows), default=1)
    lines = [_row(heads), _row(("---",) * len(heads), raw=True), *(_row(row) for row in rows)]
    return "\n".join(lines)


def _row(cells: tuple[Cell, ...], *, raw: bool = False) -> str:
    return f"| {' | '.join(str(cell) if raw else _cell(cell) for cell in cells)} |"


def _cell(cell: Cell) -> str:
    match cell:
        case Mark(text, _):
            return _text(text)
        case Lines(lines):
            return "<br>".join(_code(line) for line in lines)
        case _:
            return _text(cell)


def _code(line: str) -> str:
    """One line of configuration in a table, where ``|`` and backticks would end it."""
    return _text(line) if "`" in line or "|" in line else f"`{line.strip() or ' '}`"
