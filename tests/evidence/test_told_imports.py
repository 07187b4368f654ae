"""A bundle without names of people tells what other scanners found so too, and gives nothing to try names against."""

import hashlib
import json

import msgspec
import pytest
from sqlalchemy import text

from baseline.content.catalogue import load_catalogue
from baseline.evidence.bundle import export
from baseline.evidence.selection import EvidenceSelection, SelectionError
from baseline.evidence.telling import tell_all
from baseline.evidence.verifier import verify
from baseline.imports import importing
from baseline.store.imported_records import ImportedFile
from tests.imports.conftest import imports, mappings  # noqa: F401 - fixtures
from tests.imports.samples import prowler_finding

PERSON = "j.jansen@gemeente.nl"


@pytest.mark.parametrize("part", [importing.PART, 1000], ids=["one part", "parts"])
def test_no_digest_of_a_file_with_names_is_in_it(imports, pseudonyms, tmp_path, monkeypatch, part):  # noqa: F811
    monkeypatch.setattr(importing, "PART", part)
    imports.load("j.jansen@gemeente.nl.json", [prowler_finding("iam_one", "FAIL", f"arn:aws:iam::1:user/{PERSON}")])
    tell_all(imports.store, pseudonyms)
    bundle = tmp_path / "bundle"
    export(imports.store, EvidenceSelection(), load_catalogue(), bundle, pseudonyms=pseudonyms)
    told = "".join(path.read_text() for path in sorted(bundle.rglob("*")) if path.is_file())
    with imports.store.evidence.reading() as connection:
        real = connection.execute(text("select digest from artefact")).scalars().all()
        (document,) = connection.execute(text("select document from imported_file")).scalars()
    answers = [path for path in (bundle / "artefacts").iterdir() if pseudonyms.of(PERSON) in path.read_text()]
    named = [path.read_text().replace(pseudonyms.of(PERSON), PERSON).encode() for path in answers]
    assert answers
    assert verify(bundle).broken == []
    assert PERSON not in told
    assert {hashlib.sha256(each).digest() for each in named} <= {bytes(each) for each in real}
    digests = {json.loads(document)[name] for name in ("digest", "artefact")}
    digests |= {hashlib.sha256(each).hexdigest() for each in named}
    assert [each for each in digests if each in told] == []


def test_an_import_that_was_logged_with_its_digests_is_not_told(imports, pseudonyms, tmp_path, monkeypatch):  # noqa: F811
    monkeypatch.setattr(ImportedFile, "as_selection", lambda self: {"import": msgspec.to_builtins(self)})
    imports.load("1.json", [prowler_finding("iam_one", "FAIL", f"arn:aws:iam::1:user/{PERSON}")])
    tell_all(imports.store, pseudonyms)
    with pytest.raises(SelectionError, match="run 1: the log tells digests of the file that it imported"):
        export(imports.store, EvidenceSelection(), load_catalogue(), tmp_path / "told", pseudonyms=pseudonyms)
    export(imports.store, EvidenceSelection(), load_catalogue(), tmp_path / "named", pseudonyms=None)
    assert verify(tmp_path / "named").broken == []
