"""The store: one object per open database, used from one thread at a time."""

from collections.abc import Collection, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from sqlalchemy import Connection

from baseline.models.artefact import Artefact
from baseline.models.errors import StoreError
from baseline.models.result import Result
from baseline.models.target import Target
from baseline.store.canonical import canonical_json
from baseline.store.contents import read_content
from baseline.store.database import Database
from baseline.store.details import Details
from baseline.store.drift_store import DriftStore
from baseline.store.evidence_adoption import adopt
from baseline.store.evidence_runs import log_begin, log_end, log_resume
from baseline.store.evidence_store import EvidenceStore
from baseline.store.imported_store import ImportStore
from baseline.store.judged import read_keys_by_name
from baseline.store.plan import read_checks, read_targets, write_checks, write_targets
from baseline.store.population import read_facts, read_population
from baseline.store.reassessments import ReassessmentStore
from baseline.store.recording import record
from baseline.store.records import (
    EVERYTHING,
    CheckVersion,
    Count,
    Dimension,
    Period,
    PopulationEntry,
    RemediationRecord,
    ResultFilter,
    ResumedRun,
    RunRecord,
    StoredFacts,
    TargetOutcome,
)
from baseline.store.remediations import (
    complete_remediation,
    insert_remediation,
    read_remediation,
    read_remediations,
)
from baseline.store.result_reader import count_results, read_history, read_results
from baseline.store.retention import RetentionStore
from baseline.store.retirement import retire
from baseline.store.run_contents import write_run_contents
from baseline.store.runs import count, insert_run, mark_dead, read_run, read_runs, resume, update_own
from baseline.store.schedule_store import ScheduleStore
from baseline.store.schema import ensure_current
from baseline.store.scope import Scope, read_scope
from baseline.store.series import SeriesStore
from baseline.store.target_states import TargetStates, read_states


class Store:
    """Runs, results and evidence in SQLite (a path) or PostgreSQL (a URL). Every method may raise StoreError."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._details = Details()
        self._scopes: dict[int, Scope] = {}
        self.series = SeriesStore(database)
        self.drift = DriftStore(database)
        self.imports = ImportStore(database)
        self.schedule = ScheduleStore(database)
        self.evidence = EvidenceStore(database)
        self.reassessments = ReassessmentStore(database)
        self.retention = RetentionStore(database)

    @classmethod
    def open(cls, location: str | Path, *, read_only: bool = False) -> Self:
        """Open a store; create it, or bring an older one up to date, unless ``read_only``.

        ``location`` is a file path or a URL such as ``postgresql+psycopg://baseline@database/baseline``. Runs whose
        process is gone are marked interrupted.

        Raises:
            StoreError: it is locked, full, damaged, read-only, made by a newer version, or not a database; the message
                says what to do.
        """
        database = Database.at(location, read_only=read_only)
        try:
            ensure_current(database, read_only=read_only)
            store = cls(database)
            if not read_only:
                adopt(database)
                store.mark_dead_runs()
        except BaseException:
            database.close()
            raise
        return store

    def close(self) -> None:
        """Close every connection. The store cannot be used afterwards."""
        self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def begin_run(
        self,
        selection: dict[str, object],
        tool_version: str,
        targets: Sequence[Target],
        checks: Sequence[CheckVersion],
        contents: Sequence[Artefact] = (),
    ) -> int:
        """Write a run with its population (``Target.excluded`` included) and its checks; give back its number.

        ``contents`` are the other things that it is held against, as they are now: the catalogue, the waivers.
        """
        with self._database.writing() as connection:
            run = insert_run(connection, selection, tool_version)
            write_targets(connection, run, targets)
            write_checks(connection, run, checks)
            write_run_contents(connection, run, contents)
            log_begin(connection, run)
        return run

    def judge_keys(self, targets: Collection[str]) -> dict[str, dict[str, str]]:
        """Target -> check -> key of what currently stands; a target that was never judged is an empty dict."""
        with self._database.reading() as connection:
            return read_keys_by_name(connection, targets)

    def record_target(self, run: int, outcome: TargetOutcome) -> bool:
        """Write what a run learned of one target, in one transaction.

        False when nothing was written, because a check in ``outcome.unchanged`` does not stand with that key any more
        (another run recorded the target meanwhile): judge all its checks and record again. Recording a target twice in
        a run keeps the first outcome.
        """
        return not self.record_targets(run, [outcome])

    def record_targets(self, run: int, outcomes: Sequence[TargetOutcome]) -> frozenset[str]:
        """Like ``record_target`` for many targets in one transaction; gives the names that were not written."""
        with self._database.writing() as connection:
            return record(connection, self._scope(connection, run), outcomes, self._details)

    def heartbeat(self, run: int) -> None:
        """Say that the run is alive; once a minute is enough."""
        with self._database.writing() as connection:
            update_own(connection, run, status="running", finished=None, heartbeat=datetime.now(UTC))

    def finish_run(self, run: int) -> RunRecord:
        """Mark the run finished and count its results."""
        now = datetime.now(UTC)
        with self._database.writing() as connection:
            counts = canonical_json(count(connection, run)).decode()
            update_own(connection, run, status="finished", finished=now, heartbeat=now, counts=counts)
            finished = read_run(connection, run)
            log_end(connection, run)
        self._scopes.pop(run, None)
        return finished

    def interrupt_run(self, run: int) -> None:
        """Mark a running run interrupted, so that it can be resumed."""
        now = datetime.now(UTC)
        with self._database.writing() as connection:
            update_own(connection, run, status="interrupted", finished=now, heartbeat=now)
            log_end(connection, run)

    def mark_dead_runs(self) -> tuple[int, ...]:
        """Mark runs interrupted whose process on this host is gone, or that another host left without a sign of life.

        ``open`` does this too. Gives the numbers of the runs marked.
        """
        with self._database.reading() as connection:
            if not read_runs(connection, status="running"):
                return ()
        with self._database.writing() as connection:
            dead = mark_dead(connection)
            for run in dead:
                log_end(connection, run)
            return dead

    def interrupted_runs(self) -> list[RunRecord]:
        """Runs that can be resumed, newest first."""
        with self._database.reading() as connection:
            return read_runs(connection, status="interrupted")

    def resume_run(self, run: int) -> ResumedRun:
        """Take an interrupted run over in this process.

        Raises:
            StoreError: the run is finished, still running, or not there.
        """
        with self._database.writing() as connection:
            resumed = resume(connection, run)
            log_resume(connection, run)
            return resumed

    def retire(self, targets: Collection[str], checks: Collection[str], at: datetime) -> int:
        """Close what stands of targets and checks that do not exist any more; give back how many results that were.

        ``targets`` and ``checks`` are all that exist (the whole inventory, every check), not a selection.
        """
        with self._database.writing() as connection:
            return retire(connection, frozenset(targets), frozenset(checks), at)

    def current_results(self, where: ResultFilter = EVERYTHING) -> Iterator[Result]:
        """Results that stand now (or stood in ``where.run``), ordered by target, check and subject."""
        return (period.result for period in self.periods(where))

    def results_as_of(self, when: datetime, where: ResultFilter = EVERYTHING) -> Iterator[Result]:
        """Results as they stood at a moment."""
        if where.run is not None:
            raise StoreError("ask for the results of a run or of a moment, not of both")
        return (period.result for period in self._results(where, when))

    def periods(self, where: ResultFilter = EVERYTHING) -> Iterator[Period]:
        """Like ``current_results``, with since when each result stands."""
        return self._results(where, None)

    def history(self, target: str, check: str, subject: str | None = None) -> list[Period]:
        """Every result that a check ever had on a target, or on one subject of it (empty: itself), oldest first."""
        with self._database.reading() as connection:
            return list(read_history(connection, target, check, subject))

    def counts(self, by: Sequence[Dimension], where: ResultFilter = EVERYTHING) -> list[Count]:
        """Numbers of results that stand now (or stood in ``where.run``), grouped."""
        with self._database.reading() as connection:
            return count_results(connection, by, where)

    def runs(self, limit: int = 20) -> list[RunRecord]:
        """The latest runs, newest first."""
        with self._database.reading() as connection:
            return read_runs(connection, limit)

    def run(self, run: int) -> RunRecord:
        """One run; StoreError when it is not there."""
        with self._database.reading() as connection:
            return read_run(connection, run)

    def run_checks(self, run: int) -> list[CheckVersion]:
        """The checks that a run held, as they were, ordered by id."""
        with self._database.reading() as connection:
            return read_checks(connection, run)

    def population(self, run: int) -> Iterator[PopulationEntry]:
        """Every target of a run with its outcome, ordered by name."""
        with self._database.reading() as connection:
            yield from read_population(connection, run)

    def targets(self) -> dict[str, Target]:
        """Every target ever assessed, by name, as the latest run knew it; without its credentials."""
        with self._database.reading() as connection:
            return read_targets(connection)

    def target_states(self, known: Collection[bytes] = ()) -> TargetStates:
        """How asking every target that exists went last, and summaries of what stands; see ``TargetStates``.

        ``known`` are digests of summaries that the caller holds already. Costs no counting of results.
        """
        with self._database.reading() as connection:
            return read_states(connection, known)

    def facts(self, target: str, run: int | None = None, before: datetime | None = None) -> StoredFacts | None:
        """Facts of a target in a run, or the latest, collected at or before a moment; None when there are none."""
        with self._database.reading() as connection:
            return read_facts(connection, target, run, before)

    def artefact(self, digest: str) -> bytes:
        """The content of an artefact; StoreError when it is missing or does not match its digest."""
        with self._database.reading() as connection:
            return read_content(connection, digest)

    def begin_remediation(self, ticket: str, person: str, run_before: int, document: dict[str, object]) -> int:
        """Write that targets are about to be repaired; give back its number."""
        with self._database.writing() as connection:
            return insert_remediation(connection, ticket, person, run_before, document)

    def complete_remediation(
        self, number: int, status: str, run_after: int | None, document: dict[str, object]
    ) -> None:
        """Write how repairing ended (``repaired``, ``partly``, ``failed``) and the run that checked it."""
        with self._database.writing() as connection:
            complete_remediation(connection, number, status, run_after, document)

    def remediations(self, limit: int = 20) -> list[RemediationRecord]:
        """The latest remediations, newest first."""
        with self._database.reading() as connection:
            return read_remediations(connection, limit)

    def remediation(self, number: int) -> RemediationRecord:
        """One remediation; StoreError when it is not there."""
        with self._database.reading() as connection:
            return read_remediation(connection, number)

    def _results(self, where: ResultFilter, moment: datetime | None) -> Iterator[Period]:
        with self._database.reading() as connection:
            yield from read_results(connection, where, moment)

    def _scope(self, connection: Connection, run: int) -> Scope:
        """What the run was begun with; read once, as it never changes."""
        if run not in self._scopes:
            self._scopes[run] = read_scope(connection, run)
        return self._scopes[run]
