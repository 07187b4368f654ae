"""A destruction is signed for: its record stays under the signature, and bundles from before and after it still verify."""

import hashlib
import json
import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from baseline.cli.main import cli
from baseline.evidence.keys import KeyRing, holds
from baseline.evidence.store_check import verify_store
from baseline.evidence.verifier import verify
from baseline.models.artefact import Artefact
from baseline.models.result import Status
from baseline.store.store import Store
from tests.exports.conftest import SSH, facts_of, result, version_of
from tests.store.examples import reached, switch

NOW = datetime.now(UTC)
SCHEDULE = """
categories:
  raw-answers: {appraisal: V, term: 1 year, source: "Selectielijst 2020, proces 5.1"}
  facts: {appraisal: V, term: 2 years, source: "Selectielijst 2020, proces 5.1"}
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """A store with a signed run of four years ago and one of today; both kinds of bundle before destruction, and after."""
    folder = tmp_path_factory.mktemp("destroyed")
    (folder / "retention.yml").write_text(SCHEDULE)
    KeyRing(folder / "keys").new()
    with Store.open(folder / "store.db") as store:
        for age in (4, 0):
            run = store.begin_run({}, "0.1.0", [switch("sw-1")], [version_of(SSH)])
            text = f"hostname sw-1\nusername p.jansen\n! {age} years ago\n"
            outcome = reached(
                result("sw-1", SSH, Status.PASS, artefacts={}, sources=()),
                target="sw-1",
                at=NOW - age * timedelta(days=365),
                key="steady",
                facts=facts_of(hostname="sw-1", age=age, users=[{"name": "p.jansen"}]),
                artefacts=(Artefact(name="show running-config", content=text.encode()),),
            )
            store.record_target(run, outcome)
            store.finish_run(run)
    run_baseline(folder, "evidence", "tell")
    export_both(folder, "before")
    plan = json.loads(run_baseline(folder, *RETENTION, "plan", "--json", code=1))
    run_baseline(folder, *RETENTION, "apply", "--confirm", plan["plan"][:12])
    export_both(folder, "after")
    return folder


RETENTION = ("retention", "SCHEDULE")


def run_baseline(folder: Path, *words: object, code: int = 0) -> str:
    keys = {"BASELINE_KEYS": str(folder / "keys"), "BASELINE_PSEUDONYM_KEY": str(folder / "pseudonyms.key")}
    named = [str(word) for word in words if word != "SCHEDULE"]
    named += ["--schedule", str(folder / "retention.yml")] if "SCHEDULE" in words else []
    ended = CliRunner().invoke(cli, ["--store", str(folder / "store.db"), *named], env=keys)
    assert ended.exit_code == code, (ended.output, ended.exception)
    return ended.stdout


def export_both(folder: Path, when: str) -> None:
    run_baseline(folder, "evidence", "export", "-o", folder / f"{when}-told")
    run_baseline(folder, "evidence", "export", "--names", "-o", folder / f"{when}-named")


def public_of(folder: Path) -> bytes:
    return KeyRing(folder / "keys").keys()[0].public


def test_every_bundle_and_the_store_verify_before_and_after(folder):
    public = public_of(folder)
    for name in ("before-told", "before-named", "after-told", "after-named"):
        report = verify(folder / name, public, holds)
        assert (report.broken, report.open) == ([], []), name
    notes = {kind: " ".join(verify(folder / f"after-{kind}", public, holds).notes) for kind in ("told", "named")}
    assert "1 raw answers are not in the bundle, 1 were destroyed" in notes["named"]
    assert "1 facts are named, but not in the bundle" in notes["told"]
    with Store.open(folder / "store.db", read_only=True) as store:
        report = verify_store(store, KeyRing(folder / "keys"), public)
    assert (report.broken, report.open) == ([], [])
    assert "is signed" in " ".join(report.proven) or "are signed" in " ".join(report.proven)


def test_no_name_is_left_and_nothing_of_what_was_destroyed(folder):
    for path in (folder / "after-told").rglob("*"):
        assert not path.is_file() or b"jansen" not in path.read_bytes(), path
    gone = b"! 4 years ago"
    assert any(gone in path.read_bytes() for path in (folder / "before-told/artefacts").iterdir())
    assert not any(gone in path.read_bytes() for path in (folder / "after-named/artefacts").iterdir())


def test_the_record_is_under_a_signature(folder):
    with closing(sqlite3.connect(folder / "store.db")) as database:
        [last] = database.execute("select max(position) from evidence_leaf where kind like '%destruction'").fetchone()
        signed = "select count(*) from evidence_checkpoint c join evidence_signature s on s.checkpoint = c.number"
        [covering] = database.execute(f"{signed} where c.size > ?", (last,)).fetchone()
        [unsigned] = database.execute(
            "select count(*) from evidence_checkpoint where number not in (select checkpoint from evidence_signature)"
        ).fetchone()
    assert covering > 0
    assert unsigned == 0


FORGERIES = {
    "removed": "delete from evidence_leaf where kind = '{kind}' and position = "
    "(select min(position) from evidence_leaf where kind = '{kind}')",
    "another term": "update evidence_leaf set document = replace(document, '1 year', '9 years') where kind = '{kind}'",
    "another content": 'update evidence_leaf set document = replace(document, \'"digest":"\', \'"digest":"0\') '
    "where kind = '{kind}'",
    "another kind": "update evidence_leaf set kind = 'note' where kind = '{kind}'",
}


@pytest.mark.parametrize("kind", ["destruction", "told destruction"])
@pytest.mark.parametrize("statement", FORGERIES.values(), ids=FORGERIES)
def test_a_record_that_is_forged_or_removed_is_noticed(folder, tmp_path, kind, statement):
    path = shutil.copy(folder / "store.db", tmp_path)
    with closing(sqlite3.connect(path)) as database:
        assert database.execute(statement.format(kind=kind)).rowcount > 0
        database.commit()
    with Store.open(path, read_only=True) as store:
        assert verify_store(store, KeyRing(folder / "keys")).broken


@pytest.mark.parametrize("kind", ["told", "named"])
def test_a_bundle_whose_record_is_forged_is_noticed_even_with_its_sums_made_again(folder, tmp_path, kind):
    work = Path(shutil.copytree(folder / f"after-{kind}", tmp_path / "bundle"))
    leaves, sums = work / "log/leaves.jsonl", work / "SHA256SUMS"
    whole, listed = leaves.read_bytes(), sums.read_text()
    assert b"destruction" in whole
    forged = [line for line in whole.splitlines(keepends=True) if b"destruction" not in line]
    for content in (b"".join(forged), whole.replace(b"1 year", b"9 year")):
        assert content != whole
        leaves.write_bytes(content)
        sums.write_text(listed.replace(sha256(whole), sha256(content)))
        assert verify(work, public_of(folder), lambda *_: True).broken


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
