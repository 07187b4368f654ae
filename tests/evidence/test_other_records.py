"""Imports, approvals and destruction are in the log too, and it goes on holding."""

import shutil

import pytest
from sqlalchemy import text

from baseline.content.catalogue import load_catalogue
from baseline.evidence.bundle import export
from baseline.evidence.keys import KeyRing, holds
from baseline.evidence.selection import EvidenceSelection
from baseline.evidence.signing import sign_checkpoints
from baseline.evidence.store_check import verify_connection, verify_store
from baseline.evidence.verifier import verify
from baseline.store.retention import Destruction
from baseline.store.store import Store
from tests.imports.conftest import imports, mappings  # noqa: F401 - fixtures
from tests.imports.samples import SCANNED_AT, prowler_finding, trivy_report


def broken(store, tmp_path) -> list[str]:
    return verify_store(store, KeyRing(tmp_path / "none")).broken


def test_what_was_imported_is_guarded(imports, tmp_path):  # noqa: F811 - the fixture
    imports.load("1.json", [prowler_finding("s3_one", status, name) for status, name in (("FAIL", "a"), ("FAIL", "b"))])
    imports.load("trivy.json", trivy_report())
    newer = [
        prowler_finding("s3_one", "PASS", "a", time=SCANNED_AT + 60),
        prowler_finding("s3_new", "PASS", "a", time=SCANNED_AT + 60),
    ]
    imports.load("2.json", newer)
    imports.load("3.json", [prowler_finding("s3_one", "FAIL", "a", time=SCANNED_AT + 120)])
    assert broken(imports.store, tmp_path) == []
    for statement in (
        "UPDATE result SET status = 'pass' WHERE status = 'fail'",
        "DELETE FROM result WHERE valid_to IS NOT NULL",
        "UPDATE imported_file SET document = '{}'",
    ):
        with pytest.raises(ZeroDivisionError), imports.store._database.writing() as connection:
            connection.execute(text(statement))
            assert verify_connection(connection, KeyRing(tmp_path / "none")).broken, statement
            raise ZeroDivisionError


def test_an_approval_is_guarded(filled, tmp_path):
    with Store.open(shutil.copy(filled, tmp_path)) as store:
        store.drift.approve(list(store.drift.latest(["switch-1", "switch-2"]).values()), ticket="C-1", person="ciso")
        assert broken(store, tmp_path) == []
        with store.evidence._database.writing() as connection:
            connection.execute(text("UPDATE approval SET ticket = 'C-2'"))
        assert "approval" in broken(store, tmp_path)[0]


def test_the_log_holds_after_a_destruction_and_a_bundle_tells_of_it(filled, tmp_path, ring, public):
    with Store.open(shutil.copy(filled, tmp_path)) as store:
        old = [kept for kept in store.retention.kept() if not kept.in_use]
        assert old
        store.retention.destroy(
            Destruction(digest=each.digest, category=each.category, last_used=each.last_used, term="P1Y", source="list")
            for each in old
        )
        sign_checkpoints(store, ring)
        report = verify_store(store, ring)
        assert (report.broken, report.open) == ([], [])
        export(store, EvidenceSelection(), load_catalogue(), tmp_path / "bundle", pseudonyms=None, ring=ring)
        report = verify(tmp_path / "bundle", public, holds)
        assert report.holds
        assert "were destroyed" in " ".join(report.notes)
        with store.evidence._database.writing() as connection:
            connection.execute(text("UPDATE artefact SET content = x'' WHERE id = (SELECT max(id) FROM artefact)"))
        assert "content was changed" in verify_store(store, ring).broken[0]
