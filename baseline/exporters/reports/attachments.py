"""The files that go with a report: each table as CSV, and the account behind it as JSON."""

import csv
import io

import msgspec

from baseline.exporters.reports.document import Cell, Document, Lines, Mark, Table
from baseline.exporters.spreadsheet_text import cell as safe_cell


class AttachedFile(msgspec.Struct, frozen=True):
    """A file in a PDF. ``relationship`` is that of PDF/A-3: ``data`` is what the report shows, ``source`` its origin."""

    name: str
    media_type: str
    relationship: str
    description: str
    content: bytes


def attached_files(document: Document) -> list[AttachedFile]:
    """What is attached to the PDF: one CSV file per table that has rows, and the account."""
    files = [
        AttachedFile(f"{table.name}.csv", "text/csv", "data", table.title or table.name, table_as_csv(table))
        for table in document.tables()
        if table.rows
    ]
    if document.data:
        files.append(AttachedFile("account.json", "application/json", "source", document.title, document.data))
    return files


def table_as_csv(table: Table) -> bytes:
    """One table as CSV (RFC 4180), in UTF-8 with a byte order mark, which spreadsheets need to see that it is."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow([column.title for column in table.columns])
    writer.writerows([[_guarded(cell) for cell in row] for row in table.rows])
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def cell_text(cell: Cell) -> str:
    """What a cell says, as plain text."""
    match cell:
        case Mark():
            return cell.text
        case Lines():
            return "\n".join(cell.lines)
        case _:
            return str(cell)


def _guarded(cell: Cell) -> str | int:
    return cell if isinstance(cell, int) else safe_cell(cell_text(cell))
