"""Turns what a device sends to a terminal into the text that a person would see."""

import re

ESCAPES = re.compile(r"\x1b(?:\[[0-9;?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[()][A-Z0-9]|[=>78DEHMNOZc])")
"""Control sequences of ECMA-48 (CSI, OSC) and character set selection."""

INVISIBLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_INVISIBLE_ASCII = bytes(code for code in range(128) if INVISIBLE.match(chr(code)))
NOISE = bytes(code for code in range(32) if code not in b"\0\a\b\t\n\v\f\r\x1b") + b"\x7f"
"""Bytes that no terminal session needs; NUL is there to give old printers time."""

NOISE_SAMPLE_BYTES = 128
NOISE_SHARE = 0.05
"""Random bytes hold 9 % of ``NOISE``; a text holds none."""


def visible_text(raw: str) -> str:
    """The text as it stands on the screen: escape sequences gone, backspaces and returns carried out, line ends single.

    The paging marks that a device erases again disappear too.
    """
    plain = _plain_text(raw)
    return _carried_out(raw) if plain is None else plain


def _plain_text(raw: str) -> str | None:
    """A text in ASCII in which nothing is invisible but returns at the ends of lines, as nearly every answer is."""
    if not raw.isascii():
        return None
    text = raw.encode("ascii").translate(None, _INVISIBLE_ASCII).decode("ascii")
    return text if len(text) == len(raw) or text.replace("\n", "\r\n") == raw else None


def _carried_out(raw: str) -> str:
    text = ESCAPES.sub("", raw)
    text = text.replace("\r\r\n", "\n").replace("\r\n", "\n")
    if "\b" in text or "\r" in text:
        text = "\n".join(_overwritten(line) for line in text.split("\n"))
    return INVISIBLE.sub("", text)


def is_noise(data: bytes) -> bool:
    """Whether data is too binary to be a terminal session: enough bytes, and over 5 % of them without a meaning there."""
    if len(data) < NOISE_SAMPLE_BYTES:
        return False
    return len(data) - len(data.translate(None, NOISE)) > len(data) * NOISE_SHARE


def _overwritten(line: str) -> str:
    """One line after backspaces and carriage returns moved the cursor and later characters replaced earlier ones.

    Blanks to the right of the cursor are what it erased; those to the left were written, as at the end of a prompt.
    """
    if "\b" not in line and "\r" not in line:
        return line
    cells: list[str] = []
    column = 0
    for piece in re.findall(r"\x08+|\r+|[^\x08\r]+", line):
        if piece[0] == "\r":
            column = 0
        elif piece[0] == "\b":
            column = max(0, column - len(piece))
        else:
            cells[column : column + len(piece)] = piece
            column += len(piece)
    return "".join(cells[:column]) + "".join(cells[column:]).rstrip(" ")
