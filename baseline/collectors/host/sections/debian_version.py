"""Order of Debian package versions (deb-version(7))."""

import re
from functools import lru_cache

PARTS = re.compile(r"([^0-9]*)([0-9]*)")
END, TILDE = 0, -1


@lru_cache(maxsize=8192)
def debian_version_order(version: str) -> tuple[object, ...]:
    """A key by which versions sort as ``dpkg --compare-versions`` orders them."""
    epoch, colon, rest = version.partition(":")
    if not colon:
        epoch, rest = "0", version
    upstream, _, revision = rest.rpartition("-") if "-" in rest else (rest, "", "")
    number = int(epoch[:18]) if epoch.isascii() and epoch.isdigit() else 0
    return number, _part_order(upstream), _part_order(revision or "0")


def _part_order(part: str) -> tuple[tuple[tuple[int, ...], int], ...]:
    """Words and numbers in turn, then the end; a tilde comes before the end, letters before other characters."""
    parts = ((word, digits) for word, digits in PARTS.findall(part) if word or digits)
    return (*(((*map(_character_order, word), END), int(digits[:18] or 0)) for word, digits in parts), ((END,), 0))


def _character_order(character: str) -> int:
    if character == "~":
        return TILDE
    return ord(character) if character.isalpha() else ord(character) + 0x110000
