"""Turns a facts document into the values that expressions read: typed, complete, unknown where it must be.

A value of the wrong type, or one that is missing, becomes Unknown: what is not understood never passes a check.
"""

from collections.abc import Callable
from functools import cache
from typing import Any

from baseline.content.fact_schema import FactType, ListOf, MapOf, Scalar, section_fields
from baseline.models.facts.fact import NOT_COLLECTED, Section, Unknown

UNKNOWN_KEY = "$unknown"

Converter = Callable[[Any], Any]


def bind_facts(document: dict[str, Any], model: type[Section]) -> dict[str, Any]:
    """The document's facts as plain dicts, lists and scalars, with Unknown objects where something is not known."""
    bound = _section_converter(model)(document)
    return bound if isinstance(bound, dict) else dict.fromkeys(section_fields(model), bound)


def unknown_reason(value: Any) -> str | None:
    """The reason when a document value says unknown, else None."""
    if isinstance(value, dict) and len(value) == 1:
        reason = value.get(UNKNOWN_KEY)
        return reason if isinstance(reason, str) else None
    return None


@cache
def _section_converter(model: type[Section]) -> Converter:
    fields = tuple((name, _converter(field.type)) for name, field in section_fields(model).items())
    missing = {UNKNOWN_KEY: NOT_COLLECTED.reason}

    def convert(value: Any) -> Any:
        if not isinstance(value, dict):
            return _wrong(value, "a section")
        if UNKNOWN_KEY in value and len(value) == 1:
            return Unknown(str(value[UNKNOWN_KEY]))
        return {name: converter(value.get(name, missing)) for name, converter in fields}

    return convert


def _converter(fact_type: FactType) -> Converter:
    if isinstance(fact_type, Scalar):
        return _scalar_converter(fact_type)
    if isinstance(fact_type, ListOf):
        return _list_converter(_converter(fact_type.item))
    if isinstance(fact_type, MapOf):
        return _map_converter(_converter(fact_type.value))
    return _section_converter(fact_type.model)


def _scalar_converter(scalar: Scalar) -> Converter:
    python, choices = scalar.python, scalar.choices
    name = f"one of {', '.join(choices)}" if choices else python.__name__

    def convert(value: Any) -> Any:
        kind = type(value)
        if kind is python and (not choices or value in choices):
            return value
        if value is None and scalar.optional:
            return None
        if python is float and kind is int:
            return float(value)
        reason = unknown_reason(value)
        return Unknown(reason) if reason is not None else _wrong(value, name)

    return convert


def _list_converter(item: Converter) -> Converter:
    def convert(value: Any) -> Any:
        if isinstance(value, list | tuple):
            return [item(entry) for entry in value]
        reason = unknown_reason(value)
        return Unknown(reason) if reason is not None else _wrong(value, "a list")

    return convert


def _map_converter(entry_converter: Converter) -> Converter:
    def convert(value: Any) -> Any:
        reason = unknown_reason(value)
        if reason is not None:
            return Unknown(reason)
        if isinstance(value, dict):
            return {str(key): entry_converter(entry) for key, entry in value.items()}
        return _wrong(value, "a mapping")

    return convert


def _wrong(value: Any, expected: str) -> Unknown:
    return Unknown(f"the collector gave {type(value).__name__} where {expected} belongs")
