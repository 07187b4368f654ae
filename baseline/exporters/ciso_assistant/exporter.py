"""Posture rows in the words of CISO Assistant's import of audits.

``ref_id``, ``name``, ``compliance_result`` and ``observations`` are columns of its import of audits, and the results
are its words (data import guide of CISO Assistant, 2026). ``asset`` and what follows say of which target, how bad and
when. A row is the worst of all that is known, since the last row of an asset and requirement wins there.
"""

from collections.abc import Iterator
from typing import BinaryIO

from baseline.exporters.interface import Material
from baseline.exporters.spreadsheet_text import write_rows
from baseline.exporters.worst_case import Requirement, requirements
from baseline.models.control import Norm
from baseline.models.result import Status

COLUMNS = (
    "asset",
    "asset_type",
    "framework",
    "ref_id",
    "name",
    "compliance_result",
    "status",
    "severity",
    "observations",
    "checks",
    "measured_at",
)

RESULT_WORDS = {
    Status.FAIL: "non_compliant",
    Status.ERROR: "not_assessed",
    Status.WAIVED: "non_compliant",
    Status.PASS: "compliant",
    Status.NOT_APPLICABLE: "not_applicable",
}
"""A waived fail stays a fail; what could not be checked is not assessed."""

PARTLY = "partially_compliant"
"""Met as far as a machine can see, of a control whose other part a person attests."""


class CisoAssistantExporter:
    """Writes one row per asset and requirement."""

    def write(self, material: Material, destination: BinaryIO) -> None:
        """Write a heading and all rows, ordered by asset and requirement."""
        write_rows(destination, COLUMNS, _rows(material))


def _rows(material: Material) -> Iterator[tuple[str, ...]]:
    for found in requirements(material):
        target = material.targets.get(found.target)
        yield (
            found.target,
            target.kind if target else "",
            _framework(material.catalogue.norms[found.control.norm]),
            found.control.number,
            found.control.title,
            _result(found),
            str(found.status),
            str(found.severity) if found.status in (Status.FAIL, Status.ERROR, Status.WAIVED) else "",
            "; ".join(found.explanation(material)),
            " ".join(found.checks),
            found.measured_at.isoformat(),
        )


def _framework(norm: Norm) -> str:
    return f"{norm.title} {norm.version}"


def _result(found: Requirement) -> str:
    if found.status is Status.PASS and found.control.automatable == "partly":
        return PARTLY
    return RESULT_WORDS[found.status]
