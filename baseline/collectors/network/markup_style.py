"""Reads configurations as PAN-OS keeps them in XML into a tree of words: one element a line, as PAN-OS prints them.

An ``entry`` stands by its name, a ``member`` by its text; other elements by their tag, with their text below them.
Nothing is expanded or fetched: what is no plain element, text or one of the five built-in entities is text.
"""

import re

from baseline.collectors.network.word_tree import MAXIMUM_DEPTH, MAXIMUM_LINES, Node, Planter, WordTree

_PIECE = re.compile(r"<(/?)([A-Za-z_][\w.:-]*)([^<>]*?)(/?)>|([^<]+)|<")
_NAME = re.compile(r"""\bname=(?:"([^"]*)"|'([^']*)')""")
_ENTITIES = (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&apos;", "'"), ("&amp;", "&"))


def parse_markup(text: str) -> WordTree:
    """Read a configuration. Never raises, whatever the text."""
    reader = _Reader()
    line_count = text.count("\n") + 1
    if line_count > MAXIMUM_LINES:
        return WordTree(Node("", 0), line_count, {}, f"it has more than {MAXIMUM_LINES} lines")
    number, counted = 1, 0
    for found in _PIECE.finditer(text):
        number += text.count("\n", counted, found.start())
        counted = found.start()
        reader.take(found, number)
        if reader.problem:
            break
    return WordTree(reader.planter.root, line_count, {}, reader.defect(line_count))


class _Reader:
    def __init__(self) -> None:
        self.planter = Planter()
        self.problem: str | None = None
        self._open: list[tuple[str, Node]] = []
        self._text: list[str] = []

    def take(self, found: re.Match[str], number: int) -> None:
        """One tag or text."""
        closing, tag, attributes, empty, text = found.groups()
        if tag is None:
            self._text.append(text or "<")
        elif closing:
            self._close(tag, number)
        else:
            self._enter(tag, attributes, number)
            if empty:
                self._close(tag, number)
        if self.planter.full:
            self.problem = "it has more words than a configuration can have"

    def defect(self, line_count: int) -> str | None:
        """Why the text is not a whole configuration."""
        if self.problem:
            return self.problem
        return f"it ends after line {line_count} with <{self._open[-1][0]}> still open" if self._open else None

    def _enter(self, tag: str, attributes: str, number: int) -> None:
        self._text.clear()
        above = self._open[-1][1] if self._open else self.planter.root
        if len(self._open) >= MAXIMUM_DEPTH:
            self.problem = f"its elements are nested deeper than {MAXIMUM_DEPTH}"
            return
        named = _NAME.search(attributes) if tag == "entry" else None
        name = plain(named[1] or named[2] or "") if named else tag
        node = above if tag == "member" else self.planter.child(above, name, number)
        self._open.append((tag, node))

    def _close(self, tag: str, number: int) -> None:
        if not self._open or self._open[-1][0] != tag:
            self.problem = f"</{tag[:40]}> closes what is not open: lines before it are missing"
            return
        _, node = self._open.pop()
        text = plain("".join(self._text)).strip()
        self._text.clear()
        if text and (tag == "member" or not node.children):
            self.planter.child(node, text, number)


def plain(text: str) -> str:
    """Text with the five built-in entities as characters."""
    if "&" in text:
        for entity, character in _ENTITIES:
            text = text.replace(entity, character)
    return text
