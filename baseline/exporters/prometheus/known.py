"""What is known beside the store: checks, controls, waivers, attestations and the targets of the inventory."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

import msgspec

from baseline.assess.coverage import CoverageRow, coverage
from baseline.content.catalogue import Catalogue
from baseline.models.attestation import Attestation
from baseline.models.check import Check
from baseline.models.target import Target
from baseline.models.waiver import Waiver


class Known(msgspec.Struct, frozen=True, kw_only=True):
    """Content that metrics are joined with. ``waivers``, ``attestations`` and ``targets`` are None where no inventory was
    given: then nobody knows which there are.
    """

    catalogue: Catalogue
    checks: Mapping[str, Check]
    controls_of: Mapping[str, tuple[str, ...]]
    coverage: Sequence[CoverageRow]
    waivers: tuple[Waiver, ...] | None = None
    attestations: tuple[Attestation, ...] | None = None
    targets: tuple[Target, ...] | None = None


def known(
    catalogue: Catalogue,
    checks: Mapping[str, Check],
    *,
    waivers: tuple[Waiver, ...] | None = None,
    attestations: tuple[Attestation, ...] | None = None,
    targets: tuple[Target, ...] | None = None,
) -> Known:
    """Work out once what follows from the content: which controls each check answers, and how far they are answered."""
    return Known(
        catalogue=catalogue,
        checks=checks,
        controls_of={name: _answered(catalogue, check) for name, check in checks.items()},
        coverage=coverage(catalogue, checks.values()),
        waivers=waivers,
        attestations=attestations,
        targets=targets,
    )


def _answered(catalogue: Catalogue, check: Check) -> tuple[str, ...]:
    """The controls that a check answers, directly or through the norms' own mapping; never one that is not in force."""
    found = (catalogue.controls[each] for each in catalogue.closure(check.controls) if each in catalogue.controls)
    return tuple(sorted(control.id for control in found if control.status in ("measure", "none")))


def holding(waivers: tuple[Waiver, ...], today: date) -> frozenset[str]:
    """Ids of the waivers that hold on a day."""
    return frozenset(waiver.id for waiver in waivers if waiver.starts <= today <= waiver.ends)


def end_of(day: date) -> datetime:
    """The moment at which a day ends by the clock of this machine: what holds until that day lapses then."""
    return datetime.combine(day, datetime.max.time().replace(microsecond=0)).astimezone()
