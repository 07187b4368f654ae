"""Reads configurations as FortiOS prints them: ``config`` tables of ``edit`` entries with ``set`` settings.

A quoted text may span lines. ``end`` closes a table, also when its last entry is not closed with ``next``, which is how
FortiOS prints virtual domains.
"""

import re
from collections.abc import Iterator

import msgspec

from baseline.collectors.network.brace_style import has_odd_quotes, quoted_text
from baseline.collectors.network.saved_comments import MAXIMUM_COMMENT_LENGTH, MAXIMUM_COMMENTS

MAXIMUM_LINES = 600_000
"""More lines than any device has: a full configuration of a big one has some 200,000."""

MAXIMUM_DEPTH = 16

_VALUE = re.compile(r'"((?:[^"\\]|\\.)*)"|(\S+)', re.DOTALL)


class Setting(msgspec.Struct, gc=False):
    """One ``set``: its values as written, quotes and all. ``number`` is its 1-based line, ``last`` the last one."""

    text: str
    number: int
    last: int

    @property
    def values(self) -> list[str]:
        """The values, without quotes."""
        if '"' not in self.text:
            return [word for word in self.text.split() if word != "''"]
        return [
            plain or quoted.replace('\\"', '"').replace("\\\\", "\\") for quoted, plain in _VALUE.findall(self.text)
        ]

    @property
    def value(self) -> str:
        """The first value; empty when there is none."""
        return next(iter(self.values), "")

    def numbers(self) -> tuple[int, ...]:
        """The lines that it stands on."""
        return tuple(range(self.number, self.last + 1))


class Block(msgspec.Struct, gc=False):
    """A table (``config``) or an entry of one (``edit``). ``number`` is its first line, ``last`` its last."""

    name: str
    number: int
    last: int = 0
    settings: dict[str, Setting] = {}
    tables: dict[str, "Block"] = {}
    entries: dict[str, "Block"] = {}

    def value(self, name: str) -> str | None:
        """The first value of a setting, or None."""
        setting = self.settings.get(name)
        return setting.value if setting is not None else None

    def values(self, name: str) -> list[str]:
        """The values of a setting; none when it is not there."""
        setting = self.settings.get(name)
        return setting.values if setting is not None else []

    def table(self, name: str) -> "Block":
        """A table inside this block; an empty one when it is not there."""
        return self.tables.get(name) or Block(name, 0)

    def numbers(self) -> tuple[int, ...]:
        """The lines from its first to its last."""
        return tuple(range(self.number, max(self.number, self.last) + 1)) if self.number else ()


class EditTree(msgspec.Struct):
    """A configuration. ``comments`` are the lines that start with ``#``; ``cut`` says why it is incomplete, else None."""

    root: Block
    line_count: int
    comments: list[str]
    cut: str | None = None


def parse_edits(text: str) -> EditTree:
    """Read a configuration. Never raises, whatever the text. Takes about 15 ms for 10,000 lines."""
    lines = text.split("\n")
    reader = _Reader()
    reader.read(enumerate(lines[:MAXIMUM_LINES], 1))
    cut = reader.defect(len(lines))
    if len(lines) > MAXIMUM_LINES:
        cut = f"it has more than {MAXIMUM_LINES} lines"
    return EditTree(root=reader.root, line_count=len(lines), comments=reader.comments, cut=cut)


class _Reader:
    def __init__(self) -> None:
        self.root = Block("", 0)
        self.comments: list[str] = []
        self._open: list[tuple[str, Block]] = []
        self._problem: str | None = None
        self._foreign = 0

    def read(self, numbered: Iterator[tuple[int, str]]) -> None:
        """Go through the lines."""
        block = self.root
        for number, raw in numbered:
            text = raw.strip()
            if text.startswith("set "):
                name, _, value = text[4:].partition(" ")
                last = number
                if '"' in value and has_odd_quotes(value):
                    value, last = self._continued(value, number, numbered)
                block.settings[name] = Setting(value, number, last)
            elif text == "next" or text == "end":  # noqa: PLR1714  # compared one by one, as this runs for every line
                block = self._close(text, number)
            elif text.startswith("edit "):
                block = self._enter("edit", _first(text[5:]), block, number)
            elif text.startswith("config "):
                block = self._enter("config", _joined(text[7:]), block, number)
            elif text.startswith("#"):
                if len(self.comments) < MAXIMUM_COMMENTS:
                    self.comments.append(text[:MAXIMUM_COMMENT_LENGTH])
            elif text and not text.startswith("unset "):
                self._foreign += 1
            if self._problem is not None:
                return

    def defect(self, line_count: int) -> str | None:
        """Why the text is not a whole configuration."""
        if self._problem is not None:
            return self._problem
        if self._open:
            word, block = self._open[-1]
            return f"it ends after line {line_count} inside `{word} {block.name[:60]}`"
        return f"{self._foreign} of its lines are no FortiOS configuration" if self._foreign > 3 else None

    def _enter(self, word: str, name: str, block: Block, number: int) -> Block:
        if len(self._open) >= MAXIMUM_DEPTH:
            self._problem = f"its tables are nested deeper than {MAXIMUM_DEPTH}"
            return block
        if word == "edit" and self._open and self._open[-1][0] == "edit":
            self._open.pop()  # virtual domains: the entry before was not closed
            block = self._open[-1][1] if self._open else self.root
        known = block.entries if word == "edit" else block.tables
        inner = known.get(name)
        if inner is None:
            inner = known[name] = Block(name, number)
        inner.last = number
        self._open.append((word, inner))
        return inner

    def _close(self, word: str, number: int) -> Block:
        expected = "edit" if word == "next" else "config"
        if word == "end" and self._open and self._open[-1][0] == "edit":
            self._open.pop()[1].last = number
        if not self._open or self._open[-1][0] != expected:
            self._problem = f"`{word}` on line {number} closes what is not open: lines before it are missing"
            return self.root
        self._open.pop()[1].last = number
        return self._open[-1][1] if self._open else self.root

    def _continued(self, value: str, number: int, numbered: Iterator[tuple[int, str]]) -> tuple[str, int]:
        whole = quoted_text(value, numbered)
        if whole is None:
            self._problem = f"a quoted text that starts on line {number} does not end"
            return value, number
        return whole, number + whole.count("\n")


def _joined(text: str) -> str:
    return " ".join(Setting(text, 0, 0).values) if '"' in text else text


def _first(text: str) -> str:
    inner = text[1:-1]
    if text[:1] == '"' == text[-1:] and '"' not in inner and "\\" not in inner:
        return inner
    return Setting(text, 0, 0).value
