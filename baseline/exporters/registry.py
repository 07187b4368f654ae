"""Finds exporters; other packages add theirs by the entry point group ``baseline.exporters``."""

from importlib.metadata import EntryPoint, entry_points

from baseline.exporters.interface import Exporter

ENTRY_POINT_GROUP = "baseline.exporters"
"""Names in this group become ``baseline export <name>``; each loads a class that is an Exporter without arguments."""


def added_names() -> list[str]:
    """Names of the exporters that other packages add, in order."""
    return sorted({entry.name for entry in entry_points(group=ENTRY_POINT_GROUP)})


def added_exporter(name: str) -> Exporter | None:
    """The exporter that another package adds under this name; None when there is none."""
    found: list[EntryPoint] = list(entry_points(group=ENTRY_POINT_GROUP, name=name))
    if not found:
        return None
    exporter: Exporter = found[0].load()()
    return exporter
