"""Expressions that are ready to run, and running them over the facts of a target."""

from typing import Any

import msgspec
from cel_expr_python import cel

from baseline.content.expression.program import Program, plain, remembered
from baseline.content.expression.projection import Binding
from baseline.content.expression.syntax_tree import Reads
from baseline.models.facts.fact import Unknown


class EvaluationFailure(msgspec.Struct, frozen=True):
    """Why an expression gave no value."""

    reason: str


class Expression(msgspec.Struct, frozen=True):
    """A compiled expression with what it reads.

    ``shared`` takes what every subject of a target has in common, ``own`` what belongs to one subject; ``unnamed`` is that
    without its name, if more is left, and ``whole`` the one fact of a subject that an expression such as ``item.name`` is.
    """

    text: str
    reads: Reads
    shared: tuple[Binding, ...]
    own: tuple[Binding, ...]
    unnamed: tuple[Binding, ...]
    whole: Binding | None
    program: Program

    @property
    def reads_params(self) -> bool:
        """Whether what it gives depends on the parameters of a check."""
        return any(binding.steps[0] == "params" for binding in self.shared)

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
        self._unnamed = expression.unnamed
        self._decided_unnamed: dict[str, bool | None] = {}
        self._evaluate = expression.program.evaluate
        self._decided = expression.program.decided
        self._shared = _known(expression.shared, values)
        self._alike = repr(self._shared)
        self._whole = expression.whole

    def decide(self, values: dict[str, Any]) -> bool | EvaluationFailure:
        """True or False, or why it cannot be said. ``values`` also holds the ``item`` and ``key`` of the subject.

        A run-time error of the engine is a truthy value, so only the two booleans themselves count; when its budget of
        iterations is spent it raises instead.
        """
        if self._unnamed and (decided := self._without_name(values)) is not None:
            return decided
        value = self._value(_known(self._own, values))
        if isinstance(value, bool | EvaluationFailure):
            return value
        return EvaluationFailure(self._why(values, value))

    def _without_name(self, values: dict[str, Any]) -> bool | None:
        """What is decided whatever the subject is called: the engine decides nothing by a variable that it is not given."""
        own = _known(self._unnamed, values)
        given = repr(own)
        if given not in self._decided_unnamed:
            value = self._value(own)
            self._decided_unnamed[given] = value if isinstance(value, bool) else None
        return self._decided_unnamed[given]

    def _value(self, own: dict[str, Any]) -> Any:
        """What the engine gives, remembered if it is a decision."""
        given = remembered(self._alike + repr(own) if own else self._alike)
        if (decided := self._decided.get(given)) is not None:
            return decided
        try:
            value = self._evaluate(None, self._shared | own).value()
        except RuntimeError as error:
            return EvaluationFailure(plain(str(error)))
        if value is True or value is False:
            self._decided.keep(given, value)
        return value

    def text_of(self, values: dict[str, Any]) -> str | EvaluationFailure:
        """The text that the expression gives, or why it gives none."""
        if self._whole is not None and type(text := self._whole.take(values)) is str:
            return text
        try:
            result = self._evaluate(None, self._shared | _known(self._own, values))
        except RuntimeError as error:
            return EvaluationFailure(plain(str(error)))
        value = result.value()
        if result.type() == cel.Type.STRING and isinstance(value, str):
            return value
        return EvaluationFailure(self._why(values, value))

    def _why(self, values: dict[str, Any], value: Any) -> str:
        bindings = (*self.expression.shared, *self._own)
        taken = ((binding, binding.take(values)) for binding in bindings)
        reasons = [f"{binding.variable} is unknown: {what.reason}" for binding, what in taken if type(what) is Unknown]
        return "; ".join(reasons[:3]) or plain(str(value))


def _known(bindings: tuple[Binding, ...], values: dict[str, Any]) -> dict[str, Any]:
    known = {}
    for binding in bindings:
        taken = binding.take(values)
        if type(taken) is not Unknown:
            known[binding.variable] = taken
    return known
