"""What did not change is not judged again."""

import pytest

from baseline.cli.content import all_checks
from baseline.content.catalogue import load_catalogue
from tests.acceptance.fleet import Fleet, checks_for, switch

pytestmark = pytest.mark.slow

EVERY_CHECK = len(checks_for("cisco_ios"))

NAMES = ("switch-1", "switch-2", "switch-3")


@pytest.fixture
def fleet(tmp_path):
    devices = [switch(name, number=number) for number, name in enumerate(NAMES, 1)]
    with Fleet(tmp_path / "lab", *devices) as fleet:
        yield fleet


def counts(ended):
    summary = ended.document["summary"]
    return summary["judged_checks"], summary["unchanged_checks"]


def test_a_second_run_over_an_unchanged_fleet_judges_nothing(baseline, fleet):
    first = baseline("check", "-i", fleet.inventory, "--json", code=0)
    second = baseline("check", "-i", fleet.inventory, "--json", code=0)
    told = baseline("check", "-i", fleet.inventory, code=0)

    assert counts(first) == (3 * EVERY_CHECK, 0)
    assert counts(second) == (0, 3 * EVERY_CHECK)
    assert second.verdicts == first.verdicts
    assert all(entry["unchanged"] for entry in second.document["population"])
    assert f"0 checks judged, {3 * EVERY_CHECK} left standing" in told.stdout


@pytest.mark.parametrize(
    ("mistake", "section"),
    [("no_syslog", "logging"), ("clock_not_synchronised", "clock"), ("telnet_on_vty", "management")],
)
def test_after_a_change_only_the_checks_that_read_what_changed_are_judged(baseline, fleet, mistake, section):
    names = {check for _, check, _ in baseline("check", "-i", fleet.inventory, "--json", code=0).verdicts}
    fleet.break_device("switch-2", mistake)
    second = baseline("check", "-i", fleet.inventory, "--json", code=1)

    checks = all_checks(load_catalogue())
    sections = {section, "configuration"}  # when it was changed is a fact too
    readers = [name for name in names if not sections.isdisjoint(need.split(".")[0] for need in checks[name].needs)]
    judged = {entry["target"]: entry["judged"] for entry in second.document["population"]}
    assert 0 < len(readers) < len(names)
    assert judged == {"switch-1": 0, "switch-2": len(readers), "switch-3": 0}
    assert {check for (_, check, _), status in second.verdicts.items() if status == "fail"} <= set(readers)


def test_another_parameter_judges_the_one_check_that_has_it(baseline, fleet):
    baseline("check", "-i", fleet.inventory, code=0)
    fleet.set_host_variables("switch-3", baseline_params={"network-logging-collectors-used": {"minimum_collectors": 3}})
    second = baseline("check", "-i", fleet.inventory, "--json", code=1)

    assert counts(second) == (1, 3 * EVERY_CHECK - 1)
    assert {key for key, status in second.verdicts.items() if status == "fail"} == {
        ("switch-3", "network-logging-collectors-used", "")
    }


def test_a_device_that_could_not_be_asked_is_judged_again_when_it_answers(baseline, fleet):
    first = baseline("check", "-i", fleet.inventory, "--json", code=0)
    fleet.break_device("switch-1", "disconnect")
    lost = baseline("check", "-i", fleet.inventory, "--json", code=3)
    fleet.repair_device("switch-1")
    found = baseline("check", "-i", fleet.inventory, "--json", code=0)

    assert {status for (target, _, _), status in lost.verdicts.items() if target == "switch-1"} == {"error"}
    assert counts(lost) == (0, 2 * EVERY_CHECK)
    assert counts(found) == (EVERY_CHECK, 2 * EVERY_CHECK)
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
