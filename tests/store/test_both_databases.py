"""Drift, the schedule, imports, evidence, metrics and retention do in PostgreSQL what they do in SQLite."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

from baseline.content.catalogue import load_catalogue
from baseline.content.pseudonyms import Pseudonyms
from baseline.evidence.bundle import export
from baseline.evidence.keys import KeyRing, holds
from baseline.evidence.selection import EvidenceSelection
from baseline.evidence.signing import sign_checkpoints
from baseline.evidence.store_check import verify_store
from baseline.evidence.telling import tell_all, tell_latest
from baseline.evidence.verifier import verify
from baseline.exporters.prometheus.known import known
from baseline.exporters.prometheus.store_source import StoreSource
from baseline.exporters.prometheus.text import as_text
from baseline.imports.importing import ImportOptions, import_file
from baseline.imports.mapping import load_mappings
from baseline.serve.drift_source import DriftSource
from baseline.serve.evidence_source import EvidenceSource
from baseline.serve.schedule_source import ScheduleSource
from baseline.store.retention import Destruction
from baseline.store.store import Store
from tests.drift.test_approved import Fleet
from tests.imports.samples import sarif_log
from tests.store.examples import NOON, later

DUE = datetime(2026, 3, 1, 2, tzinfo=UTC)

PSEUDONYMS = Pseudonyms(b"a key of the pseudonyms of a test")


def test_what_was_approved_drifts_is_imported_told_signed_and_destroyed(location, tmp_path):
    ring = KeyRing(tmp_path / "keys")
    key = ring.new()
    with Store.open(location) as store:
        fleet = Fleet(store)
        fleet.run(text="first")
        fleet.run()
        fleet.approve()
        for _ in range(2):
            fleet.run(sw_1=1)
        (cause,) = fleet.causes()
        assert cause.targets == ("sw-1",)

        catalogue = load_catalogue()
        (tmp_path / "log.sarif").write_text(json.dumps(sarif_log()))
        options = ImportOptions(target="sw-2", measured_at=later(90))
        first = import_file(store, tmp_path / "log.sarif", options, (), load_mappings(catalogue))
        again = import_file(store, tmp_path / "log.sarif", options, (), load_mappings(catalogue))
        assert (first.totals.new > 0, again.totals) == (True, None)

        schedule = store.schedule
        assert schedule.claim("nightly", DUE, DUE)
        assert not schedule.claim("nightly", DUE, DUE)
        schedule.beat("nightly", DUE, DUE + timedelta(minutes=1))
        schedule.finish("nightly", DUE, "done", exit_code=1, reason="", now=DUE + timedelta(minutes=2))
        schedule.note_missed("nightly", [DUE - timedelta(days=1)], "asleep", DUE)
        for state in ("standing", "resolved"):
            schedule.note("beheer", cause.id, state, DUE)
        assert [slot.state for slot in schedule.slots()] == ["done", "missed"]
        assert schedule.notices("beheer")[cause.id][0] == "resolved"

        content = known(catalogue, {})
        sources = [
            StoreSource(store, lambda: content),
            DriftSource(store),
            EvidenceSource(store),
            ScheduleSource(store),
        ]
        text = b"".join(part for source in sources for part in as_text(source.families())).decode()
        assert "baseline_drifting_targets 1\n" in text
        assert 'baseline_job_state{job_name="nightly",state="done"} 1\n' in text

        old = [each for each in store.retention.kept() if not each.in_use][:1]
        gone = [
            Destruction(
                digest=each.digest, category=each.category, last_used=each.last_used, term="1 year", source="test"
            )
            for each in old
        ]
        assert store.retention.destroy(gone) == 1
        told = tell_all(store, PSEUDONYMS)
        assert told == tell_all(store, PSEUDONYMS, again=True)
        assert tell_latest(store, PSEUDONYMS) == tell_all(store, PSEUDONYMS) == []
        sign_checkpoints(store, ring)
        report = verify_store(store, ring)
        assert (report.broken, report.open) == ([], [])
        export(store, EvidenceSelection(), catalogue, tmp_path / "bundle", pseudonyms=None, ring=ring)
        export(store, EvidenceSelection(), catalogue, tmp_path / "told", pseudonyms=PSEUDONYMS, ring=ring)
    for name in ("bundle", "told"):
        proven = verify(tmp_path / name, key.public, holds)
        assert (proven.broken, proven.open) == ([], [])


def test_schedulers_and_writers_that_come_together_queue(location, tmp_path):
    """One moment of a job has one taker, and the log one order, however many processes reach for them."""
    with Store.open(location):
        pass

    def write(number: int) -> bool:
        with Store.open(location) as store:
            taken = store.schedule.claim("nightly", DUE, NOON)
            for _ in range(5):
                store.evidence.append("attestation", {"number": number})
            return taken

    with ThreadPoolExecutor(6) as pool:
        assert sum(pool.map(write, range(6))) == 1
    with Store.open(location, read_only=True) as store:
        assert len(store.evidence.latest(100)) == 30
        assert not verify_store(store, KeyRing(tmp_path / "none")).broken


def test_comparisons_and_approvals_that_come_together_queue(location):
    """Each takes away what stands and writes anew; none of them breaks on what another wrote."""
    with Store.open(location) as store:
        fleet = Fleet(store)
        fleet.run()
        fleet.approve()
        for _ in range(2):
            fleet.run(sw_1=1)
        found = fleet.causes()
        compared = store.drift.compared()

    def write(number: int) -> None:
        with Store.open(location) as store:
            for _ in range(10):
                if number:
                    store.drift.write(compared)
                else:
                    Fleet(store).approve("sw-3")

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(write, range(4)))
    with Store.open(location) as store:
        assert Fleet(store).causes() == found
