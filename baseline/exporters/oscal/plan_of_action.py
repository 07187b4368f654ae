"""OSCAL plan of action and milestones: an item for every check that a target does not meet."""

from collections.abc import Iterator
from typing import Any, BinaryIO

from baseline.exporters.interface import ExportError, Material
from baseline.exporters.oscal.document import VERSIONS, assessment_assets, inventory_items, metadata, origins, scope
from baseline.exporters.oscal.observations import observation, observation_identifier, resources
from baseline.exporters.oscal.risks import NOT_MET, describe, not_met, risk, risk_identifier
from baseline.exporters.oscal.stream import Members, Open, write_object
from baseline.exporters.oscal.words import identifier, markup, own_property, token
from baseline.models.result import Result

SYSTEM_TYPE = "http://ietf.org/rfc/rfc4122"
"""The type of identifier that a system is known by here: a UUID."""


class PlanOfActionExporter:
    """Writes one plan of action and milestones; an accepted deviation and what could not be checked are in it too."""

    def __init__(self, oscal_version: str = VERSIONS[0]) -> None:
        self._version = oscal_version

    def write(self, material: Material, destination: BinaryIO) -> None:
        """Write it.

        Raises:
            ExportError: everything is met; OSCAL allows no plan without items.
        """
        targets, artefacts = _touched(material)
        if not targets:
            raise ExportError("everything is met, and OSCAL allows no plan of action without items; none was written")
        write_object(
            destination,
            [("plan-of-action-and-milestones", Open(self._document(material, targets, artefacts)))],
        )

    def _document(self, material: Material, targets: set[str], artefacts: dict[str, str]) -> Members:
        yield "uuid", identifier("plan-of-action", *scope(material))
        yield "metadata", metadata(material, "Plan of action of baseline", self._version)
        yield "system-id", {"identifier-type": SYSTEM_TYPE, "id": identifier("system", *sorted(targets))}
        items = [item for item in inventory_items(material, targets) if item["props"][0]["value"] in targets]
        assets = assessment_assets(material)
        yield "local-definitions", {"inventory-items": items, "assessment-assets": assets}
        yield "observations", (observation(material, result) for results in not_met(material) for result in results)
        yield "risks", (risk(material, results) for results in not_met(material))
        yield "poam-items", (_item(material, results) for results in not_met(material))
        yield "back-matter", Open([("resources", resources(artefacts))])


def _touched(material: Material) -> tuple[set[str], dict[str, str]]:
    """The targets with something that is not met, and the artefacts that show it."""
    targets: set[str] = set()
    artefacts: dict[str, str] = {}
    for result in material.results():
        if result.status in NOT_MET:
            targets.add(result.target)
            artefacts.update((digest, name) for name, digest in result.artefacts.items())
    return targets, artefacts


def _item(material: Material, results: list[Result]) -> dict[str, Any]:
    first = results[0]
    return {
        "uuid": identifier("poam-item", first.target, first.check),
        "title": markup(f"{first.target}: {material.title(first.check)}"),
        "description": markup(describe(results)),
        "props": list(_properties(material, first)),
        "origins": origins(material),
        "related-observations": [{"observation-uuid": observation_identifier(material, each)} for each in results],
        "related-risks": [{"risk-uuid": risk_identifier(first)}],
    }


def _properties(material: Material, result: Result) -> Iterator[dict[str, str]]:
    yield own_property("check", result.check)
    yield own_property("severity", result.severity)
    for control in material.controls(result.check):
        yield own_property("control", token(control.id))
