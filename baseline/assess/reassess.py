"""Judges stored facts with another version of checks or norm, and says why an outcome differs. Nothing is collected.

Three outcomes stand side by side: what was found *then*, what today's content says of the same facts (*again*), and what
it says of the latest facts (*now*). Then and again differ by the check or the norm, again and now by the target.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Literal

import msgspec

from baseline.assess.earlier_facts import NOT_THEN, completed
from baseline.assess.judge import Judged, judge
from baseline.assess.outcome import target_values
from baseline.assess.plan import TargetPlan
from baseline.models.check import Check
from baseline.models.result import Result, Status
from baseline.store.records import StoredFacts

Cause = Literal["norm", "check", "target"]
Place = tuple[str, str]
"""Check and subject."""

JUDGING = ("applies_to", "each", "where", "subject", "expect", "params", "when_empty", "observe", "severity")
"""What of a check decides or shows its verdicts."""


class Difference(msgspec.Struct, frozen=True, kw_only=True):
    """One outcome that is not the same everywhere; None: there is no such result there."""

    target: str
    check: str
    subject: str
    then: Status | None
    again: Status | None
    now: Status | None
    causes: tuple[Cause, ...]
    why: str


def judged(plan: TargetPlan, stored: StoredFacts) -> dict[Place, Result]:
    """What the plan's checks say of stored facts; parameters are those of the target as it is known now."""
    document = completed(stored.document, plan.target.kind)
    facts = Judged(document, target_values(plan.target), int(stored.collected_at.timestamp()))
    found: dict[Place, Result] = {}
    for planned in plan.checks:
        check = planned.compiled.check
        for verdict in judge(planned.compiled, facts, planned.params):
            found[check.id, verdict.subject] = Result(
                target=plan.target.name,
                check=check.id,
                subject=verdict.subject,
                status=verdict.status,
                severity=check.severity,
                expected=planned.expected,
                observed=verdict.observed,
                reason=verdict.reason,
                artefacts=stored.artefacts,
                measured_at=stored.collected_at,
            )
    return found


def still_waived(results: dict[Place, Result], then: Mapping[Place, Result]) -> dict[Place, Result]:
    """The results, with fails that were accepted then waived by the same waiver."""
    return {place: _waived(result, then.get(place)) for place, result in results.items()}


def _waived(result: Result, then: Result | None) -> Result:
    if result.status is not Status.FAIL or then is None or then.status is not Status.WAIVED:
        return result
    return msgspec.structs.replace(result, status=Status.WAIVED, waiver=then.waiver)


def differences(
    target: str,
    then: Mapping[Place, Result],
    again: Mapping[Place, Result],
    now: Mapping[Place, Result],
    versions: tuple[Mapping[str, Check], Mapping[str, Check]],
) -> Iterator[Difference]:
    """What differs for one target, ordered by check and subject. ``versions`` are the checks then, and those of today."""
    for place in sorted({*then, *again, *now}):
        first, second, third = (each.get(place) for each in (then, again, now))
        causes, reasons = _causes(place[0], first, second, third, versions)
        if causes:
            yield Difference(
                target=target,
                check=place[0],
                subject=place[1],
                then=_status(first),
                again=_status(second),
                now=_status(third),
                causes=causes,
                why="; ".join(reasons),
            )


def _causes(
    check: str,
    then: Result | None,
    again: Result | None,
    now: Result | None,
    versions: tuple[Mapping[str, Check], Mapping[str, Check]],
) -> tuple[tuple[Cause, ...], list[str]]:
    causes: list[Cause] = []
    reasons: list[str] = []
    if _status(then) is not _status(again):
        cause, why = _by_content(check, then, again, versions)
        causes.append(cause)
        reasons.append(why)
    if _status(again) is not _status(now):
        causes.append("target")
        reasons.append(_by_facts(again, now))
    return tuple(dict.fromkeys(causes)), reasons


def _by_content(
    name: str, then: Result | None, again: Result | None, versions: tuple[Mapping[str, Check], Mapping[str, Check]]
) -> tuple[Cause, str]:
    """Why other content gives another outcome on the same facts."""
    before, after = (each.get(name) for each in versions)
    if before is None or after is None:
        return "check", "the check is new" if before is None else "the check is not there any more"
    if again is not None and NOT_THEN in again.reason:
        return "check", "it reads facts that were not collected then"
    changed = [field for field in JUDGING if getattr(before, field) != getattr(after, field)]
    if changed:
        return "check", f"the check changed: {', '.join(changed)}"
    return _by_circumstance(then, again)


def _by_circumstance(then: Result | None, again: Result | None) -> tuple[Cause, str]:
    """Why a check that did not change gives another outcome."""
    if then is not None and then.status is Status.ERROR:
        return "target", f"it could not be judged then: {then.reason}"
    if then is not None and again is not None and then.expected != again.expected:
        return "check", "the target's own parameters changed"
    return "check", "this version of baseline judges it in another way"


def _by_facts(again: Result | None, now: Result | None) -> str:
    if now is None:
        return "it is not there any more"
    if again is None:
        return "it was not there then"
    changed = [path for path, value in now.observed.items() if again.observed.get(path) != value]
    return (
        f"facts changed: {', '.join(changed[:3])}"
        if changed
        else f"facts changed{f': {now.reason}' if now.reason else ''}"
    )


def _status(result: Result | None) -> Status | None:
    return None if result is None else result.status


def could_not_be_judged(results: Iterable[Result]) -> list[Result]:
    """Results that are errors because the facts of then lack what a check reads."""
    return [result for result in results if result.status is Status.ERROR and NOT_THEN in result.reason]
