"""The metadata of a bundle names every file with its size and SHA-256, and what the organisation said of it."""

import hashlib
from pathlib import Path
from xml.etree import ElementTree as ET

from baseline.content.catalogue import load_catalogue
from baseline.evidence.bundle import export
from baseline.evidence.mdto import ArchiveOptions
from baseline.evidence.selection import EvidenceSelection
from baseline.store.store import Store

SPACE = {"m": "https://www.nationaalarchief.nl/mdto"}


def text_of(path: Path, place: str) -> str | None:
    return ET.parse(path).getroot().findtext(place.replace("/", "/m:").replace("m:m:", "m:"), namespaces=SPACE)


def test_every_file_has_its_metadata_and_the_bundle_names_them_all(filled, ring, tmp_path):
    archive = ArchiveOptions(creator="Gemeente Voorbeeld", appraisal="V", term="P7Y", category="Controle <uitvoeren>")
    with Store.open(filled, read_only=True) as store:
        export(
            store, EvidenceSelection(), load_catalogue(), tmp_path / "b", pseudonyms=None, archive=archive, ring=ring
        )
    described = {}
    for path in (tmp_path / "b" / "mdto").iterdir():
        if path.name != "bundle.mdto.xml":
            name = text_of(path, "m:bestand/naam")
            content = (tmp_path / "b" / name).read_bytes()
            described[name] = hashlib.sha256(content).hexdigest()
            assert text_of(path, "m:bestand/omvang") == str(len(content))
            assert text_of(path, "m:bestand/checksum/checksumWaarde") == described[name]
    files = {path.relative_to(tmp_path / "b").as_posix() for path in (tmp_path / "b").rglob("*") if path.is_file()}
    assert {name for name in files if not name.startswith(("mdto/", "SHA256SUMS"))} == described.keys()
    bundle = tmp_path / "b" / "mdto" / "bundle.mdto.xml"
    named = ET.parse(bundle).getroot().findall("m:informatieobject/m:heeftRepresentatie/m:verwijzingNaam", SPACE)
    assert {each.text for each in named} == described.keys()
    said = {
        "archiefvormer/verwijzingNaam": "Gemeente Voorbeeld",
        "waardering/begripCode": "V",
        "bewaartermijn/termijnLooptijd": "P7Y",
        "informatiecategorie/begripLabel": "Controle <uitvoeren>",
        "aggregatieniveau/begripLabel": "Dossier",
    }
    for place, expected in said.items():
        assert text_of(bundle, f"m:informatieobject/{place}") == expected
