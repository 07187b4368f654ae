"""A change counts when it holds, and goes when it stays away; what cannot be told counts neither way."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from baseline.drift.changes import Change, advance, repeat

START = datetime(2026, 3, 1, tzinfo=UTC)
TELNET = Change(
    kind="fact", place=("management.telnet.enabled",), name="management.telnet.enabled", old="no", new="yes"
)
Look = str
"""What a run sees: ``+`` the change, ``-`` that it is not there, ``?`` nothing."""


def confirmed_after(looks: list[Look], hold: int) -> list[bool]:
    seen, confirmed = [], []
    for minute, look in enumerate(looks):
        present = [TELNET] if look == "+" else []
        moment = START + timedelta(minutes=minute)
        seen = advance(seen, present, lambda _, look=look: look == "?", moment, hold)
        confirmed.append(any(each.confirmed for each in seen))
    return confirmed


def test_a_change_counts_in_the_second_run_that_shows_it():
    assert confirmed_after(["+", "+"], hold=2) == [False, True]


def test_a_change_that_comes_and_goes_never_counts():
    assert confirmed_after(["+", "-"] * 10, hold=2) == [False] * 20


def test_drift_that_disappears_for_one_run_stays():
    assert confirmed_after(["+", "+", "-", "+", "-", "-"], hold=2) == [False, True, True, True, True, False]


def test_an_error_between_is_neither_the_change_nor_its_end():
    assert confirmed_after(["+", "?", "?", "+", "?", "?", "?"], hold=2) == [False, False, False, True, True, True, True]


@given(st.lists(st.sampled_from("+-?"), max_size=30), st.integers(1, 4))
def test_only_runs_that_could_tell_decide(looks, hold):
    told = [look for look in looks if look != "?"]
    assert confirmed_after(looks, hold)[-1:] == (confirmed_after(told, hold)[-1:] or ([False] if looks else []))


@given(st.lists(st.sampled_from("+-?"), min_size=1, max_size=30), st.integers(1, 4))
def test_it_never_changes_faster_than_it_must_hold(looks, hold):
    found = confirmed_after([look for look in looks if look != "?"], hold)
    flips = [place for place, (one, other) in enumerate(zip([False, *found], found, strict=False)) if one != other]
    assert all(later - sooner >= hold for sooner, later in pairwise(flips))


@given(st.lists(st.sampled_from("+-?"), min_size=1, max_size=12), st.integers(1, 3))
def test_a_run_that_found_everything_as_before_counts_as_that_run_again(looks, hold):
    seen = []
    for look in looks:
        seen = advance(seen, [TELNET] if look == "+" else [], lambda _, look=look: look == "?", START, hold)
    again = advance(seen, [TELNET] if looks[-1] == "+" else [], lambda _: looks[-1] == "?", START, hold)
    assert repeat(seen, hold) == again


def test_what_only_the_check_changed_never_counts():
    newer = Change(kind="verdict", place=("a-check", ""), name="a-check", old="met", new="not met", by_check=True)
    seen = []
    for _ in range(5):
        seen = advance(seen, [newer], lambda _: False, START, 2)
    assert [each.confirmed for each in seen] == [False]
