"""What a waiver covered is not met once it has ended, whether or not a run looked since."""

import json
from datetime import date

import msgspec
import pytest
from click.testing import CliRunner

from baseline.cli.main import cli
from baseline.cli.waiver_terms import WAIVERS
from baseline.models.artefact import Artefact
from baseline.models.result import Status
from baseline.models.target import Target
from baseline.store.store import Store
from tests.exports.conftest import SSH, outcome, result, version_of
from tests.shipped import shipped_checks
from tests.waivers.examples import waiver

TERM = waiver(id="W-2026-007", checks=(SSH,), targets=("sw-waived",), ends=date(2026, 6, 1))


@pytest.fixture
def results(tmp_path, monkeypatch):
    """Runs ``baseline results`` on a store of one run in March, with a fail that was waived until June."""
    monkeypatch.setattr("baseline.cli.results.all_checks", lambda *_: shipped_checks())
    kept = Artefact(name=WAIVERS, content=msgspec.json.encode((TERM,)), media_type="application/json")
    target = Target(name="sw-waived", kind="network", platform="cisco_ios")
    with Store.open(tmp_path / "store.db") as store:
        run = store.begin_run({}, "0.1.0", [target], [version_of(SSH)], [kept])
        waived = result("sw-waived", SSH, Status.WAIVED, waiver=TERM.id)
        store.record_target(run, outcome("sw-waived", (waived,)))
        store.finish_run(run)

    def ask(*words: str) -> tuple[int, list[tuple[str, str]]]:
        ended = CliRunner().invoke(cli, ["--store", str(tmp_path / "store.db"), "results", "--json", *words])
        return ended.exit_code, [(each["status"], each.get("reason", "")) for each in json.loads(ended.stdout)]

    return ask


def test_a_fail_whose_waiver_ended_is_not_met(results):
    lapsed = [("fail", "waiver W-2026-007 ended on 2026-06-01")]
    assert results() == (1, lapsed)
    assert results("--status", "fail") == (1, lapsed)
    assert results("--status", "waived") == (0, [])
    assert results("--as-of", "2026-06-02") == (1, lapsed)


def test_it_stays_waived_while_it_lasts_and_in_the_run_that_found_it(results):
    assert results("--as-of", "2026-06-01") == (0, [("waived", "")])
    assert results("--as-of", "2026-05-01", "--status", "waived") == (0, [("waived", "")])
    assert results("--run", "1") == (0, [("waived", "")])
