"""What the CEL engine runs, and what it decided before."""

import hashlib
import re
from collections.abc import Callable, Iterable
from functools import cached_property, lru_cache
from typing import Any

from cel_expr_python import cel

from baseline.content.expression.syntax_tree import analyse

MAXIMUM_DECISIONS = 256
"""Decisions that are remembered of one program; with some 200 bytes each, 200 programs take 10 MB at most."""
MAXIMUM_PROGRAMS = 4_096
"""Programs of which one is shared by all expressions with the same text."""
LONGEST_GIVEN = 120
"""Characters up to which what a program was given is remembered itself, and not its digest."""
_CEL_ERROR = re.compile(r"ERROR: <input>:(?P<line>\d+):(?P<column>\d+): (?P<message>[^\n]*)")


class ExpressionError(Exception):
    """An expression that does not compile or type check; line and column are 1-based, within the expression."""

    def __init__(self, message: str, line: int = 1, column: int = 1) -> None:
        self.message, self.line, self.column = message, line, column
        super().__init__(message)


class Program:
    """What the engine runs; compiled when first used, since listing and linting checks runs nothing."""

    def __init__(self, text: str, variables: frozenset[str]) -> None:
        self._text, self._variables = text, variables
        self.decided = Decisions()
        _RUNNING.announce(self._variables)

    @cached_property
    def evaluate(self) -> Callable[[None, dict[str, Any]], Any]:
        """What runs it, given the known variables."""
        compiled = compiled_by(_RUNNING.environment(), self._text)
        if not {path[0] for path in analyse(compiled.serialize()).paths} <= self._variables:
            compiled = compiled_by(_untyped(self._variables), self._text)
        evaluate: Callable[[None, dict[str, Any]], Any] = compiled.eval
        return evaluate


@lru_cache(MAXIMUM_PROGRAMS)
def program(text: str, variables: frozenset[str]) -> Program:
    """One program for all expressions that read alike: many checks apply to the same devices."""
    return Program(text, variables)


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


def compiled_by(environment: Any, text: str) -> Any:
    """What an environment of the engine makes of an expression.

    Raises:
        ExpressionError: it does not parse or type check.
    """
    try:
        return environment.compile(text)
    except RuntimeError as error:
        found = _CEL_ERROR.search(str(error))
        if found is None:
            raise ExpressionError(plain(str(error))) from None
        raise ExpressionError(found["message"], int(found["line"]), int(found["column"])) from None


def remembered(given: str) -> str | bytes:
    """What is remembered of what a program was given: long texts only by their digest."""
    if len(given) <= LONGEST_GIVEN:
        return given
    return hashlib.blake2b(given.encode("utf-8", "surrogatepass"), digest_size=16).digest()


def plain(message: str) -> str:
    """A message of the engine on one line, without its code."""
    return re.sub(r"^[A-Z_]+: ", "", " ".join(message.split()))[:500]
