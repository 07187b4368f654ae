"""What did not change is not judged again."""

import pytest

from baseline.store.store import Store
from tests.acceptance.fleet import Fleet, checks_for, switch
from tests.shipped import shipped_checks

pytestmark = pytest.mark.slow

EVERY_CHECK = len(checks_for("cisco_ios"))

LOGGING = ("--check", "network-logging-*")
LOGGING_CHECKS = sum(name.startswith("network-logging-") for name in checks_for("cisco_ios"))

OF_THE_MINUTE = {"network-software-started-lately"}
"""What reads a fact that is never the same for long: how many minutes a device is up."""

NAMES = ("switch-1", "switch-2", "switch-3")


@pytest.fixture
def fleet(tmp_path):
    devices = [switch(name, number=number) for number, name in enumerate(NAMES, 1)]
    with Fleet(tmp_path / "lab", *devices) as fleet:
        yield fleet


def readers_of_changes(baseline, target, before=1, after=2):
    """The checks that read or show a fact of a target that is another one in the second run than in the first."""
    with Store.open(baseline.store, read_only=True) as store:
        facts = [store.facts(target, run).document for run in (before, after)]
    checks = shipped_checks()
    return {
        name
        for name in checks_for("cisco_ios")
        if any(value_at(facts[0], path) != value_at(facts[1], path) for path in checks[name].depends_on)
    }


def value_at(document, path):
    for part in path:
        if not isinstance(document, dict):
            return document
        document = document.get(part.strip("[]"), document.get("$unknown"))
    return document


def judged(ended):
    return {entry["target"]: entry["judged"] for entry in ended.document["population"]}


def test_a_second_run_over_an_unchanged_fleet_judges_nothing(baseline, fleet):
    first = baseline("check", "-i", fleet.inventory, "--json", code=0)
    second = baseline("check", "-i", fleet.inventory, "--json", code=0)

    since_a_minute = {name: readers_of_changes(baseline, name) for name in NAMES}
    assert set().union(*since_a_minute.values()) <= OF_THE_MINUTE
    assert judged(first) == dict.fromkeys(NAMES, EVERY_CHECK)
    assert judged(second) == {name: len(readers) for name, readers in since_a_minute.items()}
    assert second.verdicts == first.verdicts


@pytest.mark.parametrize("mistake", ["no_syslog", "clock_not_synchronised", "telnet_on_vty"])
def test_after_a_change_only_the_checks_that_read_what_changed_are_judged(baseline, fleet, mistake):
    first = baseline("check", "-i", fleet.inventory, "--json", code=0)
    fleet.break_device("switch-2", mistake)
    second = baseline("check", "-i", fleet.inventory, "--json", code=1)

    readers = {name: readers_of_changes(baseline, name) for name in NAMES}
    assert judged(second) == {name: len(found) for name, found in readers.items()}
    assert readers["switch-1"] | readers["switch-3"] <= OF_THE_MINUTE
    assert 0 < len(readers["switch-2"]) < EVERY_CHECK / 3
    flipped = {key for key in first.verdicts | second.verdicts if first.verdicts.get(key) != second.verdicts.get(key)}
    assert {target for target, _, _ in flipped} == {"switch-2"}
    assert {check for _, check, _ in flipped} <= readers["switch-2"]


def test_another_parameter_judges_the_one_check_that_has_it(baseline, fleet):
    baseline("check", "-i", fleet.inventory, *LOGGING, code=0)
    fleet.set_host_variables("switch-3", baseline_params={"network-logging-collectors-used": {"minimum_collectors": 3}})
    second = baseline("check", "-i", fleet.inventory, *LOGGING, "--json", code=1)
    told = baseline("check", "-i", fleet.inventory, *LOGGING, code=1)

    assert judged(second) == {"switch-1": 0, "switch-2": 0, "switch-3": 1}
    assert {key for key, status in second.verdicts.items() if status == "fail"} == {
        ("switch-3", "network-logging-collectors-used", "")
    }
    assert f"# 0 checks judged, {3 * LOGGING_CHECKS} left standing" in told.stdout


def test_a_device_that_could_not_be_asked_is_judged_again_when_it_answers(baseline, fleet):
    first = baseline("check", "-i", fleet.inventory, *LOGGING, "--json", code=0)
    fleet.break_device("switch-1", "disconnect")
    lost = baseline("check", "-i", fleet.inventory, *LOGGING, "--json", code=3)
    fleet.repair_device("switch-1")
    found = baseline("check", "-i", fleet.inventory, *LOGGING, "--json", code=0)

    assert set(lost.of("switch-1").values()) == {"error"}
    assert judged(found) == {"switch-1": LOGGING_CHECKS, "switch-2": 0, "switch-3": 0}
    assert found.verdicts == first.verdicts


def test_a_target_that_left_the_inventory_leaves_the_results(baseline, fleet):
    baseline("check", "-i", fleet.inventory, code=0)
    baseline("check", "-i", fleet.inventory, "--target", "switch-1", code=0)
    standing = baseline("results", "--json", code=0).document
    assert {each["target"] for each in standing} == set(NAMES), "a selection closes nothing"

    fleet.set_host_variables("switch-3", baseline_exclude="replaced in March, change C-1201")
    ended = baseline("check", "-i", fleet.inventory, "--json", code=0)
    outcomes = {entry["target"]: entry["reason"] for entry in ended.document["population"]}
    assert outcomes["switch-3"] == "replaced in March, change C-1201"
    assert {target for target, _, _ in ended.verdicts} == {"switch-1", "switch-2"}
