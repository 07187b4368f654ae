"""MDTO metadata (the Nationaal Archief's standard for durable access): one document for the bundle, one per file."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import PurePosixPath
from typing import Literal
from xml.etree import ElementTree as ET

import msgspec

NAMESPACE = "https://www.nationaalarchief.nl/mdto"
Appraisal = Literal["B", "V", "N"]
People = Literal["names", "pseudonyms"]
RESTRICTIONS: dict[People, str] = {
    "names": "Beperkt: bevat namen van personen (accounts) zoals systemen die opgaven; alleen voor wie die nodig heeft.",
    "pseudonyms": "Namen van personen zijn vervangen door pseudoniemen; alleen met een apart bewaarde sleutel herleidbaar.",
}
APPRAISALS: dict[Appraisal, str] = {"B": "Blijvend te bewaren", "V": "Tijdelijk te bewaren", "N": "Nader te bepalen"}
FORMATS = {
    "json": "JSON",
    "jsonl": "JSON Lines",
    "pem": "PEM",
    "py": "Python",
    "txt": "Plain Text File",
    "xml": "Extensible Markup Language",
    "yaml": "YAML",
}


class ArchiveOptions(msgspec.Struct, frozen=True, kw_only=True):
    """What the organisation's selection list says of this bundle; ``term`` is an ISO 8601 period such as ``P7Y``."""

    creator: str = "onbekend"
    appraisal: Appraisal = "N"
    category: str = ""
    selection_list: str = ""
    term: str = ""


class BundleDescription(msgspec.Struct, frozen=True, kw_only=True):
    """What a bundle is about, for its metadata."""

    identifier: str
    title: str
    program: str
    first: datetime
    last: datetime
    archive: ArchiveOptions = ArchiveOptions()
    people: People


def bundle_metadata(about: BundleDescription, files: Mapping[str, str]) -> bytes:
    """The bundle as an informatieobject; ``files`` maps path to SHA-256."""
    root, thing = _document("informatieobject")
    _identification(thing, about.identifier)
    _text(thing, "naam", about.title)
    _term(thing, "aggregatieniveau", "Dossier", "Begrippenlijst Aggregatieniveaus MDTO")
    covered = _child(thing, "dekkingInTijd")
    _term(covered, "dekkingInTijdType", "Looptijd", "Begrippenlijst DekkingInTijdTypen MDTO")
    _text(covered, "dekkingInTijdBegindatum", about.first.date().isoformat())
    _text(covered, "dekkingInTijdEinddatum", about.last.date().isoformat())
    _text(thing, "taal", "nl")
    _event(thing, "Creatie", about.first, about.program)
    _event(thing, "Bevriezing", about.last, about.program)
    _event(thing, "Export", None, about.program)
    _appraisal(thing, about.archive)
    for path, digest in files.items():
        representation = _child(thing, "heeftRepresentatie")
        _text(representation, "verwijzingNaam", path)
        _identification(representation, digest, "verwijzingIdentificatie")
    _reference(thing, "archiefvormer", about.archive.creator)
    _reference(thing, "activiteit", "Controle van informatiebeveiliging")
    limit = _child(thing, "beperkingGebruik")
    _term(limit, "beperkingGebruikType", "Openbaarheidsbeperking", "Begrippenlijst BeperkingGebruik MDTO")
    _text(limit, "beperkingGebruikNadereBeschrijving", RESTRICTIONS[about.people])
    return _bytes(root)


def file_metadata(about: BundleDescription, path: str, size: int, digest: str) -> bytes:
    """A file of the bundle as a bestand; ``size`` in bytes, ``digest`` its SHA-256."""
    root, thing = _document("bestand")
    _identification(thing, digest)
    _text(thing, "naam", path)
    _text(thing, "omvang", str(size))
    ending = PurePosixPath(path).suffix.lstrip(".")
    _term(thing, "bestandsformaat", FORMATS.get(ending, "Binary File"), "PRONOM")
    checksum = _child(thing, "checksum")
    _term(checksum, "checksumAlgoritme", "SHA-256", "Begrippenlijst ChecksumAlgoritme MDTO")
    _text(checksum, "checksumWaarde", digest)
    _text(checksum, "checksumDatum", about.last.isoformat())
    representation = _child(thing, "isRepresentatieVan")
    _text(representation, "verwijzingNaam", about.title)
    _identification(representation, about.identifier, "verwijzingIdentificatie")
    return _bytes(root)


def _document(kind: str) -> tuple[ET.Element, ET.Element]:
    root = ET.Element("MDTO", {"xmlns": NAMESPACE})
    return root, _child(root, kind)


def _child(parent: ET.Element, name: str) -> ET.Element:
    return ET.SubElement(parent, name)


def _text(parent: ET.Element, name: str, text: str) -> None:
    _child(parent, name).text = "".join(letter for letter in text if letter.isprintable())


def _identification(parent: ET.Element, value: str, name: str = "identificatie") -> None:
    element = _child(parent, name)
    _text(element, "identificatieKenmerk", value)
    _text(element, "identificatieBron", "baseline")


def _term(parent: ET.Element, name: str, label: str, vocabulary: str, code: str = "") -> None:
    element = _child(parent, name)
    _text(element, "begripLabel", label)
    if code:
        _text(element, "begripCode", code)
    _reference(element, "begripBegrippenlijst", vocabulary)


def _reference(parent: ET.Element, name: str, value: str) -> None:
    _text(_child(parent, name), "verwijzingNaam", value)


def _event(parent: ET.Element, kind: str, moment: datetime | None, actor: str) -> None:
    """An event; the moment of export is not told, so that the same question gives the same bytes."""
    event = _child(parent, "event")
    _term(event, "eventType", kind, "Begrippenlijst Eventtypen MDTO")
    if moment is not None:
        _text(event, "eventTijd", moment.isoformat())
    _reference(event, "eventVerantwoordelijkeActor", actor)


def _appraisal(parent: ET.Element, archive: ArchiveOptions) -> None:
    label = APPRAISALS[archive.appraisal]
    _term(parent, "waardering", label, "Begrippenlijst Waarderingen MDTO", archive.appraisal)
    if archive.term:
        _text(_child(parent, "bewaartermijn"), "termijnLooptijd", archive.term)
    if archive.category:
        vocabulary = archive.selection_list or "Selectielijst van de organisatie"
        _term(parent, "informatiecategorie", archive.category, vocabulary)


def _bytes(root: ET.Element) -> bytes:
    ET.indent(root, " ")
    content: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return content + b"\n"
