"""JSON Schemas that editors use while somebody writes a check: of the check's form and of the facts in its examples."""

from typing import Any

from baseline.content.checks.fixes import SOURCE
from baseline.content.checks.reader import EXPECTATIONS
from baseline.content.fact_schema import (
    FACT_MODELS,
    UNKNOWN_WORD,
    FactType,
    Field,
    ListOf,
    MapOf,
    Scalar,
    section_fields,
    sections_used,
)
from baseline.models.facts.fact import Section
from baseline.models.platforms import PLATFORMS
from baseline.models.result import Severity

DIALECT = "https://json-schema.org/draft/2020-12/schema"

_NAMES = {bool: "boolean", int: "integer", float: "number", str: "string"}
_TEXT = {"type": "string", "minLength": 1}
_TEXTS = {"type": "array", "items": _TEXT}


def facts_schema(kind: str) -> dict[str, Any]:
    """The schema of a facts document of one kind of target. Any fact may be ``{"$unknown": reason}``."""
    root = FACT_MODELS[kind]
    return {
        "$schema": DIALECT,
        "title": f"Facts of a {kind} target",
        "$defs": {model.__name__: _section(model) for model in sections_used(root)},
        "$ref": f"#/$defs/{root.__name__}",
    }


def check_schema() -> dict[str, Any]:
    """The schema of a check file."""
    models = {kind: [model.__name__ for model in sections_used(root)] for kind, root in FACT_MODELS.items()}
    definitions = {
        f"{kind}.{model.__name__}": _section(model, prefix=f"{kind}.")
        for kind, root in FACT_MODELS.items()
        for model in sections_used(root)
    }
    return {
        "$schema": DIALECT,
        "title": "A baseline check",
        "type": "object",
        "additionalProperties": False,
        "required": ["id", "title", "title_nl", "controls", "severity", "applies_to", "expect", "rationale"],
        "properties": _properties(),
        "allOf": [_examples_of(kind, names[0]) for kind, names in models.items()],
        "$defs": definitions,
    }


def _properties() -> dict[str, Any]:
    values = {"type": "object", "additionalProperties": {"type": "string", "pattern": f"^(?:{SOURCE.pattern})$"}}
    parts = {"lines": _TEXTS, "commands": _TEXTS, "send": {"type": "boolean"}, "values": values}
    fix = {"type": "object", "properties": parts, "additionalProperties": False}
    remediation = {"text": _TEXT, "text_nl": _TEXT, "playbook": _TEXT, **dict.fromkeys(PLATFORMS, fix)}
    applies_to = {
        "kind": {"enum": list(FACT_MODELS)},
        "platforms": {"type": "array", "items": {"enum": list(PLATFORMS)}},
        "when": _TEXT,
    }
    texts = ("id", "title", "title_nl", "each", "where", "subject", "expect", "rationale", "rationale_nl")
    return {
        **dict.fromkeys(texts, _TEXT),
        **dict.fromkeys(("controls", "tags", "observe", "references"), _TEXTS),
        "severity": {"enum": list(Severity)},
        "applies_to": {"type": "object", "properties": applies_to, "required": ["kind"], "additionalProperties": False},
        "params": {"type": "object"},
        "when_empty": {"enum": list(EXPECTATIONS)},
        "remediation": {"type": "object", "properties": remediation, "additionalProperties": False},
        "examples": {"type": "object"},
    }


def _examples_of(kind: str, root: str) -> dict[str, Any]:
    example = {
        "type": "object",
        "allOf": [{"$ref": f"#/$defs/{kind}.{root}"}],
        "properties": {"params": {"type": "object"}, "target": {"type": "object"}},
    }
    lists = {name: {"type": "array", "items": example} for name in EXPECTATIONS}
    return {
        "if": {"properties": {"applies_to": {"properties": {"kind": {"const": kind}}}}},
        "then": {"properties": {"examples": {"type": "object", "properties": lists, "additionalProperties": False}}},
    }


def _section(model: type[Section], *, prefix: str = "") -> dict[str, Any]:
    properties = {name: _field(field, prefix) for name, field in section_fields(model).items()}
    return {"type": "object", "description": (model.__doc__ or "").split("\n")[0], "properties": properties}


def _field(field: Field, prefix: str) -> dict[str, Any]:
    about = field.about
    text = (
        about.text + (f" (in {about.unit})" if about.unit else "") + (f"; see {about.source}" if about.source else "")
    )
    unknown = {"type": "object", "required": ["$unknown"], "properties": {"$unknown": _TEXT}}
    return {"description": text, "anyOf": [_type(field.type, prefix), {"const": UNKNOWN_WORD}, unknown]}


def _type(fact_type: FactType, prefix: str) -> dict[str, Any]:
    if isinstance(fact_type, ListOf):
        return {"type": "array", "items": _type(fact_type.item, prefix)}
    if isinstance(fact_type, MapOf):
        return {"type": "object", "additionalProperties": _type(fact_type.value, prefix)}
    if isinstance(fact_type, Scalar):
        return _scalar(fact_type)
    return {"$ref": f"#/$defs/{prefix}{fact_type.model.__name__}"}


def _scalar(scalar: Scalar) -> dict[str, Any]:
    if scalar.choices:
        return {"enum": [*scalar.choices, *([None] if scalar.optional else [])]}
    name = _NAMES[scalar.python]
    return {"type": [name, "null"] if scalar.optional else name}
