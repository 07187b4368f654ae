"""The same conditions on the same facts: judged, decided by another engine, and as plain Python functions."""

from collections.abc import Callable, Iterator
from typing import Any
from unittest import mock

from baseline.assess.judge import Judged, judge
from baseline.assess.outcome import judged_outcome
from baseline.assess.subjects import Subjects
from baseline.assess.waive import Waivers
from baseline.content.checks.compiled import CompiledCheck
from baseline.content.expression.evaluation import Evaluation
from baseline.content.expression.program import Decisions
from bench.contender import Work
from bench.judging import plain
from bench.judging.device import NOW, TARGET, collected, facts, network_checks, planned


def ours(times: int, *, peers_only: bool = False, forgetful: bool = False) -> Work:
    """Verdicts with everything they show: subject, status, what was observed.

    ``peers_only``: of just those checks that are also written as functions. ``forgetful``: what was decided of the switch
    before is forgotten, as if this were the first of its kind.
    """
    checks, document = _checks(peers_only=peers_only), facts()

    def work() -> dict[str, float]:
        verdicts = 0
        for _ in range(times):
            judged = Judged(document, TARGET, NOW)
            verdicts = sum(len(judge(check, judged, check.check.params)) for check in checks)
            if forgetful:
                forget(checks)
        return {"verdicts": verdicts}

    return work


def forget(checks: list[CompiledCheck]) -> None:
    """Make the engine forget what it decided."""
    for check in checks:
        for expression in filter(None, (check.when, check.where, check.expect)):
            expression.program.decided = Decisions()


def outcomes(times: int, *, again: bool) -> Work:
    """What a run makes of a device: judge keys, verdicts, results with their sources. ``again``: all of it stands."""
    plan, collection, waivers = planned(), collected(), Waivers.today([])
    standing = judged_outcome(plan, collection, {}, waivers).judged if again else {}

    def work() -> dict[str, float]:
        found = [judged_outcome(plan, collection, standing, waivers) for _ in range(times)]
        return {
            "judged": sum(len(outcome.judged) for outcome in found),
            "unchanged": sum(len(outcome.unchanged) for outcome in found),
        }

    return work


def _checks(*, peers_only: bool) -> list[CompiledCheck]:
    return [check for check in network_checks() if not peers_only or check.check.id in plain.CONDITIONS]


def conditions(*, peers_only: bool) -> int:
    """Conditions (``when``, ``where``, ``expect``) that are decided when the device is judged once."""
    with (
        mock.patch.object(Evaluation, "decide", autospec=True, side_effect=Evaluation.decide) as decide,
        mock.patch.object(Subjects, "alike", lambda subjects, _paths: list(enumerate(subjects.keys))),
    ):
        ours(1, peers_only=peers_only)()
    return int(decide.call_count)


def rust(times: int) -> Work:
    """The same text in the Rust engine, given just the sections that a check reads; no verdicts, nothing shown."""
    import cel

    document = facts()
    values = {**document, "target": TARGET, "now": NOW}
    prepared = [(check, _programs(cel.compile, check)) for check in _checks(peers_only=True)]

    def work() -> dict[str, float]:
        decided = 0
        for _ in range(times):
            for check, (when, where, expect) in prepared:
                given = {name: values[name] for name in (*check.sections, "target", "now")}
                context = cel.Context({**given, "params": check.check.params})
                if when is not None and when.execute(context) is not True:
                    continue
                for key, item in _subjects(check, values):
                    if check.each:
                        context.update({"key": key, "item": item})
                    if where is None or where.execute(context) is True:
                        expect.execute(context)
                        decided += 1
        return {"verdicts": decided / times}

    return work


def _programs(compile_: Callable[[str], Any], check: CompiledCheck) -> tuple[Any, Any, Any]:
    texts = (check.check.applies_to.when, check.check.where, check.check.expect)
    when, where, expect = (compile_(text) if text else None for text in texts)
    return when, where, expect


def _subjects(check: CompiledCheck, values: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    if not check.each:
        yield "", None
        return
    container: Any = values
    for part in check.each:
        container = container[part]
    yield from container.items() if isinstance(container, dict) else (("", item) for item in container)


def python(times: int) -> Work:
    """The floor: conditions written as functions, which know their facts and handle nothing unknown."""
    document = facts()
    params = {check.check.id: check.check.params for check in network_checks()}

    def work() -> dict[str, float]:
        decided = 0
        for _ in range(times):
            decided = sum(len(list(condition(document, params[name]))) for name, condition in plain.CONDITIONS.items())
        return {"verdicts": decided}

    return work
