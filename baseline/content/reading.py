"""Reads typed values out of a document, collecting every problem instead of stopping at the first."""

import string
from collections.abc import Iterable
from datetime import date
from typing import Any, TypeVar

from baseline.content.document import Document, Key
from baseline.content.nearest import did_you_mean
from baseline.models.errors import Problem

Choice = TypeVar("Choice", bound=str)

NO_DAY = date.min
"""Stands for a day that is missing or wrong, which has been reported."""

BLANK = string.whitespace + "\N{NO-BREAK SPACE}\N{ZERO WIDTH SPACE}\N{ZERO WIDTH NO-BREAK SPACE}\N{WORD JOINER}"
"""What a person cannot see: a text of nothing else says nothing."""


class Reading:
    """One mapping of a document, read key by key. Wrong values become problems and read as empty."""

    def __init__(self, document: Document, problems: list[Problem], keys: tuple[Key, ...] = ()) -> None:
        self.document, self.problems, self.keys = document, problems, keys
        data: Any = document.data
        for key in keys:
            data = data[key]
        self.data: dict[str, Any] = data if isinstance(data, dict) else {}
        if not isinstance(data, dict):
            self.report((), "must be a mapping of keys to values")

    def report(self, keys: tuple[Key, ...], message: str, hint: str = "", level: str = "error") -> None:
        """Note a problem at ``keys`` below this mapping."""
        self.problems.append(self.document.problem((*self.keys, *keys), message, hint, level))

    def only(self, allowed: Iterable[str]) -> None:
        """Report each key that is not allowed, with the nearest that is."""
        known = tuple(allowed)
        for key in self.data:
            if key not in known:
                self.report((key,), f"unknown key '{key}'", did_you_mean(key, known))

    def text(self, key: str, *, required: bool = False) -> str:
        """The text at ``key``, stripped; empty when absent."""
        value = self.data.get(key)
        if value is None or (isinstance(value, str) and not value.strip(BLANK)):
            if required:
                self.report((key,) if key in self.data else (), f"'{key}' is missing")
            return ""
        if isinstance(value, str):
            return value.strip(BLANK)
        self.report((key,), f"'{key}' must be text, not {_kind(value)}", "quote it")
        return ""

    def choice(self, key: str, choices: Iterable[str], *, required: bool = False) -> str:
        """The word at ``key``, one of ``choices``; empty when absent or wrong."""
        options = tuple(choices)
        word = self.text(key, required=required)
        if word and word not in options:
            self.report((key,), f"'{word}' is not a value of '{key}'", did_you_mean(word, options))
            return ""
        return word

    def texts(self, key: str, *, required: bool = False) -> tuple[str, ...]:
        """The list of texts at ``key``; a single text counts as a list of one."""
        value = self.data.get(key)
        if value is None:
            if required:
                self.report((), f"'{key}' is missing")
            return ()
        items = value if isinstance(value, list) else [value]
        for index, item in enumerate(items):
            if not isinstance(item, str):
                place = (key, index) if isinstance(value, list) else (key,)
                self.report(place, f"'{key}' holds {_kind(item)} where text belongs", "quote it")
        if required and not items:
            self.report((key,), f"'{key}' is empty")
        return tuple(item for item in items if isinstance(item, str))

    def day(self, key: str, *, required: bool = False) -> date:
        """The day at ``key``, written ``YYYY-MM-DD``; ``NO_DAY`` when absent or wrong."""
        text = self.text(key, required=required)
        if not text:
            return NO_DAY
        try:
            found = date.fromisoformat(text)
        except ValueError:
            self.report((key,), f"'{text}' is not a date", "write it as 2027-01-31")
            return NO_DAY
        if found.isoformat() != text:  # 20270131 and 2027-W04-7 are ISO 8601 too, and nobody reads them
            self.report((key,), f"'{text}' is not a date", f"write it as {found}")
            return NO_DAY
        return found

    def mapping(self, key: str) -> "Reading | None":
        """A reader of the mapping at ``key``, or None when absent."""
        if self.data.get(key) is None:
            return None
        return Reading(self.document, self.problems, (*self.keys, key))

    def mappings(self, key: str) -> "list[Reading]":
        """Readers of each mapping in the list at ``key``."""
        value = self.data.get(key)
        if value is None:
            return []
        if not isinstance(value, list):
            self.report((key,), f"'{key}' must be a list")
            return []
        return [Reading(self.document, self.problems, (*self.keys, key, index)) for index in range(len(value))]


def _kind(value: Any) -> str:
    names = {bool: "true or false", int: "a number", float: "a number", dict: "a mapping", list: "a list"}
    return names.get(type(value), "nothing")
