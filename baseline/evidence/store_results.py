"""Holds the results of a store against the log: what every run logged is made again from the rows."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, select

from baseline.evidence.logged import Logged, Retirement
from baseline.evidence.verifier import Report
from baseline.store.evidence_history import History, HistoryRow, read_histories
from baseline.store.evidence_results import Root, digest_of_checks
from baseline.store.evidence_runs import target_document
from baseline.store.evidence_tables import StandingRow
from baseline.store.merkle import Peaks, leaf_hash
from baseline.store.tables import CheckRow, RunCheckRow, RunTargetRow, TargetRow


class Observation(NamedTuple):
    """A run looked at a target."""

    moment: datetime
    run: int
    checks: frozenset[str]
    settled: int | None
    """Position of the log entry, where results were settled; None where nothing had changed."""


class ResultsCheck:
    """Goes through the targets in order of name, and through the runs of each in order of time."""

    def __init__(self, connection: Connection, logged: Logged, report: Report) -> None:
        self._connection, self._logged, self._report = connection, logged, report
        self._checks = checks_by_run(connection)
        self._by_digest = {digest_of_checks(checks): checks for checks in set(self._checks.values())}
        self._ends = {run: [(Peaks(), frozenset(end["planned"])) for end in ends] for run, ends in logged.ended.items()}
        self._settled: set[tuple[int, str]] = set()
        self._observations: dict[int, list[Observation]] = defaultdict(list)
        self._remembered: dict[int, list[Any]] = defaultdict(list)

    def verify(self) -> int:
        """Hold every target against the log; how many results that were."""
        names: dict[int, str] = dict(self._connection.execute(select(TargetRow.id, TargetRow.name)).all())
        self._read(names)
        ordered = sorted(names, key=lambda number: names[number])
        histories = read_histories(self._connection, ordered)
        waiting = next(histories, None)
        results = 0
        for number in ordered:
            history = History(names[number], ())
            if waiting is not None and waiting.target == names[number]:
                history, waiting = waiting, next(histories, None)
            results += len(history.rows)
            self._target(number, history)
        self._require_ends()
        return results

    def _read(self, names: Mapping[int, str]) -> None:
        query = select(RunTargetRow.target_id, RunTargetRow.run_id, RunTargetRow.collected_at)
        for target, run, moment in self._connection.execute(query):
            if moment is None:
                continue
            if target not in names:
                self._report.broken.append(f"run {run}: target number {target} is not there")
                continue
            logged = self._logged.settled.get((run, names[target]))
            checks = self._checks.get(run, frozenset())
            self._observations[target].append(Observation(moment, run, checks, logged.position if logged else None))
        columns = (StandingRow.target_id, StandingRow.checks, StandingRow.since, StandingRow.number, StandingRow.root)
        for row in self._connection.execute(select(*columns)):
            self._remembered[row[0]].append(row)

    def _target(self, number: int, history: History) -> None:
        seen = sorted(self._observations[number])
        for each in seen:
            root = history.at(each.moment, each.checks)[1]
            self._settled_as_logged(history.target, each, root)
            document = leaf_hash(target_document(history.target, root))
            for peaks, planned in self._ends.get(each.run, ()):
                if history.target not in planned:
                    peaks.append(document)
        retirements = [each for each in self._logged.retirements if history.target in each.closed]
        Turns(history, seen, self._ended(), retirements).verify(self._report)
        for _, checks, since, count, root in self._remembered[number]:
            known = self._by_digest.get(bytes(checks))
            moments = {each.moment for each in seen}
            if known is None or since not in moments or history.at(since, known)[1] != Root(count, bytes(root)):
                self._report.broken.append(f"{history.target}: what is remembered of its results was changed")

    def _ended(self) -> set[int]:
        return set(self._ends)

    def _settled_as_logged(self, target: str, each: Observation, root: Root) -> None:
        logged = self._logged.settled.get((each.run, target))
        if logged is None:
            return
        self._settled.add((each.run, target))
        if logged.measured != each.moment or logged.results != root.as_document():
            self._report.broken.append(f"run {each.run}, {target}: its results are not those that were logged")

    def _require_ends(self) -> None:
        for run, target in sorted(self._logged.settled.keys() - self._settled):
            self._report.broken.append(f"run {run}, {target}: its results were taken out")
        for run, ends in self._ends.items():
            for (peaks, _), logged in zip(ends, self._logged.ended[run], strict=True):
                if Root(peaks.size, peaks.root).as_document() != logged["results"]:
                    self._report.broken.append(f"run {run}: the results of its targets are not those that were logged")


class Turns:
    """When the results of one target begin and end: only when a run saw it, or when it was retired."""

    def __init__(
        self, history: History, seen: list[Observation], ended: set[int], retirements: list[Retirement]
    ) -> None:
        self._history, self._retirements = history, retirements
        self._seen, self._ended = seen, ended
        self._at: dict[datetime, list[Observation]] = defaultdict(list)
        for each in seen:
            self._at[each.moment].append(each)

    def verify(self, report: Report) -> None:
        """Report every row that begins or ends when nothing happened."""
        for row in self._history.rows:
            if not (self._begins(row) and self._ends(row)):
                place = f"{self._history.target}, {row.check} {row.subject}".rstrip()
                report.broken.append(f"{place}: the time over which a result held was changed, or it was added")

    def _begins(self, row: HistoryRow) -> bool:
        return any(
            row.check in each.checks and (each.settled is not None or each.run in self._ended)
            for each in self._at[row.valid_from]
        )

    def _ends(self, row: HistoryRow) -> bool:
        for each in self._retirements:
            end = self._end_by(each, row)
            if end is None:
                continue
            if row.valid_to == end:
                return True
            if (row.valid_to is None or row.valid_to > end) and self._is_last_word(each, row.check, end):
                return False
        if row.valid_to is None:
            return True
        return row.valid_from < row.valid_to and any(row.check in each.checks for each in self._at[row.valid_to])

    def _end_by(self, retirement: Retirement, row: HistoryRow) -> datetime | None:
        """When a retirement ended a row; None when it did not speak of it."""
        if row.check not in retirement.closed[self._history.target]:
            return None
        end = retirement.later.get(self._history.target, retirement.at)
        return end if row.valid_from < end or row.valid_from == row.valid_to == end else None

    def _is_last_word(self, retirement: Retirement, check: str, end: datetime) -> bool:
        """Whether no look at the target from before that end was recorded afterwards."""
        before = [each for each in self._seen if each.moment <= end and check in each.checks]
        return not before or before[-1].settled is None or before[-1].settled < retirement.position


def checks_by_run(connection: Connection) -> dict[int, frozenset[str]]:
    """The names of the checks of each run; runs with the same ones share them."""
    found: dict[int, set[str]] = defaultdict(set)
    query = select(RunCheckRow.run_id, CheckRow.name).join(CheckRow, CheckRow.id == RunCheckRow.check_id)
    for run, name in connection.execute(query):
        found[run].add(name)
    shared: dict[frozenset[str], frozenset[str]] = {}
    return {run: shared.setdefault(frozenset(names), frozenset(names)) for run, names in found.items()}
