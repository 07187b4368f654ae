"""Tables: drawn in a terminal, tab-separated lines in a pipe or a file."""

import sys
from collections.abc import Callable, Iterable, Mapping, Sequence

import click

from baseline.cli.shown import on_one_line, shown

STYLES: Mapping[str, str] = {
    "yes": "green",
    "partly": "yellow",
    "no": "dim",
    "open": "bold yellow",
    "attest": "cyan",
    "attestation": "cyan",
    "moved": "magenta",
    "withdrawn": "magenta",
    "none": "dim",
}
"""Colour of a cell that holds exactly this word; the word itself always says the same."""


def in_terminal() -> bool:
    """Whether a person is likely to read what is printed."""
    return sys.stdout.isatty()


def word_style(cell: str) -> str:
    """The style of a cell in a terminal."""
    return STYLES.get(cell, "")


def write_table(
    columns: Sequence[str],
    rows: Iterable[Sequence[str]],
    *,
    narrow: Sequence[str] = (),
    style: Callable[[str], str] = word_style,
) -> None:
    """Print a table with a heading. In a terminal, the columns in ``narrow`` never wrap and ``style`` colours cells."""
    if not in_terminal():
        for row in (columns, *rows):
            click.echo("\t".join(map(on_one_line, row)))
        return
    from rich import box  # noqa: PLC0415 - heavy, and only needed here
    from rich.console import Console  # noqa: PLC0415
    from rich.table import Table  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    console = Console(highlight=False)
    title_width = max(12, min(40, console.width - 70))  # room for a title beside an id and lists of words
    table = Table(box=box.SIMPLE_HEAD, header_style="bold", pad_edge=False, padding=(0, 1, 0, 0))
    for column in columns:
        width = title_width if column == "Title" else None
        table.add_column(column, no_wrap=column in narrow, overflow="fold", min_width=width)
    for row in rows:
        table.add_row(*(Text(shown(cell), style=style(cell)) for cell in row))
    console.print(table)


def write_pairs(pairs: Iterable[tuple[str, str]]) -> None:
    """Print labels with their values under each other; a repeated label is left out. Values wrap beside their label."""
    rows = list(pairs)
    if not in_terminal():
        for label, value in rows:
            click.echo(f"{label}\t{on_one_line(value)}")
        return
    from rich.console import Console  # noqa: PLC0415 - heavy, and only needed here
    from rich.table import Table  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    table = Table.grid(padding=(0, 2))
    table.add_column(style="bold", no_wrap=True)
    table.add_column(overflow="fold")
    previous = ""
    for label, value in rows:
        table.add_row("" if label == previous else label, Text(shown(value)))
        previous = label
    Console(highlight=False).print(table)
