"""OSCAL catalogue of one norm: our own titles, never the norm's text, which is not ours to hand on."""

from collections.abc import Iterator
from typing import Any, BinaryIO

from baseline.exporters.interface import ExportError, Material
from baseline.exporters.oscal.document import VERSIONS
from baseline.exporters.oscal.stream import Members, Open, write_object
from baseline.exporters.oscal.words import identifier, markup, moment, objective, own_property, token
from baseline.models.control import Control, Norm

WITHDRAWN = {"moved": "withdrawn", "withdrawn": "withdrawn"}


class CatalogueExporter:
    """Writes the catalogue of the norm that is asked for."""

    def __init__(self, oscal_version: str = VERSIONS[0]) -> None:
        self._version = oscal_version

    def write(self, material: Material, destination: BinaryIO) -> None:
        """Write it.

        Raises:
            ExportError: no norm was named.
        """
        norm = chosen_norm(material)
        write_object(destination, [("catalog", Open(self._document(material, norm)))])

    def _document(self, material: Material, norm: Norm) -> Members:
        controls = material.catalogue.controls_of(norm.id)
        yield "uuid", catalogue_identifier(norm)
        yield "metadata", norm_metadata(material, norm, norm.title, self._version)
        yield "controls", (_control(material, control) for control in controls)


def chosen_norm(material: Material) -> Norm:
    """The norm that is asked for.

    Raises:
        ExportError: none was named.
    """
    if material.norm is None:
        raise ExportError(f"name one norm with --norm: {', '.join(material.catalogue.norms)}")
    return material.catalogue.norms[material.norm]


def catalogue_identifier(norm: Norm) -> str:
    """The UUID of a norm in one version."""
    return identifier("catalogue", norm.id, norm.version)


def norm_metadata(material: Material, norm: Norm, title: str, oscal_version: str) -> dict[str, Any]:
    """The head of a document about a norm; it changes when the norm's version does."""
    return {
        "title": markup(title),
        "last-modified": moment(material.moment),
        "version": norm.version,
        "oscal-version": oscal_version,
        "props": [own_property("norm", norm.id), own_property("published", norm.date)],
        "remarks": "Titles are our own words. Read what a control asks at its publisher.",
    }


def _control(material: Material, control: Control) -> dict[str, Any]:
    told: dict[str, Any] = {
        "id": token(control.id),
        "class": control.norm,
        "title": markup(control.title),
        "props": list(_properties(control)),
        "parts": list(_parts(control)),
    }
    links = list(_links(material, control))
    return told | {"links": links} if links else told


def _properties(control: Control) -> Iterator[dict[str, str]]:
    yield {"name": "label", "value": control.number}
    if control.status in WITHDRAWN:
        yield {"name": "status", "value": WITHDRAWN[control.status]}
    yield own_property("title-nl", control.title_nl)
    yield own_property("in-force", control.status)
    if control.automatable:
        yield own_property("automatable", control.automatable)
    for reference in control.iso:
        yield own_property("elaborates", token(reference))


def _parts(control: Control) -> Iterator[dict[str, Any]]:
    identity = token(control.id)
    yield {"id": f"{identity}_smt", "name": "statement", "prose": markup(control.title)}
    yield {
        "id": objective(control.id),
        "name": "assessment-objective",
        "props": [{"name": "method", "value": "TEST"}],
        "prose": markup(f"What a machine can see of: {control.title}"),
    }


def _links(material: Material, control: Control) -> Iterator[dict[str, str]]:
    if control.moved_to and control.moved_to in material.catalogue.controls:
        yield {"href": f"#{token(control.moved_to)}", "rel": "moved-to"}
