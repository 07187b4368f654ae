"""What is stored can be asked for, by whatever it was stored under."""

from datetime import timedelta

import pytest

from baseline.models.artefact import Artefact
from baseline.models.errors import StoreError
from baseline.models.result import Severity, Status
from baseline.models.target import Connection, Credentials
from baseline.store.records import Count, ResultFilter
from tests.store.examples import (
    CONFIGURATION,
    NOON,
    PORTS,
    SSH,
    facts,
    later,
    reached,
    result,
    switch,
    unreached,
    version,
)

UTRECHT = switch("switch-1", owner="network team", zone="office")
ZWOLLE = switch("switch-2", site="zwolle", owner="data centre team")
SERVER = switch("server-1", kind="host", platform="linux", site=None)
RETIRED = switch("switch-9", excluded="taken out of the rack")


@pytest.fixture
def assessed(store):
    """Two switches and a server, and a second run in which one switch got worse and one was not reached."""
    checks = [version(SSH), version(PORTS)]
    first = store.begin_run({"run": "first"}, "0.1.0", [UTRECHT, ZWOLLE, SERVER, RETIRED], checks)
    ports = [result(PORTS, Status.PASS, "Gi0/1", severity=Severity.LOW), result(PORTS, Status.FAIL, "Gi0/2")]
    for target in (UTRECHT, ZWOLLE):
        store.record_target(first, reached(result(), *ports, target=target.name))
    store.record_target(first, reached(result(), target=SERVER.name))
    store.finish_run(first)
    second = store.begin_run({"run": "second"}, "0.1.1", [UTRECHT, ZWOLLE, SERVER], [version(SSH, "stricter")])
    store.record_target(second, reached(result(status=Status.FAIL), target=UTRECHT.name, at=later(60)))
    failed = result(status=Status.ERROR, reason="no answer")
    store.record_target(second, unreached(failed, target=ZWOLLE.name, at=later(61)))
    return store


def found(results):
    return [(each.target, each.check, each.subject, each.status.value) for each in results]


@pytest.mark.parametrize(
    ("where", "number"),
    [
        ({}, 7),
        ({"targets": ("switch-1",)}, 3),
        ({"targets": ("switch-1", "server-1")}, 4),
        ({"targets": ("nobody",)}, 0),
        ({"checks": (PORTS,)}, 4),
        ({"statuses": (Status.FAIL, Status.ERROR)}, 4),
        ({"severities": (Severity.LOW,)}, 2),
        ({"kinds": ("host",)}, 1),
        ({"platforms": ("cisco_ios",)}, 6),
        ({"sites": ("zwolle",)}, 3),
        ({"zones": ("office",)}, 3),
        ({"owners": ("network team", "data centre team")}, 6),
        ({"owners": ("network team",), "statuses": (Status.PASS,)}, 1),
    ],
)
def test_every_filter_narrows_what_stands(assessed, where, number):
    assert len(list(assessed.current_results(ResultFilter(**where)))) == number
    assert sum(each.number for each in assessed.counts(["target"], ResultFilter(**where))) == number


def test_results_are_ordered_by_target_check_and_subject(assessed):
    assert found(assessed.current_results()) == sorted(found(assessed.current_results()))


def test_a_run_is_retold_as_it_was_then(assessed):
    of_first = list(assessed.current_results(ResultFilter(run=1)))
    assert len(of_first) == 7
    assert {each.measured_at for each in of_first} == {NOON}
    assert {each.status for each in of_first if each.check == SSH} == {Status.PASS}
    of_second = list(assessed.current_results(ResultFilter(run=2)))
    assert found(of_second) == [("switch-1", SSH, "", "fail"), ("switch-2", SSH, "", "error")]
    assert [each.measured_at for each in of_second] == [later(60), later(61)]


def test_results_as_of_a_moment_are_what_the_last_look_before_it_said(assessed):
    def statuses(when):
        return [each.status.value for each in assessed.results_as_of(when, ResultFilter(checks=(SSH,)))]

    assert statuses(NOON - timedelta(seconds=1)) == []
    assert statuses(NOON) == ["pass", "pass", "pass"]
    assert statuses(later(60)) == ["pass", "fail", "pass"]
    assert statuses(later(600)) == ["pass", "fail", "error"]


def test_a_run_and_a_moment_together_are_refused(assessed):
    with pytest.raises(StoreError, match="not of both"):
        assessed.results_as_of(NOON, ResultFilter(run=1))


def test_counts_are_grouped_by_any_dimensions(assessed):
    assert assessed.counts(["check", "status"]) == [
        Count(group=(PORTS, "fail"), number=2),
        Count(group=(PORTS, "pass"), number=2),
        Count(group=(SSH, "error"), number=1),
        Count(group=(SSH, "fail"), number=1),
        Count(group=(SSH, "pass"), number=1),
    ]
    by_site = {each.group: each.number for each in assessed.counts(["site", "kind"])}
    assert by_site == {("utrecht", "network"): 3, ("zwolle", "network"): 3, (None, "host"): 1}


def test_a_period_says_since_when(assessed):
    since = {each.result.status: each.valid_from for each in assessed.periods(ResultFilter(checks=(SSH,)))}
    assert since == {Status.PASS: NOON, Status.FAIL: later(60), Status.ERROR: later(61)}


def test_history_of_all_subjects_or_one(assessed):
    assert len(assessed.history("switch-1", PORTS)) == 2
    assert [each.result.subject for each in assessed.history("switch-1", PORTS, "Gi0/2")] == ["Gi0/2"]
    assert [each.result.status.value for each in assessed.history("switch-1", SSH, "")] == ["pass", "fail"]
    assert assessed.history("switch-1", "unheard of") == []


def test_the_population_tells_excluded_unreached_and_not_assessed_apart(assessed):
    assert {each.target: (each.outcome, each.reason) for each in assessed.population(1)} == {
        "server-1": ("reached", ""),
        "switch-1": ("reached", ""),
        "switch-2": ("reached", ""),
        "switch-9": ("excluded", "taken out of the rack"),
    }
    server, _, unreached_switch = assessed.population(2)
    assert (server.outcome, server.collected_at) == ("planned", None)
    assert (unreached_switch.outcome, unreached_switch.code) == ("unreached", "timeout")


def test_the_population_keeps_how_long_and_how_much_it_took(assessed):
    entry = next(each for each in assessed.population(1) if each.target == "switch-1")
    assert (entry.duration_seconds, entry.round_trips, entry.judged, entry.unchanged) == (0.25, 3, 2, False)
    assert (entry.collected_at, entry.facts_digest) == (NOON, facts(hostname="switch-1").digest)


def test_facts_come_back_with_the_names_of_their_artefacts(assessed):
    stored = assessed.facts("switch-2")
    assert (stored.run, stored.document, stored.collected_at) == (1, {"hostname": "switch-2"}, NOON)
    assert stored.artefacts == {CONFIGURATION.name: CONFIGURATION.digest}
    assert assessed.facts("switch-2", run=2) is None
    assert assessed.facts("nobody") is None
    assert assessed.facts("switch-1").run == 2


@pytest.mark.parametrize("content", [b"", b"\x00\xff binary", b"line\n" * 200_000])
def test_an_artefact_comes_back_byte_for_byte(store, content):
    run = store.begin_run({}, "0.1.0", [switch()], [])
    artefact = Artefact(name="show tech-support", content=content, media_type="application/octet-stream")
    store.record_target(run, reached(artefacts=(artefact,)))
    assert store.artefact(artefact.digest) == content


@pytest.mark.parametrize("digest", ["0" * 64, "not a digest", ""])
def test_an_artefact_that_is_not_there_is_said_so(store, digest):
    with pytest.raises(StoreError, match=r"no artefact|not a SHA-256"):
        store.artefact(digest)


def test_a_target_comes_back_as_the_latest_run_knew_it_but_without_credentials(store):
    secretive = Connection(address="192.0.2.1", credentials=Credentials(user="audit", password_command=("pass", "x")))
    store.begin_run({}, "0.1.0", [switch(owner="old owner")], [])
    store.begin_run({}, "0.1.0", [switch(owner="new owner", connection=secretive, tags=("core",))], [])
    assert store.targets() == {
        "switch-1": switch(owner="new owner", connection=Connection(address="192.0.2.1"), tags=("core",))
    }


def test_checks_of_a_run_come_back_as_they_were(assessed):
    assert assessed.run_checks(1) == [version(PORTS), version(SSH)]
    assert assessed.run_checks(2) == [version(SSH, "stricter")]


def test_reading_may_stop_halfway_and_writing_go_on(assessed):
    results = assessed.current_results()
    next(results)
    assessed.heartbeat(2)
    results.close()
    assert len(list(assessed.current_results())) == 7


def test_more_targets_than_are_read_at_a_time_come_in_order(store):
    targets = [switch(f"switch-{number:03}") for number in range(250)]
    run = store.begin_run({}, "0.1.0", list(reversed(targets)), [version(SSH)])
    store.record_targets(run, [reached(result(), target=each.name) for each in targets])
    assert [each.target for each in store.current_results()] == [each.name for each in targets]
