"""Commands as a tree of keywords, each of which may be abbreviated as long as it stays unique."""

import re
from collections.abc import Iterable
from typing import Literal, NamedTuple

from baseline.lab.errors import LabError

ARGUMENT = "WORD"
"""In a command name: any one word."""
REST = "LINE"
"""In a command name: the rest of the line."""

PRIVILEGED = 15
"""The level at which everything may be done."""

_WORD = re.compile(r"\S+")


class Command(NamedTuple):
    """One command. ``changes``: it would alter the device, so a read-only client has no business sending it."""

    name: str
    privilege: int = 1
    changes: bool = False


class Match(NamedTuple):
    """A line that was understood."""

    command: Command
    arguments: tuple[str, ...] = ()


class CommandLineError(LabError):
    """A line that was not understood. ``column`` (0-based) is where it went wrong."""

    def __init__(self, kind: Literal["invalid", "ambiguous", "incomplete"], column: int = 0) -> None:
        self.kind = kind
        self.column = column
        super().__init__(f"{kind} at {column}")


class Node:
    """One place in the tree: what may follow, and which command it is when the line ends here."""

    def __init__(self) -> None:
        self.keywords: dict[str, Node] = {}
        self.argument: Node | None = None
        self.rest: Command | None = None
        self.command: Command | None = None

    def add(self, words: list[str], command: Command) -> None:
        """Put a command below this node."""
        if not words:
            self.command = command
        elif words[0] == REST:
            self.rest = command
        elif words[0] == ARGUMENT:
            self.argument = self.argument or Node()
            self.argument.add(words[1:], command)
        else:
            self.keywords.setdefault(words[0], Node()).add(words[1:], command)

    def step(self, word: str, column: int) -> "Node | None":
        """The place after a keyword; None when the word is an argument.

        Raises:
            CommandLineError: the word is no keyword that may stand here, or could be several.
        """
        lower = word.lower()
        if lower in self.keywords:
            return self.keywords[lower]
        candidates = [name for name in self.keywords if name.startswith(lower)]
        if len(candidates) > 1:
            raise CommandLineError("ambiguous", column)
        if candidates:
            return self.keywords[candidates[0]]
        if self.argument is None:
            raise CommandLineError("invalid", column + self._agreement(lower))
        return None

    def _agreement(self, word: str) -> int:
        """How many letters of a wrong word are the beginning of some keyword: the caret stands after them."""
        return max(
            (length for length in range(len(word)) if any(name.startswith(word[:length]) for name in self.keywords)),
            default=0,
        )


def tree_of(commands: Iterable[Command]) -> Node:
    """The tree of these commands."""
    root = Node()
    for command in commands:
        root.add(command.name.split(), command)
    return root


def parse(root: Node, line: str) -> Match:
    """Understand one line that is not empty.

    Raises:
        CommandLineError: with the kind of mistake and its place.
    """
    node = root
    arguments: list[str] = []
    for found in _WORD.finditer(line):
        try:
            following = node.step(found.group(), found.start())
        except CommandLineError:
            if node.rest is None:
                raise
            return Match(node.rest, (*arguments, line[found.start() :].strip()))
        if following is None:
            arguments.append(found.group())
            following = node.argument
        node = following if following is not None else node
    if node.command is None:
        raise CommandLineError("incomplete", len(line))
    return Match(node.command, tuple(arguments))
