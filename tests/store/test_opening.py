"""A store opens, or says in words why not and what to do."""

import os
import sqlite3
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.command import upgrade
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import MetaData, Table, create_engine, event, inspect, select, text

from baseline.models.errors import StoreError
from baseline.store import failures, sqlite
from baseline.store.database import Database
from baseline.store.schema import MIGRATIONS, REVISIONS, VERSION_TABLE, migrate
from baseline.store.store import Store
from baseline.store.tables import Base
from tests.store.examples import SSH, reached, result, switch, version


def engine_on(location):
    return create_engine(location if "://" in location else f"sqlite:///{location}")


def execute(location, statement):
    engine = engine_on(location)
    with engine.begin() as connection:
        connection.execute(text(statement))
    engine.dispose()


def migrated(location, revision="head"):
    """Make the tables as an older version did, one migration after the other."""
    database = Database.at(location, read_only=False)
    with database.migrating() as connection:
        migrate(connection, revision)
    database.close()


def everything_of(location):
    """All that a database holds: tables with their columns, constraints and options, and every row."""
    engine = engine_on(location)
    held = {}
    with engine.connect() as connection:
        found = inspect(connection)
        for name in found.get_table_names():
            indexes = [
                {**each, "dialect_options": {key: str(value) for key, value in each.get("dialect_options", {}).items()}}
                for each in found.get_indexes(name)
            ]
            unordered = (indexes, found.get_unique_constraints(name), found.get_foreign_keys(name))
            held[name] = {
                "columns": [{**each, "type": repr(each["type"])} for each in found.get_columns(name)],
                "key": found.get_pk_constraint(name),
                "constraints": [sorted(map(str, each)) for each in unordered],
                "checks": found.get_check_constraints(name),
                "options": found.get_table_options(name),
                "rows": [
                    tuple(row) for row in connection.execute(select(Table(name, MetaData(), autoload_with=engine)))
                ],
            }
        if engine.dialect.name == "sqlite":
            kept = "SELECT name, sql LIKE '%WITHOUT ROWID', sql LIKE '%AUTOINCREMENT%' FROM sqlite_master ORDER BY name"
            held["master"] = [tuple(row) for row in connection.execute(text(kept))]
            held["header"] = connection.exec_driver_sql("PRAGMA application_id").scalar()
    engine.dispose()
    return held


def test_a_new_store_is_what_its_migrations_make_of_an_empty_database(location, another_location):
    migrated(another_location)
    Store.open(location).close()
    new, old = everything_of(location), everything_of(another_location)
    assert new == old
    assert new["evidence_head"]["rows"] == [(1, 0, b"", 0, b"")]
    assert new[VERSION_TABLE]["rows"] == [(REVISIONS[-1],)]


def test_migrations_make_the_tables_that_the_code_expects(location):
    migrated(location)
    engine = engine_on(location)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"version_table": VERSION_TABLE, "compare_type": True})
        assert compare_metadata(context, Base.metadata) == []
    engine.dispose()


def test_every_migration_is_known_in_order():
    walked = [each.revision for each in ScriptDirectory(str(MIGRATIONS)).walk_revisions()]
    assert tuple(reversed(walked)) == REVISIONS


def test_a_store_opens_again_with_what_it_held(location):
    with Store.open(location) as store:
        run = store.begin_run({}, "0.1.0", [switch()], [version(SSH)])
        store.record_target(run, reached(result()))
    with Store.open(location) as store:
        assert len(list(store.current_results())) == 1


@pytest.mark.parametrize("state", ["new", "up to date"])
def test_a_store_that_is_not_behind_opens_without_alembic_and_the_other_database(tmp_path, state):
    if state == "up to date":
        Store.open(tmp_path / "store.db").close()
    program = "import sys; from baseline.store.store import Store; Store.open(sys.argv[1]).close(); print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", program, tmp_path / "store.db"], check=True, capture_output=True, text=True
    )
    loaded = set(done.stdout.split())
    assert "sqlalchemy.dialects.sqlite" in loaded
    assert loaded.isdisjoint({"alembic", "sqlalchemy.dialects.postgresql"})


def test_files_are_for_their_owner_only(tmp_path):
    old = os.umask(0)
    try:
        with Store.open(tmp_path / "folder" / "store.db") as store:
            store.begin_run({}, "0.1.0", [], [])
            modes = {each.name: stat.S_IMODE(each.stat().st_mode) for each in (tmp_path / "folder").iterdir()}
    finally:
        os.umask(old)
    assert modes == {"store.db": 0o600, "store.db-wal": 0o600, "store.db-shm": 0o600}
    assert stat.S_IMODE((tmp_path / "folder").stat().st_mode) == 0o700


@pytest.mark.parametrize("name", ["with space.db", "what?#%41.db", "é.db", "a&mode=memory.db"])
def test_any_file_name_is_taken_literally(tmp_path, name):
    Store.open(tmp_path / name).close()
    assert [each.name for each in tmp_path.iterdir()] == [name]


def test_sqlite_is_set_for_durability_and_many_readers(tmp_path):
    with Store.open(tmp_path / "store.db") as store, store._database.reading() as connection:
        pragmas = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout", "application_id")
        }
    assert pragmas == {
        "journal_mode": "wal",
        "synchronous": 1,
        "foreign_keys": 1,
        "busy_timeout": 30_000,
        "application_id": sqlite.APPLICATION_ID,
    }


def test_a_newer_store_is_refused(location):
    Store.open(location).close()
    execute(location, f"UPDATE {VERSION_TABLE} SET version_num = '9999'")
    with pytest.raises(StoreError, match=r"newer version of baseline \(schema 9999\); upgrade baseline"):
        Store.open(location)


def test_a_database_of_another_program_is_left_alone(tmp_path):
    path = tmp_path / "photos.db"
    execute(str(path), "CREATE TABLE photo (id INTEGER)")
    with pytest.raises(StoreError, match="belongs to another program"):
        Store.open(path)


def test_a_file_that_is_no_database_is_refused(tmp_path):
    path = tmp_path / "notes.txt"
    path.write_text("Dear diary,\n" * 1000)
    with pytest.raises(StoreError, match=r"notes\.txt: the file is not a database; give the path"):
        Store.open(path)
    assert path.read_text().startswith("Dear diary")


def test_a_damaged_store_says_so(tmp_path):
    path = tmp_path / "store.db"
    with Store.open(path) as store:
        run = store.begin_run({}, "0.1.0", [switch(f"switch-{n}") for n in range(500)], [version(SSH)])
        store.record_targets(run, [reached(result(), target=f"switch-{n}") for n in range(500)])
    content = bytearray(path.read_bytes())
    content[8192:] = b"\xff" * (len(content) - 8192)
    path.write_bytes(content)
    with pytest.raises(StoreError, match="it is damaged; restore a backup"), Store.open(path) as store:
        list(store.current_results())


def test_a_folder_is_refused(tmp_path):
    with pytest.raises(StoreError, match="cannot be opened to write: Is a directory"):
        Store.open(tmp_path)


def test_a_path_under_a_file_is_refused(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(StoreError, match="cannot be opened to write"):
        Store.open(tmp_path / "file" / "store.db")


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("mysql://u:hush@host/db", "not mysql"),
        ("sqlite://", "in memory would be lost"),
        ("://", "URL cannot be read"),
        ("postgresql+psycopg2://u:hush@host/db", r"not postgresql\+psycopg2"),
    ],
)
def test_a_url_of_something_else_is_refused(url, message):
    with pytest.raises(StoreError, match=message) as raised:
        Store.open(url)
    assert "hush" not in str(raised.value)


def test_a_locked_store_says_so(tmp_path, monkeypatch):
    path = tmp_path / "store.db"
    monkeypatch.setattr(sqlite, "BUSY_SECONDS", 0.2)
    with Store.open(path) as store:
        other = sqlite3.connect(path, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match="another process kept it locked for more than 30 seconds"):
            store.begin_run({}, "0.1.0", [], [])
        other.execute("ROLLBACK")
        other.close()
        assert store.begin_run({}, "0.1.0", [], []) == 1


def test_a_store_can_be_read_without_writing(tmp_path):
    path = tmp_path / "store.db"
    with Store.open(path) as store:
        run = store.begin_run({}, "0.1.0", [switch()], [version(SSH)])
        store.record_target(run, reached(result()))
    before = path.read_bytes()
    with Store.open(path, read_only=True) as store:
        assert len(list(store.current_results())) == 1
        with pytest.raises(StoreError, match="it cannot be written"):
            store.heartbeat(run)
    assert path.read_bytes() == before


def test_reading_a_store_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(StoreError, match="there is no such file"):
        Store.open(tmp_path / "store.db", read_only=True)
    assert list(tmp_path.iterdir()) == []


def test_reading_a_store_that_needs_a_migration_is_refused(tmp_path):
    path = tmp_path / "store.db"
    path.touch()
    with pytest.raises(StoreError, match="older version; open it once to write"):
        Store.open(path, read_only=True)


def test_a_new_store_that_is_cut_short_leaves_nothing(location):
    def stop(*_, **__):
        raise KeyboardInterrupt

    event.listen(Base.metadata, "after_create", stop)
    try:
        with pytest.raises(KeyboardInterrupt):
            Store.open(location)
    finally:
        event.remove(Base.metadata, "after_create", stop)
    engine = engine_on(location)
    assert inspect(engine).get_table_names() == []
    engine.dispose()
    Store.open(location).close()


def test_a_migration_that_is_cut_short_leaves_all_as_it_was(location, monkeypatch):
    def upgrade_and_fail(*arguments):
        upgrade(*arguments)
        raise KeyboardInterrupt

    migrated(location, REVISIONS[4])
    before = everything_of(location)
    with monkeypatch.context() as patch:
        patch.setattr("alembic.command.upgrade", upgrade_and_fail)
        with pytest.raises(KeyboardInterrupt):
            Store.open(location)
    assert everything_of(location) == before
    Store.open(location).close()


@pytest.mark.slow
def test_an_ordinary_user_is_told_about_permissions(tmp_path_factory):
    if os.geteuid() != 0:
        pytest.skip("needs root, to become an ordinary user")
    folder = Path(subprocess.check_output(["mktemp", "-d"], text=True).strip())
    Store.open(folder / "store.db").close()
    folder.chmod(0o755)
    (folder / "store.db").chmod(0o644)
    program = (
        "import os, sys; from baseline.store.store import Store; os.setgid(65534); os.setuid(65534)\n"
        "try: Store.open(sys.argv[1])\n"
        "except Exception as error: print(type(error).__name__, error)"
    )
    said = subprocess.check_output([sys.executable, "-c", program, folder / "store.db"], text=True)
    subprocess.run(["rm", "-r", folder], check=True)
    assert "StoreError" in said
    assert "cannot be opened to write: Permission denied" in said


@pytest.mark.slow
def test_a_postgresql_server_that_is_not_there_is_said_so(tmp_path):
    pytest.importorskip("psycopg", reason="no psycopg (pip install 'psycopg[binary]')")
    with pytest.raises(StoreError, match="look at the URL, and whether the server runs") as raised:
        Store.open(f"postgresql+psycopg://user:hush@/db?host={tmp_path}")
    assert "hush" not in str(raised.value)


@pytest.mark.slow
def test_a_postgresql_database_that_is_not_there_is_said_so(postgresql_socket):
    with pytest.raises(StoreError, match=r"database \"nowhere\" does not exist"):
        Store.open(f"postgresql+psycopg://postgres@/nowhere?host={postgresql_socket}")


@pytest.mark.parametrize("state", ["42501", "25006", "53100", "53300", "57P01", "08006", "40P01"])
def test_every_refusal_of_postgresql_that_a_person_can_act_on_has_a_message(state):
    class RefusalError(Exception):
        sqlstate = state

    assert failures._postgresql_message(RefusalError())


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://audit:hunter2-secret@127.0.0.1:1/base",
        "postgresql+psycopg://audit@127.0.0.1:1/base?password=hunter2-secret&sslmode=disable",
        "postgresql://127.0.0.1:1/base?sslpassword=hunter2-secret",
    ],
)
def test_a_password_in_the_address_of_a_store_is_told_nowhere(url):
    pytest.importorskip("psycopg")
    with pytest.raises(StoreError, match=r"store postgresql.*127.0.0.1:1/base: ") as raised:
        Store.open(url)
    assert "hunter2" not in str(raised.value)
