"""What a run learned of a target is written whole, and only what changed."""

import pytest
from sqlalchemy import create_engine, func, select

from baseline.models.artefact import Artefact
from baseline.models.errors import StoreError
from baseline.models.result import Severity, Status
from baseline.store.records import ResultFilter
from baseline.store.tables import Base
from tests.store.examples import CONFIGURATION, PORTS, SSH, later, reached, result, switch, unreached, version

CHECKS = [version(SSH), version(PORTS)]


def begin(store, *targets, checks=CHECKS):
    return store.begin_run({"tags": ["all"]}, "0.1.0", targets or [switch()], checks)


def standing(store, **where):
    return [(each.check, each.subject, each.status) for each in store.current_results(ResultFilter(**where))]


def rows(location):
    """The number of rows in each table."""
    engine = create_engine(location if "://" in location else f"sqlite:///{location}")
    with engine.connect() as connection:
        tables = Base.metadata.sorted_tables
        counted = {
            each.name: connection.execute(select(func.count()).select_from(each)).scalar_one() for each in tables
        }
    engine.dispose()
    return counted


def test_a_result_comes_back_as_it_was_given(store):
    run = begin(store)
    given = result(
        status=Status.WAIVED,
        subject="GigabitEthernet0/1",
        severity=Severity.CRITICAL,
        reason="accepted until the switch is replaced",
        observed={"management.ssh.version": {"$unknown": "the command was refused"}, "empty": None, "list": [1, "é"]},
        waiver="waiver-12",
    )
    assert store.record_target(run, reached(given))
    assert list(store.current_results()) == [given]


def test_a_result_that_stays_the_same_is_one_period_seen_later(store):
    for minutes in (0, 5, 10):
        assert store.record_target(begin(store), reached(result(), at=later(minutes), key=f"facts {minutes}"))
    [period] = store.history("switch-1", SSH)
    assert (period.valid_from, period.valid_to, period.first_run) == (later(0), None, 1)
    assert period.result.measured_at == later(10)


@pytest.mark.parametrize(
    "change",
    [
        {"status": Status.FAIL},
        {"observed": {"management.ssh.version": 1}},
        {"reason": "another reason"},
        {"expected": "management.ssh.version >= 3"},
        {"severity": Severity.LOW},
        {"waiver": "waiver-1"},
    ],
    ids=lambda change: next(iter(change)),
)
def test_whatever_is_material_ends_a_period_and_begins_the_next(store, change):
    store.record_target(begin(store), reached(result()))
    store.record_target(begin(store), reached(result(**change), at=later(5)))
    first, second = store.history("switch-1", SSH)
    assert (first.valid_from, first.valid_to, first.result.measured_at) == (later(0), later(5), later(0))
    assert (second.valid_from, second.valid_to, second.first_run) == (later(5), None, 2)


def test_where_a_result_was_read_is_not_material(store):
    store.record_target(begin(store), reached(result()))
    store.record_target(begin(store), reached(result(sources=(), artefacts={}), at=later(5)))
    [period] = store.history("switch-1", SSH)
    assert period.result.sources == result().sources


def test_a_subject_that_vanishes_is_closed(store):
    both = [result(PORTS, subject="Gi0/1"), result(PORTS, subject="Gi0/2")]
    store.record_target(begin(store), reached(*both))
    store.record_target(begin(store), reached(both[1], at=later(5), key="other facts"))
    assert standing(store) == [(PORTS, "Gi0/2", Status.PASS)]
    assert [each.valid_to for each in store.history("switch-1", PORTS, "Gi0/1")] == [later(5)]


def test_a_subject_that_returns_starts_a_new_period(store):
    for minutes, results in enumerate(([result()], [], [result()])):
        outcome = reached(*results, at=later(minutes), key=str(minutes), judged={SSH: str(minutes)})
        store.record_target(begin(store), outcome)
    assert [(each.valid_from, each.valid_to) for each in store.history("switch-1", SSH)] == [
        (later(0), later(1)),
        (later(2), None),
    ]


def test_a_check_of_the_run_that_no_longer_applies_is_closed(store):
    store.record_target(begin(store), reached(result(SSH), result(PORTS)))
    store.record_target(begin(store), reached(result(SSH), at=later(5)))
    assert standing(store) == [(SSH, "", Status.PASS)]
    assert store.judge_keys(["switch-1"]) == {"switch-1": {SSH: "key"}}


def test_a_check_outside_the_run_is_left_standing(store):
    store.record_target(begin(store), reached(result(SSH), result(PORTS)))
    run = begin(store, checks=[version(SSH)])
    store.record_target(run, reached(result(SSH, Status.FAIL), at=later(5)))
    assert standing(store) == [(PORTS, "", Status.PASS), (SSH, "", Status.FAIL)]
    seen = {each.check: each.measured_at for each in store.current_results()}
    assert seen == {PORTS: later(0), SSH: later(5)}


def test_an_unreached_target_ends_what_passed(store):
    store.record_target(begin(store), reached(result()))
    store.record_target(begin(store), unreached(result(status=Status.ERROR, reason="no answer"), at=later(5)))
    assert standing(store) == [(SSH, "", Status.ERROR)]
    [entry] = store.population(2)
    assert (entry.outcome, entry.code, entry.reason) == ("unreached", "timeout", "no answer within 10 seconds")


def test_two_subjects_of_one_name_both_stay_visible(store):
    twins = [result(PORTS, Status.PASS, "Gi0/1"), result(PORTS, Status.FAIL, "Gi0/1")]
    store.record_target(begin(store), reached(*twins))
    assert standing(store) == [(PORTS, "Gi0/1", Status.PASS), (PORTS, "Gi0/1 (2)", Status.FAIL)]


@pytest.mark.parametrize("subject", ["nul \0 in it", "lone surrogate \ud800", "x" * 100_000, "é" * 5_000])
def test_a_hostile_subject_is_kept_in_a_form_that_every_database_takes(store, subject):
    hostile = result(subject=subject, reason=subject, observed={"name": subject})
    store.record_target(begin(store), reached(hostile))
    store.record_target(begin(store), reached(hostile, at=later(1)))
    [period] = store.history("switch-1", SSH)
    assert 0 < len(period.result.subject) < 500


def test_an_unchanged_run_writes_nothing_but_the_run_and_its_population(store, location):
    store.record_target(begin(store), reached(result(SSH), result(PORTS)))
    before = rows(location)
    unchanged = store.judge_keys(["switch-1"])["switch-1"]
    run = begin(store)
    assert store.record_target(run, reached(at=later(5), unchanged=unchanged))
    store.finish_run(run)
    added = {table: number - before[table] for table, number in rows(location).items() if number != before[table]}
    assert added == {"run": 1, "run_target": 1, "run_check": 2, "evidence_leaf": 2, "evidence_checkpoint": 1}
    [entry] = store.population(run)
    assert entry.unchanged
    assert {each.measured_at for each in store.current_results()} == {later(5)}


def test_an_unchanged_check_whose_key_no_longer_stands_is_given_back_to_judge(store):
    run = begin(store)
    store.record_target(run, reached(result()))
    second = begin(store)
    outcome = reached(at=later(5), unchanged={SSH: "a key of before"})
    assert store.record_targets(second, [outcome]) == {"switch-1"}
    assert next(store.population(second)).outcome == "planned"
    assert store.record_target(second, reached(result(status=Status.FAIL), at=later(5)))


def test_a_late_outcome_changes_the_past_and_not_the_present(store):
    early, late = begin(store), begin(store)
    store.record_target(late, reached(result(status=Status.FAIL), at=later(10), key="ten"))
    assert store.record_target(early, reached(result(status=Status.PASS), at=later(5), key="five"))
    assert standing(store) == [(SSH, "", Status.FAIL)]
    assert [each.status for each in store.results_as_of(later(7))] == [Status.PASS]
    assert store.judge_keys(["switch-1"])["switch-1"] == {SSH: "ten"}


def test_recording_a_target_twice_in_a_run_keeps_the_first(store):
    run = begin(store)
    assert store.record_target(run, reached(result()))
    assert store.record_target(run, reached(result(status=Status.FAIL), at=later(5)))
    assert standing(store) == [(SSH, "", Status.PASS)]


def test_a_group_is_written_in_one_transaction(store):
    run = begin(store, switch("switch-1"), switch("switch-2"))
    strange = reached(result("never-selected"), target="switch-2")
    with pytest.raises(StoreError, match="not begun with check never-selected"):
        store.record_targets(run, [reached(result()), strange])
    assert standing(store) == []
    assert not store.record_targets(run, [reached(result()), reached(result(), target="switch-2")])
    assert len(standing(store)) == 2


@pytest.mark.parametrize(
    ("outcome", "message"),
    [
        (reached(result(), target="stranger"), "not begun with target stranger"),
        (reached(result(), facts=None), "either its facts or why"),
        (reached(result(), judged={}), "which was not judged"),
        (reached(result(), unchanged={SSH: "key"}), "both judged and unchanged"),
        (reached(result(), at=later(0).replace(tzinfo=None)), "no time zone"),
    ],
)
def test_an_outcome_that_contradicts_itself_is_refused(store, outcome, message):
    run = begin(store)
    with pytest.raises(StoreError, match=message):
        store.record_target(run, outcome)


def test_equal_contents_are_written_once(store, location):
    run = begin(store, switch("switch-1"), switch("switch-2"))
    other = Artefact(name="show version", content=b"version 17.9")
    store.record_target(run, reached(result(), artefacts=(CONFIGURATION,)))
    before = rows(location)["artefact"]
    store.record_target(run, reached(result(), target="switch-2", artefacts=(CONFIGURATION, other)))
    assert rows(location)["artefact"] == before + 3  # the other artefact, a manifest, and facts
    assert store.artefact(CONFIGURATION.digest) == CONFIGURATION.content
