"""Writes a report as one HTML file without scripts or anything from elsewhere, after WCAG 2.2 level AA."""

import html
import re
from itertools import count

from baseline.content.location import content_folder
from baseline.exporters.reports.document import (
    Block,
    Cell,
    Column,
    Conclusion,
    Document,
    Heading,
    Items,
    Lines,
    Mark,
    Pairs,
    Paragraph,
    Strip,
    StripRow,
    Table,
    Tiles,
    Tone,
)

_BARS: dict[Tone, str] = {
    "good": "#2f8f5b",
    "bad": "#b3261e",
    "doubt": "#d08a1d",
    "quiet": "#6b7782",
    "plain": "#eef1f4",
}
_HEIGHTS: dict[Tone, int] = {"good": 16, "bad": 16, "doubt": 11, "quiet": 5, "plain": 16}
"""Shape tells apart what colour does: the less is known or met, the lower the bar."""
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")
"""Characters that a page does not show, or that turn the direction of writing: with them one name reads as another."""
_LEFT, _WIDTH, _ROW = 230, 1000, 22
"""Sizes in the picture: where the lines begin, how wide it is, how high a line is."""


def escape(text: str) -> str:
    """The text as HTML; what cannot be seen is written as its number, as in the PDF."""
    return html.escape(_UNSEEN.sub(lambda found: f"[U+{ord(found[0]):04X}]", text))


def to_html(document: Document) -> str:
    """The whole report."""
    nl = document.language == "nl"
    style = (content_folder("exporters") / "reports" / "report.css").read_text("utf-8")
    numbers = count(1)
    body = "\n".join(_block(block, next(numbers)) for block in document.blocks)
    reference = f"{'Kenmerk' if nl else 'Reference'} {document.reference}"
    return (
        f'<!doctype html>\n<html lang="{escape(document.language)}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(document.title)} - {escape(document.subtitle)}</title>\n<style>\n{style}</style>\n</head>\n<body>\n"
        f'<a class="skip" href="#inhoud">{"Naar de inhoud" if nl else "Skip to content"}</a>\n'
        f'<header class="cover"><div class="page"><p>{escape(document.organisation)}</p>'
        f"<h1>{escape(document.title)}</h1><p>{escape(document.subtitle)}</p>"
        f"<p>{escape(reference)}</p></div></header>\n"
        f'<main class="page" id="inhoud">\n{_pairs(document.facts)}\n{body}\n</main>\n'
        f'<footer class="page"><span>{escape(reference)}</span><span>{escape(document.marking)}</span></footer>\n'
        "</body>\n</html>\n"
    )


def _block(block: Block, number: int) -> str:  # noqa: PLR0911 - a line per kind of block
    match block:
        case Heading(level, text, new_page):
            page = ' class="new-page"' if new_page else ""
            return f"<h{level + 1}{page}>{escape(text)}</h{level + 1}>"
        case Paragraph(text):
            return f"<p>{escape(text)}</p>"
        case Items(items):
            return f"<ul>{''.join(f'<li>{escape(item)}</li>' for item in items)}</ul>"
        case Conclusion(text, tone):
            return f'<p class="conclusion {tone}">{escape(text)}</p>'
        case Pairs(rows):
            return _pairs(rows)
        case Tiles():
            return _tiles(block)
        case Strip():
            return _strip(block, number)
        case Table():
            return _table(block, number)


def _pairs(rows: tuple[tuple[str, str], ...]) -> str:
    return f"<dl>{''.join(f'<dt>{escape(label)}</dt><dd>{escape(value)}</dd>' for label, value in rows)}</dl>"


def _tiles(block: Tiles) -> str:
    tiles = (
        f'<li class="{tile.tone}"><strong>{escape(tile.number)}</strong><span>{escape(tile.label)}</span></li>'
        for tile in block.tiles
    )
    return f'<ul class="tiles">{"".join(tiles)}</ul>'


def _table(table: Table, number: int) -> str:
    if not table.rows:
        return f'<p><strong>{escape(table.title)}</strong></p>\n<p class="empty">{escape(table.empty)}</p>'
    heads = "".join(f'<th scope="col"{_class(column)}>{escape(column.title)}</th>' for column in table.columns)
    body = "".join(f"<tr>{_row(row, table.columns)}</tr>\n" for row in table.rows)
    name = f"table-{number}"
    return (
        f'<div class="scroll" role="region" aria-labelledby="{name}" tabindex="0"><table>\n'
        f'<caption id="{name}">{escape(table.title or table.name)}</caption>\n'
        f"<thead><tr>{heads}</tr></thead>\n<tbody>\n{body}</tbody></table></div>"
    )


def _row(row: tuple[Cell, ...], columns: tuple[Column, ...]) -> str:
    first = f'<th scope="row">{_cell(row[0])}</th>'
    return first + "".join(
        f"<td{_class(column)}>{_cell(cell)}</td>" for cell, column in zip(row[1:], columns[1:], strict=True)
    )


def _class(column: Column) -> str:
    return ' class="numeric"' if column.numeric else ""


def _cell(cell: Cell) -> str:
    match cell:
        case Mark(text, tone):
            return f'<span class="mark {tone}">{escape(text)}</span>'
        case Lines(lines):
            return "<br>".join(escape(line) for line in lines)
        case _:
            return escape(str(cell))


def _strip(strip: Strip, number: int) -> str:
    height = _ROW * len(strip.rows) + 24
    lines = "".join(_line(row, index * _ROW) for index, row in enumerate(strip.rows))
    ticks = "".join(
        f'<text x="{_x(tick.at) + 4:.1f}" y="{height - 6}" fill="#4a5560">{escape(tick.label)}</text>'
        f'<rect x="{_x(tick.at):.1f}" y="{height - 22}" width="1" height="7" fill="#4a5560"/>'
        for tick in strip.ticks
    )
    legend = "".join(
        f'<span style="white-space:nowrap;margin-right:1.4rem"><svg style="display:inline;width:1.2em;height:.8em" '
        f'viewBox="0 0 24 16" aria-hidden="true"><rect width="24" height="16" fill="{_BARS["plain"]}"/>'
        f'<rect y="{_drop(each.tone):.1f}" width="24" height="{_HEIGHTS[each.tone]}" fill="{_BARS[each.tone]}"/>'
        f"</svg> {escape(each.text)}</span>"
        for each in strip.legend
    )
    return (
        f'<figure><figcaption id="strip-{number}">{escape(strip.title)}</figcaption>\n'
        f'<svg viewBox="0 0 {_WIDTH} {height}" role="img" aria-labelledby="strip-{number} text-{number}" font-size="12" '
        f'font-family="inherit"><desc id="text-{number}">{escape(strip.description)}</desc>{lines}{ticks}</svg>\n'
        f"<p>{legend}</p></figure>"
    )


def _line(row: StripRow, top: int) -> str:
    label = row.label if len(row.label) <= 34 else row.label[:33] + "\u2026"
    parts = [
        f'<text x="{_LEFT - 10}" y="{top + 13}" text-anchor="end" fill="#16222e">{escape(label)}</text>',
        f'<rect x="{_LEFT}" y="{top}" width="{_WIDTH - _LEFT}" height="16" fill="{_BARS["plain"]}"/>',
    ]
    parts += [
        f'<rect x="{_x(each.begins):.1f}" y="{top + _drop(each.tone):.1f}" '
        f'width="{_x(each.ends) - _x(each.begins):.1f}" height="{_HEIGHTS[each.tone]}" fill="{_BARS[each.tone]}"/>'
        for each in row.segments
    ]
    parts += [f'<rect x="{_x(moment):.1f}" y="{top + 12}" width="1" height="4" fill="#fff"/>' for moment in row.moments]
    return "".join(parts)


def _drop(tone: Tone) -> float:
    """How far a bar of this height begins below the line's top, to lie in its middle."""
    return (16 - _HEIGHTS[tone]) / 2


def _x(part: float) -> float:
    return _LEFT + part * (_WIDTH - _LEFT)
