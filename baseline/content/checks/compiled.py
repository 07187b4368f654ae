"""Checks made ready to judge: expressions compiled and typed, and which facts they read."""

from collections.abc import Iterable
from functools import cache
from typing import Any

import msgspec

from baseline.content.expression.engine import (
    ENGINE_VARIABLES,
    SUBJECT_VARIABLES,
    TARGET_FIELDS,
    compile_expression,
)
from baseline.content.expression.evaluation import Expression
from baseline.content.expression.program import ExpressionError
from baseline.content.expression.projection import steps_of
from baseline.content.expression.syntax_tree import Comparison, Path
from baseline.content.fact_schema import FACT_MODELS, ListOf, MapOf, Scalar, resolve, section_fields
from baseline.content.nearest import did_you_mean
from baseline.models.check import Check

EXPRESSION_KEYS = ("when", "where", "subject", "expect")


class CompiledCheck(msgspec.Struct, frozen=True, kw_only=True):
    """A check with its expressions ready to run.

    ``each`` is the path of the list or mapping that subjects come from, or empty. ``observe`` are the fact paths shown
    with a result, ``item``-relative ones included. ``needs`` are dotted fact paths that a collector must supply, with ``*``
    for any item (``buckets.*.versioning``), and ``sections`` their first parts. ``depends_on`` are the only facts on which the results depend: what is read and what
    is shown, each path up to its first loop. ``subject_reads`` are those of them on which alone the verdict on one
    subject depends, besides what all subjects share.
    """

    check: Check
    when: Expression | None
    where: Expression | None
    subject: Expression | None
    expect: Expression
    each: Path
    keyed: bool
    observe: tuple[Path, ...]
    needs: frozenset[str]
    sections: tuple[str, ...]
    depends_on: tuple[Path, ...]
    subject_reads: tuple[Path, ...]
    reads_now: bool
    reads_target: bool


class CheckExpressionError(Exception):
    """Expressions of a check that are not right, by the key they stand at."""

    def __init__(self, errors: dict[str, ExpressionError]) -> None:
        self.errors = errors
        super().__init__("; ".join(f"{key}: {error.message}" for key, error in errors.items()))


def compile_check(check: Check) -> CompiledCheck:
    """Compile the expressions of a check.

    Raises:
        CheckExpressionError: expressions that are not right, all of them.
    """
    each = tuple(check.each.split(".")) if check.each else ()
    container = resolve(FACT_MODELS[check.applies_to.kind], each) if each else None
    if each and not isinstance(container, ListOf | MapOf):
        raise CheckExpressionError({"each": ExpressionError(f"'{check.each}' is not a list or mapping of facts")})
    compiled = _compile_parts(check, each)
    expect = compiled["expect"]
    if expect is None:
        raise CheckExpressionError({"expect": ExpressionError("is missing")})
    read = tuple(path for expression in compiled.values() if expression for path in expression.reads.paths)
    roots = tuple(_rooted(path, each) for path in read)
    facts = {path for path in roots if path[0] not in ENGINE_VARIABLES} | ({each} if each else set())
    observe = _observed_paths(check, expect)
    shown = {path for path in (_rooted(path, each) for path in observe) if path[0] not in ENGINE_VARIABLES}
    return CompiledCheck(
        check=check,
        when=compiled["when"],
        where=compiled["where"],
        subject=compiled["subject"],
        expect=expect,
        each=each,
        keyed=isinstance(container, MapOf),
        observe=observe,
        needs=frozenset(map(_needed, facts)) - _implied(each, roots),
        sections=tuple(sorted({path[0] for path in facts})),
        depends_on=_outermost(_before_loop(path) for path in facts | shown),
        subject_reads=_subject_reads((compiled["where"], expect), observe),
        reads_now=any(path[0] == "now" for path in read),
        reads_target=any(path[0] == "target" for path in read),
    )


def _subject_reads(deciding: Iterable[Expression | None], observe: Iterable[Path]) -> tuple[Path, ...]:
    read = (path for expression in deciding if expression for path in expression.reads.paths)
    return tuple(dict.fromkeys(steps_of(path) for path in (*read, *observe) if path[0] in SUBJECT_VARIABLES))


def _compile_parts(check: Check, each: Path) -> dict[str, Expression | None]:
    compiled: dict[str, Expression | None] = {}
    errors: dict[str, ExpressionError] = {}
    for key in EXPRESSION_KEYS:
        try:
            compiled[key] = _compile_part(check, key, each)
        except ExpressionError as error:
            errors[key] = error
    if errors:
        raise CheckExpressionError(errors)
    return compiled


def _compile_part(check: Check, key: str, each: Path) -> Expression | None:
    text = check.applies_to.when if key == "when" else str(getattr(check, key))
    if not text:
        return None
    inside = () if key == "when" else each
    returns = "STRING" if key == "subject" else "BOOL"
    expression = compile_expression(text, check.applies_to.kind, each=inside, returns=returns)
    _refuse_wrong_names(expression, check, each)
    return expression


def _refuse_wrong_names(expression: Expression, check: Check, each: Path) -> None:
    for path in expression.reads.paths:
        if path[0] == "params" and len(path) > 1:
            _require(path[1], check.params, "parameter")
        if path[0] == "target" and len(path) > 1:
            _require(path[1], TARGET_FIELDS, "target field")
    for comparison in expression.reads.comparisons:
        _refuse_impossible_word(comparison, check, each)


def _require(name: str, known: Any, what: str) -> None:
    if name not in known:
        hint = did_you_mean(name, known)
        raise ExpressionError(f"there is no {what} '{name}'" + (f"; {hint}" if hint else ""))


def _refuse_impossible_word(comparison: Comparison, check: Check, each: Path) -> None:
    scalar = resolve(FACT_MODELS[check.applies_to.kind], _schema_path(_rooted(comparison.path, each)))
    if not isinstance(scalar, Scalar) or scalar.python is not str or not scalar.choices:
        return
    for word in comparison.words:
        if word not in scalar.choices:
            hint = did_you_mean(word, map(str, scalar.choices))
            raise ExpressionError(f"'{comparison.path[-1]}' is never '{word}'; {hint}")


def _schema_path(path: Path) -> Path:
    return tuple("*" if part.startswith("[") else part for part in path)


def _rooted(path: Path, each: Path) -> Path:
    return (*each, "*", *path[1:]) if each and path[0] == "item" else path


def _observed_paths(check: Check, expect: Expression) -> tuple[Path, ...]:
    if check.observe:
        return tuple(parse_path(text) for text in check.observe)
    return tuple(path for path in expect.reads.longest if path[0] not in ("params", "now"))


def parse_path(text: str) -> Path:
    """A path as written in ``observe``: ``management.ssh.version``, ``item.name``, ``files["/etc/shadow"].mode``."""
    parts: list[str] = []
    rest = text
    while rest:
        if rest.startswith("["):
            key, _, rest = rest[1:].partition("]")
            parts.append(f"[{key.strip(chr(34) + chr(39))}]")
        else:
            cut = min((rest.index(mark) for mark in ".[" if mark in rest), default=len(rest))
            parts.append(rest[:cut])
            rest = rest[cut:]
        rest = rest.removeprefix(".")
    return tuple(parts)


@cache
def written(path: Path) -> str:
    """A path as a person writes it."""
    text = ""
    for part in path:
        if part == "*":
            text += "[]"
        elif part.startswith("["):
            text += f'["{part[1:-1]}"]'
        else:
            text += f".{part}" if text else part
    return text


def _needed(path: Path) -> str:
    """A path as collectors take it: dotted, constant keys without brackets, ``*`` for any item."""
    return ".".join(part[1:-1] if part.startswith("[") else part for part in path)


def _implied(each: Path, read: tuple[Path, ...]) -> frozenset[str]:
    """The list of subjects itself, where what is read of its items says more precisely what is needed."""
    precise = any(path[: len(each) + 1] == (*each, "*") for path in read)
    return frozenset({_needed(each)}) if each and precise else frozenset()


def _before_loop(path: Path) -> Path:
    return path[: path.index("*")] if "*" in path else path


def _outermost(paths: Iterable[Path]) -> tuple[Path, ...]:
    """The paths that do not lie within another one, in order."""
    found = set(paths)
    return tuple(sorted(path for path in found if not any(path[:length] in found for length in range(1, len(path)))))


def known_sections(kind: str) -> tuple[str, ...]:
    """Names of the top-level facts of a kind of target."""
    return tuple(section_fields(FACT_MODELS[kind]))
