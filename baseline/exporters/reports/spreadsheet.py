"""Writes a report as a spreadsheet (XLSX, ISO/IEC 29500): a sheet with what it is, and a sheet per table."""

import io
import re
from datetime import UTC, datetime, time
from typing import Any

from baseline.exporters.reports.attachments import cell_text
from baseline.exporters.reports.document import Conclusion, Document, Mark, Table, Tiles
from baseline.exporters.reports.pdf import ReportError

MAXIMUM_CELL = 32_767
"""Characters that a cell of XLSX may hold."""
MAXIMUM_ROWS = 1_048_575

_COLOURS = {"good": "#0B5D33", "bad": "#9B1117", "doubt": "#734600", "quiet": "#4A5560", "plain": "#16222E"}
_FORBIDDEN_NAME = re.compile(r"[\[\]:*?/\\']")
_FORBIDDEN_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What XML 1.0 cannot hold."""


def to_xlsx(document: Document) -> bytes:
    """The report as XLSX. Every cell is text or a number, never a formula.

    Raises:
        ReportError: the extra is not installed, or a table has more rows than a sheet can hold.
    """
    try:
        import xlsxwriter  # noqa: PLC0415 - an extra
    except ImportError:
        message = "XLSX needs the extra 'report': pip install 'baseline[report]' (HTML and CSV need nothing)"
        raise ReportError(message) from None
    content = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(content, options) as book:
        made = datetime.combine(document.day, time(), UTC).replace(tzinfo=None)
        book.set_properties(
            {"title": document.title, "subject": document.subtitle, "keywords": document.reference, "created": made}
        )
        formats = _Formats(book)
        _first_sheet(book.add_worksheet(_first_name(document)), document, formats)
        used = {_first_name(document).casefold()}
        for table in document.tables():
            _sheet(book.add_worksheet(_sheet_name(table, used)), table, document, formats)
    return content.getvalue()


class _Formats:
    """How cells look."""

    def __init__(self, book: Any) -> None:
        base = {"font_name": "Calibri", "font_size": 10, "valign": "top", "text_wrap": True}
        heading = {"bold": True, "font_color": "white", "bg_color": "#173A5E"}
        self.title = book.add_format({"font_name": "Calibri", "font_size": 16, "bold": True, "font_color": "#173A5E"})
        self.heading = book.add_format({**base, **heading})
        self.text = book.add_format(base)
        self.label = book.add_format({**base, "font_color": "#4A5560"})
        self.marks = {
            tone: book.add_format({**base, "bold": True, "font_color": colour}) for tone, colour in _COLOURS.items()
        }


def _first_name(document: Document) -> str:
    return "Rapport" if document.language == "nl" else "Report"


def _sheet_name(table: Table, used: set[str]) -> str:
    name = base = _FORBIDDEN_NAME.sub(" ", table.name)[:28]
    number = 2
    while name.casefold() in used:
        name, number = f"{base} {number}", number + 1
    used.add(name.casefold())
    return name


def _first_sheet(sheet: Any, document: Document, formats: _Formats) -> None:
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, 1, 90)
    sheet.write_string(0, 0, _clean(document.title), formats.title)
    nl = document.language == "nl"
    rows = [
        (document.subtitle, ""),
        ("Organisatie" if nl else "Organisation", document.organisation),
        ("Kenmerk" if nl else "Reference", document.reference),
        ("Rubricering" if nl else "Marking", document.marking),
        *document.facts,
    ]
    for block in document.blocks:
        if isinstance(block, Conclusion):
            rows.append(("Conclusie" if nl else "Conclusion", block.text))
        elif isinstance(block, Tiles):
            rows += [(tile.label, tile.number) for tile in block.tiles]
    for index, (label, value) in enumerate(rows, start=1):
        sheet.write_string(index, 0, _clean(label), formats.label)
        sheet.write_string(index, 1, _clean(value), formats.text)


def _sheet(sheet: Any, table: Table, document: Document, formats: _Formats) -> None:
    if len(table.rows) > MAXIMUM_ROWS:
        raise ReportError(f"table '{table.name}' has more rows than a sheet can hold; write CSV")
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer(f"&L{_footer(document.reference)}&C{_footer(document.marking)}&R&P / &N")
    for index, column in enumerate(table.columns):
        sheet.set_column(index, index, 8 + 14 * column.width)
        sheet.write_string(0, index, _clean(column.title), formats.heading)
    for number, row in enumerate(table.rows, start=1):
        for index, cell in enumerate(row):
            if isinstance(cell, int):
                sheet.write_number(number, index, cell, formats.text)
            else:
                style = formats.marks[cell.tone] if isinstance(cell, Mark) else formats.text
                sheet.write_string(number, index, _clean(cell_text(cell)), style)
    sheet.autofilter(0, 0, max(1, len(table.rows)), len(table.columns) - 1)


def _footer(text: str) -> str:
    """Text in a footer, where an ampersand is a command."""
    return _clean(text).replace("&", "&&")[:100]


def _clean(text: str) -> str:
    return _FORBIDDEN_TEXT.sub("\ufffd", text)[:MAXIMUM_CELL]
