"""The only module that touches the CEL engine: compiling, type checking and evaluating expressions."""

import re
from collections.abc import Mapping
from functools import cache
from typing import Any, Protocol

import msgspec
from cel_expr_python import cel

from baseline.content.expression.protocol_types import descriptor_pool_of, message_name
from baseline.content.expression.syntax_tree import Reads, analyse
from baseline.content.fact_schema import FACT_MODELS, ListOf, MapOf, Scalar, SectionOf, resolve, section_fields
from baseline.models.facts.fact import Section

MAXIMUM_LENGTH = 2_000
"""Characters in one expression: nested concatenation can eat memory in proportion to its length."""
MAXIMUM_DEPTH = 2
"""Comprehensions inside each other: the engine stops at 10,000 iterations in all, so deeper is never decided."""

ENGINE_VARIABLES = ("params", "target", "now", "item", "key")
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
_CEL_ERROR = re.compile(r"ERROR: <input>:(?P<line>\d+):(?P<column>\d+): (?P<message>[^\n]*)")
_SCALARS = {bool: cel.Type.BOOL, int: cel.Type.INT, float: cel.Type.DOUBLE, str: cel.Type.STRING}


class ExpressionError(Exception):
    """An expression that does not compile or type check; line and column are 1-based, within the expression."""

    def __init__(self, message: str, line: int = 1, column: int = 1) -> None:
        self.message, self.line, self.column = message, line, column
        super().__init__(message)


class Activation(Protocol):
    """Values bound to an expression's variables."""


class Expression(msgspec.Struct, frozen=True):
    """A compiled expression with what it reads."""

    text: str
    reads: Reads
    program: Any

    def evaluate(self, activation: Activation) -> Any:
        """The value, or EvaluationFailure. A bool result is exactly True or False; anything unclear is a failure."""
        value = self.program.eval(activation)
        if value.type() == cel.Type.ERROR:
            return EvaluationFailure(_plain(str(value.value())))
        return value.plain_value()

    def decide(self, activation: Activation) -> "bool | EvaluationFailure":
        """True or False, or why it cannot be said."""
        value = self.program.eval(activation).value()
        if value is True or value is False:
            return value
        failure = self.evaluate(activation)
        return (
            failure
            if isinstance(failure, EvaluationFailure)
            else EvaluationFailure("the condition is not true or false")
        )


class EvaluationFailure(msgspec.Struct, frozen=True):
    """Why an expression gave no value."""

    reason: str


def bind(values: Mapping[str, Any]) -> Activation:
    """Bind plain values (dicts, lists, scalars, Unknown) to variables; cheap, since values convert when read."""
    activation: Activation = _run_environment().Activation(values)
    return activation


def compile_expression(
    text: str, kind: str, *, each: tuple[str, ...] | None = None, returns: str = "BOOL"
) -> Expression:
    """Type check ``text`` against the facts of ``kind`` and make it ready to run.

    ``each`` is the path of the list or mapping whose item is bound to ``item`` (and, for a mapping, its key to ``key``).

    Raises:
        ExpressionError: it is too long, does not parse, names a field that does not exist, mixes types, or does not
            return what is asked (``BOOL`` or ``STRING``).
    """
    if len(text) > MAXIMUM_LENGTH:
        raise ExpressionError(f"is longer than {MAXIMUM_LENGTH} characters")
    checked = _compile(_check_environment(kind, each), text)
    returned = checked.return_type().name()
    if returned not in (returns, "DYN"):
        raise ExpressionError(f"returns {returned.lower()} where {returns.lower()} is needed")
    reads = analyse(checked.serialize())
    _refuse_what_hides_the_unknown(reads)
    return Expression(text, reads, _compile(_run_environment(), text))


def _compile(environment: Any, text: str) -> Any:
    try:
        return environment.compile(text)
    except RuntimeError as error:
        found = _CEL_ERROR.search(str(error))
        if found is None:
            raise ExpressionError(_plain(str(error))) from None
        raise ExpressionError(found["message"], int(found["line"]), int(found["column"])) from None


def _refuse_what_hides_the_unknown(reads: Reads) -> None:
    if reads.tests_presence:
        raise ExpressionError("has() is not used: a fact that is unknown must make the result an error, not be skipped")
    for name, reason in _FORBIDDEN_FUNCTIONS.items():
        if name in reads.functions:
            raise ExpressionError(f"{name}() is not used: {reason}")
    if reads.comprehension_depth > MAXIMUM_DEPTH:
        raise ExpressionError(f"nests more than {MAXIMUM_DEPTH} loops; let `each` make one result per item instead")


@cache
def _run_environment() -> Any:
    names = {name for model in FACT_MODELS.values() for name in section_fields(model)} | set(ENGINE_VARIABLES)
    return cel.NewEnv(variables=dict.fromkeys(sorted(names), cel.Type.DYN))


@cache
def _check_environment(kind: str, each: tuple[str, ...] | None) -> Any:
    model = FACT_MODELS[kind]
    variables = {name: _cel_type(field.type) for name, field in section_fields(model).items()}
    variables |= {
        "params": cel.Type.Map(cel.Type.STRING, cel.Type.DYN),
        "target": cel.Type.Map(cel.Type.STRING, cel.Type.DYN),
        "now": cel.Type.INT,
    }
    if each is not None:
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


def _cel_type(fact_type: Any) -> Any:
    if isinstance(fact_type, Scalar):
        name = {bool: "Bool", int: "Int64", float: "Double", str: "String"}[fact_type.python]
        return cel.Type(f"google.protobuf.{name}Value") if fact_type.optional else _SCALARS[fact_type.python]
    if isinstance(fact_type, SectionOf):
        return cel.Type(message_name(fact_type.model))
    if isinstance(fact_type, ListOf):
        return cel.Type.List(_cel_type(fact_type.item))
    return cel.Type.Map(cel.Type.STRING, _cel_type(fact_type.value))


def _plain(message: str) -> str:
    return re.sub(r"^[A-Z_]+: ", "", " ".join(message.split()))[:500]
