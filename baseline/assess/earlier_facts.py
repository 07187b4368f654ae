"""Makes facts that were stored earlier ready for checks of another version: what was not asked then is unknown."""

from typing import Any

from baseline.content.expression.projection import UNKNOWN_KEY, unknown_reason
from baseline.content.fact_schema import FACT_MODELS, FactType, ListOf, MapOf, SectionOf
from baseline.models.facts.fact import NOT_COLLECTED
from baseline.models.target import Kind

NOT_THEN = "not collected then: no check of that run asked for it"
"""Why a fact is unknown that the stored facts lack; a check that reads it gives an error, never a pass."""


def completed(document: dict[str, Any], kind: Kind) -> dict[str, Any]:
    """The facts with every field of today's model, those that are missing or were not asked for as unknown."""
    found: dict[str, Any] = _complete(document, SectionOf(FACT_MODELS[kind]))
    return found


def _complete(value: Any, fact_type: FactType) -> Any:
    if unknown_reason(value) is not None:
        return _unknown() if unknown_reason(value) == NOT_COLLECTED.reason else value
    if isinstance(fact_type, SectionOf) and isinstance(value, dict):
        fields = fact_type.fields
        return {
            name: _complete(value[name], each.type) if name in value else _unknown() for name, each in fields.items()
        }
    if isinstance(fact_type, ListOf) and isinstance(value, list):
        return [_complete(item, fact_type.item) for item in value]
    if isinstance(fact_type, MapOf) and isinstance(value, dict):
        return {name: _complete(item, fact_type.value) for name, item in value.items()}
    return value


def _unknown() -> dict[str, str]:
    return {UNKNOWN_KEY: NOT_THEN}
