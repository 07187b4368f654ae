"""What is not met, per check and target, as OSCAL risks with how to repair them."""

from collections.abc import Iterator
from datetime import UTC, datetime, time
from itertools import groupby
from typing import Any

from baseline.exporters.interface import Material
from baseline.exporters.oscal.document import origins, severity_facet
from baseline.exporters.oscal.observations import observation_identifier
from baseline.exporters.oscal.words import identifier, markup, moment, own_property, word
from baseline.exporters.worst_case import WORST_FIRST
from baseline.models.result import Result, Status
from baseline.models.waiver import Waiver

NOT_MET = frozenset((Status.FAIL, Status.ERROR, Status.WAIVED))
"""What is a risk: also what could not be looked at, and what somebody accepted for a while."""

STATES = {Status.FAIL: "open", Status.ERROR: "investigating", Status.WAIVED: "deviation-approved"}


def risk_identifier(result: Result) -> str | None:
    """The UUID of the risk that a result belongs to, the same in every export; None when it is met."""
    return identifier("risk", result.target, result.check) if result.status in NOT_MET else None


def not_met(material: Material) -> Iterator[list[Result]]:
    """The results that are not met, those of one check on one target together."""
    unmet = (result for result in material.results() if result.status in NOT_MET)
    for _, results in groupby(unmet, key=lambda result: (result.target, result.check)):
        yield list(results)


def risk(material: Material, results: list[Result]) -> dict[str, Any]:
    """The risk of one check that one target does not meet."""
    worst = min(results, key=lambda result: WORST_FIRST.index(result.status))
    check = material.checks.get(worst.check)
    waiver = material.waivers.get(worst.waiver or "")
    told: dict[str, Any] = {
        "uuid": risk_identifier(worst),
        "title": markup(f"{worst.target}: {material.title(worst.check)}"),
        "description": markup(describe(results)),
        "statement": markup(check.rationale if check else "The check that found it is not known any more."),
        "props": [own_property("check", worst.check), own_property("severity", worst.severity)],
        "status": STATES[worst.status],
        "origins": origins(material),
        "characterizations": [{"origin": origins(material)[0], "facets": [severity_facet(worst.severity)]}],
    }
    if waiver is not None:
        told |= {"mitigating-factors": [_mitigation(waiver)], "deadline": _deadline(waiver)}
    if check is not None and check.remediation.text:
        told["remediations"] = [_remediation(worst, check.remediation.text)]
    related = [{"observation-uuid": observation_identifier(material, result)} for result in results]
    return told | {"related-observations": related}


def describe(results: list[Result]) -> str:
    """What is not met, in a sentence."""
    subjects = ", ".join(result.subject for result in results if result.subject)
    reasons = "; ".join(dict.fromkeys(result.reason for result in results if result.reason))
    words = " and ".join(sorted({str(result.status) for result in results}))
    return f"{words}: expected {results[0].expected}" + "".join(f"; {part}" for part in (subjects, reasons) if part)


def _mitigation(waiver: Waiver) -> dict[str, Any]:
    told = waiver.compensating_measure or "No compensating measure was named."
    return {
        "uuid": identifier("mitigation", waiver.id),
        "description": markup(f"Waiver {waiver.id}: {waiver.reason} {told}"),
        "props": [own_property("waiver", waiver.id), own_property("risk-reference", word(waiver.risk_reference))],
    }


def _deadline(waiver: Waiver) -> str:
    return moment(datetime.combine(waiver.ends, time(23, 59, 59), UTC))


def _remediation(result: Result, text: str) -> dict[str, Any]:
    return {
        "uuid": identifier("remediation", result.target, result.check),
        "lifecycle": "recommendation",
        "title": markup(f"Repair {result.check}"),
        "description": markup(text),
    }
