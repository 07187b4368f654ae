"""The store: one object per open database, used from one thread at a time."""

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from baseline.models.result import Result
from baseline.models.target import Target
from baseline.store.records import (
    EVERYTHING,
    CheckVersion,
    Count,
    Dimension,
    Period,
    PopulationEntry,
    ResultFilter,
    ResumedRun,
    RunRecord,
    StoredFacts,
    TargetOutcome,
)


class Store:
    """Runs, results and evidence in SQLite (a path) or PostgreSQL (a URL). Every method may raise StoreError."""

    @classmethod
    def open(cls, location: str | Path, *, read_only: bool = False) -> Self:
        """Open a store; create it, or bring an older one up to date, unless ``read_only``.

        ``location`` is a file path or a URL such as ``postgresql+psycopg://baseline@database/baseline``. Runs whose
        process is gone are marked interrupted.

        Raises:
            StoreError: it is locked, full, damaged, read-only, made by a newer version, or not a database; the message
                says what to do.
        """
        raise NotImplementedError

    def close(self) -> None:
        """Close every connection. The store cannot be used afterwards."""
        raise NotImplementedError

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
    ) -> int:
        """Write a run with its population (``Target.excluded`` included) and its checks; give back its number."""
        raise NotImplementedError

    def judge_keys(self, targets: Collection[str]) -> dict[str, dict[str, str]]:
        """Target -> check -> key of what currently stands; a target that was never judged is an empty dict."""
        raise NotImplementedError

    def record_target(self, run: int, outcome: TargetOutcome) -> bool:
        """Write what a run learned of one target, in one transaction.

        False when nothing was written, because a check in ``outcome.unchanged`` does not stand with that key any more
        (another run recorded the target meanwhile): judge all its checks and record again. Recording a target twice in
        a run keeps the first outcome.
        """
        raise NotImplementedError

    def record_targets(self, run: int, outcomes: Sequence[TargetOutcome]) -> frozenset[str]:
        """Like ``record_target`` for many targets in one transaction; gives the names that were not written."""
        raise NotImplementedError

    def heartbeat(self, run: int) -> None:
        """Say that the run is alive; once a minute is enough."""
        raise NotImplementedError

    def finish_run(self, run: int) -> RunRecord:
        """Mark the run finished and count its results."""
        raise NotImplementedError

    def interrupt_run(self, run: int) -> None:
        """Mark a running run interrupted, so that it can be resumed."""
        raise NotImplementedError

    def mark_dead_runs(self) -> tuple[int, ...]:
        """Mark runs interrupted whose process on this host is gone, or that another host left without a sign of life.

        ``open`` does this too. Gives the numbers of the runs marked.
        """
        raise NotImplementedError

    def interrupted_runs(self) -> list[RunRecord]:
        """Runs that can be resumed, newest first."""
        raise NotImplementedError

    def resume_run(self, run: int) -> ResumedRun:
        """Take an interrupted run over in this process.

        Raises:
            StoreError: the run is finished, still running, or not there.
        """
        raise NotImplementedError

    def retire(self, targets: Collection[str], checks: Collection[str], at: datetime) -> int:
        """Close what stands of targets and checks that do not exist any more; give back how many results that were.

        ``targets`` and ``checks`` are all that exist (the whole inventory, every check), not a selection.
        """
        raise NotImplementedError

    def current_results(self, where: ResultFilter = EVERYTHING) -> Iterator[Result]:
        """Results that stand now (or stood in ``where.run``), ordered by target, check and subject."""
        raise NotImplementedError

    def results_as_of(self, when: datetime, where: ResultFilter = EVERYTHING) -> Iterator[Result]:
        """Results as they stood at a moment."""
        raise NotImplementedError

    def periods(self, where: ResultFilter = EVERYTHING) -> Iterator[Period]:
        """Like ``current_results``, with since when each result stands."""
        raise NotImplementedError

    def history(self, target: str, check: str, subject: str | None = None) -> list[Period]:
        """Every result that a check ever had on a target (and one subject of it; empty: the target itself), oldest first."""
        raise NotImplementedError

    def counts(self, by: Sequence[Dimension], where: ResultFilter = EVERYTHING) -> list[Count]:
        """Numbers of results that stand now (or stood in ``where.run``), grouped."""
        raise NotImplementedError

    def runs(self, limit: int = 20) -> list[RunRecord]:
        """The latest runs, newest first."""
        raise NotImplementedError

    def run(self, run: int) -> RunRecord:
        """One run; StoreError when it is not there."""
        raise NotImplementedError

    def run_checks(self, run: int) -> list[CheckVersion]:
        """The checks that a run held, as they were, ordered by id."""
        raise NotImplementedError

    def population(self, run: int) -> Iterator[PopulationEntry]:
        """Every target of a run with its outcome, ordered by name."""
        raise NotImplementedError

    def targets(self) -> dict[str, Target]:
        """Every target ever assessed, by name, as the latest run knew it; without its credentials."""
        raise NotImplementedError

    def facts(self, target: str, run: int | None = None) -> StoredFacts | None:
        """Facts of a target in a run, or the latest; None when that run did not reach it."""
        raise NotImplementedError

    def artefact(self, digest: str) -> bytes:
        """The content of an artefact; StoreError when it is missing or does not match its digest."""
        raise NotImplementedError
