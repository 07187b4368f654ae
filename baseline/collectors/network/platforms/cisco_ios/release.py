"""Cisco IOS releases, and what a configuration's silence means in each.

A running configuration leaves out what is at its default, and defaults differ per release: IOS 12 and 15, and IOS XE 16
and 17, are known here. For any other release silence is unknown, never a guess. Sources: Cisco IOS Configuration
Fundamentals, Security, and Interface command references (12.4 to 15M, XE 16 and 17), "Command Default" of each command.
"""

import re
from dataclasses import dataclass
from typing import TypeVar

from baseline.models.facts.fact import Fact, Unknown

T = TypeVar("T")

UNSURE = object()
"""Marks a default that differs between models of one release, or that the vendor does not document."""


@dataclass(frozen=True, slots=True)
class Release:
    """The two numbers of a configuration's ``version`` line. IOS XE 3 calls itself 15."""

    major: int | None = None
    minor: int = 0

    @classmethod
    def from_text(cls, text: str) -> "Release":
        """Read ``15.2`` or ``16.12``; a release without numbers when the text holds none."""
        found = re.match(r"(\d{1,3})\.(\d{1,3})", text)
        return cls(int(found[1]), int(found[2])) if found else cls()

    @property
    def is_ios(self) -> bool:
        """IOS 12 or 15 (IOS XE 3 included)."""
        return self.major in {12, 15}

    @property
    def is_ios_xe(self) -> bool:
        """IOS XE 16 or 17."""
        return self.major in {16, 17}

    def silent(self, command: str, *, ios: T | object = UNSURE, ios_xe: T | object = UNSURE) -> Fact[T]:
        """What it means that the configuration does not mention a command: a value per family, or unknown."""
        value = ios if self.is_ios else ios_xe if self.is_ios_xe else UNSURE
        if value is not UNSURE:
            return value  # type: ignore[return-value]  # UNSURE is the only other object
        if self.major is None:
            return Unknown(f"the configuration mentions neither `{command}` nor its release")
        if not self.is_ios and not self.is_ios_xe:
            return Unknown(
                f"the configuration does not mention `{command}`, and the default in release {self.major} is not known"
            )
        return Unknown(
            f"the configuration does not mention `{command}`, and its default differs between models; write it out"
        )
