"""systemd units as several sections need them."""

from collections.abc import Iterable, Mapping

import msgspec

from baseline.collectors.host.answer import Answer
from baseline.models.facts.fact import Fact, Unknown

STARTS_AT_BOOT = frozenset({"enabled", "enabled-runtime", "generated"})
"""States of systemctl(1) that start a unit at boot; ``generated`` units come from init scripts that are enabled."""


class Units(msgspec.Struct, frozen=True):
    """Unit files with their state, and active units with their sub state (``running``, ``exited``, ``listening``)."""

    files: dict[str, str]
    active: dict[str, str]
    numbers: dict[str, int]

    def is_active(self, names: Iterable[str]) -> bool:
        """Whether one of these units is active."""
        return any(name in self.active for name in names)

    def is_enabled(self, names: Iterable[str]) -> bool:
        """Whether one of these units starts at boot."""
        return any(self.files.get(name) in STARTS_AT_BOOT for name in names)

    def found(self, names: Iterable[str]) -> str | None:
        """The first of these units that the host has."""
        return next((name for name in names if name in self.files or name in self.active), None)


def read_units(answers: Mapping[str, Answer]) -> Fact[Units]:
    """The units of the ``services`` section, or why they are unknown."""
    answer = answers["services"]
    if answer.missing("systemd"):
        return Unknown("systemd does not run here, so services are not known")
    files: dict[str, str] = {}
    active: dict[str, str] = {}
    numbers: dict[str, int] = {}
    for number, text in answer.output("systemctl list-unit-files"):
        words = text.split()
        if len(words) == 2 and "." in words[0]:
            files[words[0]] = words[1]
            numbers[words[0]] = number
    for number, text in answer.output("systemctl list-units"):
        words = text.split()
        if len(words) == 4 and "." in words[0] and words[2] == "active":
            active[words[0]] = words[3]
            numbers.setdefault(words[0], number)
    parts = [answer.command(f"systemctl {verb}") for verb in ("list-unit-files", "list-units")]
    if not files or not active or any(part is None or part.status != 0 for part in parts):
        said = next((line.text for part in reversed(parts) if part for line in part.lines if line.text), "nothing")
        return Unknown(f"systemctl says: {said[:120]}")
    return Units(files, active, numbers)


def is_active(units: Fact[Units], names: Iterable[str]) -> Fact[bool]:
    """Whether one of these units is active, when units are known."""
    return units if isinstance(units, Unknown) else units.is_active(names)


def is_enabled(units: Fact[Units], names: Iterable[str]) -> Fact[bool]:
    """Whether one of these units starts at boot, when units are known."""
    return units if isinstance(units, Unknown) else units.is_enabled(names)
