"""What a check saw: the values of the facts that its expressions read, as plain JSON."""

from collections.abc import Iterable
from typing import Any

from baseline.content.checks.compiled import written
from baseline.content.expression.engine import SUBJECT_VARIABLES
from baseline.content.expression.projection import UNKNOWN_KEY, unknown_reason
from baseline.content.expression.syntax_tree import Path
from baseline.models.facts.fact import NOT_COLLECTED

MAXIMUM_ITEMS = 50
"""Items of a list or mapping that are kept in an observation."""
MAXIMUM_TEXT = 500
"""Characters of one text that are kept in an observation."""

_SCALARS = frozenset({bool, int, float, type(None)})
_MISSING = {UNKNOWN_KEY: NOT_COLLECTED.reason}


def observe(paths: Iterable[Path], values: dict[str, Any]) -> dict[str, Any]:
    """Each path as a person writes it, with its value; unknown as ``{"$unknown": reason}``."""
    return {written(path): _bounded(_value(values, path)) for path in paths}


class Observer:
    """Observes subject after subject of one target: what they share is looked up once."""

    def __init__(self, paths: Iterable[Path], values: dict[str, Any]) -> None:
        every = tuple(paths)
        self._own = [(written(path), path) for path in every if path[0] in SUBJECT_VARIABLES]
        self._observed = dict.fromkeys(map(written, every)) | observe(
            (path for path in every if path[0] not in SUBJECT_VARIABLES), values
        )

    def of(self, values: dict[str, Any]) -> dict[str, Any]:
        """What ``observe`` gives, in the same order. ``values`` holds the subject as ``item`` and ``key``."""
        observed = self._observed.copy()
        for name, path in self._own:
            observed[name] = _bounded(_value(values, path))
        return observed


def unknown_reads(paths: Iterable[Path], values: dict[str, Any]) -> list[str]:
    """For each path that is unknown, a sentence that says so and why; at most three."""
    sentences: dict[str, None] = {}
    for path in paths:
        if path[0] != "params":
            for reason in _unknowns(_value(values, path)):
                sentences[f"{written(path)} is unknown: {reason}"] = None
    return list(sentences)[:3]


def _bounded(value: Any) -> Any:
    if type(value) in _SCALARS:
        return value
    if isinstance(value, str):
        return value if len(value) <= MAXIMUM_TEXT else value[:MAXIMUM_TEXT] + " ..."
    if isinstance(value, dict):
        return {key: _bounded(item) for key, item in list(value.items())[:MAXIMUM_ITEMS]}
    if isinstance(value, list):
        items = [_bounded(item) for item in value[:MAXIMUM_ITEMS]]
        return items if len(value) <= MAXIMUM_ITEMS else [*items, f"... and {len(value) - MAXIMUM_ITEMS} more"]
    return value


def _value(values: Any, path: Path) -> Any:
    current = values
    for position, part in enumerate(path):
        if part == "*":
            return _each_value(current, path[position + 1 :])
        if not isinstance(current, dict):
            return None
        if UNKNOWN_KEY in current and len(current) == 1:
            return current
        current = current.get(part[1:-1]) if part[0] == "[" else current.get(part, _MISSING)
    return current


def _each_value(container: Any, rest: Path) -> Any:
    if isinstance(container, dict):
        return {key: _value(item, rest) for key, item in container.items()}
    if not isinstance(container, list):
        return container
    if all(isinstance(item, dict) and isinstance(item.get("name"), str) for item in container):
        return {item["name"]: _value(item, rest) for item in container}
    return [_value(item, rest) for item in container]


def _unknowns(value: Any) -> Iterable[str]:
    reason = unknown_reason(value)
    if reason is not None:
        yield reason
    elif isinstance(value, dict | list):
        for item in value.values() if isinstance(value, dict) else value:
            yield from _unknowns(item)
