"""Approved states and drift in a store that is open."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager

from sqlalchemy import Connection, text

from baseline.store.database import Database
from baseline.store.drift_states import (
    Approval,
    Approved,
    Compared,
    State,
    Verdicts,
    approve,
    latest_states,
    new_states,
    read_approvals,
    read_approved,
    read_compared,
    read_manifests,
    verdicts_at,
    write_compared,
)

DRIFT_LOCK = 0x42617367
"""Number of the PostgreSQL advisory lock of who approves or writes what was compared; SQLite has one writer anyway."""


class DriftStore:
    """What was approved, and how far each target was compared with it. Every method may raise StoreError."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def latest(self, targets: Collection[str], run: int | None = None) -> dict[str, State]:
        """The last state in which each target was reached, or that in a run."""
        with self._database.reading() as connection:
            return latest_states(connection, targets, run)

    def approve(self, states: Sequence[State], *, ticket: str, person: str, note: str = "") -> int:
        """Write that these states are right, in one transaction; give the number of the approval."""
        with self._writing() as connection:
            return approve(connection, states, ticket=ticket, person=person, note=note)

    def approved(self) -> dict[str, Approved]:
        """The approved state of every target that has one."""
        with self._database.reading() as connection:
            return read_approved(connection)

    def approvals(self, limit: int = 20) -> list[Approval]:
        """The latest approvals, newest first."""
        with self._database.reading() as connection:
            return read_approvals(connection, limit)

    def new(self) -> list[State]:
        """States of approved targets that were not compared yet, oldest first."""
        with self._database.reading() as connection:
            return new_states(connection)

    def compared(self) -> dict[str, Compared]:
        """How far each target was compared."""
        with self._database.reading() as connection:
            return read_compared(connection)

    def write(self, compared: Mapping[str, Compared]) -> None:
        """Write how far these targets were compared."""
        with self._writing() as connection:
            write_compared(connection, compared)

    def verdicts(self, state: State) -> Verdicts:
        """Every verdict on a target when a run had looked at it."""
        with self._database.reading() as connection:
            return verdicts_at(connection, state)

    def manifests(self, digests: Collection[str]) -> dict[str, dict[str, str]]:
        """SHA-256 of a manifest -> artefact name -> SHA-256; one that cannot be read is left out."""
        with self._database.reading() as connection:
            return read_manifests(connection, digests)

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        with self._database.writing() as connection:
            if connection.dialect.name == "postgresql":
                connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": DRIFT_LOCK})
            yield connection
