"""Metrics of what holds until a day: waivers and attestations."""

from collections.abc import Iterator

from baseline.exporters.prometheus.family import Family, unix_seconds
from baseline.exporters.prometheus.known import Known, end_of
from baseline.exporters.prometheus.tally import Tally
from baseline.models.attestation import Attestation
from baseline.models.waiver import Waiver


def term_families(known: Known, tally: Tally) -> Iterator[Family]:
    """Waivers and attestations that stand beside the inventory, expired ones included; none where none was given."""
    if known.waivers is not None:
        yield from _waivers(known.waivers, tally)
    yield Family(
        name="baseline_lapsed_waiver_results",
        help="Results that the last run counted as waived, by a waiver that does not hold any more: fails here.",
        labels=("waiver",),
        rows=(((waiver,), number) for waiver, number in sorted(tally.lapsed.items())),
    )
    if known.attestations is not None:
        yield from _attestations(known.attestations)


def _waivers(waivers: tuple[Waiver, ...], tally: Tally) -> Iterator[Family]:
    yield Family(
        name="baseline_waiver_info",
        help="An accepted deviation: whose it is, and where its risk is registered.",
        labels=("waiver", "owner", "kind", "risk_reference"),
        rows=(((each.id, each.owner, each.kind, each.risk_reference), 1) for each in waivers),
    )
    yield Family(
        name="baseline_waiver_end_timestamp_seconds",
        help="When a waiver ends to count.",
        labels=("waiver",),
        rows=(((each.id,), unix_seconds(end_of(each.ends))) for each in waivers),
    )
    yield Family(
        name="baseline_waiver_results",
        help="Results that a waiver covers.",
        labels=("waiver",),
        rows=(((each.id,), tally.waived[each.id]) for each in waivers),
    )


def _attestations(attestations: tuple[Attestation, ...]) -> Iterator[Family]:
    yield Family(
        name="baseline_attestation_info",
        help="What a person states of a control.",
        labels=("attestation", "control", "outcome", "role"),
        rows=(((each.id, each.control, each.outcome, each.role), 1) for each in attestations),
    )
    yield Family(
        name="baseline_attestation_end_timestamp_seconds",
        help="When a statement ends to count; its control is open again then.",
        labels=("attestation",),
        rows=(((each.id,), unix_seconds(end_of(each.valid_until))) for each in attestations),
    )
