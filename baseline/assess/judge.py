"""Judges facts with checks: pure, fast and repeatable. The same facts, check and parameters give the same verdicts."""

import re
from collections.abc import Iterator
from typing import Any

import msgspec

from baseline.assess.observation import Observer, observe, unknown_reads
from baseline.content.checks.compiled import CompiledCheck
from baseline.content.expression.engine import Evaluation, EvaluationFailure, Expression
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
    return [_verdict(compiled, values)]


def _when_verdict(
    compiled: CompiledCheck, when: Expression, values: dict[str, Any], applies: bool | EvaluationFailure
) -> Verdict:
    observed = observe(when.reads.longest, values)
    if isinstance(applies, EvaluationFailure):
        status, reason = Status.ERROR, _reason(when, values, applies)
    else:
        status, reason = Status.NOT_APPLICABLE, f"this does not hold here: {when.text}"
    return Verdict(check=compiled.check.id, subject="", status=status, observed=observed, reason=reason)


def _judge_each(compiled: CompiledCheck, values: dict[str, Any]) -> list[Verdict]:
    container = _container(values, compiled.each)
    reason = unknown_reason(container)
    if reason is not None or not isinstance(container, list | dict):
        reason = f"{'.'.join(compiled.each)} is unknown: {reason or 'it has the wrong form'}"
        return [Verdict(check=compiled.check.id, subject="", status=Status.ERROR, reason=reason)]
    judging = _SubjectJudging(compiled, values)
    verdicts = [
        verdict
        for position, (key, item) in enumerate(_items(container), start=1)
        if (verdict := judging.verdict(key, item, position)) is not None
    ]
    return _with_unique_subjects(verdicts) if verdicts else [_empty(compiled)]


class _SubjectJudging:
    """One check over the subjects of one target."""

    def __init__(self, compiled: CompiledCheck, values: dict[str, Any]) -> None:
        self._check = compiled.check.id
        self._where = Evaluation(compiled.where, values) if compiled.where else None
        self._subject = Evaluation(compiled.subject, values) if compiled.subject else None
        self._expect = Evaluation(compiled.expect, values)
        self._observer = Observer(compiled.observe, values)
        self._values = values.copy()

    def verdict(self, key: str, item: Any, position: int) -> Verdict | None:
        """The verdict on one subject, None when the check does not mean it. ``position`` is 1-based."""
        values = self._values
        values["key"], values["item"] = key, item
        decisive, decision = self._decide(values)
        if decision is None:
            return None
        return Verdict(
            check=self._check,
            subject=self._name(values, position),
            status=_status(decision),
            observed=self._observer.of(values),
            reason=_reason(decisive.expression, values, decision),
            item=_identity(key, item, position),
        )

    def _decide(self, values: dict[str, Any]) -> tuple[Evaluation, bool | EvaluationFailure | None]:
        """The evaluation that is decisive and what it gave; None where the check does not mean this subject."""
        if self._where is not None:
            included = self._where.decide(values)
            if included is not True:
                return self._where, None if included is False else included
        return self._expect, self._expect.decide(values)

    def _name(self, values: dict[str, Any], position: int) -> str:
        name = self._subject.text_of(values) if self._subject else ""
        return name[:MAXIMUM_SUBJECT] if isinstance(name, str) and name else f"number {position}"


def _identity(key: str, item: Any, position: int) -> str:
    name = item.get("name") if isinstance(item, dict) else None
    return key or (name if isinstance(name, str) else str(position - 1))


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


def _verdict(compiled: CompiledCheck, values: dict[str, Any]) -> Verdict:
    decision = compiled.expect.decide(values)
    return Verdict(
        check=compiled.check.id,
        subject="",
        status=_status(decision),
        observed=observe(compiled.observe, values),
        reason=_reason(compiled.expect, values, decision),
    )


def _status(decision: bool | EvaluationFailure) -> Status:
    return Status.ERROR if isinstance(decision, EvaluationFailure) else _DECIDED[decision]


def _reason(expression: Expression, values: dict[str, Any], decision: bool | EvaluationFailure) -> str:
    """Why nothing was decided; nothing where it was."""
    if not isinstance(decision, EvaluationFailure):
        return ""
    return "; ".join(unknown_reads(expression.reads.longest, values)) or decision.reason


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
