r"""Reads configurations in braces, as Junos and PAN-OS print them, into a tree of words.

Comments (``/* ... */``, ``#`` to the end of the line) are left out, statements that Junos marks ``inactive:`` too, as they
are not in force. A quoted text may span lines.
"""

import re
from collections.abc import Iterator

from baseline.collectors.network.saved_comments import MAXIMUM_COMMENT_LENGTH, MAXIMUM_COMMENTS
from baseline.collectors.network.word_tree import (
    MAXIMUM_DEPTH,
    MAXIMUM_LINE_LENGTH,
    MAXIMUM_LINES,
    Node,
    Planter,
    WordTree,
)

MAXIMUM_QUOTED_LINES = 5_000
"""Lines of one quoted text; FortiOS keeps web pages in its replacement messages."""

_TOKEN = re.compile(r'"((?:[^"\\]|\\.)*)"|([{};\[\]])|(#[^\n]*)|(/\*)|([^\s{};\[\]"]+)', re.DOTALL)
_SIMPLE = re.compile(r'[^"{}#\[\]/;]*+(?:/(?!\*)[^"{}#\[\]/;]*+)*+')
"""A statement of plain words."""


def parse_braces(text: str) -> WordTree:
    """Read a configuration. Never raises, whatever the text. Takes about 2 ms for 1,500 lines."""
    reader = _Reader(text)
    reader.read()
    return WordTree(
        root=reader.planter.root, line_count=reader.line_count, comments=reader.comments, cut=reader.defect()
    )


def unquoted(text: str) -> str:
    """What stands between quotes, with quotes inside it freed of their backslash."""
    return text.replace('\\"', '"')


def quoted_text(first: str, numbered: Iterator[tuple[int, str]]) -> str | None:
    """A text in which a quote is open, with the lines up to the one that closes it; None when none does."""
    gathered = [first]
    for _, raw in numbered:
        gathered.append(raw.rstrip("\r")[:MAXIMUM_LINE_LENGTH])
        if has_odd_quotes(raw):
            return "\n".join(gathered)
        if len(gathered) > MAXIMUM_QUOTED_LINES:
            return None
    return None


def has_odd_quotes(text: str) -> bool:
    """Whether a quote that is not escaped opens or closes in a line without its counterpart."""
    if '"' not in text:
        return False
    if "\\" in text:
        text = text.replace("\\\\", "").replace('\\"', "")
    return text.count('"') % 2 == 1


class _Reader:
    def __init__(self, text: str) -> None:
        lines = text.split("\n")
        self.line_count = len(lines)
        self.planter = Planter()
        self.comments: dict[int, str] = {}
        self._numbered = enumerate(lines[:MAXIMUM_LINES], 1)
        self._open: list[Node] = []
        self._node = self.planter.root
        self._words: list[str] = []
        self._commented = False
        self._problem = f"it has more than {MAXIMUM_LINES} lines" if len(lines) > MAXIMUM_LINES else None

    def read(self) -> None:
        """Go through the lines, quickly through those that hold one plain statement."""
        for number, raw in self._numbered:
            text = raw.strip()
            if not text:
                continue
            last, body = text[-1], text[:-1]
            if self._commented or self._words:
                self._read_tokens(text, number)
            elif last == "}" and not body:
                self._close()
            elif last == ";" and _SIMPLE.fullmatch(body):
                self._state(body.split(), number)
            elif last == "{" and _SIMPLE.fullmatch(body):
                self._enter(body.split(), number)
            elif text[0] == "#":
                self._comment(text, number)
            else:
                self._read_tokens(text, number)
            if self._problem is not None or self.planter.full:
                self._problem = self._problem or "it has more words than a configuration can have"
                return

    def defect(self) -> str | None:
        """Why the text is not a whole configuration."""
        if self._problem is not None:
            return self._problem
        if self._open:
            path = next(iter(self._open[-1].children.values()), self._open[-1]).word or "a section"
            return f"it ends after line {self.line_count} with {len(self._open)} sections still open (in {path[:40]!r})"
        return "its last statement does not end" if self._words or self._commented else None

    def _comment(self, text: str, number: int) -> None:
        if len(self.comments) < MAXIMUM_COMMENTS:
            self.comments[number] = text[:MAXIMUM_COMMENT_LENGTH]

    def _read_tokens(self, text: str, number: int) -> None:
        for found in self._tokens(text):
            quoted, mark, comment, opened, word = found.groups()
            if quoted is not None:
                self._words.append(unquoted(quoted[:MAXIMUM_LINE_LENGTH]))
            elif mark in {"[", "]"}:
                self._words.append(mark)
            elif mark is not None:
                self._apply(mark, number)
            elif comment or opened:
                self._commented = bool(opened)
            else:
                self._words.append(word)

    def _apply(self, mark: str, number: int) -> None:
        words, self._words = self._words, []
        if mark == "}":
            self._close()
        elif mark == "{":
            self._enter(words, number)
        else:
            self._state(words, number)

    def _tokens(self, text: str) -> Iterator[re.Match[str]]:
        """Tokens of a line; of the lines after it too when a quoted text goes on there."""
        position = 0
        if self._commented:
            position = text.find("*/") + 2
            if position == 1:
                return
            self._commented = False
        while position < len(text):
            found = _TOKEN.search(text, position)
            if found is None:
                position, text = self._continued(text, position)
                continue
            if '"' in text[position : found.start()]:
                position, text = self._continued(text, position)
                continue
            yield found
            position = found.end()
            if found[4]:
                end = text.find("*/", position)
                if end < 0:
                    return
                self._commented, position = False, end + 2

    def _continued(self, text: str, position: int) -> tuple[int, str]:
        """The text from an opening quote with the lines up to the closing one; nothing left when there is none."""
        quote = text.find('"', position)
        if quote < 0:
            return len(text), text
        joined = quoted_text(text[quote:], self._numbered)
        if joined is None:
            self._problem = "a quoted text does not end"
            return len(text), text
        return 0, joined

    def _state(self, words: list[str], number: int) -> None:
        if words and words[0] != "inactive:":
            self.planter.add(
                self._node, words[1:] if words[0] == "protect:" else words, number, depth=2 * len(self._open)
            )

    def _enter(self, words: list[str], number: int) -> None:
        self._open.append(self._node)
        if len(self._open) > MAXIMUM_DEPTH:
            self._problem = f"its sections are nested deeper than {MAXIMUM_DEPTH}"
        elif words[:1] == ["inactive:"] or not words:
            self._node = Node("", number)
        else:
            kept = words[1:] if words[0] == "protect:" else words
            self._node = self.planter.add(self._node, kept, number, depth=2 * len(self._open))

    def _close(self) -> None:
        if self._open:
            self._node = self._open.pop()
        elif self._problem is None:
            self._problem = "a closing brace stands where nothing is open: lines before it are missing"
