"""A new store for each test, in SQLite and (slow) in PostgreSQL."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from importlib.util import find_spec
from itertools import count
from pathlib import Path

import pytest

from baseline.store.store import Store

POSTGRESQL = Path("/usr/lib/postgresql/15/bin")
DATABASES = count(1)


@pytest.fixture(scope="session")
def postgresql_socket() -> Iterator[Path]:
    """The socket folder of a private PostgreSQL server."""
    if not (POSTGRESQL / "initdb").exists():
        pytest.skip(f"no PostgreSQL server in {POSTGRESQL} (apt-get install postgresql-15)")
    if find_spec("psycopg") is None:
        pytest.skip("no psycopg (pip install 'psycopg[binary]')")
    folder = Path(tempfile.mkdtemp(prefix="baseline-pg-"))
    user = "postgres" if os.geteuid() == 0 else None
    if user:
        shutil.chown(folder, user)
    run_server_program("initdb", "-A", "trust", "-E", "UTF8", "-U", "postgres", "--no-sync", folder / "data", user=user)
    options = f"-k {folder} -c listen_addresses= -c fsync=off"
    run_server_program("pg_ctl", "-w", "-D", folder / "data", "-l", folder / "log", "-o", options, "start", user=user)
    try:
        yield folder
    finally:
        run_server_program("pg_ctl", "-m", "immediate", "-D", folder / "data", "stop", user=user)
        shutil.rmtree(folder)


def run_server_program(program: str, *arguments: str | Path, user: str | None = None) -> None:
    subprocess.run(
        [POSTGRESQL / program, *arguments], check=True, user=user, stdout=subprocess.DEVNULL, timeout=60, cwd="/"
    )


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.slow)])
def location(request, tmp_path) -> str:
    """The path or URL of an empty database."""
    if request.param == "sqlite":
        return str(tmp_path / "store.db")
    return new_postgresql_database(request.getfixturevalue("postgresql_socket"))


@pytest.fixture
def another_location(request, location, tmp_path) -> str:
    """The path or URL of a second empty database, of the same kind."""
    if "://" not in location:
        return str(tmp_path / "another.db")
    return new_postgresql_database(request.getfixturevalue("postgresql_socket"))


def new_postgresql_database(socket: Path) -> str:
    name = f"test{next(DATABASES)}"
    run_server_program("createdb", "-h", socket, "-U", "postgres", name)
    return f"postgresql+psycopg://postgres@/{name}?host={socket}"


@pytest.fixture
def store(location) -> Iterator[Store]:
    with Store.open(location) as opened:
        yield opened
