"""Configuration as a tree of words, for platforms that write a path of words to each setting.

``set system ntp server 192.0.2.1 key 5`` and the same in braces give the same tree: each word stands below the one before
it, and the values of a list stand beside each other. One-line statements with several options (``key 5 version 4``) give
a chain where separate statements give branches; ``Node.words`` reads both.
"""

from collections.abc import Iterable

import msgspec

MAXIMUM_LINES = 400_000
"""More lines than any device has; what comes after them is not read."""

MAXIMUM_WORDS = 1_000_000
"""More words than any device has; bounds memory at about 200 MB."""

MAXIMUM_LINE_LENGTH = 20_000
"""Characters of one line that are read."""

MAXIMUM_DEPTH = 48
"""Words deeper than this are kept beside each other at the last level."""


class Node(msgspec.Struct, gc=False):
    """One word, with the words that may follow it in the order of the configuration. ``number`` is 1-based."""

    word: str
    number: int
    children: dict[str, "Node"] = {}

    def at(self, path: str) -> "Node | None":
        """The node that this path of words leads to."""
        node = self
        for word in path.split(" "):
            found = node.children.get(word)
            if found is None:
                return None
            node = found
        return node

    def value(self, path: str) -> str | None:
        """The first word below a path: the value of a setting that has one."""
        node = self.at(path)
        return next(iter(node.children), None) if node is not None else None

    def values(self, path: str) -> list[str]:
        """Every word directly below a path: the values of a list."""
        node = self.at(path)
        return list(node.children) if node is not None else []

    def below(self, path: str) -> list["Node"]:
        """The nodes directly below a path."""
        node = self.at(path)
        return list(node.children.values()) if node is not None else []

    def every(self) -> Iterable["Node"]:
        """This node and every node below it, in order."""
        waiting = [self]
        while waiting:
            node = waiting.pop()
            yield node
            waiting.extend(reversed(node.children.values()))

    def words(self) -> list[str]:
        """Every word below this one, in order."""
        return [node.word for node in self.every()][1:]

    def option(self, name: str) -> str | None:
        """The word after an option of a statement, however the statement is written."""
        words = self.words()
        return words[words.index(name) + 1] if name in words[:-1] else None

    def numbers(self) -> tuple[int, ...]:
        """The numbers of the lines that this word and everything below it stand on."""
        return tuple(sorted({node.number for node in self.every()}))

    def lines(self) -> tuple[int, ...]:
        """The numbers of the lines that end a statement below this word: in set style, those that say something."""
        return tuple(sorted({node.number for node in self.every() if not node.children}))


class WordTree(msgspec.Struct):
    """A configuration. ``cut`` says why it is incomplete, else None; ``comments`` holds the first comments by number."""

    root: Node
    line_count: int
    comments: dict[int, str]
    cut: str | None = None


class Planter:
    """Puts statements into a tree and bounds it."""

    def __init__(self) -> None:
        self.root = Node("", 0)
        self._words = 0

    @property
    def full(self) -> bool:
        """Whether the tree holds as many words as it may."""
        return self._words >= MAXIMUM_WORDS

    def child(self, node: Node, word: str, number: int) -> Node:
        """The node of a word below another, made if it is not there yet."""
        found = node.children.get(word)
        if found is None:
            found = node.children[word] = Node(word, number)
            self._words += 1
        return found

    def add(self, node: Node, words: list[str], number: int, depth: int = 0) -> Node:
        """Put words below each other and those between ``[`` and ``]`` beside each other; the last node."""
        if "[" in words:
            return self._add_list(node, words, number, depth)
        for position, word in enumerate(words):
            last = self.child(node, word, number)
            if depth + position < MAXIMUM_DEPTH:
                node = last
        return node

    def _add_list(self, node: Node, words: list[str], number: int, depth: int) -> Node:
        opened = words.index("[")
        node = self.add(node, words[:opened], number, depth)
        for word in words[opened + 1 :]:
            if word not in {"[", "]"}:
                self.child(node, word, number)
        return node


def merged(first: Node, second: Node, depth: int = 0) -> Node:
    """What two nodes say together, the first one before the second; neither is changed."""
    children = dict(first.children)
    for word, node in second.children.items():
        own = children.get(word)
        children[word] = node if own is None else merged(own, node, depth + 1) if depth < MAXIMUM_DEPTH else own
    return Node(first.word, first.number, children)
