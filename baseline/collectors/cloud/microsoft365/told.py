"""Reads fields of an answer: a value of the right kind, or Unknown with the field's name."""

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any, TypeVar

from baseline.models.facts.fact import Unknown

Word = TypeVar("Word")

MAXIMUM_NAME = 150
_ADDRESS = re.compile(r"[^\s@<>(),;:\"]{1,64}@[^\s@<>(),;:\"]{1,255}")
_DURATION = re.compile(r"P(?:(?P<days>\d{1,5})D)?(?:T(?:(?P<hours>\d{1,5})H)?(?:(?P<minutes>\d{1,6})M)?)?")


class Told:
    """One JSON object. ``where`` names it in reasons. A field that is missing or of another kind is Unknown."""

    def __init__(self, fields: object, where: str) -> None:
        self.fields: dict[str, Any] = fields if isinstance(fields, dict) else {}
        self.where = where

    def unknown(self, field: str) -> Unknown:
        """Why a field is not known."""
        if field not in self.fields:
            return Unknown(f"{self.where} does not tell {field}")
        return Unknown(f"{self.where} tells {field} as {shown(self.fields[field])}, which has no known meaning")

    def flag(self, field: str) -> bool | Unknown:
        """A yes or no."""
        value = self.fields.get(field)
        return value if isinstance(value, bool) else self.unknown(field)

    def number(self, field: str) -> int | Unknown:
        """A whole number."""
        value = self.fields.get(field)
        return value if isinstance(value, int) and not isinstance(value, bool) else self.unknown(field)

    def text(self, field: str) -> str | Unknown:
        """A text that is not empty."""
        value = self.fields.get(field)
        return value if isinstance(value, str) and value else self.unknown(field)

    def text_or_none(self, field: str) -> str | Unknown | None:
        """A text; None where the field is there and empty."""
        if field in self.fields and self.fields[field] in (None, ""):
            return None
        return self.text(field)

    def number_or_none(self, field: str) -> int | Unknown | None:
        """A whole number; None where the field is there and empty."""
        if field in self.fields and self.fields[field] is None:
            return None
        return self.number(field)

    def count(self, field: str) -> int | Unknown:
        """How many objects a list holds."""
        value = self.fields.get(field)
        if isinstance(value, list) and all(isinstance(item, dict) for item in value):
            return len(value)
        return self.unknown(field)

    def word(self, field: str, meanings: Mapping[str, Word]) -> Word | Unknown:
        """A word of an enumeration, translated; another word is Unknown."""
        value = self.fields.get(field)
        return meanings[value] if isinstance(value, str) and value in meanings else self.unknown(field)

    def texts(self, field: str) -> list[str] | Unknown:
        """A list of texts; an empty list where the field is there and null."""
        value = self.fields.get(field)
        if field in self.fields and value is None:
            return []
        if isinstance(value, list) and all(isinstance(item, str) for item in value):
            return list(value)
        return self.unknown(field)

    def inner(self, field: str) -> "Told":
        """The object under a field; one without fields where there is none."""
        return Told(self.fields.get(field), f"{self.where}, {field},")

    def moment(self, field: str) -> datetime | Unknown:
        """A moment in time (RFC 3339)."""
        value = self.fields.get(field)
        found = parsed_moment(value) if isinstance(value, str) else None
        return found if found is not None else self.unknown(field)

    def days_since(self, field: str, now: datetime) -> int | Unknown:
        """Whole days since a moment, not below 0."""
        found = self.moment(field)
        return found if isinstance(found, Unknown) else max((now - found).days, 0)


def parsed_moment(text: str) -> datetime | None:
    """A moment as Graph writes it, with up to seven digits of a second."""
    try:
        moment = datetime.fromisoformat(re.sub(r"(\.\d{6})\d+", r"\1", text.strip()))
    except ValueError:
        return None
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)


def parsed_hours(text: str) -> float | None:
    """A duration (ISO 8601: ``PT8H``, ``P1D``) in hours; None when it is not one."""
    found = _DURATION.fullmatch(text)
    if found is None or not any(found.groups()):
        return None
    return int(found["days"] or 0) * 24 + int(found["hours"] or 0) + int(found["minutes"] or 0) / 60


def shown(value: object) -> str:
    """A value as it may stand in a reason: short, on one line, without addresses."""
    return _ADDRESS.sub("<address>", repr(value))[:60]


def clean(text: object) -> str:
    """A name that others chose, fit for one line and without mail addresses."""
    value = text if isinstance(text, str) else ""
    printable = "".join(character if character.isprintable() else " " for character in value)
    return _ADDRESS.sub("<address>", printable).strip()[:MAXIMUM_NAME]


def unique_names(names: Iterable[tuple[str, str]]) -> list[str]:
    """For each name and id: the name, with the id behind it where the name is empty or not the only one."""
    pairs = [(clean(name), identity) for name, identity in names]
    counts: dict[str, int] = {}
    for name, _ in pairs:
        counts[name] = counts.get(name, 0) + 1
    return [name if name and counts[name] == 1 else f"{name} ({identity})".strip() for name, identity in pairs]
