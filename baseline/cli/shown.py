"""Text of others as it may be shown: nothing in it steers the terminal of who reads it."""

from unicodedata import category

_REPLACED = "\N{REPLACEMENT CHARACTER}"


def shown(text: str) -> str:
    """The text with what is no letter, sign or space replaced; line ends and tabs stay.

    Devices, clouds and files of scanners name things: an escape sequence could rewrite what stands on the screen
    (CWE-150), and a character that turns the direction of writing could make one name read as another (CVE-2021-42574).
    """
    return text if text.isprintable() else "".join(map(_shown, text))


def on_one_line(text: str) -> str:
    """The same on one line, for a table whose lines other programs split."""
    return text if text.isprintable() else shown(text).replace("\n", " ").replace("\t", " ")


def _shown(character: str) -> str:
    fits = character.isprintable() or character in "\n\t" or category(character) == "Zs"
    return character if fits else _REPLACED
