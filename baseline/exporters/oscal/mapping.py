"""OSCAL mapping of one norm to ISO/IEC 27001 (a model of OSCAL 1.2; earlier releases have none)."""

from collections.abc import Iterator
from typing import Any, BinaryIO

from baseline.content.norm_file import ISO
from baseline.exporters.interface import ExportError, Material
from baseline.exporters.oscal.catalogue import catalogue_identifier, chosen_norm, norm_metadata
from baseline.exporters.oscal.document import VERSIONS
from baseline.exporters.oscal.stream import Members, Open, write_object
from baseline.exporters.oscal.words import identifier, token
from baseline.models.control import Control, Norm

RELATIONSHIP = "intersects-with"
"""Controls that share something; what more is true of them (subset, equal) nobody has established (NIST IR 8477)."""


class MappingExporter:
    """Writes which ISO controls the controls of a norm elaborate."""

    def __init__(self, oscal_version: str = VERSIONS[0]) -> None:
        self._version = oscal_version

    def write(self, material: Material, destination: BinaryIO) -> None:
        """Write it.

        Raises:
            ExportError: no norm was named, or it maps to nothing, or OSCAL 1.1 is asked for.
        """
        norm = chosen_norm(material)
        if self._version.startswith("1.1"):
            raise ExportError("OSCAL 1.1 has no mapping model; ask for --oscal-version 1.2.1")
        if norm.id == ISO:
            raise ExportError("other norms are mapped to ISO/IEC 27001, not the other way round; name another --norm")
        write_object(destination, [("mapping-collection", Open(self._document(material, norm)))])

    def _document(self, material: Material, norm: Norm) -> Members:
        iso = material.catalogue.norms[ISO]
        yield "uuid", identifier("mapping-collection", norm.id, norm.version, iso.version)
        yield "metadata", norm_metadata(material, norm, f"{norm.title} mapped to {iso.title}", self._version)
        yield (
            "provenance",
            {
                "method": "human",
                "matching-rationale": "semantic",
                "status": "complete",
                "mapping-description": "Which ISO control each control elaborates, as the norm itself tells it.",
            },
        )
        yield "mappings", iter((_mapping(material, norm, iso),))
        resources = [_resource(norm), _resource(iso)]
        yield "back-matter", {"resources": resources}


def _mapping(material: Material, norm: Norm, iso: Norm) -> dict[str, Any]:
    controls = [control for control in material.catalogue.controls_of(norm.id) if control.moved_to is None]
    told: dict[str, Any] = {
        "uuid": identifier("mapping", norm.id, norm.version, iso.version),
        "source-resource": {"type": "catalog", "href": f"#{_resource_identifier(norm)}"},
        "target-resource": {"type": "catalog", "href": f"#{_resource_identifier(iso)}"},
        "maps": list(_maps(controls)),
    }
    unmapped = [token(control.id) for control in controls if not control.iso]
    if unmapped:
        gap = identifier("gap", norm.id, norm.version)
        told["source-gap-summary"] = {"uuid": gap, "unmapped-controls": [{"with-ids": unmapped}]}
    return told


def _maps(controls: list[Control]) -> Iterator[dict[str, Any]]:
    for control in controls:
        if control.iso:
            yield {
                "uuid": identifier("map", control.id, *control.iso),
                "relationship": RELATIONSHIP,
                "sources": [{"type": "control", "id-ref": token(control.id)}],
                "targets": [{"type": "control", "id-ref": token(reference)} for reference in control.iso],
            }


def _resource(norm: Norm) -> dict[str, Any]:
    return {
        "uuid": _resource_identifier(norm),
        "title": f"{norm.title} {norm.version}",
        "document-ids": [{"scheme": "urn:baseline:oscal", "identifier": catalogue_identifier(norm)}],
        "rlinks": [{"href": f"oscal-catalog-{norm.id}.json", "media-type": "application/oscal+json"}],
    }


def _resource_identifier(norm: Norm) -> str:
    return identifier("catalogue-resource", norm.id, norm.version)
