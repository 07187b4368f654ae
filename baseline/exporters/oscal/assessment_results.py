"""OSCAL assessment results: an observation per result, a finding per control, a risk per check not met."""

from collections.abc import Iterator
from typing import Any, BinaryIO

from baseline.exporters.interface import ExportError, Material
from baseline.exporters.oscal.document import VERSIONS, assessment_assets, inventory_items, metadata, scope
from baseline.exporters.oscal.findings import ControlTally, finding
from baseline.exporters.oscal.observations import observation, observation_identifier, resources
from baseline.exporters.oscal.risks import not_met, risk, risk_identifier
from baseline.exporters.oscal.stream import Members, Open, write_object
from baseline.exporters.oscal.words import identifier, markup, moment, objective, token
from baseline.models.result import Result


class _Overview:
    """What must be known of all results before the first is written: names only, not the results."""

    def __init__(self, material: Material) -> None:
        self.targets: set[str] = set()
        self.artefacts: dict[str, str] = {}
        self.tallies: dict[str, ControlTally] = {}
        self.start = self.end = material.moment
        first = True
        for result in material.results():
            self.start = result.measured_at if first else min(self.start, result.measured_at)
            first = False
            self._add(material, result)
        self.end = max(self.start, material.moment)

    def _add(self, material: Material, result: Result) -> None:
        self.targets.add(result.target)
        self.artefacts.update((digest, name) for name, digest in result.artefacts.items())
        observation_id, risk_id = observation_identifier(material, result), risk_identifier(result)
        for control in material.controls(result.check):
            if control.id not in self.tallies:
                self.tallies[control.id] = ControlTally(control=control)
            self.tallies[control.id].add(result, observation_id, risk_id)


class AssessmentResultsExporter:
    """Writes one assessment-results document; results are read three times, and never held."""

    def __init__(self, oscal_version: str = VERSIONS[0]) -> None:
        self._version = oscal_version

    def write(self, material: Material, destination: BinaryIO) -> None:
        """Write it.

        Raises:
            ExportError: no result answers a control of the norm, so that there is nothing to review.
        """
        overview = _Overview(material)
        if not overview.tallies:
            raise ExportError("no result answers a control of this norm, so there is nothing to tell in OSCAL")
        document = {"assessment-results": Open(self._document(material, overview))}
        write_object(destination, document.items())

    def _document(self, material: Material, overview: _Overview) -> Members:
        plan = identifier("plan", *scope(material))
        yield "uuid", identifier("assessment-results", *scope(material))
        yield "metadata", metadata(material, "Assessment results of baseline", self._version)
        yield (
            "import-ap",
            {"href": f"#{plan}", "remarks": "No plan in OSCAL was made; the resource tells what was done."},
        )
        yield "results", iter((Open(_result(material, overview)),))
        yield "back-matter", Open([("resources", _resources(plan, material, overview))])


def _result(material: Material, overview: _Overview) -> Members:
    yield "uuid", identifier("result", *scope(material))
    yield "title", markup(f"Run {material.run}" if material.run else "What stands")
    yield "description", "Settings of targets, read by a machine and judged with declarative checks."
    yield "start", moment(overview.start)
    yield "end", moment(overview.end)
    items = list(inventory_items(material, overview.targets))
    yield "local-definitions", {"inventory-items": items, "assessment-assets": assessment_assets(material)}
    yield "reviewed-controls", _reviewed(overview)
    yield "observations", (observation(material, result) for result in material.results())
    yield "risks", (risk(material, results) for results in not_met(material))
    yield "findings", _findings(material, overview)


def _reviewed(overview: _Overview) -> dict[str, Any]:
    controls = sorted(overview.tallies)
    return {
        "control-selections": [{"include-controls": [{"control-id": token(control)} for control in controls]}],
        "control-objective-selections": [
            {"include-objectives": [{"objective-id": objective(control)} for control in controls]}
        ],
    }


def _findings(material: Material, overview: _Overview) -> Iterator[dict[str, Any]]:
    for _, tally in sorted(overview.tallies.items()):
        found = finding(material, tally)
        if found is not None:
            yield found


def _resources(plan: str, material: Material, overview: _Overview) -> Iterator[dict[str, Any]]:
    reached = sum(entry.outcome == "reached" for entry in material.population)
    told = (
        f"Run {material.run}: {len(material.population)} targets in scope, {reached} reached." if material.run else ""
    )
    described = f"{told} Results of {len(overview.targets)} targets as of {moment(material.moment)}."
    yield {"uuid": plan, "title": "What was assessed", "description": markup(described)}
    yield from resources(overview.artefacts)
