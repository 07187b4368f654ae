"""Failures, silences and outcomes: what a period's series says, and what it never says."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baseline.exporters.reports.failures import failures_of
from baseline.exporters.reports.outcome import GOOD, Outcome, combined, existence_of, operation_of
from baseline.exporters.reports.period import PeriodError, parse_period
from baseline.exporters.reports.series import CheckSeries, Silence
from baseline.models.errors import BaselineError
from baseline.models.result import Severity, Status
from baseline.store.series import ResultInterval

START = datetime(2026, 7, 1, tzinfo=UTC)
UNTIL = datetime(2026, 10, 1, tzinfo=UTC)
LETTERS = {"p": Status.PASS, "f": Status.FAIL, "e": Status.ERROR, "w": Status.WAIVED, "n": Status.NOT_APPLICABLE}


def intervals(story, *, closed=False):
    """One interval a day per letter; a space is a day on which the subject was not there."""
    found = []
    for day, letter in enumerate(story):
        begins = START + timedelta(days=day)
        last = day == len(story) - 1 and not closed
        ends = None if last else begins + timedelta(days=1)
        if letter != " ":
            found.append(ResultInterval("sw-1", "c", "", LETTERS[letter], Severity.HIGH, None, day + 1, begins, ends))
    return found


@pytest.mark.parametrize(
    ("story", "endings", "days"),
    [
        ("ppp", [], []),
        ("pffp", ["repaired"], [2]),
        ("pf", ["open"], [91]),
        ("feefp", ["repaired"], [4]),
        ("feep", ["repaired"], [3]),
        ("fe", ["open"], [92]),
        ("fw", ["waived"], [1]),
        ("fn", ["gone"], [1]),
        ("f p", ["gone"], [1]),
        ("fpfp", ["repaired", "repaired"], [1, 1]),
        ("eep", [], []),
    ],
)
def test_a_failure_lasts_until_it_is_seen_to_be_met(story, endings, days):
    found = failures_of(intervals(story), UNTIL)
    assert [each.ending for each in found] == endings
    assert [each.lasted(UNTIL).days for each in found] == days


def test_a_failure_that_comes_back_knows_how_often_it_was_repaired_before():
    assert [each.earlier for each in failures_of(intervals("fpfpf"), UNTIL)] == [0, 1, 2]
    assert [each.earlier for each in failures_of(intervals("fwf"), UNTIL)] == [0, 0]


def test_what_is_removed_from_the_inventory_leaves_no_open_failure():
    (failure,) = failures_of(intervals("ff", closed=True), UNTIL)
    assert (failure.ending, failure.ends) == ("gone", START + timedelta(days=2))


@given(st.text(alphabet="pfewn ", min_size=1, max_size=40))
def test_time_in_failure_is_counted_once_and_only_a_pass_repairs(story):
    found = failures_of(intervals(story.strip() or "p"), UNTIL)
    assert all(a.ends is not None and a.ends <= b.begins for a, b in pairwise(found))
    text = story.strip() or "p"
    repaired = sum(each.ending == "repaired" for each in found)
    assert repaired <= text.count("p")
    assert (text[-1] == "f") <= bool(found and found[-1].ending == "open")


def series(at_end=(), touched=(), *, runs=5, failures=(), silent=False):
    silence = Silence(target="sw-1", check="c", begins=START, ends=UNTIL)
    made = CheckSeries(check="c", targets={"sw-1"}, runs=set(range(runs)), failures=list(failures))
    made.at_end.update(at_end)
    made.touched = set(touched or at_end)
    made.silences = [silence] if silent else []
    return made


@pytest.mark.parametrize(
    ("given_series", "existence", "operation"),
    [
        ([], Outcome.NOT_ASSESSED, Outcome.NOT_ASSESSED),
        ([series([Status.PASS])], Outcome.MET, Outcome.MET),
        ([series([Status.PASS], runs=1)], Outcome.MET, Outcome.UNKNOWN),
        ([series([Status.PASS], runs=0)], Outcome.NOT_ASSESSED, Outcome.NOT_ASSESSED),
        ([series([Status.ERROR], runs=0)], Outcome.UNKNOWN, Outcome.UNKNOWN),
        ([series([Status.PASS], silent=True)], Outcome.MET, Outcome.UNKNOWN),
        ([series([Status.PASS, Status.ERROR])], Outcome.UNKNOWN, Outcome.UNKNOWN),
        ([series([Status.WAIVED])], Outcome.EXCEPTED, Outcome.EXCEPTED),
        ([series([Status.NOT_APPLICABLE])], Outcome.NOT_APPLICABLE, Outcome.NOT_OCCURRED),
        (
            [series([Status.PASS], [Status.PASS, Status.FAIL], failures=failures_of(intervals("fp"), UNTIL))],
            Outcome.MET,
            Outcome.REPAIRED,
        ),
        (
            [series([Status.FAIL], failures=failures_of(intervals("pf"), UNTIL), silent=True)],
            Outcome.NOT_MET,
            Outcome.NOT_MET,
        ),
    ],
)
def test_existence_is_the_end_and_operation_the_whole_series(given_series, existence, operation):
    assert existence_of(given_series) is existence
    assert operation_of(given_series) is operation


@given(st.lists(st.sampled_from(list(Outcome)), min_size=1, max_size=6))
def test_what_is_missing_or_wrong_in_a_part_never_makes_the_whole_good(parts):
    whole = combined(parts)
    if set(parts) & {Outcome.NOT_MET, Outcome.UNKNOWN, Outcome.PARTLY, Outcome.NOT_ASSESSED}:
        assert whole not in GOOD
    if Outcome.NOT_MET in parts:
        assert whole is Outcome.NOT_MET


def test_nothing_is_not_assessed():
    assert combined([]) is Outcome.NOT_ASSESSED


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2026", date(2026, 1, 1), date(2026, 12, 31)),
        ("2026-Q3", date(2026, 7, 1), date(2026, 9, 30)),
        ("2026K4", date(2026, 10, 1), date(2026, 12, 31)),
        ("2028-02", date(2028, 2, 1), date(2028, 2, 29)),
        ("2026-07-01/2026-07-01", date(2026, 7, 1), date(2026, 7, 1)),
    ],
)
def test_a_period_is_whole_days(text, first, last):
    period = parse_period(text)
    assert (period.first, period.last) == (first, last)
    assert period.ends - period.begins == timedelta(days=(last - first).days + 1)


@pytest.mark.parametrize(
    "text", ["", "Q3", "2026-Q5", "2026-13", "0000", "2026-07-02/2026-07-01", "2026-02-30/2026-03-01"]
)
def test_what_is_no_period_is_refused_with_examples(text):
    with pytest.raises(PeriodError, match="write 2026, 2026-Q3"):
        parse_period(text)


def test_a_period_ends_on_the_day_of_the_report_and_never_begins_after_it():
    assert parse_period("2026").until(date(2026, 5, 1)).last == date(2026, 5, 1)
    with pytest.raises(BaselineError, match="after the day of the report"):
        parse_period("2026-Q3").until(date(2026, 5, 1))
