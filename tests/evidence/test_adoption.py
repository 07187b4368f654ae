"""A store from before the log is taken into it when it is opened, once."""

import shutil

from sqlalchemy import text

from baseline.evidence.keys import KeyRing
from baseline.evidence.store_check import verify_store
from baseline.store.database import Database
from baseline.store.store import Store

LOG = ("evidence_signature", "evidence_checkpoint", "evidence_leaf", "evidence_standing")


def as_before_the_log(path) -> None:
    database = Database.at(path, read_only=False)
    with database.writing() as connection:
        for table in LOG:
            connection.execute(text(f"DELETE FROM {table}"))
        connection.execute(text("UPDATE evidence_head SET size = 0, peaks = x'', checkpoints = 0, checkpoint = x''"))
    database.close()


def test_a_store_from_before_the_log_is_guarded_from_when_it_is_opened(filled, tmp_path):
    path, ring = shutil.copy(filled, tmp_path), KeyRing(tmp_path / "keys")
    as_before_the_log(path)
    with Store.open(path) as store:
        report = verify_store(store, ring)
        assert report.broken == []
        assert "before the log" in report.notes[0]
        size = store.evidence.latest(1)[0].position
    with Store.open(path) as store:
        assert store.evidence.latest(1)[0].position == size
    database = Database.at(path, read_only=False)
    with database.writing() as connection:
        connection.execute(text("UPDATE result SET status = 'pass' WHERE status = 'fail'"))
    database.close()
    with Store.open(path) as store:
        assert verify_store(store, ring).broken
