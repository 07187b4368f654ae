"""What to check can be chosen, and a name that nothing answers to is told with the nearest."""

import pytest

from baseline.lab.demo import demo_fleet
from tests.acceptance.command import Command
from tests.acceptance.fleet import SHORT, Fleet, checks_for, switch

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def fleet(tmp_path_factory):
    """Two sites, two roles, and one mistake of high severity."""
    devices = (
        switch("zwolle-core-01", role="core", number=1),
        switch("zwolle-sw-01", number=11, defects=("telnet_on_vty",)),
        switch("kampen-sw-01", site="kampen", site_number=2, number=11),
    )
    with Fleet(tmp_path_factory.mktemp("lab"), *devices) as fleet:
        yield fleet


@pytest.fixture
def chosen(baseline, fleet):
    """The targets and checks that results speak of when something is selected."""

    def run(*selection):
        ended = baseline("check", "-i", fleet.inventory, "--json", *selection)
        return {target for target, _, _ in ended.verdicts}, {check for _, check, _ in ended.verdicts}

    return run


@pytest.fixture(scope="module")
def checked(fleet, tmp_path_factory):
    """The command with a store that holds a run."""
    command = Command(tmp_path_factory.mktemp("checked"))
    command("check", "-i", fleet.inventory, "--check", "network-ssh-version-2", code=0)
    yield command
    command.close()


ALL = {"zwolle-core-01", "zwolle-sw-01", "kampen-sw-01"}


@pytest.mark.parametrize(
    ("selection", "targets"),
    [
        (("--site", "zwolle"), {"zwolle-core-01", "zwolle-sw-01"}),
        (("--site", "zwolle", "--site", "kampen"), ALL),
        (("--group", "core_switches"), {"zwolle-core-01"}),
        (("--group", "access_switches", "--site", "zwolle"), {"zwolle-sw-01"}),
        (("--target", "kampen-sw-01"), {"kampen-sw-01"}),
        (("--target", "*-sw-*"), {"zwolle-sw-01", "kampen-sw-01"}),
        (("--limit", "zwolle:!core_switches"), {"zwolle-sw-01"}),
    ],
)
def test_targets_are_chosen_by_name_group_and_site(chosen, selection, targets):
    assert chosen(*selection) == (targets, checks_for("cisco_ios"))


def test_checks_are_chosen_by_name(chosen):
    assert chosen("--check", "network-ssh-version-2") == (ALL, {"network-ssh-version-2"})
    found = chosen("--check", "network-snmp-*")[1]
    assert found == {name for name in checks_for("cisco_ios") if name.startswith("network-snmp-")}


@pytest.mark.parametrize("control", ["bio2:8.16.04", "8.16.04", "iso27001:A.8.15"])
def test_checks_are_chosen_by_control(baseline, chosen, control):
    listed = baseline("checks", "list", "--kind", "network", "--control", control, "--json", code=0).document
    found = chosen("--control", control)[1]
    assert "network-logging-collectors-used" in found
    assert found == {each["id"] for each in listed} & checks_for("cisco_ios")
    assert found < checks_for("cisco_ios")


def test_checks_are_chosen_by_severity_and_tag(baseline, chosen):
    listed = baseline("checks", "list", "--kind", "network", "--json", code=0).document
    severities = {each["id"]: each["severity"] for each in listed if each["id"] in checks_for("cisco_ios")}
    assert chosen("--severity", "critical")[1] == {name for name in severities if severities[name] == "critical"}
    assert chosen("--severity", "high")[1] == {name for name in severities if severities[name] in ("high", "critical")}
    assert "network-snmp-version-3-encrypted" in chosen("--tag", "snmp", "--severity", "high")[1]


@pytest.mark.parametrize(
    ("selection", "said"),
    [
        (("--check", "network-ssh-versoin-2"), "there is no check 'network-ssh-versoin-2'; did you mean 'network-ssh-version-2'?"),
        (("--control", "bio2:8.16.40"), "did you mean bio2:8.16.04"),
        (("--tag", "snpm"), "there is no tag 'snpm'; did you mean 'snmp'?"),
        (("--target", "kampen-sw-10"), "there is no target 'kampen-sw-10'; did you mean 'kampen-sw-01'?"),
        (("--group", "core_switchs"), "there is no group 'core_switchs'; did you mean 'core_switches'?"),
        (("--site", "zwole"), "there is no site 'zwole'; did you mean 'zwolle'?"),
        (("--severity", "hihg"), "'hihg' is not one of"),
        (("--limit", "zwole"), "zwole"),
        (("--chek", "x"), "--check"),
        (("--target", "kampen-sw-01", "--site", "zwolle"), "no target is left by this selection"),
    ],
)  # fmt: skip
def test_a_misspelt_name_stops_the_run_with_the_nearest(baseline, fleet, selection, said):
    before = fleet.status.devices
    ended = baseline("check", "-i", fleet.inventory, *selection, code=2)
    assert said in ended.stderr
    assert ended.stdout == ""
    assert "Traceback" not in ended.stderr
    assert fleet.status.devices == before


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("show", "network-ssh-versoin-2", "zwolle-sw-01"), "did you mean 'network-ssh-version-2'?"),
        (("show", "network-ssh-version-2", "zwolle-sw-10"), "did you mean 'zwolle-sw-01'?"),
        (("results", "--check", "network-ssh-versoin-2"), "did you mean 'network-ssh-version-2'?"),
        (("results", "--target", "zwolle-sw-10"), "did you mean 'zwolle-sw-01'?"),
        (("results", "--site", "zwole"), "did you mean 'zwolle'?"),
        (("results", "--owner", "netwerkbeher"), "did you mean 'netwerkbeheer'?"),
        (("results", "--run", "99"), "no run 99"),
        (("runs", "99"), "no run 99"),
        (("checks", "show", "network-ssh-versoin-2"), "did you mean 'network-ssh-version-2'?"),
        (("checks", "list", "--tag", "snpm"), "did you mean 'snmp'?"),
        (("controls", "show", "bio2:8.16.40"), "did you mean bio2:8.16.04"),
        (("chek",), "did you mean 'check'?"),
    ],
)  # fmt: skip
def test_other_commands_name_the_nearest_too(checked, arguments, said):
    ended = checked(*arguments, code=2)
    assert said in ended.stderr
    assert "Traceback" not in ended.stderr


@pytest.mark.parametrize(
    ("mistakes", "code"),
    [((), 0), (("telnet_on_vty",), 1), (("hang_handshake",), 3), (("telnet_on_vty", "disconnect"), 3)],
    ids=["all met", "something not met", "something not checked", "both"],
)
def test_the_exit_code_says_how_it_is(baseline, tmp_path, mistakes, code):
    with Fleet(tmp_path / "lab", switch("switch-1"), switch("switch-2", number=12)) as fleet:
        for number, mistake in enumerate(mistakes, 1):
            fleet.break_device(f"switch-{number}", mistake)
        baseline("check", "-i", fleet.inventory, "--timeout", 4, code=code)
        baseline("results", code=code)


def test_a_fleet_like_that_of_the_demonstration_is_checked_in_one_go(baseline, tmp_path):
    with Fleet(tmp_path / "lab", *demo_fleet(24, lines=SHORT), include_localhost=True) as fleet:
        ended = baseline("check", "-i", fleet.inventory, "--json")
        faulty = {device.name for device in fleet.status.devices if device.defects}
    failing = {target for (target, _, _), status in ended.verdicts.items() if status == "fail"}
    assert failing - {"localhost"} <= faulty
    assert {entry["outcome"] for entry in ended.document["population"]} == {"reached"}
