"""Metrics of runs: when the last one began and ended well, how long it took, and what it reached."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from baseline.exporters.prometheus.family import Family, Row, unix_seconds
from baseline.exporters.prometheus.tally import STATUSES
from baseline.store.records import RunRecord
from baseline.store.store import Store


class _Last(NamedTuple):
    """The last run of a scope, and the last that finished."""

    scope: str
    started: RunRecord
    finished: RunRecord | None


def run_families(store: Store) -> Iterator[Family]:
    """Whole runs (everything in the inventory, every check) apart from partial ones.

    Raises:
        StoreError: the store cannot be read.
    """
    runs = store.series.last_runs()
    last = [_last(scope, [run for run in runs if _scope(run) == scope]) for scope in ("whole", "part")]
    scopes = [each for each in last if each is not None]
    labels = ("scope",)
    yield Family(
        name="baseline_run_start_timestamp_seconds",
        help="When the last run began.",
        labels=labels,
        rows=[((each.scope,), unix_seconds(each.started.started)) for each in scopes],
    )
    yield Family(
        name="baseline_run_success_timestamp_seconds",
        help="When a run last finished; 0: never.",
        labels=labels,
        rows=[((each.scope,), unix_seconds(each.finished.finished if each.finished else None)) for each in scopes],
    )
    yield Family(
        name="baseline_run_status",
        help="Whether the last run is running, finished or interrupted.",
        labels=("scope", "status"),
        rows=[
            ((each.scope, status), float(each.started.status == status))
            for each in scopes
            for status in ("running", "finished", "interrupted")
        ],
    )
    yield from _finished([(each.scope, each.finished) for each in scopes if each.finished is not None])


def _finished(finished: list[tuple[str, RunRecord]]) -> Iterator[Family]:
    yield Family(
        name="baseline_run_duration_seconds",
        help="How long the last finished run took.",
        labels=("scope",),
        rows=[((scope,), (run.finished - run.started).total_seconds()) for scope, run in finished if run.finished],
    )
    yield Family(
        name="baseline_run_targets",
        help="Targets of the last finished run by outcome; planned: it did not come to them.",
        labels=("scope", "outcome"),
        rows=[row for scope, run in finished for row in _outcomes(scope, run)],
    )
    yield Family(
        name="baseline_run_results",
        help="Results of the last finished run by status.",
        labels=("scope", "status"),
        rows=[row for scope, run in finished for row in _statuses(scope, run)],
    )


def _outcomes(scope: str, run: RunRecord) -> Iterator[Row]:
    for outcome in ("planned", "reached", "unreached", "excluded"):
        yield (scope, outcome), getattr(run.counts, outcome, 0)


def _statuses(scope: str, run: RunRecord) -> Iterator[Row]:
    numbers = {status.value: number for status, number in run.counts.statuses.items()} if run.counts else {}
    for status in STATUSES:
        yield (scope, status), numbers.get(status, 0)


def _last(scope: str, runs: list[RunRecord]) -> _Last | None:
    """Out of runs, newest first."""
    if not runs:
        return None
    return _Last(scope, runs[0], next((run for run in runs if run.status == "finished"), None))


def _scope(run: RunRecord) -> str:
    """``whole`` when nothing narrowed the run."""
    narrowed: list[Any] = [run.selection.get("limit"), run.selection.get("from_files")]
    chosen = run.selection.get("selection")
    narrowed += chosen.values() if isinstance(chosen, dict) else []
    return "part" if any(narrowed) else "whole"
