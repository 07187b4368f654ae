"""Writes a report as one HTML file without scripts or anything from elsewhere, which also prints well."""

from html import escape

from baseline.rollout.document import Block, Cell, Conclusion, Document, Heading, Items, Lines, Mark, Paragraph, Table

_STYLE = """
:root { color-scheme: light; --ink: #16222e; --soft: #5a6773; --line: #d5dce2; --good: #0b6b35; --bad: #a8151b;
  --doubt: #7a4a00; --paper: #fff; --shade: #f4f6f8; }
body { font: 15px/1.5 system-ui, "Segoe UI", "Noto Sans", sans-serif; color: var(--ink); background: var(--paper);
  max-width: 64rem; margin: 2rem auto; padding: 0 1.5rem; }
h1 { font-size: 1.8rem; margin: 0 0 1rem; } h2 { font-size: 1.25rem; margin: 2.2rem 0 .6rem;
  border-bottom: 2px solid var(--ink); padding-bottom: .2rem; } h3 { font-size: 1.05rem; margin: 1.6rem 0 .4rem; }
table { border-collapse: collapse; width: 100%; margin: .5rem 0 1rem; font-size: .92rem; }
th, td { text-align: left; vertical-align: top; padding: .35rem .6rem; border-bottom: 1px solid var(--line);
  overflow-wrap: anywhere; }
thead th { background: var(--shade); border-bottom: 2px solid var(--soft); white-space: nowrap; overflow-wrap: normal; }
tbody th { font-weight: 600; width: 14rem; }
td.name { white-space: nowrap; font-weight: 600; }
pre, code { font: .85rem/1.45 ui-monospace, "DejaVu Sans Mono", monospace; }
pre { background: var(--shade); border-left: 4px solid var(--line); padding: .6rem .8rem; margin: .4rem 0 1rem;
  white-space: pre-wrap; overflow-wrap: anywhere; }
td pre { margin: 0; padding: .2rem .5rem; min-width: 15rem; }
.conclusion { font-size: 1.15rem; font-weight: 600; padding: .7rem 1rem; border-left: 6px solid; background: var(--shade); }
.good { color: var(--good); } .bad { color: var(--bad); } .doubt { color: var(--doubt); } .quiet { color: var(--soft); }
td .good, td .bad, td .doubt, h3 .good, h3 .bad, h3 .doubt { font-weight: 600; }
td .good, td .bad, td .doubt, td .quiet { white-space: nowrap; }
.plus { color: var(--good); } .minus { color: var(--bad); }
@media print { body { max-width: none; margin: 0; font-size: 11px; } h2, h3 { break-after: avoid; }
  tr, pre { break-inside: avoid; } }
""".strip()


def to_html(document: Document) -> str:
    """The whole report."""
    body = "\n".join(_block(block) for block in document.blocks)
    return (
        f'<!doctype html>\n<html lang="{escape(document.language)}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n<title>{escape(document.title)}</title>\n'
        f"<style>\n{_STYLE}\n</style>\n</head>\n<body>\n<main>\n{body}\n</main>\n</body>\n</html>\n"
    )


def _block(block: Block) -> str:
    match block:
        case Heading(level, text, mark):
            return f"<h{level}>{escape(text)}{f': {_mark(mark)}' if mark else ''}</h{level}>"
        case Paragraph(text):
            return f"<p>{escape(text)}</p>"
        case Conclusion(text, tone):
            return f'<p class="conclusion {tone}">{escape(text)}</p>'
        case Items(items):
            return f"<ul>{''.join(f'<li>{escape(item)}</li>' for item in items)}</ul>"
        case Lines(lines):
            return _pre(lines)
        case Table(columns, rows):
            return _table(columns, rows)


def _table(columns: tuple[str, ...], rows: tuple[tuple[Cell, ...], ...]) -> str:
    heads = "".join(f'<th scope="col">{escape(column)}</th>' for column in columns)
    body = "".join(f"<tr>{_cells(row, with_heading=not columns)}</tr>\n" for row in rows)
    return f"<table>{f'<thead><tr>{heads}</tr></thead>' if columns else ''}\n<tbody>\n{body}</tbody></table>"


def _cells(row: tuple[Cell, ...], *, with_heading: bool) -> str:
    first, *rest = row
    name = f'<th scope="row">{_cell(first)}</th>' if with_heading else f'<td class="name">{_cell(first)}</td>'
    return name + "".join(f"<td>{_cell(cell)}</td>" for cell in rest)


def _cell(cell: Cell) -> str:
    match cell:
        case Mark():
            return _mark(cell)
        case Lines(lines):
            return _pre(lines) if lines else ""
        case _:
            return escape(cell)


def _mark(mark: Mark) -> str:
    return f'<span class="{mark.tone}">{escape(mark.text)}</span>'


def _pre(lines: tuple[str, ...]) -> str:
    return f"<pre>{chr(10).join(_signed(line) for line in lines)}</pre>"


def _signed(line: str) -> str:
    tone = {"+": "plus", "-": "minus"}.get(line[:1])
    return f'<span class="{tone}">{escape(line)}</span>' if tone else escape(line)
