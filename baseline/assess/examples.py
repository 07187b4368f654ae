"""Tries a check on its own examples."""

import msgspec

from baseline.assess.judge import Judged, judge
from baseline.content.checks.compiled import CompiledCheck
from baseline.content.checks.example_facts import example_document
from baseline.content.expression.engine import TARGET_FIELDS
from baseline.content.fact_schema import FACT_MODELS
from baseline.models.check import Example
from baseline.models.result import Status, Verdict

EXAMPLE_NOW = 1_767_225_600
"""The time in examples: 2026-01-01 00:00 UTC, in seconds since 1970."""


class ExampleOutcome(msgspec.Struct, frozen=True, kw_only=True):
    """What a check said of one of its examples, and whether that is what the example expects."""

    check: str
    example: Example
    verdicts: tuple[Verdict, ...]
    met: bool


def try_examples(compiled: CompiledCheck) -> list[ExampleOutcome]:
    """Judge every example of a check.

    ``pass``: every verdict is pass. ``fail``: at least one is fail, none is error. ``error``: at least one is error.
    ``not_applicable``: every one is.
    """
    return [_try(compiled, example) for example in compiled.check.examples]


def _try(compiled: CompiledCheck, example: Example) -> ExampleOutcome:
    document = example_document(example.facts, FACT_MODELS[compiled.check.applies_to.kind])
    target = {**dict.fromkeys(TARGET_FIELDS), "name": "example", "groups": [], "tags": [], **example.target}
    verdicts = judge(compiled, Judged(document, target, EXAMPLE_NOW), {**compiled.check.params, **example.params})
    statuses = {verdict.status for verdict in verdicts}
    return ExampleOutcome(
        check=compiled.check.id, example=example, verdicts=tuple(verdicts), met=_meets(example.expectation, statuses)
    )


def _meets(expectation: str, statuses: set[Status]) -> bool:
    if expectation == "fail":
        return Status.FAIL in statuses and Status.ERROR not in statuses
    if expectation == "error":
        return Status.ERROR in statuses
    return statuses == {Status(expectation)}
