"""What is kept of each target beside its results says the same as counting those results."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import delete

from baseline.models.result import Severity, Status
from baseline.store.database import Database
from baseline.store.state_filling import fill_states
from baseline.store.state_tables import TargetStateRow
from baseline.store.store import Store
from tests.store.examples import PORTS, SSH, later, reached, result, switch, unreached, version

NAMES = ("switch-1", "switch-2", "switch-3")


def counted(store):
    """(target, check, status, severity) -> number, by counting."""
    return {each.group: each.number for each in store.counts(["target", "check", "status", "severity"])}


def summarised(store):
    """The same, out of what is kept."""
    kept = store.target_states()
    numbers = Counter()
    for state in kept.states:
        for group in kept.summaries.get(state.digest, ()):
            for check in group.single:
                numbers[state.target, kept.checks[check], group.status, group.severity] += 1
            for check, number in group.several.items():
                numbers[state.target, kept.checks[check], group.status, group.severity] += number
    return dict(numbers)


def state_of(store, target="switch-1"):
    return next(state for state in store.target_states().states if state.target == target)


def begin(store, *targets, checks=(SSH, PORTS)):
    return store.begin_run({}, "0.1.0", targets or [switch()], [version(check) for check in checks])


results = st.builds(
    result,
    check=st.sampled_from([SSH, PORTS]),
    status=st.sampled_from(list(Status)),
    subject=st.sampled_from(["", "Gi1", "Gi2"]),
    severity=st.sampled_from(list(Severity)),
    waiver=st.sampled_from([None, "W-1"]),
)
steps = st.lists(
    st.tuples(
        st.sampled_from(NAMES), st.integers(0, 9), st.lists(results, max_size=6), st.sampled_from(["run", "retire"])
    ),
    min_size=1,
    max_size=8,
)


@pytest.mark.slow
@given(steps)
def test_summaries_equal_counting_whatever_happens_in_whatever_order(tmp_path_factory, steps):
    with Store.open(tmp_path_factory.mktemp("states") / "store.db") as store:
        for name, minute, given_results, step in steps:
            if step == "retire":
                store.retire([each for each in NAMES if each != name], [SSH], later(minute))
                continue
            run = begin(store, *(switch(each) for each in NAMES))
            unique = list({(each.check, each.subject): each for each in given_results}.values())
            store.record_target(run, reached(*unique, target=name, at=later(minute)))
        standing = {state.target for state in store.target_states().states}
        assert summarised(store) == {key: number for key, number in counted(store).items() if key[0] in standing}
        assert {key[0] for key in counted(store)} <= standing


def test_a_summary_that_the_reader_knows_is_not_read_again(store):
    store.record_target(begin(store), reached(result()))
    first = store.target_states()
    assert store.target_states(first.summaries).summaries == {}
    store.record_target(begin(store), reached(result(status=Status.FAIL), at=later(1), key="other"))
    assert len(store.target_states(first.summaries).summaries) == 1


def test_a_target_that_was_never_asked_is_there_without_results(store):
    begin(store, switch(), switch("switch-2", excluded="being replaced"))
    assert [(each.target, each.outcome, each.excluded, each.digest) for each in store.target_states().states] == [
        ("switch-1", "planned", False, None),
        ("switch-2", "planned", True, None),
    ]


def test_a_target_that_was_not_reached_keeps_when_it_was_assessed_last(store):
    store.record_target(begin(store), reached(result()))
    store.record_target(begin(store), unreached(result(status=Status.ERROR), at=later(5)))
    state = state_of(store)
    assert (state.outcome, state.code) == ("unreached", "timeout")
    assert (state.attempted_at, state.reached_at, state.assessed_at) == (later(5), later(0), later(0))


def test_a_run_of_some_checks_does_not_count_as_an_assessment_of_all(store):
    store.record_target(begin(store), reached(result(), result(PORTS)))
    store.record_target(begin(store, checks=(SSH,)), reached(result(), at=later(5)))
    assert (state_of(store).reached_at, state_of(store).assessed_at) == (later(5), later(0))
    store.record_target(begin(store), reached(result(), result(PORTS), at=later(9)))
    assert state_of(store).assessed_at == later(9)


def test_what_another_run_found_later_is_not_overwritten(store):
    first, second = begin(store), begin(store)
    store.record_target(second, unreached(at=later(5)))
    store.record_target(first, reached(result(), at=later(1)))
    state = state_of(store)
    assert (state.outcome, state.attempted_at, state.reached_at) == ("unreached", later(5), later(1))


def test_a_retired_target_is_gone_until_a_run_holds_it_again(store):
    store.record_target(begin(store), reached(result()))
    store.retire(["switch-2"], [SSH, PORTS], later(1))
    assert store.target_states().states == []
    begin(store)
    assert summarised(store) == {}
    assert state_of(store).assessed_at == later(0)


def test_an_older_store_gets_its_summaries_when_it_is_opened(location):
    with Store.open(location) as store:
        run = begin(store, switch(), switch("switch-2"))
        store.record_target(run, reached(result(), result(PORTS, Status.FAIL, "Gi1")))
        store.record_target(run, unreached(result(status=Status.ERROR), target="switch-2"))
        begin(store, switch(), switch("switch-2"))
        before = store.target_states()
    database = Database.at(location, read_only=False)
    with database.writing() as connection:
        connection.execute(delete(TargetStateRow))
        fill_states(connection)
    database.close()
    with Store.open(location) as store:
        assert store.target_states() == before
