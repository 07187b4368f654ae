"""Checks the facts of an example against the fact model, and completes them."""

from typing import Any

from baseline.content.document import Document, Key
from baseline.content.fact_schema import (
    UNKNOWN_WORD,
    FactType,
    ListOf,
    MapOf,
    Scalar,
    SectionOf,
)
from baseline.content.nearest import did_you_mean
from baseline.models.errors import Problem
from baseline.models.facts.fact import Section


def example_document(facts: dict[str, Any], model: type[Section]) -> dict[str, Any]:
    """The example as a facts document: the word ``unknown`` becomes an unknown fact."""
    completed: dict[str, Any] = _complete(facts, SectionOf(model))
    return completed


def _complete(value: Any, fact_type: FactType) -> Any:
    if value == UNKNOWN_WORD:
        return {"$unknown": "the example says so"}
    if isinstance(fact_type, SectionOf) and isinstance(value, dict):
        fields = fact_type.fields
        return {key: _complete(entry, fields[key].type) for key, entry in value.items() if key in fields}
    if isinstance(fact_type, ListOf) and isinstance(value, list):
        return [_complete(entry, fact_type.item) for entry in value]
    if isinstance(fact_type, MapOf) and isinstance(value, dict):
        return {key: _complete(entry, fact_type.value) for key, entry in value.items()}
    return value


class FactsValidator:
    """Reports every field of an example that the fact model does not have, or that has the wrong type."""

    def __init__(self, document: Document, problems: list[Problem]) -> None:
        self._document, self._problems = document, problems

    def validate(self, value: Any, fact_type: FactType, keys: tuple[Key, ...]) -> None:
        """Check the value at ``keys`` of the document."""
        if value == UNKNOWN_WORD:
            return
        if isinstance(fact_type, SectionOf):
            self._section(value, fact_type, keys)
        elif isinstance(fact_type, ListOf):
            self._list(value, fact_type, keys)
        elif isinstance(fact_type, MapOf):
            self._map(value, fact_type, keys)
        else:
            self._scalar(value, fact_type, keys)

    def _report(self, keys: tuple[Key, ...], message: str, hint: str = "") -> None:
        self._problems.append(self._document.problem(keys, message, hint))

    def _section(self, value: Any, section: SectionOf, keys: tuple[Key, ...]) -> None:
        if not isinstance(value, dict):
            self._report(keys, f"'{keys[-1]}' holds fields")
            return
        for name, entry in value.items():
            field = section.fields.get(name)
            if field is None:
                self._report((*keys, name), f"there is no fact '{name}' here", did_you_mean(name, section.fields))
            else:
                self.validate(entry, field.type, (*keys, name))

    def _list(self, value: Any, fact_type: ListOf, keys: tuple[Key, ...]) -> None:
        if not isinstance(value, list):
            self._report(keys, f"'{keys[-1]}' is a list")
            return
        for index, entry in enumerate(value):
            self.validate(entry, fact_type.item, (*keys, index))

    def _map(self, value: Any, fact_type: MapOf, keys: tuple[Key, ...]) -> None:
        if not isinstance(value, dict):
            self._report(keys, f"'{keys[-1]}' is a mapping")
            return
        for name, entry in value.items():
            self.validate(entry, fact_type.value, (*keys, name))

    def _scalar(self, value: Any, scalar: Scalar, keys: tuple[Key, ...]) -> None:
        if value is None and scalar.optional:
            return
        if type(value) is not scalar.python and not (scalar.python is float and type(value) is int):
            self._report(keys, f"'{keys[-1]}' must be {scalar.python.__name__}, not {value!r}")
        elif scalar.choices and value not in scalar.choices:
            self._report(keys, f"'{value}' is not a {keys[-1]}", did_you_mean(str(value), map(str, scalar.choices)))
