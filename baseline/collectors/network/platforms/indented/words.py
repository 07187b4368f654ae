"""Words and numbers on the lines of a configuration."""

import re

from baseline.collectors.network.section_tree import Line

SEVERITIES = {
    "emergencies": 0,
    "emergency": 0,
    "alerts": 1,
    "alert": 1,
    "critical": 2,
    "errors": 3,
    "error": 3,
    "warnings": 4,
    "warning": 4,
    "notifications": 5,
    "notification": 5,
    "informational": 6,
    "info": 6,
    "debugging": 7,
    "debug": 7,
}
"""Syslog severities (RFC 5424, table 2) by the names that Cisco and Arista give them."""

_NUMBERS = re.compile(r"(\d{1,5})(?:-(\d{1,5}))?")


def after(line: Line | None, command: str) -> str | None:
    """What follows a command on its line; None when there is no line or nothing follows."""
    if line is None:
        return None
    return line.text[len(command) + 1 :].strip() or None


def number(text: str | None) -> int | None:
    """A whole number of at most nine digits at the start of a text, else None."""
    found = re.match(r"\d{1,9}(?!\d)", text or "")
    return int(found[0]) if found else None


def word_after(words: list[str], *keywords: str) -> str | None:
    """The word after the first of these keywords that a line holds, else None."""
    for keyword in keywords:
        if keyword in words[:-1]:
            return words[words.index(keyword) + 1]
    return None


def severity(words: list[str]) -> int | None:
    """The first word that is a syslog severity, by name or number; None when none is."""
    for word in words:
        if word in SEVERITIES:
            return SEVERITIES[word]
        if word.isdigit() and len(word) == 1 and int(word) <= 7:
            return int(word)
    return None


def expand_numbers(text: str, maximum: int = 4094) -> list[int]:
    """``10,20-22`` as numbers; what lies above ``maximum`` is left out. 4094 is the highest VLAN (IEEE 802.1Q)."""
    numbers: set[int] = set()
    for found in _NUMBERS.finditer(text):
        first, last = int(found[1]), int(found[2] or found[1])
        numbers.update(range(first, min(last, maximum) + 1))
    return sorted(numbers)
