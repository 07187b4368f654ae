"""Puts pseudonyms into a report for the names of people in it."""

from typing import Any

import msgspec

from baseline.content.name_shield import NameShield
from baseline.exporters.reports.document import Block, Cell, Document, Items, Lines, Mark, Strip, Table


def without_names(document: Document, people: NameShield) -> Document:
    """The report with pseudonyms in what it tells of targets: tables, lists, lines in time, and the data behind it.

    Its own sentences stay as they are, since an account name can be an ordinary word.
    """
    if not people.known:
        return document
    data = document.data
    if data:
        data = msgspec.json.format(
            msgspec.json.encode(_values(msgspec.json.decode(data), people), order="sorted"), indent=1
        )
    return msgspec.structs.replace(document, blocks=tuple(_block(each, people) for each in document.blocks), data=data)


def _block(block: Block, people: NameShield) -> Block:
    if isinstance(block, Table):
        rows = tuple(tuple(_cell(cell, people) for cell in row) for row in block.rows)
        return msgspec.structs.replace(block, rows=rows)
    if isinstance(block, Items):
        return Items(tuple(map(people.text, block.items)))
    if isinstance(block, Strip):
        rows_in_time = tuple(msgspec.structs.replace(row, label=people.text(row.label)) for row in block.rows)
        return msgspec.structs.replace(block, rows=rows_in_time, description=people.text(block.description))
    return block


def _cell(cell: Cell, people: NameShield) -> Cell:
    if isinstance(cell, Lines):
        return Lines(tuple(map(people.text, cell.lines)))
    if isinstance(cell, Mark):
        return msgspec.structs.replace(cell, text=people.text(cell.text))
    return people.text(cell) if isinstance(cell, str) else cell


def _values(value: Any, people: NameShield) -> Any:
    """Texts with pseudonyms; keys are our own words, and stay."""
    if isinstance(value, str):
        return people.text(value)
    if isinstance(value, dict):
        return {key: _values(item, people) for key, item in value.items()}
    if isinstance(value, list):
        return [_values(item, people) for item in value]
    return value
