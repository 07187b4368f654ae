"""One answer per target and control: the worst of all results that speak about it.

A reader that keeps one answer per asset and requirement keeps the last one it reads. It may then never be a good one
that hides a bad one, so there is only one, and it is the worst.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from itertools import groupby

import msgspec

from baseline.exporters.interface import Material
from baseline.models.control import Control
from baseline.models.result import Result, Severity, Status

WORST_FIRST = (Status.FAIL, Status.ERROR, Status.WAIVED, Status.PASS, Status.NOT_APPLICABLE)
"""What could not be looked at comes before what somebody accepted: nobody accepted what is not known."""

_RANK = {status: rank for rank, status in enumerate(WORST_FIRST)}

SHOWN = 10
"""Results that are told in words; how many more there are is told too."""


class Requirement(msgspec.Struct, kw_only=True):
    """What all results of one target say of one control. ``worst`` are those that decided, at most ``SHOWN`` of them."""

    target: str
    control: Control
    status: Status
    severity: Severity
    counts: Counter[Status]
    checks: dict[str, Status]
    worst: list[Result]
    measured_at: datetime
    earliest: datetime

    def add(self, result: Result) -> None:
        """Count one more result."""
        self.counts[result.status] += 1
        self.checks[result.check] = worse(self.checks.get(result.check, result.status), result.status)
        self.measured_at = max(self.measured_at, result.measured_at)
        self.earliest = min(self.earliest, result.measured_at)
        if _RANK[result.status] < _RANK[self.status]:
            self.status, self.severity, self.worst = result.status, result.severity, []
        if result.status is self.status:
            self.severity = max(self.severity, result.severity, key=lambda severity: severity.rank)
            self.worst += [result] if len(self.worst) < SHOWN else []

    def explanation(self, material: Material) -> list[str]:
        """Why the status is what it is: a line per deciding result, and the counts of all."""
        lines = [explain(result, material) for result in self.worst] if self.status is not Status.PASS else []
        left = self.counts[self.status] - len(self.worst)
        more = [f"and {left} more"] if left and lines else []
        return [*lines, *more, counted(self.counts)]


def worse(first: Status, second: Status) -> Status:
    """The worse of two statuses."""
    return min(first, second, key=lambda status: _RANK[status])


def explain(result: Result, material: Material) -> str:
    """One result in a sentence."""
    subject = f" ({result.subject})" if result.subject else ""
    waived = f" [waived by {result.waiver}]" if result.waiver else ""
    detail = result.reason or (f"expected {result.expected}" if result.status is not Status.PASS else "")
    return f"{result.status}: {material.title(result.check)}{subject}{waived}{': ' + detail if detail else ''}"


def counted(counts: Counter[Status]) -> str:
    """Numbers of results by status, worst first."""
    return ", ".join(f"{counts[status]} {status}" for status in WORST_FIRST if counts[status])


def requirements(material: Material) -> Iterator[Requirement]:
    """Every target with every control that its results speak about, ordered by target and control."""
    for _, results in groupby(material.results(), key=lambda result: result.target):
        found: dict[str, Requirement] = {}
        for result in results:
            for control in material.controls(result.check):
                _of(found, control, result).add(result)
        yield from (found[name] for name in sorted(found))


def _of(found: dict[str, Requirement], control: Control, result: Result) -> Requirement:
    if control.id not in found:
        found[control.id] = Requirement(
            target=result.target,
            control=control,
            status=Status.NOT_APPLICABLE,
            severity=Severity.LOW,
            counts=Counter(),
            checks={},
            worst=[],
            measured_at=result.measured_at,
            earliest=result.measured_at,
        )
    return found[control.id]
