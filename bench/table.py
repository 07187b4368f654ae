"""Writes comparisons for people: medians with extremes, and ratios to the reference."""

from bench.measuring import Comparison, Sample, Series, Spread

DETAILS = {
    "connections": "connections/{unit}",
    "sessions": "sessions/{unit}",
    "commands": "commands/{unit}",
    "processes": "processes there/{unit}",
    "target_milliseconds": "CPU ms there/{unit}",
    "calls": "calls",
    "judged": "checks judged",
    "results": "results",
    "unchanged": "left standing",
    "mebibytes": "file MiB",
    "mebibytes_fetched": "fetched MiB",
    "grown_mebibytes": "grown MiB",
    "series": "series",
    "text_mebibytes": "text MiB",
    "served_mebibytes": "server MiB",
}
"""Details that are shown -> their header."""


def write_comparison(comparison: Comparison) -> str:
    """A Markdown table."""
    header = [
        "contender",
        "seconds",
        f"{comparison.unit}s/s",
        f"CPU ms/{comparison.unit}",
        "memory MiB",
        *(DETAILS[name].format(unit=comparison.unit) for name in _details(comparison)),
        "speed",
        "CPU",
    ]
    rows = [_row(comparison, series) for series in comparison.series]
    lines = [f"**{comparison.title}**", "", _line(header), _line(["---"] + ["---:"] * (len(header) - 1))]
    return "\n".join([*lines, *map(_line, rows), ""])


def _row(comparison: Comparison, series: Series) -> list[str]:
    count, reference = comparison.count, comparison.reference
    seconds, cpu = series.spread(_seconds), series.spread(lambda sample: sample.cpu_seconds / count * 1000)
    return [
        series.contender,
        _spread(seconds),
        _number(count / seconds.median),
        _spread(cpu),
        _number(series.spread(lambda sample: sample.memory_mebibytes).median),
        *(_detail(series, name) for name in _details(comparison)),
        f"{reference.spread(_seconds).median / seconds.median:.2f}",
        f"{series.spread(_cpu).median / reference.spread(_cpu).median:.2f}",
    ]


def _detail(series: Series, name: str) -> str:
    if not all(name in sample.details for sample in series.samples):
        return ""
    return _number(series.spread(lambda sample: sample.details[name]).median)


def _seconds(sample: Sample) -> float:
    return sample.seconds


def _cpu(sample: Sample) -> float:
    return sample.cpu_seconds


def _details(comparison: Comparison) -> list[str]:
    samples = [sample for series in comparison.series for sample in series.samples]
    return [name for name in DETAILS if any(name in sample.details for sample in samples)]


def _line(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _spread(spread: Spread) -> str:
    return f"{_number(spread.median)} ({_number(spread.least)} - {_number(spread.most)})"


def _number(value: float) -> str:
    """Three significant digits, thousands grouped."""
    if value >= 1000 or value == 0:
        return f"{value:,.0f}"
    if value < 1:
        return f"{value:.3g}"
    return f"{value:.{0 if value >= 100 else 1 if value >= 10 else 2}f}"
