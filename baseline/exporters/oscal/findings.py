"""What all results say of each control: one finding per control, the worst case over all targets."""

from collections import Counter
from typing import Any

import msgspec

from baseline.exporters.interface import Material
from baseline.exporters.oscal.document import origins, scope
from baseline.exporters.oscal.words import identifier, markup, objective, own_property
from baseline.exporters.worst_case import counted, worse
from baseline.models.control import Control
from baseline.models.result import Result, Status

STATES = {
    Status.PASS: ("satisfied", "pass"),
    Status.FAIL: ("not-satisfied", "fail"),
    Status.ERROR: ("not-satisfied", "other"),
    Status.WAIVED: ("not-satisfied", "other"),
}
"""What could not be looked at is not satisfied; neither is what somebody accepted to leave so."""


class ControlTally(msgspec.Struct, kw_only=True):
    """All that results say of one control."""

    control: Control
    status: Status = Status.NOT_APPLICABLE
    counts: Counter[Status] = msgspec.field(default_factory=Counter)
    observations: list[str] = msgspec.field(default_factory=list)
    risks: set[str] = msgspec.field(default_factory=set)

    def add(self, result: Result, observation: str, risk: str | None) -> None:
        """Count one more result."""
        self.status = worse(self.status, result.status)
        self.counts[result.status] += 1
        self.observations.append(observation)
        if risk is not None:
            self.risks.add(risk)


def finding(material: Material, tally: ControlTally) -> dict[str, Any] | None:
    """The finding about a control; None where nothing is judged, as all of it is not applicable."""
    if tally.status not in STATES:
        return None
    told: dict[str, Any] = {
        "uuid": identifier("finding", *scope(material), tally.control.id),
        "title": markup(f"{tally.control.number} {tally.control.title}"),
        "description": markup(f"Results of all targets: {counted(tally.counts)}. {_coverage(tally.control)}"),
        "props": [own_property("status", tally.status), own_property("control", tally.control.id)],
        "origins": origins(material),
        "target": _target(tally),
        "related-observations": [{"observation-uuid": each} for each in tally.observations],
    }
    risks = [{"risk-uuid": each} for each in sorted(tally.risks)]
    return told | {"related-risks": risks} if risks else told


def _target(tally: ControlTally) -> dict[str, Any]:
    state, reason = STATES[tally.status]
    return {
        "type": "objective-id",
        "target-id": objective(tally.control.id),
        "status": {"state": state, "reason": reason},
    }


def _coverage(control: Control) -> str:
    if control.automatable == "partly":
        return "A machine sees a part of this control; a person attests the rest."
    return "This is what a machine can see of the control."
