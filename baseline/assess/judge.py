"""Judges facts with checks: pure, fast and repeatable. The same facts, check and parameters give the same verdicts."""

import re
from functools import cached_property
from typing import Any, TypedDict

import msgspec

from baseline.assess.observation import Observer, observe, unknown_reads
from baseline.assess.subjects import Subjects
from baseline.content.checks.compiled import CompiledCheck
from baseline.content.expression.evaluation import Evaluation, EvaluationFailure, Expression
from baseline.content.expression.projection import UNKNOWN_KEY, unknown_reason
from baseline.content.expression.syntax_tree import Path
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
        self._subjects: dict[Path, Subjects | str] = {}
        self._applies: dict[str, bool | EvaluationFailure] = {}

    def with_params(self, params: dict[str, Any]) -> dict[str, Any]:
        """The facts with a check's parameters beside them."""
        return {**self.values, "params": params} if params else self.values

    def applies(self, when: Expression, values: dict[str, Any]) -> bool | EvaluationFailure:
        """Whether a condition on the target holds; many checks have the same one, and few read parameters in it."""
        if when.reads_params:
            return when.decide(values)
        if when.text not in self._applies:
            self._applies[when.text] = when.decide(values)
        return self._applies[when.text]

    def subjects(self, path: Path) -> Subjects | str:
        """The subjects at the path of a list or mapping, or why there are none."""
        if path not in self._subjects:
            container = _container(self.values, path)
            reason = unknown_reason(container)
            if reason is not None or not isinstance(container, list | dict):
                self._subjects[path] = f"{'.'.join(path)} is unknown: {reason or 'it has the wrong form'}"
            else:
                self._subjects[path] = Subjects(container)
        return self._subjects[path]


def judge(compiled: CompiledCheck, facts: Judged, params: dict[str, Any]) -> list[Verdict]:
    """All verdicts of one check on one target: one, or one per subject. Never empty, never raises."""
    values = facts.with_params(params)
    if compiled.when is not None:
        applies = facts.applies(compiled.when, values)
        if applies is not True:
            return [_when_verdict(compiled, compiled.when, values, applies)]
    if compiled.each:
        return _judge_each(compiled, facts, values)
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


def _judge_each(compiled: CompiledCheck, facts: Judged, values: dict[str, Any]) -> list[Verdict]:
    subjects = facts.subjects(compiled.each)
    if isinstance(subjects, str):
        return [Verdict(check=compiled.check.id, subject="", status=Status.ERROR, reason=subjects)]
    verdicts = _SubjectJudging(compiled, values).verdicts(subjects)
    return _with_unique_subjects(verdicts) if verdicts else [_empty(compiled)]


class _Finding(TypedDict):
    """What holds for all subjects that are alike."""

    status: Status
    observed: dict[str, Any]
    reason: str


class _SubjectJudging:
    """One check over the subjects of one target. Those that are alike in all that it reads and shows are judged once."""

    def __init__(self, compiled: CompiledCheck, values: dict[str, Any]) -> None:
        self._compiled = compiled
        self._values = values.copy()

    def verdicts(self, subjects: Subjects) -> list[Verdict]:
        """The verdicts on the subjects that the check means, in order."""
        values, check = self._values, self._compiled.check.id
        known: dict[tuple[object, ...], _Finding | None] = {}
        verdicts = []
        rows = zip(subjects.keys, subjects.items, subjects.alike(self._compiled.subject_reads), strict=True)
        for position, (key, item, alike) in enumerate(rows, start=1):
            values["key"], values["item"] = key, item
            if alike not in known:
                known[alike] = self._finding(values)
            if (finding := known[alike]) is not None:
                name, identity = self._name(values, position), _identity(key, item, position)
                verdicts.append(Verdict(check=check, subject=name, item=identity, **finding))
        return verdicts

    def _finding(self, values: dict[str, Any]) -> _Finding | None:
        """What is found of one subject; None where the check does not mean it."""
        decisive, decision = self._decide(values)
        if decision is None:
            return None
        reason = _reason(decisive.expression, values, decision)
        return {"status": _status(decision), "observed": self._observer.of(values), "reason": reason}

    def _decide(self, values: dict[str, Any]) -> tuple[Evaluation, bool | EvaluationFailure | None]:
        """The evaluation that is decisive and what it gave; None where the check does not mean this subject."""
        if self._where is not None:
            included = self._where.decide(values)
            if included is not True:
                return self._where, None if included is False else included
        return self._expect, self._expect.decide(values)

    @cached_property
    def _where(self) -> Evaluation | None:
        return Evaluation(self._compiled.where, self._values) if self._compiled.where else None

    @cached_property
    def _expect(self) -> Evaluation:
        return Evaluation(self._compiled.expect, self._values)

    @cached_property
    def _observer(self) -> Observer:
        return Observer(self._compiled.observe, self._values)

    @cached_property
    def _subject(self) -> Evaluation | None:
        return Evaluation(self._compiled.subject, self._values) if self._compiled.subject else None

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
    if len({verdict.subject for verdict in verdicts}) == len(verdicts):
        return verdicts
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
