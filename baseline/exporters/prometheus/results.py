"""Metrics of results and targets."""

from collections import Counter
from collections.abc import Iterable, Iterator

from baseline.assess.coverage import domain_of
from baseline.exporters.prometheus.family import Family, Row, single, unix_seconds
from baseline.exporters.prometheus.known import Known
from baseline.exporters.prometheus.standing import View
from baseline.exporters.prometheus.tally import SEVERITIES, STATUSES, Detail, Tally
from baseline.exporters.prometheus.targets import target_families

DETAIL_LIMIT = 20_000
"""Series of checks that targets do not meet, at most; the most severe come first."""
NOBODY = "organisation"
"""Domain of what no machine can decide: a person attests it for the organisation as a whole."""


def families(view: View, tally: Tally, known: Known, limit: int = DETAIL_LIMIT) -> Iterator[Family]:
    """All of them, one by one, so that only one is in memory."""
    shown = sorted(tally.details, key=_worst_first)
    yield single(
        "baseline_store_read_timestamp_seconds",
        "When these numbers were read from the store.",
        unix_seconds(view.read_at),
    )
    yield Family(
        name="baseline_series_left_out",
        help="Series that were left out to bound their number.",
        labels=("metric",),
        rows=[
            (("baseline_target_check_unmet_results",), max(0, len(shown) - limit)),
            (("baseline_results",), tally.places_left_out),
        ],
    )
    yield from _results(tally, view, known)
    yield from target_families(view, tally, known)
    yield Family(
        name="baseline_target_check_unmet_results",
        help="Results of a check that a target does not meet; errors only of a target that was reached.",
        labels=("target", "check", "severity", "status"),
        rows=(((each.target, each.check, each.severity, each.status), each.number) for each in shown[:limit]),
    )


def _worst_first(detail: Detail) -> tuple[int, int, str, str]:
    order = ("fail", "error", "waived").index(detail.status)
    return (-SEVERITIES.index(detail.severity), order, detail.target, detail.check)


def _results(tally: Tally, view: View, known: Known) -> Iterator[Family]:
    yield Family(
        name="baseline_results",
        help="Results that stand. An error is not known to be met; waived is not met, and accepted for a while.",
        labels=("domain", "site", "owner", "severity", "status"),
        rows=(
            ((*place, severity, status), numbers[severity, status])
            for place, numbers in tally.by_place.items()
            for severity in sorted({severity for severity, _ in numbers})
            for status in STATUSES
        ),
    )
    yield Family(
        name="baseline_check_results",
        help="Results that stand, by check.",
        labels=("check", "status"),
        rows=(
            ((view.checks[check], status), tally.by_check[check, status])
            for check in sorted({check for check, _ in tally.by_check})
            for status in STATUSES
        ),
    )
    yield Family(
        name="baseline_control_results",
        help="Results that stand of the checks that answer a control.",
        labels=("control", "status"),
        rows=_control_rows(tally, view, known),
    )


def _control_rows(tally: Tally, view: View, known: Known) -> Iterable[Row]:
    """Every control that has checks, also when nothing was assessed yet: then all its numbers are 0."""
    numbers: Counter[tuple[str, str]] = Counter()
    for (check, status), number in tally.by_check.items():
        for control in known.controls_of.get(view.checks[check], ()):
            numbers[control, status] += number
    controls = sorted({control for controls in known.controls_of.values() for control in controls})
    return [((control, status), numbers[control, status]) for control in controls for status in STATUSES]


def content_families(known: Known) -> Iterator[Family]:
    """What checks and controls are, for joins, and how far controls are answered."""
    checks, controls = known.checks.values(), known.catalogue.controls.values()
    yield Family(
        name="baseline_check_info",
        help="What a check is.",
        labels=("check", "title", "severity", "domain"),
        rows=(((each.id, each.title, each.severity.value, domain_of(each)), 1) for each in checks),
    )
    yield Family(
        name="baseline_check_control_info",
        help="Which controls a check answers.",
        labels=("check", "control"),
        rows=(((check, control), 1) for check, each in known.controls_of.items() for control in each),
    )
    yield Family(
        name="baseline_control_info",
        help="What a control is.",
        labels=("control", "norm", "number", "title", "title_nl"),
        rows=(((each.id, each.norm, each.number, each.title, each.title_nl), 1) for each in controls if each.in_force),
    )
    yield Family(
        name="baseline_control_answer",
        help="By what a control is answered in a domain: checks, attestation (by a person), or open (by nothing).",
        labels=("control", "domain", "answer"),
        rows=(((each.control, each.domain or NOBODY, each.answer), 1) for each in known.coverage),
    )
