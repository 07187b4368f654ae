"""Order of RPM versions (rpm-version(7))."""

import re
from functools import lru_cache

SEGMENT = re.compile(r"[0-9]+|[a-zA-Z]+|~|\^")
TILDE, END, CARET, LETTERS, DIGITS = range(5)


@lru_cache(maxsize=16_384)
def rpm_version_order(version: str) -> tuple[object, ...]:
    """A key by which ``epoch:version-release`` sorts as rpm orders packages; no epoch is 0."""
    epoch, colon, rest = version.partition(":")
    if not colon:
        epoch, rest = "0", version
    number = int(epoch[:18]) if epoch.isascii() and epoch.isdigit() else 0
    upstream, _, release = rest.rpartition("-") if "-" in rest else (rest, "", "")
    return number, _part_order(upstream), _part_order(release)


def _part_order(part: str) -> tuple[tuple[int, int, str], ...]:
    """Segments of digits or letters; a tilde comes before the end, a caret just after it, digits after letters."""
    return (*(_segment_order(segment) for segment in SEGMENT.findall(part)), (END, 0, ""))


def _segment_order(segment: str) -> tuple[int, int, str]:
    if segment == "~":
        return TILDE, 0, ""
    if segment == "^":
        return CARET, 0, ""
    return (DIGITS, int(segment[:18]), "") if segment[0].isdigit() else (LETTERS, 0, segment)
