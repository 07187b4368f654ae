"""What the command prints: tables for people, lines for pipes, JSON for programs, nothing when asked."""

import json
import re
from collections import Counter

import pytest

from tests.acceptance.command import Command
from tests.acceptance.fleet import Fleet, checks_for, switch
from tests.acceptance.terminal import shown_in_terminal

pytestmark = pytest.mark.slow

ESCAPE = "\x1b"


@pytest.fixture(scope="module")
def fleet(tmp_path_factory):
    devices = (
        switch("switch-1"),
        switch("switch-2", number=12, defects=("telnet_on_vty", "snmp_community_public")),
        switch("switch-3", number=13, faults=("disconnect",)),
    )
    with Fleet(tmp_path_factory.mktemp("lab"), *devices) as fleet:
        yield fleet


@pytest.fixture(scope="module")
def after_a_run(fleet, tmp_path_factory):
    """A command whose store holds a run, and that run's JSON report."""
    baseline = Command(tmp_path_factory.mktemp("run"))
    return baseline, baseline("check", "-i", fleet.inventory, "--json", code=3)


def test_the_json_report_is_whole(after_a_run):
    baseline, ended = after_a_run
    report = ended.document
    targets = {"switch-1", "switch-2", "switch-3"}

    assert {entry["target"] for entry in report["population"]} == targets
    assert {(target, check) for target, check, _ in ended.verdicts} == {
        (target, check) for target in targets for check in checks_for("cisco_ios")
    }
    assert report["statuses"] == Counter(each["status"] for each in report["results"])
    for result in report["results"]:
        assert result["status"] in ("pass", "fail", "error", "not_applicable", "waived")
        assert bool(result["reason"]) or result["status"] in ("pass", "fail")
        assert result["expected"]
        if result["status"] == "fail":
            assert result["observed"]
            assert result["artefacts"]
            assert any(source["lines"] for source in result["sources"])
    assert baseline("results", "--json").document == report["results"]
    assert ended.stderr == ""


def test_every_json_is_json(after_a_run, fleet):
    baseline, _ = after_a_run
    for arguments in (
        ("results", "--json"),
        ("runs", "--json"),
        ("runs", 1, "--json"),
        ("show", "network-lines-ssh-only", "switch-2", "--json"),
        ("checks", "list", "--json"),
        ("checks", "lint", "--json"),
        ("controls", "list", "--json"),
        ("controls", "coverage", "--json"),
        ("inventory", "list", "-i", fleet.inventory, "--json"),
        ("inventory", "validate", "-i", fleet.inventory, "--json"),
        ("lab", "status", "--folder", fleet.folder.path, "--json"),
    ):
        ended = baseline(*arguments)
        json.loads(ended.stdout)
        assert ended.stderr == "", arguments


def test_quiet_prints_nothing_and_the_exit_code_tells(baseline, fleet):
    ended = baseline("check", "-i", fleet.inventory, "--quiet", code=3)
    assert (ended.stdout, ended.stderr) == ("", "")


def test_a_pipe_gets_lines_of_equal_columns_and_no_escape_codes(after_a_run, fleet):
    baseline, _ = after_a_run
    ended = baseline("check", "-i", fleet.inventory)
    lines = [line for line in ended.stdout.splitlines() if not line.startswith("#")]

    assert lines[0].split("\t")[:4] == ["status", "severity", "target", "check"]
    assert {line.count("\t") for line in lines} == {lines[0].count("\t")}
    assert any(line.startswith("fail\tcritical\tswitch-2\tnetwork-snmp-community-not-default\t") for line in lines)
    assert sum(line.startswith("error\t") for line in lines) == 1, "one line for a target that was not reached"
    for arguments in (("results",), ("results", "--all"), ("runs",), ("checks", "list"), ("controls", "coverage")):
        assert ESCAPE not in baseline(*arguments).stdout
    assert ESCAPE not in ended.stdout + ended.stderr


def test_a_terminal_gets_tables_in_colour_worst_first(baseline, fleet):
    shown = shown_in_terminal(baseline, "check", "-i", fleet.inventory)
    plain = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", shown)

    assert ESCAPE in shown
    places = [plain.index(word) for word in ("CRITICAL", "HIGH", "ERROR", "BIO2", "Run 1:")]
    assert places == sorted(places)
    assert "Remote lines accept SSH only" in plain
    assert "no snmp-server community public" in plain
    assert "the device ended the session" in plain
    assert "8.24.04" in plain


def test_the_story_of_a_result_shows_the_line_that_decided(after_a_run):
    baseline, _ = after_a_run
    ended = baseline("show", "network-lines-ssh-only", "switch-2", code=1)
    assert re.search(r"^  > +\d+ \|  transport input telnet ssh$", ended.stdout, re.MULTILINE)
    assert "not met, since" in ended.stdout
    assert "expected" in ended.stdout
    assert "Fix" in ended.stdout


def test_the_list_of_runs_says_what_each_reached(after_a_run):
    baseline, _ = after_a_run
    population = baseline("runs", 1).stdout
    assert re.search(r"^switch-3\tunreached\t.*the device ended the session", population, re.MULTILINE)
    assert re.search(r"^1\t.*\tfinished\t2 of 3\t", baseline("runs").stdout, re.MULTILINE)
