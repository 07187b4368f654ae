"""Tells the answers of several commands apart in what one terminal session shows."""

import re
from collections.abc import Sequence

HEADING_LENGTH = 80
"""Characters above a prompt in which its heading stands."""


def split_answers(text: str, prompt: str, commands: Sequence[str]) -> dict[str, str] | None:
    """The answer to each command, or None when the text does not say beyond doubt where each one ends.

    ``text`` starts with the echo of the first command and ends with the prompt twice, because a blank line was sent
    last. Every command after the first follows the prompt, at the start of a line, exactly once.
    """
    parts = f"\n{prompt}{text}".split(f"\n{prompt}")[1:]
    if parts[-2:] != ["", ""]:
        return None
    first_lines = [part.split("\n", 1)[0] for part in parts]
    echoes = [[index for index, line in enumerate(first_lines) if line == command] for command in commands]
    starts = [index for found in echoes for index in found]
    if any(len(found) != 1 for found in echoes) or starts != sorted(starts) or starts[:1] != [0]:
        return None
    ends = [*starts[1:], len(parts) - 2]
    return {
        command: _answer(f"\n{prompt}".join(parts[start:end])[len(command) :])
        for command, start, end in zip(commands, starts, ends, strict=True)
    }


def without_headings(text: str, prompt: str, heading: re.Pattern[str] | None) -> str:
    """The text without what a device prints above each prompt, so that a prompt follows an answer or another prompt.

    ``heading`` matches that at the end of the text above a prompt, without the line end before the prompt.
    """
    if heading is None:
        return text
    parts = text.split(f"\n{prompt}")
    bare = [part[:-HEADING_LENGTH] + heading.sub("", part[-HEADING_LENGTH:]) for part in parts[:-1]]
    return f"\n{prompt}".join([*bare, parts[-1]])


def _answer(text: str) -> str:
    """The lines of an answer; the text has a line end before each of them instead of after it."""
    return f"{text[1:]}\n" if text else ""
