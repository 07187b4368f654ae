"""The account of one control in a period: what machines measured, what a person states, and what that comes to."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime

import msgspec

from baseline.assess.coverage import CoverageRow
from baseline.exporters.reports.failures import Failure
from baseline.exporters.reports.outcome import Outcome, attested, combined, existence_of, operation_of
from baseline.exporters.reports.series import CheckSeries, PeriodSeries, Silence
from baseline.models.attestation import Attestation
from baseline.models.control import Aspect, Control, Domain
from baseline.models.result import Status


class ControlAccount(msgspec.Struct, frozen=True, kw_only=True):
    """One control in a period.

    ``checks`` answer it; ``unmeasured`` are domains where a machine can look and none did, and for which nobody answers.
    ``expired`` is the latest statement where that no longer counts.
    """

    control: Control
    design: Outcome
    existence: Outcome
    operation: Outcome
    checks: tuple[str, ...]
    series: tuple[CheckSeries, ...]
    unmeasured: tuple[Domain, ...]
    attestation: Attestation | None
    expired: Attestation | None

    @property
    def overall(self) -> Outcome:
        """The three aspects together."""
        return combined((self.design, self.existence, self.operation))

    @property
    def at_end(self) -> Counter[Status]:
        """Numbers of results by status at the end of the period."""
        return sum((each.at_end for each in self.series), Counter[Status]())

    @property
    def targets(self) -> frozenset[str]:
        """Targets that were measured."""
        return frozenset().union(*(each.targets for each in self.series))

    @property
    def runs(self) -> frozenset[int]:
        """Runs that measured it."""
        return frozenset().union(*(each.runs for each in self.series))

    @property
    def first(self) -> datetime | None:
        """The first measurement in the period."""
        return min((each.first for each in self.series if each.first), default=None)

    @property
    def last(self) -> datetime | None:
        """The last measurement in the period."""
        return max((each.last for each in self.series if each.last), default=None)

    @property
    def failures(self) -> list[Failure]:
        """Failures that touch the period."""
        return [failure for each in self.series for failure in each.failures]

    @property
    def longest_silence(self) -> Silence | None:
        """The longest time that a check said nothing of a target."""
        silences = (each.longest_silence for each in self.series if each.longest_silence)
        return max(silences, key=lambda silence: silence.lasted, default=None)

    @property
    def waivers(self) -> frozenset[str]:
        """Ids of the waivers that covered a fail in the period."""
        return frozenset().union(*(each.waivers for each in self.series))


def control_account(
    control: Control,
    coverage: Iterable[CoverageRow],
    series: PeriodSeries,
    domains: dict[str, Domain],
    attestations: Iterable[Attestation],
) -> ControlAccount:
    """The account of one control. ``coverage`` are its rows; ``domains`` says where each check looks."""
    rows = list(coverage)
    checks = tuple(dict.fromkeys(check for row in rows for check in row.checks))
    measured = tuple(series.checks[check] for check in checks if check in series.checks)
    valid, expired = _latest(control.id, attestations, series.period.last)
    answered = {domains[each.check] for each in measured if each.runs} | set(valid.domains if valid else ())
    unmeasured = tuple(domain for domain in control.domains if domain not in answered)
    aspects = _Aspects(control, valid, missing=bool(unmeasured))
    return ControlAccount(
        control=control,
        design=aspects.outcome("design", _design(control, rows, valid)),
        existence=aspects.outcome("existence", existence_of(measured)),
        operation=aspects.outcome("operation", operation_of(measured)),
        checks=checks,
        series=measured,
        unmeasured=unmeasured,
        attestation=valid,
        expired=expired,
    )


def _latest(control: str, found: Iterable[Attestation], day: date) -> tuple[Attestation | None, Attestation | None]:
    """The latest statement that counts on a day; where there is none, the latest that did."""
    made = sorted(
        (each for each in found if each.control == control and each.signed_on <= day),
        key=lambda each: (each.signed_on, each.id),
    )
    valid = [each for each in made if each.valid_until >= day]
    return (valid[-1], None) if valid else (None, made[-1] if made else None)


def _design(control: Control, rows: list[CoverageRow], valid: Attestation | None) -> Outcome:
    """Whether rules are laid down as checks for every domain where a machine can look."""
    covered = {row.domain for row in rows if row.checks} | set(valid.domains if valid else ())
    if not covered:
        return Outcome.NOT_ASSESSED
    return Outcome.MET if covered >= set(control.domains) else Outcome.PARTLY


class _Aspects:
    """Puts the machine's half and the person's half together."""

    def __init__(self, control: Control, valid: Attestation | None, *, missing: bool) -> None:
        self._control, self._valid, self._missing = control, valid, missing

    def outcome(self, aspect: Aspect, machine: Outcome) -> Outcome:
        """What both halves come to; what is missing of a half that is needed makes it partly assessed."""
        parts: list[Outcome] = []
        by_person_only = machine is Outcome.NOT_ASSESSED and not self._missing
        if not by_person_only:
            parts.append(machine)
            if self._missing and aspect != "design":
                parts.append(Outcome.NOT_ASSESSED)
        if self._control.automatable in ("no", "partly") or (self._valid and aspect in self._valid.aspects):
            parts.append(attested(self._valid, aspect))
        return combined(parts)
