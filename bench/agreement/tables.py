"""The two tables: which checks ask the same question, and why verdicts may differ."""

import csv
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

import msgspec

FOLDER = Path(__file__).parent
Row = TypeVar("Row")


class Pair(msgspec.Struct, frozen=True):
    """One of our checks beside one of Prowler's: a row of ``pairs.csv``.

    ``scope`` is ``resource``, ``region`` (one verdict per region) or ``account`` (one verdict at all). ``subject`` is a
    regular expression whose group ``name`` finds the resource's name in our subject, where the usual one does not.
    """

    provider: str
    ours: str
    prowler: str
    scope: str
    subject: str


class Difference(msgspec.Struct, frozen=True):
    """Why verdicts differ: a row of ``differences.csv``.

    ``we`` and ``they`` are ``pass``, ``fail``, ``error``, ``not_applicable``, ``manual`` or ``absent`` (no verdict on
    that resource); ``resource`` is a regular expression, or empty for any. ``right`` is ``ours``, ``prowler``, ``both``
    (another question) or ``simulator`` (an answer that the vendor would not give).
    """

    provider: str
    ours: str
    we: str
    they: str
    resource: str
    right: str
    why: str

    def explains(self, ours: str, we: str, they: str, resource: str) -> bool:
        """Whether this row is about such a disagreement."""
        if (self.ours, self.we, self.they) != (ours, we, they):
            return False
        return re.search(self.resource, resource) is not None


def pairs(provider: str) -> list[Pair]:
    """Checks that ask the same."""
    return [pair for pair in _rows("pairs.csv", Pair) if pair.provider == provider]


def differences(provider: str) -> list[Difference]:
    """Disagreements that are known."""
    return [row for row in _rows("differences.csv", Difference) if row.provider == provider]


def _rows(name: str, kind: type[Row]) -> Iterator[Row]:
    with (FOLDER / name).open(newline="") as file:
        for row in csv.DictReader(file):
            yield msgspec.convert(row, kind)
