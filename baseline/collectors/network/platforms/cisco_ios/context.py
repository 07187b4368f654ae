"""What the readers of a running configuration share: the tree, the release, and where facts came from."""

import re
from dataclasses import dataclass

from baseline.collectors.network.platforms.cisco_ios.release import UNSURE, Release
from baseline.collectors.network.provenance import Provenance
from baseline.collectors.network.section_tree import Line, SectionTree
from baseline.models.facts.fact import Fact

SEVERITIES = {
    "emergencies": 0,
    "alerts": 1,
    "critical": 2,
    "errors": 3,
    "warnings": 4,
    "notifications": 5,
    "informational": 6,
    "debugging": 7,
}
"""Syslog severities by their Cisco names (RFC 5424, table 2)."""

_NUMBERS = re.compile(r"(\d{1,5})(?:-(\d{1,5}))?")


@dataclass(frozen=True, slots=True)
class Context:
    """A running configuration that is being read. ``secrets`` holds its lines with a secret, redacted, by number."""

    tree: SectionTree
    release: Release
    provenance: Provenance
    secrets: dict[int, str]
    is_switch: bool

    def toggle(
        self, path: str, command: str, *, ios: bool | object = UNSURE, ios_xe: bool | object = UNSURE
    ) -> Fact[bool]:
        """Whether a command stands there, is negated, or what its absence means in this release."""
        if line := self.tree.last(command):
            self.provenance.note(path, line)
            return True
        if line := self.tree.last(f"no {command}"):
            self.provenance.note(path, line)
            return False
        self.provenance.note(path)
        return self.release.silent(command, ios=ios, ios_xe=ios_xe)

    def has(self, path: str, command: str) -> bool:
        """Whether a command stands there that is off in every release unless it is configured."""
        line = self.tree.last(command)
        self.provenance.note(path, *([line] if line else []))
        return line is not None

    def has_any(self, path: str, *commands: str) -> bool:
        """Whether one of these commands stands there."""
        found = [self.has(path, command) for command in commands]
        return any(found)

    def value(self, path: str, command: str) -> str | None:
        """What follows a command, the last time it stands there."""
        line = self.tree.last(command)
        self.provenance.note(path, *([line] if line else []))
        return after(line, command)


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


def expand_numbers(text: str, maximum: int = 4094) -> list[int]:
    """``10,20-22`` as numbers; what lies above ``maximum`` is left out. 4094 is the highest VLAN (IEEE 802.1Q)."""
    numbers: set[int] = set()
    for found in _NUMBERS.finditer(text):
        first, last = int(found[1]), int(found[2] or found[1])
        numbers.update(range(first, min(last, maximum) + 1))
    return sorted(numbers)
