"""Reads configurations as ``set`` statements, as Junos (``| display set``) and PAN-OS can print them, into a tree of words.

What ``deactivate`` names is left out, as it is not in force. Lines that are no statement are counted, for the caller to
judge by.
"""

import re

from baseline.collectors.network.brace_style import has_odd_quotes, quoted_text, unquoted
from baseline.collectors.network.word_tree import MAXIMUM_LINES, Node, Planter, WordTree

_WORD = re.compile(r'"((?:[^"\\]|\\.)*)"|([^\s"]\S*)')
MAXIMUM_STATEMENT_LENGTH = 200_000
"""Characters of one statement that are read; it may hold a certificate."""


def parse_sets(text: str) -> WordTree:
    """Read a configuration. Never raises, whatever the text. Takes about 2 ms for 1,500 lines."""
    lines = text.split("\n")
    planter = Planter()
    inactive: list[list[str]] = []
    foreign = 0
    numbered = enumerate(lines[:MAXIMUM_LINES], 1)
    cut = f"it has more than {MAXIMUM_LINES} lines" if len(lines) > MAXIMUM_LINES else None
    for number, raw in numbered:
        statement = raw.strip()
        if has_odd_quotes(statement):
            whole = quoted_text(statement, numbered)
            if whole is None:
                cut = f"a quoted text that starts on line {number} does not end"
                break
            statement = whole
        if statement.startswith("set "):
            planter.add(planter.root, statement_words(statement[4:]), number)
        elif statement.startswith("deactivate "):
            inactive.append(statement_words(statement[11:]))
        elif statement and statement[0] not in "#!" and not statement.startswith(("protect ", "annotate ", "{")):
            foreign += 1
        if planter.full:
            cut = "it has more words than a configuration can have"
            break
    for words in inactive:
        _remove(planter.root, words)
    if cut is None and foreign:
        cut = f"{foreign} of its lines are not set statements"
    return WordTree(root=planter.root, line_count=len(lines), comments={}, cut=cut)


def statement_words(text: str) -> list[str]:
    """The words of a statement; a quoted text is one word."""
    text = text[:MAXIMUM_STATEMENT_LENGTH]
    if '"' not in text:
        return text.split()
    return [plain or unquoted(quoted) for quoted, plain in _WORD.findall(text)]


def _remove(root: Node, words: list[str]) -> None:
    node = root
    for word in words[:-1]:
        found = node.children.get(word)
        if found is None:
            return
        node = found
    if words:
        node.children.pop(words[-1], None)
