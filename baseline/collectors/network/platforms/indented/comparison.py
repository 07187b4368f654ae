"""Compares two configurations of one device: what is saved and what runs."""

import re

from baseline.collectors.network.section_tree import SectionTree


def same_configuration(one: SectionTree, other: SectionTree, volatile: re.Pattern[str]) -> bool:
    """Whether both say the same. Comments and lines whose start is ``volatile`` do not count."""
    return _essence(one, volatile) == _essence(other, volatile)


def same_text(one: str, other: str, first: str, volatile: re.Pattern[str]) -> bool:
    """Whether two configurations are alike to the letter from the line that begins with ``first``, as most are.

    Above it stand comments and volatile lines only. False says nothing: they may still say the same.
    """
    (above, body), (other_above, other_body) = _divided(one, first), _divided(other, first)
    heading = (*above.splitlines(), *other_above.splitlines())
    return body == other_body and all(not line or line[0] == "!" or volatile.match(line) for line in heading)


def _divided(text: str, first: str) -> tuple[str, str]:
    start = text.find(f"\n{first}") + 1
    return text[:start], text[start:].rstrip()


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
