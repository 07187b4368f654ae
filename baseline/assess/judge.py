"""Judges facts with checks: pure, fast and repeatable. The same facts, check and parameters give the same verdicts."""

import re
from collections.abc import Iterator
from typing import Any

import msgspec

from baseline.assess.observation import observe, unknown_reads
from baseline.content.checks.compiled import CompiledCheck
from baseline.content.expression.engine import EvaluationFailure, Expression
from baseline.content.expression.projection import UNKNOWN_KEY, unknown_reason
from baseline.models.check import Check
from baseline.models.facts.fact import NOT_COLLECTED
from baseline.models.result import Status, Verdict

MAXIMUM_SUBJECT = 200
"""Characters of a subject's name that are kept."""

_DECIDED = {True: Status.PASS, False: Status.FAIL}


class Judged:
    """The facts of one target, made ready to be judged by many checks.

    ``document`` is the facts document, ``target`` what expressions may know of the target, ``now`` the time of
    collecting in seconds since 1970.
    """

    def __init__(self, document: dict[str, Any], target: dict[str, Any], now: int) -> None:
        self.values: dict[str, Any] = {**document, "target": target, "now": now, "params": {}}

    def with_params(self, params: dict[str, Any]) -> dict[str, Any]:
        """The facts with a check's parameters beside them."""
        return {**self.values, "params": params} if params else self.values


def judge(compiled: CompiledCheck, facts: Judged, params: dict[str, Any]) -> list[Verdict]:
    """All verdicts of one check on one target: one, or one per subject. Never empty, never raises."""
    values = facts.with_params(params)
    if compiled.when is not None:
        applies = compiled.when.decide(values)
        if applies is not True:
            return [_when_verdict(compiled, compiled.when, values, applies)]
    if compiled.each:
        return _judge_each(compiled, values)
    return [_verdict(compiled, compiled.expect, values, "")]


def _when_verdict(
    compiled: CompiledCheck, when: Expression, values: dict[str, Any], applies: bool | EvaluationFailure
) -> Verdict:
    observed = observe(when.reads.longest, values)
    if isinstance(applies, EvaluationFailure):
        status, reason = Status.ERROR, _why(when, values, applies)
    else:
        status, reason = Status.NOT_APPLICABLE, f"this does not hold here: {when.text}"
    return Verdict(check=compiled.check.id, subject="", status=status, observed=observed, reason=reason)


def _judge_each(compiled: CompiledCheck, values: dict[str, Any]) -> list[Verdict]:
    container = _container(values, compiled.each)
    reason = unknown_reason(container)
    if reason is not None or not isinstance(container, list | dict):
        reason = f"{'.'.join(compiled.each)} is unknown: {reason or 'it has the wrong form'}"
        return [Verdict(check=compiled.check.id, subject="", status=Status.ERROR, reason=reason)]
    verdicts = [
        verdict
        for position, (key, item) in enumerate(_items(container), start=1)
        if (verdict := _judge_item(compiled, {**values, "item": item, "key": key}, position)) is not None
    ]
    return _with_unique_subjects(verdicts) if verdicts else [_empty(compiled)]


def _identity(values: dict[str, Any], position: int) -> str:
    item = values["item"]
    name = item.get("name") if isinstance(item, dict) else None
    return values["key"] or (name if isinstance(name, str) else str(position - 1))


def _judge_item(compiled: CompiledCheck, values: dict[str, Any], position: int) -> Verdict | None:
    included = compiled.where.decide(values) if compiled.where is not None else True
    if included is False:
        return None
    subject = _subject_name(compiled, values, position)
    if compiled.where is not None and included is not True:
        verdict = _unclear(compiled, compiled.where, values, included, subject)
    else:
        verdict = _verdict(compiled, compiled.expect, values, subject)
    return msgspec.structs.replace(verdict, item=_identity(values, position))


def _subject_name(compiled: CompiledCheck, values: dict[str, Any], position: int) -> str:
    name = compiled.subject.text_of(values) if compiled.subject else ""
    return name[:MAXIMUM_SUBJECT] if isinstance(name, str) and name else f"number {position}"


def _container(values: dict[str, Any], path: tuple[str, ...]) -> Any:
    current: Any = values
    for part in path:
        if unknown_reason(current) is not None or not isinstance(current, dict):
            return current
        current = current.get(part, {UNKNOWN_KEY: NOT_COLLECTED.reason})
    return current


def _items(container: list[Any] | dict[str, Any]) -> Iterator[tuple[str, Any]]:
    if isinstance(container, dict):
        yield from container.items()
    else:
        for item in container:
            yield "", item


def _verdict(compiled: CompiledCheck, expression: Expression, values: dict[str, Any], subject: str) -> Verdict:
    decision = expression.decide(values)
    if decision is not True and decision is not False:
        return _unclear(compiled, expression, values, decision, subject)
    observed = observe(compiled.observe, values)
    return Verdict(check=compiled.check.id, subject=subject, status=_DECIDED[decision], observed=observed)


def _unclear(
    compiled: CompiledCheck,
    expression: Expression,
    values: dict[str, Any],
    failure: EvaluationFailure,
    subject: str,
) -> Verdict:
    observed = observe(compiled.observe, values)
    reason = _why(expression, values, failure)
    return Verdict(check=compiled.check.id, subject=subject, status=Status.ERROR, observed=observed, reason=reason)


def _why(expression: Expression, values: dict[str, Any], failure: EvaluationFailure) -> str:
    return "; ".join(unknown_reads(expression.reads.longest, values)) or failure.reason


def _empty(compiled: CompiledCheck) -> Verdict:
    which = f" where {compiled.check.where}" if compiled.check.where else ""
    return Verdict(
        check=compiled.check.id,
        subject="",
        status=Status(compiled.check.when_empty or Status.ERROR),
        reason=f"there is nothing in {compiled.check.each}{which}",
    )


def _with_unique_subjects(verdicts: list[Verdict]) -> list[Verdict]:
    seen: dict[str, int] = {}
    unique: list[Verdict] = []
    for verdict in verdicts:
        count = seen[verdict.subject] = seen.get(verdict.subject, 0) + 1
        subject = f"{verdict.subject} ({count})"
        unique.append(verdict if count == 1 else msgspec.structs.replace(verdict, subject=subject))
    return unique


def expected_text(check: Check, params: dict[str, Any]) -> str:
    """The condition of a check with its parameters filled in."""
    text = re.sub(r"\bparams\.(\w+)", lambda found: _literal(params, found), check.expect)
    return " ".join(text.split())


def _literal(params: dict[str, Any], found: re.Match[str]) -> str:
    name = found[1]
    return msgspec.json.encode(params[name]).decode() if name in params else found[0]
