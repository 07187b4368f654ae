"""Draws the panels of a dashboard as a page, out of what Prometheus answered."""

import html
import time
from datetime import UTC, datetime
from typing import Any

COLOURS = ("#1f60c4", "#c4162a", "#37872d", "#e0752d", "#6d1f62", "#0f7f8c", "#8f6b00", "#555")
NAMED = {"red": "#c4162a", "green": "#37872d", "orange": "#c26a00", "blue": "#1f60c4"}
ROW_PIXELS, COLUMN_PIXELS = 34, 57
STYLE = """
body { margin: 0; padding: 14px; background: #f4f5f5; font: 13px "DejaVu Sans", sans-serif; color: #222; width: 1372px; }
h1 { font-size: 19px; margin: 2px 4px 2px; } p { margin: 0 4px 10px; color: #555; }
.page { display: grid; grid-template-columns: repeat(24, 1fr); gap: 8px; }
.panel { background: #fff; border: 1px solid #d8d9da; border-radius: 3px; padding: 7px 10px; overflow: hidden; }
.title { font-weight: 600; margin-bottom: 5px; white-space: nowrap; } .stat { font-size: 30px; text-align: center; padding-top: 12px; }
table { border-collapse: collapse; width: 100%; } td, th { text-align: left; padding: 3px 8px 3px 0; border-bottom: 1px solid #eee;
white-space: nowrap; max-width: 420px; overflow: hidden; text-overflow: ellipsis; } th { color: #555; font-weight: 600; }
.bar { display: flex; align-items: center; height: 24px; } .name { width: 52%; overflow: hidden; white-space: nowrap; }
.track { flex: 1; background: #eee; height: 14px; } .fill { height: 14px; } .value { width: 64px; text-align: right; }
.key { font-size: 12px; color: #333; margin-right: 14px; }
"""


def page(board: dict[str, Any], answers: dict[str, list[dict[str, Any]]]) -> str:
    """The whole dashboard. ``answers`` maps the titles of panels to series."""
    panels = "".join(_panel(panel, answers[panel["title"]]) for panel in board["panels"])
    head = f"<h1>{html.escape(board['title'])}</h1><p>{html.escape(board['description'])}</p>"
    return f'<!doctype html><meta charset="utf-8"><style>{STYLE}</style>{head}<div class="page">{panels}</div>'


def _panel(panel: dict[str, Any], series: list[dict[str, Any]]) -> str:
    place = panel["gridPos"]
    cell = (
        f"grid-column: {place['x'] + 1} / span {place['w']}; grid-row: {place['y'] + 1} / span {place['h']};"
        f" height: {place['h'] * ROW_PIXELS - 24}px"
    )
    drawn = DRAWN[panel["type"]](panel, series) if series else _empty(panel)
    return f'<div class="panel" style="{cell}"><div class="title">{html.escape(panel["title"])}</div>{drawn}</div>'


def _empty(panel: dict[str, Any]) -> str:
    return f'<div class="stat">{html.escape(panel["fieldConfig"]["defaults"].get("noValue", "no data"))}</div>'


def _stat(panel: dict[str, Any], series: list[dict[str, Any]]) -> str:
    number = float(series[0]["value"][1])
    return f'<div class="stat" style="color: {_colour(panel, number)}">{_told(number, panel)}</div>'


def _bars(panel: dict[str, Any], series: list[dict[str, Any]]) -> str:
    numbers = [float(each["value"][1]) for each in series]
    most = 1.0 if _unit(panel) == "percentunit" else max([*numbers, 1])
    rows = [
        f'<div class="bar"><span class="name">{_legend(panel, each)}</span><span class="track"><div class="fill" style='
        f'"width: {number / most:.0%}; background: {_colour(panel, number)}"></div></span>'
        f'<span class="value">{_told(number, panel)}</span></div>'
        for each, number in zip(series, numbers, strict=True)
    ]
    return "".join(rows)


def _table(panel: dict[str, Any], series: list[dict[str, Any]]) -> str:
    hidden = panel["transformations"][0]["options"]["excludeByName"]
    labels = list(dict.fromkeys(name for each in series for name in each["metric"] if name not in hidden))
    head = "".join(f"<th>{html.escape(name)}</th>" for name in [*labels, "value"])
    rows = [
        "".join(f"<td>{html.escape(each['metric'].get(name, ''))}</td>" for name in labels)
        + f"<td>{_told(float(each['value'][1]), panel)}</td>"
        for each in series
    ]
    return f"<table><tr>{head}</tr>{''.join(f'<tr>{row}</tr>' for row in rows)}</table>"


def _trend(panel: dict[str, Any], series: list[dict[str, Any]]) -> str:
    place = panel["gridPos"]
    width = 1000
    height = width * (place["h"] * ROW_PIXELS - 100) / (place["w"] * COLUMN_PIXELS - 20) - 28
    small = 12 / place["w"]
    points = [[(float(at), float(number)) for at, number in each["values"]] for each in series]
    most = (
        1.0 if _unit(panel) == "percentunit" else max([number for each in points for _, number in each] + [1e-9]) * 1.1
    )
    first, last = min(each[0][0] for each in points), max(each[-1][0] for each in points)
    span = max(last - first, 1)
    lines = [
        f'<polyline fill="none" stroke="{COLOURS[index % 8]}" stroke-width="{3 * small:.1f}" points="'
        + " ".join(f"{96 + 894 * (at - first) / span:.1f},{height - height * number / most:.1f}" for at, number in each)
        + '"/>'
        for index, each in enumerate(points)
    ]
    marks = [
        f'<line x1="96" x2="990" y1="{height * part}" y2="{height * part}" stroke="#e5e5e5"/>'
        f'<text x="88" y="{height * part + 7}" font-size="{19 * small:.0f}" text-anchor="end" fill="#555">{_told(most * (1 - part), panel)}</text>'
        for part in (0, 0.5, 1)
    ]
    keys = [
        f'<span class="key"><b style="color: {COLOURS[index % 8]}">&#9644;</b> {_legend(panel, each)}</span>'
        for index, each in enumerate(series)
    ]
    picture = f'<svg viewBox="0 -14 {width} {height + 28}" width="100%">{"".join(marks)}{"".join(lines)}</svg>'
    return picture + "".join(keys)


def _legend(panel: dict[str, Any], series: dict[str, Any]) -> str:
    text = panel["targets"][0]["legendFormat"]
    if text == "__auto":
        text = ", ".join(series["metric"].values()) or panel["title"]
    for name, value in series["metric"].items():
        text = text.replace(f"{{{{{name}}}}}", value)
    return html.escape(text)


def _unit(panel: dict[str, Any]) -> str:
    return str(panel["fieldConfig"]["defaults"].get("unit", "short"))


def _colour(panel: dict[str, Any], number: float) -> str:
    steps = panel["fieldConfig"]["defaults"]["thresholds"]["steps"]
    reached = [step["color"] for step in steps if step["value"] is None or number >= step["value"]]
    return NAMED[reached[-1]]


def _told(number: float, panel: dict[str, Any]) -> str:
    unit = _unit(panel)
    if unit == "percentunit":
        return f"{number:.1%}"
    if unit == "dateTimeFromNow":
        seconds = time.time() - number / 1000
        return (
            f"{seconds:.0f} s ago"
            if seconds < 120
            else f"{seconds / 3600:.1f} h ago"
            if seconds < 172_800
            else f"{seconds / 86_400:.0f} days ago"
        )
    if unit == "dateTimeAsIso":
        return f"{datetime.fromtimestamp(number / 1000, UTC):%Y-%m-%d %H:%M}"
    if unit == "bytes":
        return f"{number / 2**20:.0f} MiB"
    if unit == "s":
        return f"{number * 1000:.0f} ms" if number < 1 else f"{number:.0f} s"
    return f"{number:,.0f}" if number == int(number) else f"{number:,.1f}"


DRAWN = {"stat": _stat, "bargauge": _bars, "table": _table, "timeseries": _trend}
