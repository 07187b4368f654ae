"""Drift since the approved state, in a real store."""

import sqlite3
from datetime import timedelta

import msgspec
import pytest

from baseline.drift.approval import NotApprovableError, approve, states_to_approve
from baseline.drift.causes import causes
from baseline.drift.watch import MOST_LINES, update
from baseline.models.artefact import Artefact
from baseline.models.result import Status
from baseline.store.store import Store
from tests.store.examples import SSH, later, reached, result, switch, unreached, version
from tests.store.examples import facts as stored

NAMES = ("sw-1", "sw-2", "sw-3")


class Fleet:
    """Three switches, and what each run finds of them."""

    def __init__(self, store: Store) -> None:
        self.store, self.minute = store, 0

    def run(self, *, text: str = "", without: tuple[str, ...] = (), lines: str = "", **found) -> int:
        """A run in which each switch has the given SSH version, 2 unless told; None: it is unknown."""
        self.minute += 10
        number = self.store.begin_run({}, "1", [switch(name) for name in NAMES], [version(SSH, text)])
        for name in NAMES:
            at = later(self.minute)
            if name in without:
                outcome = unreached(result(status=Status.ERROR), target=name, at=at)
            else:
                outcome = self._reached(name, found.get(name.replace("-", "_"), 2), at, text)
                if lines:
                    content = f"version 15.2\nhostname {name}\n{lines}\nend\n".encode()
                    artefact = Artefact(name="show running-config", content=content)
                    outcome = msgspec.structs.replace(outcome, artefacts=(artefact,))
            assert self.store.record_target(number, outcome)
        self.store.finish_run(number)
        return number

    def _reached(self, name, ssh, at, text):
        status = Status.ERROR if ssh is None else Status.PASS if ssh >= 2 else Status.FAIL
        value = {"$unknown": "refused"} if ssh is None else ssh
        facts = stored(management={"ssh": {"version": value}}, software={"uptime_days": self.minute})
        judged = [result(status=status)] if not text else [result(status=Status.FAIL)]
        return reached(*judged, target=name, at=at, key=f"{ssh}{text}{self.minute}", facts=facts)

    def approve(self, *names: str, run: int | None = None) -> int:
        states = states_to_approve(self.store, names or NAMES, run)
        return approve(self.store, states, ticket="C-1", person="piet", note="rollout")

    def causes(self, hold: int = 2):
        found = update(self.store, hold)
        return causes({name: each.drift for name, each in found.items()}, self.store.targets())


@pytest.fixture
def fleet(tmp_path):
    with Store.open(tmp_path / "store.db") as store:
        yield Fleet(store)


def test_what_stays_as_it_was_approved_is_no_drift(fleet):
    fleet.run()
    fleet.approve()
    for _ in range(3):
        fleet.run()
    assert fleet.causes() == []


def test_one_change_on_two_switches_is_one_cause(fleet):
    fleet.run()
    fleet.approve()
    fleet.run(sw_1=1, sw_2=1)
    assert fleet.causes() == []
    fleet.run(sw_1=1, sw_2=1)
    (cause,) = fleet.causes()
    assert cause.targets == ("sw-1", "sw-2")
    assert [(change.kind, change.name, change.old, change.new) for change in cause.changes] == [
        ("verdict", SSH, "met", "not met"),
        ("fact", "management.ssh.version", "2", "1"),
    ]
    assert (cause.severity, cause.sites, cause.since) == ("high", ("utrecht",), later(20))


def test_every_run_counts_also_when_nobody_looked_between(fleet):
    fleet.run()
    fleet.approve()
    fleet.run(sw_1=1)
    fleet.run(sw_1=1)
    assert [cause.targets for cause in fleet.causes()] == [("sw-1",)]


def test_a_switch_that_is_not_reached_keeps_its_drift_and_gets_none(fleet):
    fleet.run()
    fleet.approve()
    fleet.run(sw_1=1)
    fleet.run(sw_1=1, without=("sw-2",))
    fleet.run(without=("sw-1", "sw-2"))
    fleet.run(without=("sw-1", "sw-2"))
    assert [cause.targets for cause in fleet.causes()] == [("sw-1",)]


def test_an_unknown_fact_neither_starts_nor_ends_drift(fleet):
    fleet.run()
    fleet.approve()
    for found in (1, 1, None, None, None):
        fleet.run(sw_1=found, sw_2=None)
    assert [cause.targets for cause in fleet.causes()] == [("sw-1",)]


def test_drift_that_was_repaired_is_gone_after_two_runs(fleet):
    fleet.run()
    fleet.approve()
    for found in (1, 1, 2):
        fleet.run(sw_1=found)
    assert len(fleet.causes()) == 1
    fleet.run()
    assert fleet.causes() == []


def test_an_approved_change_is_no_drift_any_more(fleet):
    fleet.run()
    fleet.approve()
    for _ in range(2):
        fleet.run(sw_1=1)
    assert len(fleet.causes()) == 1
    assert fleet.approve("sw-1") == 2
    fleet.run(sw_1=1)
    assert fleet.causes() == []
    assert [(each.ticket, each.person, each.runs) for each in fleet.store.drift.approvals()] == [
        ("C-1", "piet", {"sw-1": 3}),
        ("C-1", "piet", dict.fromkeys(NAMES, 1)),
    ]


def test_what_was_compared_before_an_approval_is_not_held_against_it(fleet):
    """A comparison that was going on when somebody approved ends after it."""
    fleet.run()
    fleet.approve()
    for _ in range(2):
        fleet.run(sw_1=1)
    fleet.causes()
    going_on = fleet.store.drift.compared()
    fleet.approve("sw-1")
    fleet.store.drift.write(going_on)
    assert fleet.causes() == []
    fleet.run()
    fleet.run()
    assert [cause.targets for cause in fleet.causes()] == [("sw-1",)]


def test_an_older_run_can_be_approved_and_what_came_after_it_is_drift(fleet):
    first = fleet.run()
    fleet.run(sw_1=1)
    fleet.run(sw_1=1)
    fleet.approve(run=first)
    assert [cause.targets for cause in fleet.causes()] == [("sw-1",)]


def test_a_newer_check_is_not_a_change_of_the_target(fleet):
    fleet.run()
    fleet.approve()
    for _ in range(3):
        fleet.run(text="expect: more")
    assert fleet.causes() == []


def test_unapproved_for_longer_than_the_window_is_overdue(fleet):
    fleet.run()
    fleet.approve()
    for _ in range(2):
        fleet.run(sw_1=1)
    (cause,) = fleet.causes()
    assert not cause.is_overdue(cause.since + timedelta(days=6))
    assert cause.is_overdue(cause.since + timedelta(days=8))


def test_what_was_never_reached_cannot_be_approved(fleet):
    fleet.run(without=("sw-2",))
    with pytest.raises(NotApprovableError, match=r"never reached.*sw-2"):
        fleet.approve()
    with pytest.raises(NotApprovableError, match=r"sw-9.*did you mean"):
        fleet.approve("sw-9")
    assert fleet.store.drift.approved() == {}


def test_a_cause_keeps_its_name_when_it_spreads(fleet):
    fleet.run()
    fleet.approve()
    for _ in range(2):
        fleet.run(sw_1=1)
    (first,) = fleet.causes()
    for _ in range(2):
        fleet.run(sw_1=1, sw_2=1)
    (wider,) = fleet.causes()
    assert (first.id, first.targets) == (wider.id, ("sw-1",))
    assert wider.targets == ("sw-1", "sw-2")
    for _ in range(2):
        fleet.run(sw_1=1, sw_2=1, sw_3=3)
    assert len({cause.id for cause in fleet.causes()} - {first.id}) == 1


def test_a_state_whose_facts_are_gone_leaves_the_others_compared(fleet, tmp_path):
    fleet.run()
    fleet.approve()
    fleet.run(sw_1=1, sw_2=0)
    state = fleet.store.drift.latest(["sw-1"])["sw-1"]
    with sqlite3.connect(tmp_path / "store.db") as database:
        database.execute("UPDATE artefact SET content = x'' WHERE digest = ?", (bytes.fromhex(state.facts),))
    database.close()
    fleet.run(sw_1=3, sw_2=0)
    assert "sw-2" in {name for cause in fleet.causes() for name in cause.targets}


def test_a_line_stays_drift_however_many_others_come_before_it(fleet):
    fleet.run(lines="ntp server 192.0.2.1\nsnmp-server location A")
    fleet.approve()
    for _ in range(2):
        fleet.run(lines="ntp server 192.0.2.1\nsnmp-server location B")
    others = "\n".join(f"ntp server 10.0.{number // 250}.{number % 250}" for number in range(600))
    for _ in range(3):
        fleet.run(lines=f"{others}\nntp server 192.0.2.1\nsnmp-server location B")
    (found,) = {each.drift for name, each in update(fleet.store).items() if name == "sw-1"}
    lines = {each.change.new for each in found if each.change.kind == "line"}
    assert "snmp-server location B" in lines
    assert len(lines) == MOST_LINES
