"""Compares two configurations of one device: what is saved and what runs."""

import re

from baseline.collectors.network.section_tree import SectionTree


def same_configuration(one: SectionTree, other: SectionTree, volatile: re.Pattern[str]) -> bool:
    """Whether both say the same. Comments and lines whose start is ``volatile`` do not count."""
    return _essence(one, volatile) == _essence(other, volatile)


def _essence(tree: SectionTree, volatile: re.Pattern[str]) -> list[str]:
    return [line for line in _lines(tree) if not volatile.match(line)]


def _lines(tree: SectionTree) -> list[str]:
    """Every line with its depth; certificates count by their place only, since a saved one may name a file instead."""
    lines: list[str] = []
    waiting = [(line, 0) for line in reversed(tree.lines)]
    while waiting:
        line, depth = waiting.pop()
        lines.append(line.text if line.text.startswith("certificate ") else " " * depth + line.text)
        waiting += [(child, depth + 1) for child in reversed(line.children)]
    return lines
