"""The schedule in a store that is open. ``now`` is given, so that a caller decides what the time is."""

from collections.abc import Iterable
from datetime import datetime

from baseline.store.database import Database
from baseline.store.slots import (
    Slot,
    SlotState,
    any_lost,
    beat,
    claim,
    finish,
    last_due,
    lost,
    note_missed,
    read_notices,
    read_slots,
    write_notice,
)


class ScheduleStore:
    """Moments of jobs, and what was told to whom. Every method may raise StoreError."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def claim(self, job: str, due: datetime, now: datetime) -> bool:
        """Take a moment of a job; False when somebody has it, or the job still runs."""
        with self._database.writing() as connection:
            return claim(connection, job, due, now)

    def note_missed(self, job: str, moments: Iterable[datetime], reason: str, now: datetime) -> None:
        """Write that a job did not run at these moments."""
        with self._database.writing() as connection:
            note_missed(connection, job, moments, reason, now)

    def beat(self, job: str, due: datetime, now: datetime) -> None:
        """Say that a claimed job still runs."""
        with self._database.writing() as connection:
            beat(connection, job, due, now)

    def finish(
        self, job: str, due: datetime, state: SlotState, *, exit_code: int | None, reason: str, now: datetime
    ) -> None:
        """Write how a claimed job ended."""
        with self._database.writing() as connection:
            finish(connection, job, due, state, exit_code=exit_code, reason=reason, now=now)

    def lost(self, now: datetime) -> list[Slot]:
        """Moments whose scheduler died and that may be tried again."""
        with self._database.reading() as connection:
            if not any_lost(connection, now):
                return []
        with self._database.writing() as connection:
            return lost(connection, now)

    def last_due(self, until: datetime | None = None) -> dict[str, datetime]:
        """The newest moment of each job of which something is known, up to ``until``.

        A clock that was ahead for a while left moments that are still to come; they keep nothing back.
        """
        with self._database.reading() as connection:
            return last_due(connection, until)

    def slots(self, limit: int = 20, job: str | None = None) -> list[Slot]:
        """The latest moments, newest first."""
        with self._database.reading() as connection:
            return read_slots(connection, limit, job)

    def notices(self, channel: str) -> dict[str, tuple[str, datetime]]:
        """Subject -> what a channel was told last about it, and when."""
        with self._database.reading() as connection:
            return read_notices(connection, channel)

    def note(self, channel: str, subject: str, state: str, now: datetime) -> None:
        """Write that a channel was told something."""
        with self._database.writing() as connection:
            write_notice(connection, channel, subject, state, now)
