"""Examples that would notice a slip: every small change of a condition gives some example another verdict."""

import re
from collections.abc import Iterator

import msgspec

from baseline.assess.examples import try_examples
from baseline.content.checks.compiled import CheckExpressionError, compile_check
from tests.checks.every_check import of_every_check

SLIPS = (
    (r"&&", "||"),
    (r"\|\|", "&&"),
    (r"==", "!="),
    (r"!=", "=="),
    (r">=", ">"),
    (r">=", "<="),
    (r"<=", "<"),
    (r"<=", ">="),
    (r"(?<![<>=!])>(?!=)", ">="),
    (r"\ball\(", "exists("),
    (r"\bexists\(", "all("),
    (r"!(?=[\w(])", ""),
    (r"\btrue\b", "false"),
    (r"\bfalse\b", "true"),
    (r"\b0\b(?!\")", "1"),
)
"""Pattern -> what a hasty author might have written."""

TEXT = re.compile(r'"[^"]*"')


def slips(expression: str) -> Iterator[str]:
    inside_text = [found.span() for found in TEXT.finditer(expression)]
    for pattern, replacement in SLIPS:
        for found in re.finditer(pattern, expression):
            if not any(start < found.start() < end for start, end in inside_text):
                yield expression[: found.start()] + replacement + expression[found.end() :]


def changed(check, key, expression):
    if key == "when":
        applies_to = msgspec.structs.replace(check.applies_to, when=expression)
        return msgspec.structs.replace(check, applies_to=applies_to)
    return msgspec.structs.replace(check, **{key: expression})


def unnoticed(check) -> Iterator[str]:
    for key in ("when", "where", "expect"):
        original = check.applies_to.when if key == "when" else getattr(check, key)
        for expression in slips(original):
            try:
                compiled = compile_check(changed(check, key, expression))
            except CheckExpressionError:
                continue
            if all(outcome.met for outcome in try_examples(compiled)):
                yield f"{key}: {' '.join(expression.split())}"


@of_every_check
def test_every_slip_in_a_condition_is_noticed_by_an_example(check):
    assert list(unnoticed(check)) == []
