"""Whatever is changed, taken out of or added to a store behind the tool's back, is found."""

import random
import shutil
from contextlib import contextmanager

import pytest
from sqlalchemy import text

from baseline.evidence.keys import KeyRing
from baseline.evidence.store_check import verify_connection
from baseline.store.database import Database
from baseline.store.sqlite import set_foreign_keys

WITHOUT_EVIDENCE = {
    "sqlite_sequence": "SQLite's own counters",
    "baseline_schema": "the version of the tables, which opening a store looks at",
    "evidence_told": "digests that whoever uses them holds against the log; who proves the log does not use them",
    "target_state": "summaries, made again from results",
    "target_summary": "summaries, made again from results",
}
"""Tables whose change hides nothing, and why."""
NUMBERS_ONLY = {("artefact", "id"), ("detail", "id")}
"""Columns that say nothing by themselves: who refers to such a number is guarded."""

REMADE = {"evidence_standing"}
"""Tables of what is worked out again when a row is not there; a row that is changed would mislead, and is found."""


@pytest.fixture(scope="module")
def tampering(filled, tmp_path_factory):
    """A way to run statements and see what verifying says, after which nothing has happened."""
    path = shutil.copy(filled, tmp_path_factory.mktemp("tampered"))
    database = Database.at(path, read_only=False)
    with database._engine.connect() as connection:
        set_foreign_keys(connection, enforced=False)
        yield connection
    database.close()


@contextmanager
def undone(connection):
    with connection.begin() as transaction:
        yield
        transaction.rollback()


def broken_after(connection, ring, statement: str, values: dict) -> list[str]:
    with undone(connection):
        connection.execute(text(statement), values)
        report = verify_connection(connection, ring)
        return report.broken + report.open


def tables(connection) -> list[str]:
    with undone(connection):
        found = connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"))
        return [name for name in found.scalars() if name not in WITHOUT_EVIDENCE]


def rows_of(connection, table: str) -> list[dict]:
    with undone(connection):
        return [row._asdict() for row in connection.execute(text(f"SELECT * FROM {table}"))]


def where(row: dict) -> str:
    return " AND ".join(f"{name} IS :{name}" for name in row)


def other_value(name: str, value):
    """Nearly the same value; of what is true or false, the other."""
    return 1 - value if name in {"unchanged", "results_changed", "excluded"} and value is not None else other(value)


def other(value):
    """Nearly the same value."""
    if value is None:
        return 1
    if isinstance(value, int):
        return value + 1
    if isinstance(value, bytes):
        return value[:-1] + bytes([value[-1] ^ 1]) if value else b"\0"
    return value[:-1] + chr(ord(value[-1]) ^ 1) if value else "x"


def mutations(connection):
    """Every cell a little different or empty, and every row taken out."""
    for table in tables(connection):
        for row in rows_of(connection, table):
            if table not in REMADE:
                yield f"DELETE FROM {table} WHERE {where(row)}", row
            for name, value in row.items():
                if (table, name) in NUMBERS_ONLY:
                    continue
                changed = f"UPDATE {table} SET {name} = :new_value WHERE {where(row)}"
                yield changed, {**row, "new_value": other_value(name, value)}
                if value is not None:
                    yield changed, {**row, "new_value": None}


def test_a_store_that_nobody_touched_is_whole(tampering, ring):
    with undone(tampering):
        report = verify_connection(tampering, ring)
    assert (report.broken, report.open) == ([], [])
    assert any("results over time are as logged" in each for each in report.proven)


def survivors(connection, ring, chosen) -> list:
    passed = []
    for statement, values in chosen:
        try:
            if not broken_after(connection, ring, statement, values):
                passed.append((statement.split(" WHERE ")[0], values))
        except Exception as error:
            if "IntegrityError" not in type(error).__name__:
                raise AssertionError((statement, values)) from error
    return passed


def test_a_sample_of_changes_is_found(tampering, ring):
    chosen = random.Random(1).sample(list(mutations(tampering)), 60)
    assert survivors(tampering, ring, chosen) == []


@pytest.mark.slow
def test_every_cell_and_row_is_guarded(tampering, ring):
    every = list(mutations(tampering))
    assert len(every) > 2000
    assert survivors(tampering, ring, every) == []


ADDITIONS = {
    "a result that nobody found": """
        INSERT INTO result SELECT target_id, check_id, 'Gi9/9', valid_from, valid_to, status, severity, expected_id,
        observed_id, reason_id, waiver, sources_id, artefacts_id, first_run FROM result LIMIT 1""",
    "a result between two runs": """
        INSERT INTO result SELECT target_id, check_id, subject, valid_from + 1000000, valid_from + 2000000, status,
        severity, expected_id, observed_id, reason_id, waiver, sources_id, artefacts_id, first_run FROM result LIMIT 1""",
    "a result that held for no time": """
        INSERT INTO result SELECT target_id, check_id, 'Gi9/9', valid_from, valid_from, status, severity, expected_id,
        observed_id, reason_id, waiver, sources_id, artefacts_id, first_run FROM result LIMIT 1""",
    "a target in a run": """
        INSERT INTO run_target SELECT 3, target_id, outcome, code, reason, facts_id, manifest_id, collected_at + 1,
        duration_ms, round_trips, judged, unchanged, results_changed FROM run_target WHERE run_id = 1 AND target_id = 3""",
    "a run": """
        INSERT INTO run SELECT 99, status, started, finished, heartbeat, selection, tool_version, host, pid, process,
        counts FROM run WHERE id = 1""",
    "a raw answer": """
        INSERT INTO artefact SELECT 99, x'00', media_type, size, content FROM artefact WHERE id = 1""",
    "a version of a check": "INSERT INTO check_version SELECT 99, check_id, 'other', document FROM check_version LIMIT 1",
    "a check": "INSERT INTO check_name VALUES (99, 'another')",
    "a check in a run": "INSERT INTO run_check SELECT 1, 99, version_id FROM run_check LIMIT 1",
    "a target": "INSERT INTO target SELECT 99, 'other', kind, platform, site, zone, owner, attributes FROM target LIMIT 1",
    "something that a run was held against": "INSERT INTO run_content SELECT 1, 'other', artefact_id FROM run_content",
    "a remediation": """
        INSERT INTO remediation SELECT 99, status, ticket, person, started, finished, run_before, run_after, document
        FROM remediation""",
    "an entry of the log": """
        INSERT INTO evidence_leaf SELECT (SELECT max(position) + 1 FROM evidence_leaf), kind, run_id, digest, document
        FROM evidence_leaf WHERE position = 3""",
    "a checkpoint": """
        INSERT INTO evidence_checkpoint SELECT number + 100, run_id, size, digest, document FROM evidence_checkpoint
        WHERE number = 1""",
    "judge keys": "INSERT INTO judged SELECT 99, keys FROM judged LIMIT 1",
}


@pytest.mark.parametrize("what", ADDITIONS)
def test_what_is_added_is_found(tampering, ring, what):
    statement = ADDITIONS[what].replace("FROM run_content", "FROM run_content LIMIT 1")
    assert broken_after(tampering, ring, statement, {})


def test_entries_that_changed_places_are_found(tampering, ring):
    with undone(tampering):
        tampering.execute(text("UPDATE evidence_leaf SET position = -1 WHERE position = 4"))
        tampering.execute(text("UPDATE evidence_leaf SET position = 4 WHERE position = 5"))
        tampering.execute(text("UPDATE evidence_leaf SET position = 5 WHERE position = -1"))
        assert verify_connection(tampering, ring).broken


def test_a_run_that_was_taken_out_whole_is_found(tampering, ring):
    with undone(tampering):
        for table in ("run_check", "run_target", "run_content", "evidence_leaf", "evidence_checkpoint"):
            tampering.execute(text(f"DELETE FROM {table} WHERE run_id = 4"))
        tampering.execute(text("DELETE FROM run WHERE id = 4"))
        assert verify_connection(tampering, ring).broken


def test_a_log_that_was_made_again_needs_the_key(tampering, ring, tmp_path):
    """Who can write the store can also write its log anew; only the signatures tell."""
    with undone(tampering):
        tampering.execute(text("DELETE FROM evidence_signature"))
        assert "not signed" in verify_connection(tampering, ring).open[0]
        stranger = KeyRing(tmp_path / "keys")
        stranger.new()
        assert not verify_connection(tampering, stranger).holds
