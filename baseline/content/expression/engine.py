"""The only module that touches the CEL engine: compiling, type checking and evaluating expressions."""

import hashlib
import re
from collections.abc import Callable, Iterable
from functools import cache, cached_property
from typing import Any

import msgspec
from cel_expr_python import cel

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
from baseline.models.facts.fact import Section, Unknown

MAXIMUM_LENGTH = 2_000
"""Characters in one expression: nested concatenation can eat memory in proportion to its length."""
MAXIMUM_DECISIONS = 256
"""Decisions that are remembered of one program; with some 200 bytes each, 200 programs take 10 MB at most."""
LONGEST_GIVEN = 120
"""Characters up to which what a program was given is remembered itself, and not its digest."""
MAXIMUM_DEPTH = 2
"""Comprehensions inside each other: the engine stops at 10,000 iterations in all, so deeper is never decided."""

SUBJECT_VARIABLES = ("item", "key")
"""What differs from subject to subject of one target."""
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
_CEL_ERROR = re.compile(r"ERROR: <input>:(?P<line>\d+):(?P<column>\d+): (?P<message>[^\n]*)")
_SCALARS = {bool: cel.Type.BOOL, int: cel.Type.INT, float: cel.Type.DOUBLE, str: cel.Type.STRING}


class ExpressionError(Exception):
    """An expression that does not compile or type check; line and column are 1-based, within the expression."""

    def __init__(self, message: str, line: int = 1, column: int = 1) -> None:
        self.message, self.line, self.column = message, line, column
        super().__init__(message)


class EvaluationFailure(msgspec.Struct, frozen=True):
    """Why an expression gave no value."""

    reason: str


class _Program:
    """What the engine runs; compiled when first used, since listing and linting checks runs nothing."""

    def __init__(self, text: str, variables: Iterable[str]) -> None:
        self._text, self._variables = text, frozenset(variables)
        self.decided = Decisions()
        _RUNNING.announce(self._variables)

    @cached_property
    def evaluate(self) -> Callable[[None, dict[str, Any]], Any]:
        compiled = _compile(_RUNNING.environment(), self._text)
        if not {path[0] for path in analyse(compiled.serialize()).paths} <= self._variables:
            compiled = _compile(_untyped(self._variables), self._text)
        evaluate: Callable[[None, dict[str, Any]], Any] = compiled.eval
        return evaluate


class Decisions:
    """What a program decided, by what it was given: devices of one fleet, and ports of one switch, are much alike."""

    def __init__(self) -> None:
        self._decided: dict[str | bytes, bool] = {}

    def get(self, given: str | bytes) -> bool | None:
        """The decision, None when this was not decided before or was forgotten."""
        return self._decided.get(given)

    def keep(self, given: str | bytes, decision: bool) -> None:
        """Remember a decision; of too many, the oldest goes."""
        if len(self._decided) >= MAXIMUM_DECISIONS:
            del self._decided[next(iter(self._decided))]
        self._decided[given] = decision


class _RunningEnvironment:
    """One environment of the engine for all programs, since each takes some 150 kB.

    It knows the variables of every expression. A loop whose own variable bears the name of one of those could be
    understood otherwise than it is meant; a program that so reads what is not its own gets its own environment.
    """

    def __init__(self) -> None:
        self._variables: frozenset[str] = frozenset()
        self._environment: Any = None

    def announce(self, variables: frozenset[str]) -> None:
        """Programs to come use these variables too."""
        if not variables <= self._variables:
            self._variables |= variables
            self._environment = None

    def environment(self) -> Any:
        """The environment with every variable that was announced."""
        if self._environment is None:
            self._environment = _untyped(self._variables)
        return self._environment


def _untyped(variables: Iterable[str]) -> Any:
    return cel.NewEnv(variables=dict.fromkeys(variables, cel.Type.DYN))


_RUNNING = _RunningEnvironment()


class Expression(msgspec.Struct, frozen=True):
    """A compiled expression with what it reads.

    ``shared`` takes what every subject of a target has in common, ``own`` what belongs to one subject.
    """

    text: str
    reads: Reads
    shared: tuple[Binding, ...]
    own: tuple[Binding, ...]
    program: _Program

    def decide(self, values: dict[str, Any]) -> bool | EvaluationFailure:
        """True or False, or why it cannot be said; see ``Evaluation.decide``."""
        return Evaluation(self, values).decide(values)


class Evaluation:
    """An expression over one target, asked once per subject: what the subjects share is taken from the facts once.

    What is alike in all that the expression reads (most ports of a switch, most switches of a fleet) is decided once.
    ``values`` is the facts document with the other variables beside it, but ``item`` and ``key``.
    """

    def __init__(self, expression: Expression, values: dict[str, Any]) -> None:
        self.expression = expression
        self._own = expression.own
        self._evaluate = expression.program.evaluate
        self._decided = expression.program.decided
        self._shared = _known(expression.shared, values)
        self._alike = repr(self._shared)
        self._whole = expression.own[0] if _is_whole(expression) else None

    def decide(self, values: dict[str, Any]) -> bool | EvaluationFailure:
        """True or False, or why it cannot be said. ``values`` also holds the ``item`` and ``key`` of the subject.

        A run-time error of the engine is a truthy value, so only the two booleans themselves count; when its budget of
        iterations is spent it raises instead.
        """
        own = _known(self._own, values)
        given = _remembered(self._alike + repr(own) if own else self._alike)
        if (decided := self._decided.get(given)) is not None:
            return decided
        try:
            value = self._evaluate(None, self._shared | own).value()
        except RuntimeError as error:
            return EvaluationFailure(_plain(str(error)))
        if value is True or value is False:
            self._decided.keep(given, value)
            return value
        return EvaluationFailure(self._why(values, value))

    def text_of(self, values: dict[str, Any]) -> str | EvaluationFailure:
        """The text that the expression gives, or why it gives none."""
        if self._whole is not None and type(text := self._whole.take(values)) is str:
            return text
        try:
            result = self._evaluate(None, self._shared | _known(self._own, values))
        except RuntimeError as error:
            return EvaluationFailure(_plain(str(error)))
        value = result.value()
        if result.type() == cel.Type.STRING and isinstance(value, str):
            return value
        return EvaluationFailure(self._why(values, value))

    def _why(self, values: dict[str, Any], value: Any) -> str:
        bindings = (*self.expression.shared, *self._own)
        taken = ((binding, binding.take(values)) for binding in bindings)
        reasons = [f"{binding.variable} is unknown: {what.reason}" for binding, what in taken if type(what) is Unknown]
        return "; ".join(reasons[:3]) or _plain(str(value))


def _known(bindings: tuple[Binding, ...], values: dict[str, Any]) -> dict[str, Any]:
    known = {}
    for binding in bindings:
        taken = binding.take(values)
        if type(taken) is not Unknown:
            known[binding.variable] = taken
    return known


def _remembered(given: str) -> str | bytes:
    if len(given) <= LONGEST_GIVEN:
        return given
    return hashlib.blake2b(given.encode("utf-8", "surrogatepass"), digest_size=16).digest()


def _is_whole(expression: Expression) -> bool:
    """Whether an expression is nothing but one fact of a subject, such as ``item.name``."""
    return not expression.shared and [binding.variable for binding in expression.own] == [expression.text]


def compile_expression(text: str, kind: str, *, each: tuple[str, ...] = (), returns: str = "BOOL") -> Expression:
    """Type check ``text`` against the facts of ``kind`` and make it ready to run.

    ``each`` is the path of the list or mapping whose item is bound to ``item`` (and, for a mapping, its key to ``key``).

    Raises:
        ExpressionError: it is too long, does not parse, names a field that does not exist, mixes types, hides what is
            unknown, or does not return what is asked (``BOOL`` or ``STRING``).
    """
    if len(text) > MAXIMUM_LENGTH:
        raise ExpressionError(f"is longer than {MAXIMUM_LENGTH} characters")
    checked = _compile(_check_environment(kind, each), text)
    returned = checked.return_type().name()
    if returned not in (returns, "DYN"):
        raise ExpressionError(f"returns {returned.lower()} where {returns.lower()} is needed")
    reads = analyse(checked.serialize())
    typed = _Typing(FACT_MODELS[kind], each)
    _refuse_what_hides_the_unknown(reads, typed)
    needed = bindings(reads.paths, typed.type_of)
    return Expression(
        text,
        reads,
        shared=tuple(binding for binding in needed if binding.steps[0] not in SUBJECT_VARIABLES),
        own=tuple(binding for binding in needed if binding.steps[0] in SUBJECT_VARIABLES),
        program=_Program(text, (binding.variable for binding in needed)),
    )


class _Typing:
    """The fact type at a path of an expression."""

    def __init__(self, model: type[Section], each: tuple[str, ...]) -> None:
        self._model, self._each = model, each

    def type_of(self, path: Path) -> FactType | None:
        if path[0] == "item" and self._each:
            return resolve(self._model, (*self._each, "*", *path[1:]))
        return None if path[0] in ENGINE_VARIABLES else resolve(self._model, path)


def _compile(environment: Any, text: str) -> Any:
    try:
        return environment.compile(text)
    except RuntimeError as error:
        found = _CEL_ERROR.search(str(error))
        if found is None:
            raise ExpressionError(_plain(str(error))) from None
        raise ExpressionError(found["message"], int(found["line"]), int(found["column"])) from None


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


def _plain(message: str) -> str:
    return re.sub(r"^[A-Z_]+: ", "", " ".join(message.split()))[:500]
