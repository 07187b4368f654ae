"""The answer in a file that somebody saved from a terminal: without the command above it and the prompt below it."""

import re

_PROMPT = r"[A-Za-z0-9][\w.@:/()-]{0,80}[>#]"
_EDGE_LINES = 3


def answer_in(command: str, text: str) -> str:
    """The text with an echo of the command at the start and a prompt at the end made blank, so that lines keep numbers.

    >>> answer_in("show clock", "sw-01#show clock" + chr(10) + "12:00:00" + chr(10) + "sw-01#").split()
    ['12:00:00']
    """
    lines = text.split("\n")
    echo = re.compile(rf"{_PROMPT} ?{re.escape(command)}\s*")
    for index in range(min(_EDGE_LINES, len(lines))):
        if echo.fullmatch(lines[index]):
            lines[index] = ""
    for index in range(max(0, len(lines) - _EDGE_LINES), len(lines)):
        if re.fullmatch(rf"{_PROMPT}\s*", lines[index]):
            lines[index] = ""
    return "\n".join(lines)
