"""Names in which ``*`` and ``?`` stand for other letters, as waivers, holds and selections write them."""

from collections.abc import Iterable
from fnmatch import fnmatchcase


def fits(name: str, patterns: Iterable[str]) -> bool:
    """Whether a name is meant by one of these patterns. A bracket is a bracket: names have them, ``Policy [ios]``."""
    return any(fnmatchcase(name, pattern.replace("[", "[[]")) for pattern in patterns)
