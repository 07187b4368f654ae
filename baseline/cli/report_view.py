"""How a report looks in a terminal or a pipe, and how it is written to files."""

from collections.abc import Callable, Sequence
from pathlib import Path

import click

from baseline.cli.shown import on_one_line, shown
from baseline.cli.table import in_terminal, write_pairs, write_table
from baseline.exporters.reports.attachments import cell_text, table_as_csv
from baseline.exporters.reports.document import (
    Block,
    Conclusion,
    Document,
    Heading,
    Items,
    Mark,
    Pairs,
    Paragraph,
    Strip,
    Table,
    Tiles,
)
from baseline.exporters.reports.html import to_html
from baseline.exporters.reports.pdf import ReportError, to_pdf
from baseline.exporters.reports.spreadsheet import to_xlsx

_COLOURS = {"good": "green", "bad": "bold red", "doubt": "yellow", "quiet": "dim", "plain": ""}


def _to_csv(document: Document) -> bytes:
    return table_as_csv(next(table for table in document.tables() if table.name == document.main_table))


WRITERS: dict[str, Callable[[Document], bytes]] = {
    ".pdf": to_pdf,
    ".html": lambda document: to_html(document).encode(),
    ".xlsx": to_xlsx,
    ".csv": _to_csv,
    ".json": lambda document: document.data,
}
"""Suffix of a file -> what writes it."""


def require_suffixes(outputs: Sequence[Path]) -> None:
    """Refuse a file that no writer is for, or whose folder is not there, before anything is computed.

    Raises:
        click.UsageError: naming the suffixes there are.
    """
    for path in outputs:
        if path.suffix.lower() not in WRITERS:
            raise click.UsageError(f"a report ends in {', '.join(WRITERS)}, not {path.name}")
        if not path.absolute().parent.is_dir():
            raise click.UsageError(f"there is no folder {path.parent} to write {path.name} in")


def write_files(document: Document, outputs: Sequence[Path]) -> None:
    """Write the report to each file and say so on standard error."""
    for path in outputs:
        content = WRITERS[path.suffix.lower()](document)
        if not content:
            raise ReportError(f"a public report holds no data; write it as .pdf or .html, not {path.name}")
        try:
            path.write_bytes(content)
        except OSError as error:
            raise ReportError(f"{path} cannot be written: {error.strerror}") from error
        click.echo(f"{path} ({len(content):,} bytes), {document.reference}", err=True)


def print_document(document: Document) -> None:
    """The report on standard output: its tables and conclusions, coloured in a terminal."""
    click.secho(on_one_line(f"{document.title}: {document.subtitle}"), bold=True)
    write_pairs((("Kenmerk" if document.language == "nl" else "Reference", document.reference), *document.facts))
    for block in document.blocks:
        _print_block(block)


def _print_block(block: Block) -> None:
    match block:
        case Heading(_, text):
            click.secho(f"\n{on_one_line(text)}", bold=True)
        case Conclusion(text, tone):
            colour = _COLOURS[tone].removeprefix("bold ")
            click.secho(f"\n{on_one_line(text)}", fg=colour if colour not in ("", "dim") else None, bold=True)
        case Paragraph(text):
            click.echo(shown(text))
        case Items(items):
            if in_terminal():
                click.echo("\n".join(f"- {on_one_line(item)}" for item in items))
        case Pairs(rows):
            write_pairs(rows)
        case Tiles(tiles):
            click.echo("  ".join(f"{tile.number} {tile.label}" for tile in tiles))
        case Table():
            _print_table(block)
        case Strip():
            pass  # the same is told in the tables


def _print_table(table: Table) -> None:
    click.secho(f"\n{on_one_line(table.title)}", bold=True)
    if not table.rows:
        click.echo(table.empty)
        return
    tones = {cell.text: _COLOURS[cell.tone] for row in table.rows for cell in row if isinstance(cell, Mark)}
    rows = ([" / ".join(cell_text(cell).split("\n")) for cell in row] for row in table.rows)
    narrow = [column.title for column in table.columns if column.mono or column.numeric]
    write_table([column.title for column in table.columns], rows, narrow=narrow, style=lambda cell: tones.get(cell, ""))
