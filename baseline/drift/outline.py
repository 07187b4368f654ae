"""A configuration as an outline: lines with the lines below them, whatever way a platform writes sections."""

from collections.abc import Callable, Iterator
from typing import Literal

import msgspec

from baseline.collectors.network.brace_style import has_odd_quotes
from baseline.collectors.network.markup_style import parse_markup
from baseline.collectors.network.section_tree import MAXIMUM_LINE_LENGTH, MAXIMUM_LINES, Line, parse_sections
from baseline.collectors.network.word_tree import Node as WordNode

Style = Literal["indented", "braces", "blocks"]
"""How sections are written: by indentation (Cisco IOS and kin), ``name { ... }`` (Junos, PAN-OS; ``set`` lines are lines of
the top, and XML is read too), or ``config``/``edit`` ... ``next``/``end`` (FortiOS)."""

MAXIMUM_QUOTED_LINES = 5_000
"""Lines of one quoted text, which are compared as one line; FortiOS keeps web pages and certificates so."""

MAXIMUM_DEPTH = 40
"""Sections deeper than this are kept as lines of the last level."""


class Node(msgspec.Struct, gc=False):
    """One line with the lines below it. ``text`` has single spaces and no punctuation of sections; ``number`` is 1-based."""

    text: str
    number: int
    children: list["Node"] = []


def outline(text: str, style: Style) -> list[Node]:
    """The top-level lines of a configuration. Never raises, whatever the text."""
    return _READERS[style](text)


def size(nodes: list[Node]) -> int:
    """The number of lines in an outline."""
    waiting, found = list(nodes), 0
    while waiting:
        node = waiting.pop()
        found += 1
        waiting += node.children
    return found


def _indented(text: str) -> list[Node]:
    """``banner login`` without a delimiter is Arista EOS, which closes it with a line ``EOF``."""
    return [_node(line) for line in parse_sections(text, banner_end="EOF").lines]


def _node(line: Line) -> Node:
    """Recursion ends at the depth that ``parse_sections`` keeps."""
    text = "\n".join(" ".join(part.split()) for part in line.text.split("\n"))
    return Node(text, line.number, [_node(child) for child in line.children])


def _numbered(text: str) -> Iterator[tuple[int, str]]:
    for number, raw in enumerate(text.split("\n")[:MAXIMUM_LINES], 1):
        line = " ".join(raw[:MAXIMUM_LINE_LENGTH].split())
        if line:
            yield number, line


def _braces(text: str) -> list[Node]:
    if text.lstrip().startswith("<"):
        return [_words(node) for node in parse_markup(text).root.children.values()]
    top: list[Node] = []
    levels = [top]
    in_comment = False
    for number, raw in _numbered(text):
        in_comment, line = _without_comments(raw, in_comment=in_comment)
        if not line:
            continue
        if line.startswith("}"):
            levels = levels[:-1] or [top]
            continue
        node = Node(line.rstrip("{;").rstrip(), number)
        if node.text:
            levels[-1].append(node)
        if line.endswith("{") and len(levels) < MAXIMUM_DEPTH:
            levels.append(node.children)
        elif line.endswith("{"):
            levels.append(levels[-1])
    return top


def _words(node: WordNode) -> Node:
    """Recursion ends at the depth that a tree of words keeps."""
    return Node(node.word, node.number, [_words(child) for child in node.children.values()])


def _without_comments(line: str, *, in_comment: bool) -> tuple[bool, str]:
    """Whether a ``/*`` comment is still open after the line, and what is left of it; ``#`` starts one to its end."""
    if in_comment:
        _, closed, after = line.partition("*/")
        return (not closed, after.strip())
    if line.startswith("/*"):
        _, closed, after = line.partition("*/")
        return (not closed, after.strip())
    if line.startswith("#"):
        return (False, "")
    return (False, line.partition(" ## ")[0].rstrip())


def _blocks(text: str) -> list[Node]:
    top: list[Node] = []
    levels = [top]
    for number, line in _quoted_whole(_numbered(text)):
        word = line.partition(" ")[0]
        if line.startswith("#"):
            continue
        if word in {"end", "next"} and word == line:
            levels = levels[:-1] or [top]
            continue
        node = Node(line, number)
        levels[-1].append(node)
        if word in {"config", "edit"}:
            levels.append(node.children if len(levels) < MAXIMUM_DEPTH else levels[-1])
    return top


def _quoted_whole(numbered: Iterator[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    """The lines, those of a quoted text that spans several as one."""
    for number, line in numbered:
        if not has_odd_quotes(line):
            yield number, line
            continue
        gathered = [line]
        for _, following in numbered:
            gathered.append(following)
            if has_odd_quotes(following) or len(gathered) >= MAXIMUM_QUOTED_LINES:
                break
        yield number, "\n".join(gathered)


_READERS: dict[str, Callable[[str], list[Node]]] = {"indented": _indented, "braces": _braces, "blocks": _blocks}
