"""Stored facts, judged with another version of the norm or of the checks."""

import json
from datetime import date

import pytest
from click.testing import CliRunner

from baseline.assess.earlier_facts import NOT_THEN, completed
from baseline.cli import reassessing
from baseline.cli.main import cli
from baseline.models.errors import BaselineError
from baseline.models.waiver import Waiver
from baseline.store.store import Store
from tests.reassess.conftest import SPRING, assess


@pytest.fixture
def reassess(store_path):
    """A function that runs the command and reads what it prints."""

    def run(*arguments: object, code: int):
        ended = CliRunner().invoke(cli, ["--store", str(store_path), "reassess", *map(str, arguments)])
        assert ended.exit_code == code, (ended.output, ended.exception)
        return json.loads(ended.output) if "--json" in arguments or "show" in arguments else ended.output

    return run


def standing(path) -> dict[tuple[str, str], str]:
    with Store.open(path, read_only=True) as store:
        return {(each.target, each.check): str(each.status) for each in store.current_results()}


def test_what_changed_is_told_with_whether_the_check_or_the_target_did_it(reassess, autumn):
    document = reassess("--as-of", "2026-04-01", "--checks", autumn, "--json", code=3)
    found = {(each["target"], each["check"]): each for each in document["differences"]}
    outcomes = {place: (each["then"], each["again"], each["now"], each["causes"]) for place, each in found.items()}
    assert outcomes == {
        ("sw-same", "network-demo-version"): ("pass", "fail", "fail", ["check"]),
        ("sw-better", "network-demo-version"): ("pass", "fail", "pass", ["check", "target"]),
        ("sw-same", "network-demo-key"): (None, "error", "error", ["check"]),
        ("sw-better", "network-demo-key"): (None, "error", "error", ["check"]),
        ("sw-same", "network-demo-dropped"): ("pass", None, None, ["check"]),
        ("sw-better", "network-demo-dropped"): ("pass", None, None, ["check"]),
    }
    assert found["sw-same", "network-demo-version"]["why"] == "the check changed: params"
    assert "facts changed: management.ssh.version" in found["sw-better", "network-demo-version"]["why"]
    assert found["sw-same", "network-demo-dropped"]["why"] == "the check is not there any more"


def test_a_fact_that_was_not_collected_then_is_an_error_and_never_a_pass(reassess, autumn):
    document = reassess("--as-of", "2026-04-01", "--checks", autumn, "--check", "network-demo-key", "--json", code=3)
    assert [(each["status"], NOT_THEN in each["reason"]) for each in document["again"]] == [("error", True)] * 2


def test_a_control_that_another_check_answers_differs_by_the_norm(reassess, autumn):
    document = reassess("--as-of", "2026-04-01", "--checks", autumn, "--json", code=3)
    controls = {each["control"]: each for each in document["controls"]}
    assert controls["bio2:8.20.02"]["added"] == ["network-demo-steady"]
    assert (controls["bio2:8.20.02"]["then"], controls["bio2:8.20.02"]["again"]) == (None, "pass")
    assert controls["bio2:8.20.02"]["causes"] == ["norm"]
    assert set(controls["bio2:8.24.04"]["causes"]) == {"norm", "check", "target"}


def test_another_version_of_the_norm_moves_outcomes_to_other_controls(reassess, norms, spring):
    path = norms / "bio2.yaml"
    text = path.read_text("utf-8")
    before = "  8.24.04:"
    assert before in text
    block = text[text.index(before) :].split("\n\n")[0]
    path.write_text(text.replace(block, block.replace("A.8.24", "A.8.25")), "utf-8")
    document = reassess("--as-of", "2026-04-01", "--catalogue", norms, "--checks", spring, "--json", code=1)
    controls = {each["control"]: each["causes"] for each in document["controls"] if "norm" in each["causes"]}
    assert controls.keys() == {"iso27001:A.8.24", "iso27001:A.8.25"}
    assert document["differences"] == []


def test_the_same_content_and_facts_differ_in_nothing(reassess, spring):
    told = reassess("--as-of", "2026-04-01", "--checks", spring, "--target", "sw-same", code=0)
    assert "3 results judged again as of 2026-04-01; 0 differ." in told


def test_what_stands_is_left_alone_and_what_is_kept_is_named_in_the_log(reassess, store_path, autumn):
    before = standing(store_path)
    reassess("--as-of", "2026-04-01", "--checks", autumn, code=3)
    assert reassess("list", "--json", code=0) == []
    told = reassess("--as-of", "2026-04-01", "--checks", autumn, "--save", "--json", code=3)
    assert standing(store_path) == before
    (kept,) = reassess("list", "--json", code=0)
    assert (kept["digest"], kept["differences"], kept["results"]) == (told["digest"], 6, 6)
    shown = reassess("show", kept["digest"][:8], code=0)
    assert shown["differences"] == told["differences"]
    assert len(shown["again"]) == 6


def test_a_fail_that_was_accepted_then_stays_accepted(tmp_path, spring, autumn):
    waiver = Waiver(
        id="W-1",
        kind="temporary",
        checks=("network-demo-version",),
        targets=("*",),
        owner="a",
        requester="a",
        approver="b",
        ciso_advice="c",
        reason="d",
        risk_reference="e",
        starts=date(2026, 1, 1),
        ends=date(2026, 12, 1),
    )
    path = tmp_path / "waived.db"
    with Store.open(path) as store:
        assess(store, spring, SPRING, {"sw-old": 1}, (waiver,))
    words = ["--store", str(path), "reassess", "--as-of", "2026-04-01", "--checks", str(autumn), "--json"]
    document = json.loads(CliRunner().invoke(cli, words).output)
    (again,) = [each for each in document["again"] if each["check"] == "network-demo-version"]
    assert (again["status"], again["waiver"]) == ("waived", "W-1")


def test_many_runs_since_do_not_hide_the_checks_of_then(reassess, spring, store_path, monkeypatch):
    before = reassess("--as-of", "2026-04-01", "--checks", spring, "--json", code=0)
    monkeypatch.setattr(reassessing, "RUNS", 3)
    with Store.open(store_path) as store:
        for _ in range(4):
            store.finish_run(store.begin_run({}, "0.1.0", [], []))
    assert reassess("--as-of", "2026-04-01", "--checks", spring, "--json", code=0) == before


def test_nothing_before_the_first_run_is_judged(store_path):
    words = ["--store", str(store_path), "reassess", "--as-of", "2020-01-01"]
    ended = CliRunner().invoke(cli, words)
    assert isinstance(ended.exception, BaselineError)
    assert "no run of 2020-01-01 or before" in str(ended.exception)


def test_facts_of_an_older_version_gain_what_it_did_not_know():
    document = completed({"management": {"ssh": {"version": 2}}, "gone": 1}, "network")
    assert document["management"]["ssh"]["version"] == 2
    assert document["management"]["ssh"]["minimum_dh_bits"] == {"$unknown": NOT_THEN}
    assert document["users"] == {"$unknown": NOT_THEN}
    assert "gone" not in document
