"""Reads the values of one device of a testbed; wrong ones become problems and read as not set."""

from typing import Any

from baseline.content.inventory.protocol import Place
from baseline.content.inventory.testbed_document import Testbed
from baseline.content.inventory.testbed_markup import Refused, plain_text
from baseline.content.inventory.variables import kind_of, printable
from baseline.models.errors import Problem

Keys = tuple[str, ...]
"""A path: below a device, or in ``..._at`` from the top of the file."""


class DeviceValues:
    """The values below one device, by path; ``problems`` collects what is wrong with them."""

    def __init__(self, testbed: Testbed, keys: Keys) -> None:
        self.testbed, self.keys = testbed, keys
        self.problems: list[Problem] = []

    @property
    def failed(self) -> bool:
        """Whether anything so far is an error."""
        return any(problem.level == "error" for problem in self.problems)

    def place(self, *keys: str) -> Place:
        """Where a value stands."""
        return self.testbed.place(*self.keys, *keys)

    def get(self, *keys: str) -> Any:
        """A value as it stands there, or None."""
        return self.testbed.get(*self.keys, *keys)

    def mapping(self, *keys: str) -> dict[str, Any]:
        """A mapping; empty when not set."""
        value = self.get(*keys)
        if value is None or isinstance(value, dict):
            return value or {}
        hint = "name the file in extends instead" if "%INCLUDE{" in str(value)[:2000] else ""
        self.report(keys, f"{'.'.join(keys) or 'a device'} must be a mapping, not {kind_of(value)}", hint)
        return {}

    def text(self, *keys: str) -> str | None:
        """A line of text, with environment variables filled in; a number counts as text."""
        return self.text_at((*self.keys, *keys), ".".join(keys))

    def text_at(self, keys: Keys, name: str) -> str | None:
        """A line of text at a path from the top of the file, called ``name`` in messages."""
        value = self.testbed.get(*keys)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, str | int | float):
            self.report_at(keys, f"{name} must be text, not {kind_of(value)}")
            return None
        found = plain_text(str(value))
        if isinstance(found, Refused):
            self.report_at(keys, f"{name}: {found.message}", found.hint)
            return None
        return found.strip() or None

    def report(self, keys: Keys, message: str, hint: str = "", level: str = "error") -> None:
        """Note a problem at a path below the device."""
        self.report_at((*self.keys, *keys), message, hint, level)

    def report_at(self, keys: Keys, message: str, hint: str = "", level: str = "error") -> None:
        """Note a problem at a path from the top of the file."""
        self.problems.append(self.testbed.problem(keys, printable(message), printable(hint), level))
