"""What differs between two documents of facts, apart from what changes by itself."""

import hashlib
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, NamedTuple

import msgspec

from baseline.content.document import load_document
from baseline.content.fact_schema import FACT_MODELS, ListOf, MapOf, SectionOf
from baseline.content.location import content_folder
from baseline.content.reading import Reading
from baseline.models.errors import ContentError, Problem

UNKNOWN = "$unknown"
MISSING = "-"
"""What is shown where one of the documents has no such item."""
LONGEST_VALUE = 200
"""Characters of a value that are kept."""

Path = tuple[str, ...]


class FactPath(NamedTuple):
    """Where a fact stands: ``fields`` are the names in the fact model, ``items`` the names of the items on the way."""

    fields: Path
    items: Path

    def __str__(self) -> str:
        return ".".join(self.fields) + "".join(f"[{item}]" for item in self.items)


class FactDifference(NamedTuple):
    """One fact that is otherwise than it was, as text."""

    path: FactPath
    old: str
    new: str


Flat = dict[FactPath, str | None]
"""Every fact as text; None where it is unknown, or everything below it."""


def differences(
    approved: Mapping[str, Any], current: Mapping[str, Any], volatile: frozenset[Path]
) -> list[FactDifference]:
    """Facts that are known on both sides and differ. What is unknown on either side is not compared."""
    old, new = flatten(approved, volatile), flatten(current, volatile)
    blind = {path for side in (old, new) for path, value in side.items() if value is None}
    return [
        FactDifference(path, old.get(path) or MISSING, new.get(path) or MISSING)
        for path in sorted(old.keys() | new.keys())
        if old.get(path) != new.get(path) and not covered(path, blind)
    ]


def unknown_paths(document: Mapping[str, Any], volatile: frozenset[Path]) -> set[FactPath]:
    """The facts that are unknown."""
    return {path for path, value in flatten(document, volatile).items() if value is None}


def covered(path: FactPath, blind: set[FactPath]) -> bool:
    """Whether this fact, or something that holds it, is among those that cannot be seen."""
    return any(
        FactPath(path.fields[:length], path.items[:depth]) in blind
        for length in range(1, len(path.fields) + 1)
        for depth in range(len(path.items) + 1)
    )


def flatten(document: Mapping[str, Any], volatile: frozenset[Path]) -> Flat:
    """Every fact that stays by itself, by its path."""
    found: Flat = {}
    _add(found, FactPath((), ()), document, volatile)
    return found


def _add(found: Flat, path: FactPath, value: Any, volatile: frozenset[Path]) -> None:
    if path.fields in volatile:
        return
    if isinstance(value, dict) and UNKNOWN in value:
        found[path] = None
    elif isinstance(value, dict):
        for key, inner in value.items():
            _add(found, FactPath((*path.fields, key), path.items), inner, volatile)
    elif isinstance(value, list) and any(isinstance(item, dict) for item in value):
        _add_items(found, path, value, volatile)
    else:
        found[path] = _text(value)


def _add_items(found: Flat, path: FactPath, items: list[Any], volatile: frozenset[Path]) -> None:
    seen: dict[str, int] = {}
    for position, item in enumerate(items):
        name = str(item.get("name", position) if isinstance(item, dict) else item)[:LONGEST_VALUE]
        seen[name] = seen.get(name, 0) + 1
        place = FactPath(path.fields, (*path.items, name if seen[name] == 1 else f"{name} ({seen[name]})"))
        found[place] = "present"
        if isinstance(item, dict):
            for key, inner in item.items():
                if key != "name":
                    _add(found, FactPath((*place.fields, key), place.items), inner, volatile)


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    items = value if isinstance(value, list) else [] if value is None else [value]
    text = ", ".join(map(str, items)) or "none"
    if len(text) <= LONGEST_VALUE:
        return text
    return f"{text[:LONGEST_VALUE]}... ({hashlib.sha256(text.encode('utf-8', 'replace')).hexdigest()[:8]})"


@cache
def volatile_facts(kind: str) -> frozenset[Path]:
    """The facts of a kind of target that change by themselves, from ``checks/volatile/facts.yaml``.

    Raises:
        ContentError: the file is not right.
    """
    path = content_folder("checks") / "volatile" / "facts.yaml"
    problems: list[Problem] = []
    document = load_document(path, problems)
    if document is None:
        raise ContentError(problems)
    reading = Reading(document, problems)
    reading.only(tuple(FACT_MODELS))
    rules = {name: list(_rules(reading, name)) for name in FACT_MODELS}
    if problems:
        raise ContentError(problems)
    return frozenset(rules.get(kind, ()))


def _rules(reading: Reading, kind: str) -> Iterator[Path]:
    for each in reading.mappings(kind):
        each.only(("path", "because"))
        each.text("because", required=True)
        path = tuple(each.text("path", required=True).split("."))
        if not _exists(FACT_MODELS[kind], path):
            each.report(("path",), f"{kind} has no fact '{'.'.join(path)}'")
        yield path


def _exists(model: type[msgspec.Struct], path: Path) -> bool:
    current: Any = SectionOf(model)  # type: ignore[arg-type]  # fact models are Sections
    for part in path:
        while isinstance(current, ListOf | MapOf):
            current = current.item if isinstance(current, ListOf) else current.value
        if not isinstance(current, SectionOf) or part not in current.fields:
            return False
        current = current.fields[part].type
    return True
