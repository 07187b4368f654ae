"""The subjects of one target's list or mapping, looked at field by field, so that alike ones can be told in one look."""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from typing import Any, NamedTuple

from baseline.content.expression.syntax_tree import Path

_COMPARABLE = ({str, type(None)}, {bool, type(None)}, {int, type(None)})
"""Types of values that are equal only if they are the same, as long as no others stand among them: 1 equals True."""


class _Instead(NamedTuple):
    """Stands for a value that an item lacks; nothing in a document looks like it."""

    item: Any


class Subjects:
    """Items of a list or mapping, with their keys (empty texts for a list). Every check that asks for a field shares it."""

    def __init__(self, container: list[Any] | dict[str, Any]) -> None:
        by_key = container if isinstance(container, dict) else None
        self.keys: list[str] = [""] * len(container) if by_key is None else list(by_key)
        self.items: list[Any] = list(container if by_key is None else by_key.values())
        self._columns: dict[Path, Sequence[object]] = {}

    def alike(self, paths: Iterable[Path]) -> list[tuple[object, ...]]:
        """For each subject, what is equal only for subjects that are alike at all these paths.

        A path is that of an expression, up to its first loop: ``("item", "mode")``, ``("item",)`` or ``("key",)``.
        """
        columns = [self._column(path) for path in paths]
        return list(zip(*columns, strict=True)) if columns else [()] * len(self.items)

    def _column(self, path: Path) -> Sequence[object]:
        column = self._columns.get(path)
        if column is None:
            values = self.keys if path[0] == "key" else _values(self.items, path[1:])
            types = set(map(type, values))
            comparable = any(types <= kinds for kinds in _COMPARABLE)
            column = self._columns[path] = values if comparable else list(map(repr, values))
        return column


def _values(items: list[Any], steps: Path) -> list[Any]:
    if len(steps) == 1:
        step = steps[0]
        with suppress(KeyError, TypeError):  # as below, for the many that lie at one step and lack nothing
            return [item[step] for item in items]
    return [_value(item, steps) for item in items]


def _value(item: Any, steps: Path) -> object:
    """What stands there, else the item as a whole: somewhere in it stands why there is nothing."""
    current = item
    try:
        for step in steps:
            current = current[step]
    except (KeyError, TypeError):
        return _Instead(item)
    return current
