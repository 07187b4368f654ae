"""Writes a report as PDF/A-3a and PDF/UA-1 in one file, with its tables and account attached, by typst."""

import re
from datetime import UTC, datetime, time
from typing import Any

import msgspec

from baseline.content.location import content_folder
from baseline.exporters.reports.attachments import attached_files
from baseline.exporters.reports.document import Block, Document, Paragraph, Table
from baseline.exporters.reports.say import Say
from baseline.models.control import Language
from baseline.models.errors import BaselineError

STANDARDS: list[Any] = ["a-3a", "ua-1"]
"""PDF/A-3a (ISO 19005-3) to archive, with attachments; PDF/UA-1 (ISO 14289-1) for who cannot see it."""

MAXIMUM_ROWS = 1000
"""Rows of one table on paper, some 30 pages; the attached file holds them all."""

_UNDRAWABLE = re.compile(
    "[^\n -~\u00a1-\u017f\u2010-\u2014\u2018-\u201e\u2022\u2026\u20ac\u2190-\u2193\u2212\u2260-\u2265]"
)
"""Characters that the report's fonts are not certain to hold; PDF/A allows no missing glyph."""


class ReportError(BaselineError):
    """A report that could not be written."""


def to_pdf(document: Document) -> bytes:
    """The report as PDF; the same document gives the same bytes.

    Raises:
        ReportError: the extra is not installed, or typst refuses the document.
    """
    try:
        import typst  # noqa: PLC0415 - an extra
    except ImportError:
        message = "PDF needs the extra 'report': pip install 'baseline[report]' (HTML and CSV need nothing)"
        raise ReportError(message) from None
    folder = content_folder("exporters") / "reports"
    files = attached_files(document)
    sources: Any = {file.name: file.content for file in files}  # by name, which the types of typst do not know
    sources |= {"main.typ": (folder / "report.typ").read_bytes(), "document.json": _document_json(document)}
    try:
        pdf = typst.compile(
            sources,
            format="pdf",
            font_paths=[str(folder / "fonts")],
            ignore_system_fonts=True,
            pdf_standards=STANDARDS,
            timestamp=datetime.combine(document.day, time(), UTC),
        )
    except typst.TypstError as error:
        raise ReportError(f"typst refuses the report: {error.message}") from error
    return bytes(pdf)


def _document_json(document: Document) -> bytes:
    files = [msgspec.structs.asdict(file) for file in attached_files(document)]
    blocks = tuple(each for block in document.blocks for each in _on_paper(block, document.language))
    plain: dict[str, Any] = msgspec.to_builtins(msgspec.structs.replace(document, data=b"", blocks=blocks))
    plain |= {"year": document.day.year, "month": document.day.month, "date": document.day.day}
    plain["attachments"] = [{key: file[key] for key in file if key != "content"} for file in files]
    return msgspec.json.encode(_drawable(plain))


def _on_paper(block: Block, language: Language) -> tuple[Block, ...]:
    """A table too long for paper is cut, and says where the rest is."""
    if not isinstance(block, Table) or len(block.rows) <= MAXIMUM_ROWS:
        return (block,)
    note = Say(language)(
        f"Hier staan de eerste {MAXIMUM_ROWS} van {len(block.rows)} regels; alle regels staan in de bijlage {block.name}.csv bij dit bestand.",
        f"These are the first {MAXIMUM_ROWS} of {len(block.rows)} rows; all of them are in {block.name}.csv, attached to this file.",
    )
    return msgspec.structs.replace(block, rows=block.rows[:MAXIMUM_ROWS]), Paragraph(note)


def _drawable(value: Any) -> Any:
    """The same, with each character that cannot be drawn written as its number."""
    match value:
        case str():
            return _UNDRAWABLE.sub(lambda found: f"[U+{ord(found[0]):04X}]", value)
        case dict():
            return {key: _drawable(each) for key, each in value.items()}
        case list() | tuple():
            return [_drawable(each) for each in value]
        case _:
            return value
