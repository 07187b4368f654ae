"""OCSF Compliance Finding (https://schema.ocsf.io/1.5.0/classes/compliance_finding): one event per asset and control.

The event is the worst of all results that speak about the control. ``compliance.status_id`` says what was found;
``status_id`` says how far the finding is dealt with: a waived one is suppressed, and stays a fail.
"""

from typing import Any, BinaryIO
from uuid import UUID, uuid5

from baseline.exporters.interface import Material
from baseline.exporters.worst_case import Requirement, requirements
from baseline.models.control import Norm
from baseline.models.result import Severity, Status
from baseline.store.canonical import canonical_json

OCSF_VERSION = "1.5.0"
CATEGORY, CLASS, CREATED = 2, 2003, 1
"""Findings; Compliance Finding; the activity Create."""

_NAMESPACE = UUID("a017e1f6-457c-5440-95ed-898074b1905a")
"""The name-based UUID (RFC 9562, version 5) of urn:baseline:ocsf:finding in the namespace of URLs."""

COMPLIANCE = {
    Status.PASS: (1, "Pass"),
    Status.ERROR: (2, "Warning"),
    Status.FAIL: (3, "Fail"),
    Status.WAIVED: (3, "Fail"),
    Status.NOT_APPLICABLE: (99, "Not applicable"),
}
"""Warning is OCSF's word for 'did not yield a result due to missing information'."""

SEVERITIES = {
    Severity.LOW: (2, "Low"),
    Severity.MEDIUM: (3, "Medium"),
    Severity.HIGH: (4, "High"),
    Severity.CRITICAL: (5, "Critical"),
}
_INFORMATIONAL = (1, "Informational")
_NEW, _SUPPRESSED = (1, "New"), (3, "Suppressed")


class OcsfExporter:
    """Writes events as JSON Lines, or as one JSON array."""

    def __init__(self, *, array: bool = False) -> None:
        self._array = array

    def write(self, material: Material, destination: BinaryIO) -> None:
        """Write an event per asset and control, ordered by both."""
        before, between, after = (b"[\n", b",\n", b"\n]\n") if self._array else (b"", b"\n", b"\n")
        wrote = False
        for found in requirements(material):
            destination.write((between if wrote else before) + canonical_json(_event(material, found)))
            wrote = True
        destination.write(after if wrote else b"[]\n" if self._array else b"")


def _event(material: Material, found: Requirement) -> dict[str, Any]:
    open_to_repair = found.status in (Status.FAIL, Status.ERROR, Status.WAIVED)
    severity_id, severity = SEVERITIES[found.severity] if open_to_repair else _INFORMATIONAL
    status_id, status = _SUPPRESSED if found.status is Status.WAIVED else _NEW
    time = _milliseconds(found.measured_at)
    return {
        "activity_id": CREATED,
        "activity_name": "Create",
        "category_name": "Findings",
        "category_uid": CATEGORY,
        "class_name": "Compliance Finding",
        "class_uid": CLASS,
        "type_name": "Compliance Finding: Create",
        "type_uid": CLASS * 100 + CREATED,
        "compliance": _compliance(material, found),
        "finding_info": {
            "uid": str(uuid5(_NAMESPACE, f"{found.target}\n{found.control.id}")),
            "title": f"{found.control.title} on {found.target}",
            "types": ["Compliance"],
            "first_seen_time": _milliseconds(found.earliest),
            "last_seen_time": time,
        },
        "message": "; ".join(found.explanation(material)),
        "metadata": {
            "product": {"name": "baseline", "vendor_name": "baseline", "version": material.tool_version},
            "version": OCSF_VERSION,
        },
        "resources": [_resource(material, found.target)],
        "severity": severity,
        "severity_id": severity_id,
        "status": status,
        "status_id": status_id,
        "time": time,
        "unmapped": {"run": material.run, "counts": {str(key): number for key, number in found.counts.items()}},
    }


def _compliance(material: Material, found: Requirement) -> dict[str, Any]:
    identifier, caption = COMPLIANCE[found.status]
    return {
        "control": found.control.number,
        "desc": found.control.title,
        "requirements": [found.control.id],
        "standards": [_standard(material.catalogue.norms[found.control.norm])],
        "status": caption,
        "status_id": identifier,
        "status_code": str(found.status),
        "status_details": found.explanation(material),
        "checks": [_check(material, name, status) for name, status in sorted(found.checks.items())],
    }


def _check(material: Material, name: str, status: Status) -> dict[str, Any]:
    identifier, caption = COMPLIANCE[status]
    told = {"uid": name, "name": material.title(name), "status": caption, "status_id": identifier}
    check = material.checks.get(name)
    if check is None:
        return told
    severity_id, severity = SEVERITIES[check.severity]
    return told | {"severity": severity, "severity_id": severity_id}


def _resource(material: Material, name: str) -> dict[str, Any]:
    target = material.targets.get(name)
    if target is None:
        return {"uid": name, "name": name}
    labels = [f"{key}:{value}" for key, value in (("site", target.site), ("zone", target.zone)) if value]
    return {"uid": name, "name": name, "type": f"{target.kind}/{target.platform}", "labels": labels}


def _standard(norm: Norm) -> str:
    return f"{norm.title} {norm.version}"


def _milliseconds(moment: Any) -> int:
    """Since 1970, as OCSF's timestamp_t."""
    return int(moment.timestamp() * 1000)
