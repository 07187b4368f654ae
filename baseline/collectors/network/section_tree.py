"""Configuration as a tree of sections, for styles that indent: one pass, line numbers kept.

Blank lines and comments (``!``) are left out. A banner becomes one line whose text holds the whole banner; the hexadecimal
lines of a certificate are left out.
"""

import re
from collections.abc import Iterator, Sequence

import msgspec

from baseline.collectors.network.saved_comments import MAXIMUM_COMMENT_LENGTH, MAXIMUM_COMMENTS

MAXIMUM_LINES = 400_000
"""More lines than any device has; what comes after them is not read."""

MAXIMUM_LINE_LENGTH = 20_000
"""Characters of one line that are read."""

MAXIMUM_DEPTH = 12
"""Sections deeper than this are kept as lines of the last level."""

OPENERS = ("banner ", "aaa authentication banner ", "aaa authentication fail-message ", "macro name ", "menu ")
_DELIMITED = re.compile(
    r"(?P<head>banner (?:[a-z-]+)|aaa authentication (?:banner|fail-message)|menu \S+ (?:title|prompt)) "
    r"(?P<delimiter>\^C|\S)(?P<text>.*)",
    re.DOTALL,
)


class Line(msgspec.Struct, gc=False):
    """One line with the lines below it. ``number`` is 1-based; ``text`` has no indentation."""

    text: str
    number: int
    children: Sequence["Line"] = ()
    last: int = 0
    """Number of the last line that belongs to a banner; 0: only its own."""

    def all(self, prefix: str) -> list["Line"]:
        """The lines directly below that begin with these words."""
        spaced = prefix + " "
        return [line for line in self.children if line.text.startswith(spaced) or line.text == prefix]

    def first(self, prefix: str) -> "Line | None":
        """The first line directly below that begins with these words."""
        spaced = prefix + " "
        for line in self.children:
            if line.text.startswith(spaced) or line.text == prefix:
                return line
        return None

    def numbers(self) -> tuple[int, ...]:
        """The numbers of this line and of everything below it."""
        found = [self.number, *range(self.number + 1, self.last + 1)]
        for child in self.children:
            if child.children or child.last:
                found.extend(child.numbers())
            else:
                found.append(child.number)
        return tuple(found)


class SectionTree(msgspec.Struct, gc=False):
    """The top-level lines of a configuration, with an index on their first word and first two words.

    ``comments`` holds the comments, for the header. ``cut`` says why reading stopped early, else None.
    """

    lines: list[Line]
    index: dict[str, list[Line]]
    comments: list[Line]
    line_count: int
    cut: str | None = None

    def all(self, prefix: str) -> list[Line]:
        """The top-level lines that begin with these words."""
        words = prefix.split(" ", 2)
        if len(words) < 3:
            return self.index.get(prefix, [])
        spaced = prefix + " "
        bucket = self.index.get(f"{words[0]} {words[1]}", [])
        return [line for line in bucket if line.text.startswith(spaced) or line.text == prefix]

    def first(self, prefix: str) -> Line | None:
        """The first top-level line that begins with these words."""
        found = self.all(prefix)
        return found[0] if found else None

    def last(self, prefix: str) -> Line | None:
        """The last top-level line that begins with these words: the one that counts where a setting is repeated."""
        found = self.all(prefix)
        return found[-1] if found else None


def parse_sections(text: str, *, banners: bool = True, banner_end: str | None = None) -> SectionTree:
    """Read a configuration. ``banners`` says whether ``banner login ^C...^C`` spans lines, as it does on Cisco IOS.

    ``banner_end``: the line that closes a banner without a delimiter (``EOF`` on Arista EOS).

    Never raises, whatever the text. Takes about 1.5 ms for 1,500 lines.
    """
    raw_lines = text.split("\n")
    cut = None
    if len(raw_lines) > MAXIMUM_LINES:
        cut = f"it has more than {MAXIMUM_LINES} lines"
        del raw_lines[MAXIMUM_LINES:]
    top: list[Line] = []
    comments: list[Line] = []
    numbered = enumerate(raw_lines, 1)
    _read(numbered, top, comments, banners=banners, banner_end=banner_end)
    return SectionTree(lines=top, index=_index(top), comments=comments, line_count=len(raw_lines), cut=cut)


def _read(
    numbered: Iterator[tuple[int, str]],
    top: list[Line],
    comments: list[Line],
    *,
    banners: bool,
    banner_end: str | None,
) -> None:
    place = _Place(top)
    siblings, depth = top, -1
    certificate: Line | None = None
    for number, raw in numbered:
        text = raw.strip()
        if not text:
            continue
        first = text[0]
        if certificate is not None:
            if raw[0] in " \t" and not text.startswith("certificate "):
                certificate.last = number
                certificate = None if text == "quit" else certificate
                continue
            certificate = None
        if first == "!":
            if len(text) > 1 and len(comments) < MAXIMUM_COMMENTS:
                comments.append(Line(text[:MAXIMUM_COMMENT_LENGTH], number))
            continue
        if len(text) > MAXIMUM_LINE_LENGTH:
            text = text[:MAXIMUM_LINE_LENGTH]
        line = Line(text, number)
        indent = raw.find(first) if raw[0] in " \t" else 0
        if indent != depth:
            siblings, depth = place.moved(siblings, depth, indent), indent
        siblings.append(line)
        if indent == 0:
            if banners and first in "bma" and text.startswith(OPENERS):
                _take_banner(line, numbered, banner_end)
        elif first == "c" and text.startswith("certificate ") and top and top[-1].text.startswith("crypto "):
            certificate = line


class _Place:
    """Which sections are open, outermost first: the indentation of their first lines, and the lines below those."""

    def __init__(self, top: list[Line]) -> None:
        self._top = top
        self._open: list[tuple[int, list[Line]]] = []

    def moved(self, siblings: list[Line], depth: int, indent: int) -> list[Line]:
        """Where a line goes that does not stand as deep as the one before it, which is the last of ``siblings``."""
        if indent == 0:
            self._open = []
            return self._top
        if indent > depth >= 0 and len(self._open) < MAXIMUM_DEPTH:
            below: list[Line] = []
            siblings[-1].children = below
            self._open.append((depth, below))
        while self._open and self._open[-1][0] >= indent:
            self._open.pop()
        return self._open[-1][1] if self._open else self._top


def _take_banner(line: Line, numbered: Iterator[tuple[int, str]], banner_end: str | None) -> None:
    """Gather the lines of a banner up to its closing delimiter, whatever they look like."""
    if banner_end is not None and line.text.startswith("banner ") and line.text.count(" ") == 1:
        _gather(line, numbered, f"\n{banner_end}")
        return
    if line.text.startswith("macro name "):
        _gather(line, numbered, "@")
        return
    opened = _DELIMITED.match(line.text)
    if opened and opened["delimiter"] not in opened["text"]:
        _gather(line, numbered, opened["delimiter"])


def _gather(line: Line, numbered: Iterator[tuple[int, str]], delimiter: str) -> None:
    gathered = [line.text]
    for number, raw in numbered:
        line.last = number
        gathered.append(raw.rstrip("\r")[:MAXIMUM_LINE_LENGTH])
        if delimiter in raw or f"\n{raw.rstrip()}" == delimiter:
            break
    line.text = "\n".join(gathered)


def _index(lines: list[Line]) -> dict[str, list[Line]]:
    index: dict[str, list[Line]] = {}
    for line in lines:
        words = line.text.split(" ", 2)
        keys = (words[0],) if len(words) == 1 else (words[0], f"{words[0]} {words[1]}")
        for key in keys:
            if key in index:
                index[key].append(line)
            else:
                index[key] = [line]
    return index


def banner_text(line: Line) -> str:
    """The text of a banner line, without its command and delimiters."""
    opened = _DELIMITED.match(line.text)
    if not opened:
        return "\n".join(line.text.split("\n")[1:-1]).strip()
    return opened["text"].split(opened["delimiter"], 1)[0].strip("\n").strip()
