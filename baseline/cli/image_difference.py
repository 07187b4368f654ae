"""What differs between two images, in facts and in verdicts."""

from collections.abc import Iterable, Mapping
from typing import Any, Literal

import msgspec

from baseline.assess.judge import Judged, judge
from baseline.assess.outcome import target_values
from baseline.assess.plan import PlannedCheck
from baseline.models.collection import Collection
from baseline.models.result import Severity, Status
from baseline.models.target import Target

Change = Literal["worse", "better", "other"]

_RANK = {Status.FAIL: 0, Status.ERROR: 1, Status.NOT_APPLICABLE: 2, Status.PASS: 2}
"""How good a verdict is: an error is better than a fail, and neither is met."""

NOTHING = "-"
"""What is shown where one of the images has no such thing."""


class FactChange(msgspec.Struct, frozen=True):
    """One fact that differs, as text."""

    path: str
    old: str
    new: str


class VerdictChange(msgspec.Struct, frozen=True):
    """One verdict that differs; a status is ``-`` where one of the images has no such subject."""

    check: str
    subject: str
    severity: Severity
    old: str
    new: str
    change: Change


class ImageDifference(msgspec.Struct, frozen=True):
    """Everything that differs."""

    facts: tuple[FactChange, ...]
    verdicts: tuple[VerdictChange, ...]

    @property
    def worse(self) -> bool:
        """Whether a verdict got worse."""
        return any(verdict.change == "worse" for verdict in self.verdicts)


def difference(old: Collection, new: Collection, target: Target, checks: Iterable[PlannedCheck]) -> ImageDifference:
    """Compare what was collected of two images; both are judged by the same checks."""
    planned = list(checks)
    return ImageDifference(
        facts=tuple(_fact_changes(fact_texts(old), fact_texts(new))),
        verdicts=tuple(_verdict_changes(_verdicts(old, target, planned), _verdicts(new, target, planned))),
    )


def fact_texts(collection: Collection) -> dict[str, str]:
    """Every fact as text by its path; the image's own identity is left out, which always differs."""
    document = msgspec.to_builtins(collection.facts)
    document.pop("image", None)
    found: dict[str, str] = {}
    _add(found, "", document)
    return found


def _add(found: dict[str, str], path: str, value: Any) -> None:
    if isinstance(value, dict) and "$unknown" in value:
        found[path] = f"unknown: {value['$unknown']}"
    elif isinstance(value, dict):
        for key, inner in value.items():
            _add(found, f"{path}.{key}" if path else str(key), inner)
    elif isinstance(value, list) and any(isinstance(item, dict) for item in value):
        for position, item in enumerate(value):
            _add(found, f"{path}[{item.get('name', position)}]", {k: v for k, v in item.items() if k != "name"})
    else:
        found[path] = _text(value)


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(map(str, value)) or "none"
    return "none" if value is None else str(value)


def _fact_changes(old: Mapping[str, str], new: Mapping[str, str]) -> Iterable[FactChange]:
    for path in sorted(old.keys() | new.keys()):
        before, after = old.get(path, NOTHING), new.get(path, NOTHING)
        if before != after:
            yield FactChange(path, before, after)


Verdicts = dict[tuple[str, str], tuple[Severity, Status]]


def _verdicts(collection: Collection, target: Target, checks: Iterable[PlannedCheck]) -> Verdicts:
    now = int(collection.collected_at.timestamp())
    facts = Judged(msgspec.to_builtins(collection.facts), target_values(target), now)
    return {
        (verdict.check, verdict.subject): (planned.compiled.check.severity, verdict.status)
        for planned in checks
        for verdict in judge(planned.compiled, facts, planned.params)
    }


def _verdict_changes(old: Verdicts, new: Verdicts) -> list[VerdictChange]:
    found = []
    for place in old.keys() | new.keys():
        before, after = old.get(place), new.get(place)
        if (before and before[1]) == (after and after[1]):
            continue
        severity = (after or before or (Severity.LOW, Status.PASS))[0]
        shown = [str(side[1]) if side else NOTHING for side in (before, after)]
        found.append(VerdictChange(*place, severity, shown[0], shown[1], _change(before, after)))
    order = list(Severity)
    return sorted(found, key=lambda one: (one.change != "worse", -order.index(one.severity), one.check, one.subject))


def _change(old: tuple[Severity, Status] | None, new: tuple[Severity, Status] | None) -> Change:
    """A subject that is not there any more, or was not, counts as met."""
    before = _RANK[old[1]] if old else _RANK[Status.PASS]
    after = _RANK[new[1]] if new else _RANK[Status.PASS]
    return "other" if before == after else "worse" if after < before else "better"
