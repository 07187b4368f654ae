"""What a device says to a line that it does not understand."""

import re

from baseline.lab.platforms.description import Complaints
from baseline.lab.shell.grammar import CommandLineError

MAXIMUM_REPEATED = 80
"""Characters of a line that a device repeats."""


def complaint(texts: Complaints, refusal: CommandLineError, line: str, indent: int) -> str:
    """The text for a refusal of a line behind a prompt of ``indent`` characters."""
    words = list(re.finditer(r"\S+", line))
    token = next((number for number, word in enumerate(words) if refusal.column < word.end()), len(words) - 1)
    template = {"ambiguous": texts.ambiguous, "incomplete": texts.incomplete}.get(refusal.kind, texts.invalid)
    if refusal.kind == "invalid" and token == 0:
        template = texts.unknown
    return template.format(
        caret=" " * (indent + words[token].start()) + "^",
        word=words[token].group()[:MAXIMUM_REPEATED],
        token=token,
        line=line.strip()[:MAXIMUM_REPEATED],
    )
