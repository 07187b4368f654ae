"""Takes from a facts document just what an expression reads, typed, leaving out what is not known.

The engine copies every value that it is given, nested ones included, so it is given no more than the expression reads:
one variable per path. A value of the wrong type counts as unknown: what is not understood never passes a check.
"""

from collections.abc import Callable, Collection, Iterable
from typing import Any

import msgspec

from baseline.content.expression.syntax_tree import Path
from baseline.content.fact_schema import FactType, ListOf, MapOf, Scalar, SectionOf
from baseline.models.facts.fact import NOT_COLLECTED, Unknown

UNKNOWN_KEY = "$unknown"

Projector = Callable[[Any], Any]
"""Takes a raw document value and returns what the engine gets, or Unknown."""

_MISSING = {UNKNOWN_KEY: NOT_COLLECTED.reason}


class Binding(msgspec.Struct, frozen=True):
    """One variable of an expression: its dotted name, where to find it in a document, and how to take it."""

    variable: str
    steps: tuple[str, ...]
    project: Projector

    def take(self, values: dict[str, Any]) -> Any:
        """The value for the engine, or Unknown with the reason."""
        current: Any = values
        try:
            for step in self.steps:
                current = current[step]
        except (KeyError, TypeError):
            current = self._instead(values)
        return self.project(current)

    def _instead(self, values: dict[str, Any]) -> dict[str, Any]:
        """What stands for a value that the document does not hold: why it is unknown."""
        current: Any = values
        for step in self.steps:
            if type(current) is not dict:
                return {UNKNOWN_KEY: "its section has the wrong form"}
            if UNKNOWN_KEY in current:
                return {UNKNOWN_KEY: str(current[UNKNOWN_KEY])}
            current = current.get(step, _MISSING)
        return _MISSING


def unknown_reason(value: Any) -> str | None:
    """The reason when a document value says unknown, else None."""
    if isinstance(value, dict) and len(value) == 1:
        reason = value.get(UNKNOWN_KEY)
        return reason if isinstance(reason, str) else None
    return None


def steps_of(path: Path) -> tuple[str, ...]:
    """The part of a path that is plain field names: up to the first item or key."""
    for position, part in enumerate(path):
        if part == "*" or part.startswith("["):
            return path[:position]
    return path


def bindings(
    paths: Iterable[Path], type_of: Callable[[Path], FactType | None], only_whether_null: Collection[Path] = ()
) -> tuple[Binding, ...]:
    """The variables that serve all these paths. ``type_of`` gives the fact type at a path of field names, or None.

    Of paths in ``only_whether_null`` the engine gets to know no more than that, so that what differs in nothing else is
    decided once.
    """
    tails: dict[Path, list[Path]] = {}
    for path in paths:
        steps = steps_of(path)
        tails.setdefault(steps, []).append(path[len(steps) :])
    return tuple(
        Binding(".".join(steps), steps, _variable(type_of(steps), branches, whether_null=steps in only_whether_null))
        for steps, branches in tails.items()
    )


def _variable(fact_type: FactType | None, tails: list[Path], *, whether_null: bool) -> Projector:
    projector = _projector(fact_type, tails)
    return _whether_null(projector, fact_type.python()) if whether_null and isinstance(fact_type, Scalar) else projector


def _whether_null(projector: Projector, other: object) -> Projector:
    def project(value: Any) -> Any:
        known = projector(value)
        return known if known is None or type(known) is Unknown else other

    return project


def _projector(fact_type: FactType | None, tails: list[Path]) -> Projector:
    if fact_type is None:
        return _as_it_is
    if isinstance(fact_type, Scalar):
        return _scalar(fact_type)
    if isinstance(fact_type, ListOf):
        return _list(_projector(fact_type.item, _below(tails, "*")))
    if isinstance(fact_type, MapOf):
        return _map(fact_type, tails)
    return _section(fact_type, tails)


def _below(tails: list[Path], part: str) -> list[Path]:
    return [tail[1:] for tail in tails if tail and tail[0] == part]


def _as_it_is(value: Any) -> Any:
    reason = unknown_reason(value)
    return value if reason is None else Unknown(reason)


def _scalar(scalar: Scalar) -> Projector:
    python, choices, optional = scalar.python, scalar.choices, scalar.optional
    expected = f"one of {', '.join(map(str, choices))}" if choices else python.__name__

    def project(value: Any) -> Any:
        if type(value) is python and (not choices or value in choices):
            return value
        if value is None and optional:
            return None
        if python is float and type(value) is int:
            return float(value)
        return _unknown(value, expected)

    return project


def _list(item: Projector) -> Projector:
    def project(value: Any) -> Any:
        if not isinstance(value, list | tuple):
            return _unknown(value, "a list")
        items = [item(entry) for entry in value]
        return _all_known(items, items)

    return project


def _map(fact_type: MapOf, tails: list[Path]) -> Projector:
    every = _below(tails, "*")
    keys = {tail[0] for tail in tails if tail and tail[0].startswith("[")}
    chosen = {key[1:-1]: _projector(fact_type.value, [*_below(tails, key), *every]) for key in keys}
    whole = any(not tail or tail[0] == "*" for tail in tails)
    other = _projector(fact_type.value, every)

    def project(value: Any) -> Any:
        if not isinstance(value, dict) or unknown_reason(value) is not None:
            return _unknown(value, "a mapping")
        names = value if whole else [key for key in chosen if key in value]
        entries = {name: chosen.get(name, other)(value[name]) for name in names}
        return _all_known(entries.values(), entries)

    return project


def _section(section: SectionOf, tails: list[Path]) -> Projector:
    fields = section.fields
    names = dict.fromkeys(tail[0] for tail in tails if tail and tail[0] in fields)
    projectors = tuple((name, _projector(fields[name].type, _below(tails, name))) for name in names)

    def project(value: Any) -> Any:
        if not isinstance(value, dict) or UNKNOWN_KEY in value:
            return _unknown(value, "a section")
        known = {}
        for name, projector in projectors:
            entry = projector(value.get(name, _MISSING))
            if type(entry) is not Unknown:
                known[name] = entry
        return known

    return project


def _all_known(entries: Collection[Any], container: Any) -> Any:
    """The container itself, or the first of its entries that is unknown."""
    if Unknown in map(type, entries):
        return next(entry for entry in entries if type(entry) is Unknown)
    return container


def _unknown(value: Any, expected: str) -> Unknown:
    reason = unknown_reason(value)
    if reason is not None:
        return Unknown(reason)
    return Unknown(f"the collector gave {type(value).__name__} where {expected} belongs")
