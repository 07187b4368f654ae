"""What happened to every check over a period: counts, failures, how often it was asked, and where that fell silent."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from itertools import groupby, pairwise

import msgspec

from baseline.exporters.reports.failures import Failure, failures_of
from baseline.exporters.reports.lapsing import with_lapsed
from baseline.exporters.reports.period import ReportPeriod
from baseline.models.result import Status
from baseline.store.series import Assessment, ResultInterval
from baseline.store.store import Store


class Silence(msgspec.Struct, frozen=True, kw_only=True):
    """A time in which a check said nothing of a target: it was not asked, or could not be established."""

    target: str
    check: str
    begins: datetime
    ends: datetime

    @property
    def lasted(self) -> timedelta:
        """How long it said nothing."""
        return self.ends - self.begins


class CheckSeries(msgspec.Struct, kw_only=True):
    """One check over the period, on all its targets. ``at_end`` counts results by status as they stood at the end.

    ``touched`` are the statuses that occurred, ``failures`` those that touch the period. ``silences`` are the times
    longer than the limit in which it said nothing of a target. ``months`` counts results by status just before
    the period, at the beginning of each month and at the end.
    """

    check: str
    targets: set[str] = msgspec.field(default_factory=set)
    runs: set[int] = msgspec.field(default_factory=set)
    first: datetime | None = None
    last: datetime | None = None
    at_end: Counter[Status] = msgspec.field(default_factory=Counter)
    touched: set[Status] = msgspec.field(default_factory=set)
    failures: list[Failure] = msgspec.field(default_factory=list)
    silences: list[Silence] = msgspec.field(default_factory=list)
    longest_silence: Silence | None = None
    waivers: set[str] = msgspec.field(default_factory=set)
    months: dict[datetime, Counter[Status]] = msgspec.field(default_factory=dict)
    intervals: list[ResultInterval] = msgspec.field(default_factory=list)
    observed: dict[str, list[datetime]] = msgspec.field(default_factory=dict)


class PeriodSeries(msgspec.Struct, frozen=True, kw_only=True):
    """The series of every check in a period, by check id, and every time that a target was asked."""

    period: ReportPeriod
    checks: dict[str, CheckSeries]
    assessments: tuple[Assessment, ...]


def read_series(
    store: Store,
    period: ReportPeriod,
    limit: timedelta,
    targets: frozenset[str],
    checks: frozenset[str],
    *,
    waivers: Mapping[str, date],
    keep_intervals: bool = False,
) -> PeriodSeries:
    """Read what happened in a period to these targets and checks; a silence longer than ``limit`` counts.

    ``waivers`` maps the id of a waiver to its last day. ``keep_intervals`` keeps the intervals themselves too, for pictures of few targets.
    """
    reader = _Reader(period, limit, keep_intervals=keep_intervals)
    intervals = with_lapsed(store.series.intervals(period.begins, period.ends), waivers, period)
    for (target, check, _), some in groupby(intervals, key=lambda each: each[:3]):
        if target in targets and check in checks:
            reader.add(target, check, list(some))
    assessments = [each for each in store.series.assessments(period.begins, period.ends) if each.target in targets]
    reader.observe(
        assessments,
        store.series.held_checks(period.begins, period.ends),
        store.series.assessed_before(period.begins),
    )
    return PeriodSeries(period=period, checks=reader.checks, assessments=tuple(assessments))


class _Reader:
    """Gathers intervals and assessments into series."""

    def __init__(self, period: ReportPeriod, limit: timedelta, *, keep_intervals: bool) -> None:
        self._period, self._limit, self._keep = period, limit, keep_intervals
        months = (_start(period, index) for index in range(len(period.month_starts())))
        self._moments = list(dict.fromkeys([period.begins, *months, period.ends]))
        self._errors: dict[tuple[str, str], list[ResultInterval]] = {}
        self._gone: dict[tuple[str, str], datetime | None] = {}
        self._appeared: dict[tuple[str, str], datetime] = {}
        self.checks: dict[str, CheckSeries] = {}

    def add(self, target: str, check: str, intervals: list[ResultInterval]) -> None:
        """Take the intervals of one subject, in order of time."""
        begins, ends = self._period.begins, self._period.ends
        touching = [each for each in intervals if each.valid_to is None or each.valid_to > begins]
        failures = failures_of(intervals, ends)
        if not touching:
            return
        series = self.checks.setdefault(check, CheckSeries(check=check))
        series.targets.add(target)
        series.touched |= {each.status for each in touching}
        series.waivers |= {each.waiver for each in touching if each.waiver}
        series.failures += [each for each in failures if each.ends is None or each.ends > begins]
        self._count(series, touching)
        self._note_presence(target, check, touching)
        if self._keep:
            series.intervals += touching

    def _count(self, series: CheckSeries, touching: list[ResultInterval]) -> None:
        for moment in self._moments:
            counter = series.months.setdefault(moment, Counter())
            for each in touching:
                if each.valid_from < moment and (each.valid_to is None or each.valid_to >= moment):
                    counter[each.status] += 1
        series.at_end = series.months[self._period.ends]

    def _note_presence(self, target: str, check: str, touching: list[ResultInterval]) -> None:
        """Since and until when the check is about the target, and when it could not be established."""
        key = (target, check)
        self._errors.setdefault(key, []).extend(each for each in touching if each.status is Status.ERROR)
        first, last = touching[0].valid_from, touching[-1].valid_to
        self._appeared[key] = min(first, self._appeared.get(key, first))
        known = self._gone.get(key, last)
        self._gone[key] = None if last is None or known is None else max(last, known)

    def observe(
        self, assessments: Iterable[Assessment], held: Mapping[int, frozenset[str]], before: frozenset[str]
    ) -> None:
        """Take every time that a target was asked; ``before`` are the targets that had been reached before the period."""
        reached: dict[str, list[Assessment]] = {}
        for each in assessments:
            if each.reached:
                reached.setdefault(each.target, []).append(each)
        holding = {check: frozenset(run for run, checks in held.items() if check in checks) for check in self.checks}
        seen: dict[tuple[str, frozenset[int]], list[datetime]] = {}
        for target, check in self._appeared:
            runs = holding[check]
            if (target, runs) not in seen:
                seen[target, runs] = [each.at for each in reached.get(target, ()) if each.run in runs]
            self.checks[check].runs |= runs & {each.run for each in reached.get(target, ())}
            self._observe(self.checks[check], target, seen[target, runs], known_before=target in before)

    def _observe(self, series: CheckSeries, target: str, moments: list[datetime], *, known_before: bool) -> None:
        if self._keep:
            series.observed[target] = moments
        if moments:
            series.first = min(moments[0], series.first or moments[0])
            series.last = max(moments[-1], series.last or moments[-1])
        for begins, ends in self._silences((target, series.check), moments, known_before=known_before):
            if ends <= begins:
                continue
            silence = Silence(target=target, check=series.check, begins=begins, ends=ends)
            if silence.lasted > self._limit:
                series.silences.append(silence)
            if series.longest_silence is None or silence.lasted > series.longest_silence.lasted:
                series.longest_silence = silence

    def _silences(
        self, key: tuple[str, str], moments: list[datetime], *, known_before: bool
    ) -> Iterator[tuple[datetime, datetime]]:
        """The times between assessments and at both ends of the period, and those that were not established."""
        begins = self._period.begins if known_before else max(self._appeared[key], self._period.begins)
        ends = min(self._gone[key] or self._period.ends, self._period.ends)
        yield from pairwise([begins, *(moment for moment in moments if begins < moment < ends), ends])
        for each in self._errors.get(key, ()):
            yield max(each.valid_from, begins), min(each.valid_to or ends, ends)


def _start(period: ReportPeriod, index: int) -> datetime:
    return ReportPeriod("", period.month_starts()[index], period.last).begins
