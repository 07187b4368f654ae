"""Compiles expressions and checks their types. Only this module, ``program`` and ``evaluation`` touch the CEL engine."""

from functools import cache
from typing import Any

from cel_expr_python import cel

from baseline.content.expression.evaluation import Expression
from baseline.content.expression.program import ExpressionError, compiled_by, program
from baseline.content.expression.projection import Binding, bindings
from baseline.content.expression.protocol_types import descriptor_pool_of, message_name
from baseline.content.expression.syntax_tree import Path, Reads, analyse
from baseline.content.fact_schema import (
    FACT_MODELS,
    FactType,
    ListOf,
    MapOf,
    Scalar,
    SectionOf,
    resolve,
    section_fields,
)
from baseline.models.facts.fact import Section

MAXIMUM_LENGTH = 2_000
"""Characters in one expression: nested concatenation can eat memory in proportion to its length."""
MAXIMUM_DEPTH = 2
"""Comprehensions inside each other: the engine stops at 10,000 iterations in all, so deeper is never decided."""

SUBJECT_VARIABLES = ("item", "key")
"""What differs from subject to subject of one target."""
NAME = "item.name"
ENGINE_VARIABLES = ("params", "target", "now", *SUBJECT_VARIABLES)
"""Names every expression may use besides the top-level facts; a fact model may not use them."""

TARGET_FIELDS = (
    "name",
    "platform",
    "site",
    "zone",
    "owner",
    "exposure",
    "availability",
    "integrity",
    "confidentiality",
    "groups",
    "tags",
)
"""What ``target`` offers to expressions."""

_FORBIDDEN_FUNCTIONS = {
    "dyn": "it switches the type check off",
    "type": "facts have one type each",
}
_SCALARS = {bool: cel.Type.BOOL, int: cel.Type.INT, float: cel.Type.DOUBLE, str: cel.Type.STRING}


def compile_expression(text: str, kind: str, *, each: tuple[str, ...] = (), returns: str = "BOOL") -> Expression:
    """Type check ``text`` against the facts of ``kind`` and make it ready to run.

    ``each`` is the path of the list or mapping whose item is bound to ``item`` (and, for a mapping, its key to ``key``).

    Raises:
        ExpressionError: it is too long, does not parse, names a field that does not exist, mixes types, hides what is
            unknown, or does not return what is asked (``BOOL`` or ``STRING``).
    """
    if len(text) > MAXIMUM_LENGTH:
        raise ExpressionError(f"is longer than {MAXIMUM_LENGTH} characters")
    checked = compiled_by(_check_environment(kind, each), text)
    returned = checked.return_type().name()
    if returned not in (returns, "DYN"):
        raise ExpressionError(f"returns {returned.lower()} where {returns.lower()} is needed")
    reads = analyse(checked.serialize())
    typed = _Typing(FACT_MODELS[kind], each)
    _refuse_what_hides_the_unknown(reads, typed)
    needed = bindings(reads.paths, typed.type_of, reads.only_whether_null)
    shared = tuple(binding for binding in needed if binding.steps[0] not in SUBJECT_VARIABLES)
    own = tuple(binding for binding in needed if binding.steps[0] in SUBJECT_VARIABLES)
    return Expression(
        text,
        reads,
        shared=shared,
        own=own,
        unnamed=_but_name(own),
        whole=next((binding for binding in needed if needed == own and binding.variable == text), None),
        program=program(text, frozenset(binding.variable for binding in needed)),
    )


def _but_name(own: tuple[Binding, ...]) -> tuple[Binding, ...]:
    """All but the name of a subject, which each has to itself; nothing if an expression reads no name, or nothing else."""
    others = tuple(binding for binding in own if binding.variable != NAME)
    return others if len(others) < len(own) else ()


class _Typing:
    """The fact type at a path of an expression."""

    def __init__(self, model: type[Section], each: tuple[str, ...]) -> None:
        self._model, self._each = model, each

    def type_of(self, path: Path) -> FactType | None:
        if path[0] == "item" and self._each:
            return resolve(self._model, (*self._each, "*", *path[1:]))
        return None if path[0] in ENGINE_VARIABLES else resolve(self._model, path)


def _refuse_what_hides_the_unknown(reads: Reads, typed: _Typing) -> None:
    for path in reads.compared:
        if not _is_plain(typed.type_of(tuple("*" if part.startswith("[") else part for part in path))):
            raise ExpressionError(
                f"compares '{path[-1]}' as a whole; compare its fields, so that an unknown one counts"
            )
    if reads.tests_presence:
        raise ExpressionError("has() is not used: a fact that is unknown must make the result an error, not be skipped")
    for name, reason in _FORBIDDEN_FUNCTIONS.items():
        if name in reads.functions:
            raise ExpressionError(f"{name}() is not used: {reason}")
    if reads.comprehension_depth > MAXIMUM_DEPTH:
        raise ExpressionError(f"nests more than {MAXIMUM_DEPTH} loops; let `each` make one result per item instead")


def _is_plain(fact_type: FactType | None) -> bool:
    if isinstance(fact_type, ListOf | MapOf):
        return _is_plain(fact_type.item if isinstance(fact_type, ListOf) else fact_type.value)
    return not isinstance(fact_type, SectionOf)


def forget_types() -> None:
    """Give back the memory (some 5 MB) of what type checking needed; it is made again when it is needed again."""
    _check_environment.cache_clear()
    _pool.cache_clear()


@cache
def _check_environment(kind: str, each: tuple[str, ...]) -> Any:
    model = FACT_MODELS[kind]
    variables = {name: _cel_type(field.type) for name, field in section_fields(model).items()}
    variables |= {
        "params": cel.Type.Map(cel.Type.STRING, cel.Type.DYN),
        "target": cel.Type.Map(cel.Type.STRING, cel.Type.DYN),
        "now": cel.Type.INT,
    }
    if each:
        variables |= _item_variables(model, each)
    return cel.NewEnv(_pool(kind), variables=variables)


def _item_variables(model: type[Section], each: tuple[str, ...]) -> dict[str, Any]:
    container = resolve(model, each)
    if isinstance(container, ListOf):
        return {"item": _cel_type(container.item)}
    if isinstance(container, MapOf):
        return {"item": _cel_type(container.value), "key": cel.Type.STRING}
    raise ExpressionError(f"'{'.'.join(each)}' is not a list or mapping of facts")


@cache
def _pool(kind: str) -> Any:
    return descriptor_pool_of(FACT_MODELS[kind])


def _cel_type(fact_type: FactType) -> Any:
    if isinstance(fact_type, Scalar):
        name = {bool: "Bool", int: "Int64", float: "Double", str: "String"}[fact_type.python]
        return cel.Type(f"google.protobuf.{name}Value") if fact_type.optional else _SCALARS[fact_type.python]
    if isinstance(fact_type, SectionOf):
        return cel.Type(message_name(fact_type.model))
    if isinstance(fact_type, ListOf):
        return cel.Type.List(_cel_type(fact_type.item))
    return cel.Type.Map(cel.Type.STRING, _cel_type(fact_type.value))
