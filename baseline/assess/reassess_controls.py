"""What another version of a norm or of checks means for controls: the worst of all results that answer each."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

import msgspec

from baseline.assess.reassess import Cause, Difference
from baseline.content.catalogue import Catalogue
from baseline.models.check import Check
from baseline.models.result import Result, Status

WORST_FIRST = (Status.FAIL, Status.ERROR, Status.WAIVED, Status.PASS, Status.NOT_APPLICABLE)

Answers = Mapping[str, frozenset[str]]
"""Control -> the checks that answer it."""


class ControlDifference(msgspec.Struct, frozen=True, kw_only=True):
    """A control whose outcome, or whose checks, are not the same; None: no check answers it there."""

    control: str
    then: Status | None
    again: Status | None
    now: Status | None
    added: tuple[str, ...]
    removed: tuple[str, ...]
    causes: tuple[Cause, ...]


def answers(checks: Iterable[Check], catalogue: Catalogue) -> Answers:
    """Which checks answer which control, directly or through the norms' own mapping."""
    found: dict[str, set[str]] = defaultdict(set)
    for check in checks:
        for control in catalogue.closure(check.controls):
            if control in catalogue.controls:
                found[control].add(check.id)
    return {control: frozenset(names) for control, names in found.items()}


class Outcomes:
    """The worst outcome of every check, over all targets."""

    def __init__(self) -> None:
        self._worst: dict[str, Status] = {}

    def add(self, results: Iterable[Result]) -> None:
        """Count results."""
        for result in results:
            known = self._worst.get(result.check, result.status)
            self._worst[result.check] = min(known, result.status, key=WORST_FIRST.index)

    def of(self, checks: Iterable[str]) -> Status | None:
        """The worst of some checks; None where none of them has a result."""
        return min((self._worst[name] for name in checks if name in self._worst), key=WORST_FIRST.index, default=None)


def control_differences(
    mapped: tuple[Answers, Answers], outcomes: tuple[Outcomes, Outcomes, Outcomes], found: Iterable[Difference]
) -> list[ControlDifference]:
    """Controls that differ, by id. ``mapped`` are the mappings then and of today; ``outcomes`` then, again and now."""
    causes: dict[str, set[Cause]] = defaultdict(set)
    for difference in found:
        causes[difference.check].update(difference.causes)
    rows = (_row(control, mapped, outcomes, causes) for control in sorted({*mapped[0], *mapped[1]}))
    return [row for row in rows if row is not None]


def _row(
    control: str,
    mapped: tuple[Answers, Answers],
    outcomes: tuple[Outcomes, Outcomes, Outcomes],
    causes: Mapping[str, set[Cause]],
) -> ControlDifference | None:
    before, after = (each.get(control, frozenset()) for each in mapped)
    then, again, now = outcomes[0].of(before), outcomes[1].of(after), outcomes[2].of(after)
    if then is again is now and (before == after or now is None):
        return None
    why: set[Cause] = {cause for check in before | after for cause in causes.get(check, ())}
    if before != after:
        why.add("norm")
    order: tuple[Cause, ...] = ("norm", "check", "target")
    return ControlDifference(
        control=control,
        then=then,
        again=again,
        now=now,
        added=tuple(sorted(after - before)),
        removed=tuple(sorted(before - after)),
        causes=tuple(cause for cause in order if cause in why),
    )
