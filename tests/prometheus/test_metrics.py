"""What the metrics say of a store."""

import asyncio
import os
import re
import shutil
import stat
import subprocess
from datetime import timedelta
from fnmatch import fnmatch
from pathlib import Path

import pytest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.exposition import generate_latest
from prometheus_client.parser import text_string_to_metric_families

from baseline.exporters.prometheus.collecting import Exposition
from baseline.exporters.prometheus.family import Family
from baseline.exporters.prometheus.text import as_text, write_textfile
from baseline.models.errors import BaselineError, ContentError, Problem, StoreError
from baseline.models.result import Status
from baseline.serve.content import Content
from baseline.serve.sources import exposition_of
from tests.prometheus.conftest import Told
from tests.prometheus.organisation import EVERY_TARGET, NOW, ROOT, SNMP, SSH
from tests.store.examples import later, reached, result, switch, version

pytestmark = pytest.mark.slow

promtool = pytest.mark.skipif(not shutil.which("promtool"), reason="needs promtool (apt-get install prometheus)")


@promtool
def test_promtool_finds_nothing_wrong(filled, tell):
    done = subprocess.run(["promtool", "check", "metrics"], input=tell(filled).text, capture_output=True, check=False)
    assert (done.returncode, done.stdout + done.stderr) == (0, b"")


def test_results_are_counted_by_place_severity_and_status(filled, tell):
    told = tell(filled)
    kampen = {"domain": "network", "site": "kampen", "owner": "netwerkbeheer"}
    assert told("baseline_results", **kampen, severity="critical", status="error") == 1
    assert told("baseline_results", **kampen, severity="high", status="pass") == 1
    assert told("baseline_results", domain="host", site="zwolle", severity="high", status="fail") == 1
    assert told.total("baseline_results") == len(list(filled.current_results()))


def test_a_waiver_that_ended_counts_for_nothing_before_the_next_run(filled, tell):
    told = tell(filled)
    assert told("baseline_target_unmet_results", target="sw-02", status="waived") == 1
    assert told("baseline_target_unmet_results", target="sw-03", status="waived") is None
    assert told("baseline_target_unmet_results", target="sw-03", status="fail", severity="critical") == 1
    assert told("baseline_lapsed_waiver_results", waiver="W-2") == 1
    assert told("baseline_waiver_results", waiver="W-1") == 1
    assert told("baseline_waiver_results", waiver="W-2") == 0


def test_without_an_inventory_the_store_is_believed_and_no_waiver_is_told_of(filled, tell):
    told = tell(filled, "none")
    assert told("baseline_target_unmet_results", target="sw-03", status="waived") == 1
    assert "baseline_waiver_info" not in told.metrics
    assert told("baseline_target_reached", target="sw-new") is None


def test_a_target_that_nobody_assessed_never_looks_green(filled, tell):
    told = tell(filled)
    assert told("baseline_target_assessment_timestamp_seconds", target="sw-new") == 0
    assert told("baseline_target_reached", target="sw-new") == 0
    assert told("baseline_targets", site="kampen", owner="netwerkbeheer", state="never_asked") == 1
    assert told("baseline_target_assessment_timestamp_seconds", target="sw-04") == 0
    assert told("baseline_target_attempt_timestamp_seconds", target="sw-04") == NOW.timestamp() - 86_400
    assert told("baseline_target_excluded", target="sw-old") == 1
    assert told.total("baseline_targets") == len(EVERY_TARGET) + 1
    assert len(told.metrics["baseline_target_info"]) == len(EVERY_TARGET) + 1


def test_why_targets_do_not_answer_is_counted_and_their_checks_are_not_listed(filled, tell):
    told = tell(filled)
    assert told("baseline_unreached_targets", domain="network", code="timeout") == 1
    assert told("baseline_target_unreached_info", target="sw-04", code="timeout") == 1
    assert told("baseline_target_check_unmet_results", target="sw-04") is None
    assert told("baseline_target_unmet_results", target="sw-04", severity="critical", status="error") == 1


def test_the_worst_is_listed_first_and_what_is_left_out_is_told(filled, tell):
    told = tell(filled, limit=2)
    assert set(told.metrics["baseline_target_check_unmet_results"]) == {
        (("check", SNMP), ("severity", "critical"), ("status", "fail"), ("target", target))
        for target in ("sw-01", "sw-03")
    }
    assert told("baseline_series_left_out", metric="baseline_target_check_unmet_results") == 2
    assert told("baseline_target_unmet_results", target="web-02", severity="high", status="fail") == 1


def test_controls_answered_directly_and_through_iso_are_counted(filled, tell, contents):
    told = tell(filled)
    known = contents["inventory"].known()
    for check in (SSH, SNMP):
        assert {"bio2", "iso27001"} <= {control.partition(":")[0] for control in known.controls_of[check]}
    for control in known.controls_of[ROOT]:
        counted = {status: told("baseline_control_results", control=control, status=status) for status in Status}
        checks = [check for check in (SSH, SNMP, ROOT) if control in known.controls_of[check]]
        assert sum(counted.values()) == sum(told.total("baseline_check_results", check=check) for check in checks)
    assert told("baseline_control_answer", control="bio2:5.01.01", answer="checks") is None


def test_runs_drift_evidence_and_schedule_are_told_of(filled, tell):
    told = tell(filled)
    assert told("baseline_run_success_timestamp_seconds", scope="whole") == pytest.approx(NOW.timestamp(), abs=3600)
    assert told("baseline_run_targets", scope="whole", outcome="unreached") == 1
    assert told("baseline_target_drift_changes", target="web-02", kind="verdict", direction="worse") == 1
    assert told("baseline_drifting_targets") == 1
    assert told("baseline_evidence_checkpoint_entries") == told("baseline_evidence_entries") > 0
    assert told("baseline_evidence_checkpoint_timestamp_seconds") == pytest.approx(NOW.timestamp(), abs=3600)
    assert told("baseline_job_state", job_name="hourly", state="missed") == 1
    assert told("baseline_job_success_timestamp_seconds", job_name="hourly") == 0
    assert told("baseline_attestation_info", attestation="A-1", control="bio2:5.01.01") == 1


def test_many_small_runs_and_moments_hide_neither_the_last_whole_run_nor_a_rare_job(filled, tell):
    """Otherwise the alerts on them could not fire when they are overdue."""
    before = tell(filled)
    for number in range(120):
        filled.finish_run(filled.begin_run({"limit": "sw-01"}, "0.1.0", [], []))
        moments = [NOW + timedelta(minutes=5 * number + each) for each in range(5)]
        filled.schedule.note_missed("often", moments, "this machine was off", NOW)
    after = tell(filled)
    for name, labels in (
        ("baseline_run_success_timestamp_seconds", {"scope": "whole"}),
        ("baseline_job_success_timestamp_seconds", {"job_name": "nightly"}),
        ("baseline_job_state", {"job_name": "hourly", "state": "missed"}),
    ):
        assert after(name, **labels) == before(name, **labels) is not None
    assert after("baseline_run_success_timestamp_seconds", scope="part") > 0


def test_a_second_telling_sees_every_change(filled, contents):
    """One exposition over a store that changes says the same as a new one."""
    kept = exposition_of(filled, contents["inventory"])
    kept.text()
    run = filled.begin_run(
        {}, "0.1.0", [switch("sw-01"), switch("sw-05", site="kampen")], [version(SSH), version(SNMP)]
    )
    filled.record_target(run, reached(result(SNMP), result(SSH), target="sw-01", at=NOW, key="new"))
    filled.record_target(run, reached(result(SSH, Status.FAIL), target="sw-05", at=NOW, key="new"))
    filled.retire(["sw-01", "sw-05"], [SSH, SNMP], NOW)
    again, new = Told(kept.text()).metrics, Told(exposition_of(filled, contents["inventory"]).text()).metrics
    moving = {"baseline_store_read_timestamp_seconds", "baseline_exporter_source_duration_seconds"}
    assert {name: again[name] for name in again if name not in moving} == {
        name: new[name] for name in new if name not in moving
    }
    assert len(again["baseline_target_unmet_results"]) == 1


def test_an_empty_store_tells_that_nothing_was_assessed(store, tell):
    told = tell(store)
    assert told.total("baseline_results") == 0
    assert told("baseline_targets", site="kampen", state="never_asked") == 3
    assert told("baseline_run_success_timestamp_seconds") is None
    assert told.total("baseline_control_results") == 0
    assert len(told.metrics["baseline_control_results"]) > 100


class Failing:
    name = "failing"

    def families(self):
        yield Family(name="baseline_before", help="", rows=[((), 1)])
        raise StoreError("the disk is full")


class Working:
    name = "working"

    def families(self):
        yield Family(name="baseline_works", help="", rows=[((), 1)])


def test_a_source_that_fails_says_so_and_leaves_the_others():
    reasons = []
    exposition = Exposition([Failing(), Working()], reasons.append)
    exposition.text()
    told = Told(exposition.text())
    assert told("baseline_exporter_source_success", source="failing") == 0
    assert told("baseline_exporter_source_failures_total", source="failing") == 2
    assert told("baseline_works") == told("baseline_exporter_source_success", source="working") == 1
    assert reasons == ["failing: the disk is full"] * 2


def test_a_store_that_breaks_leaves_no_old_numbers(filled, contents, tmp_path):
    exposition = exposition_of(filled, contents["none"])
    assert Told(exposition.text())("baseline_target_reached", target="sw-01") == 1
    filled.close()
    (tmp_path / "store.db").write_bytes(b"no database" * 1000)
    for more in tmp_path.glob("store.db-*"):
        more.unlink()
    told = Told(exposition.text())
    assert told("baseline_exporter_source_success", source="store") == 0
    assert "baseline_results" not in told.metrics


def test_text_reads_as_that_of_prometheus_client():
    rows = [
        (("plain", ""), 1),
        (('quo"te', "back\\slash"), 0.1),
        (("line\nbreak", "é"), 1_767_225_600.123),
        (("%s", "{}"), 1e21),
    ]
    family = Family(name="baseline_things", help="Back\\slash\nand line", labels=("one", "two"), rows=rows)
    theirs = GaugeMetricFamily(family.name, family.help, labels=family.labels)
    for values, number in rows:
        theirs.add_metric(values, number)

    class Theirs:
        def collect(self):
            yield theirs

    def read(text):
        return [
            (each.name, each.documentation, each.type, each.samples) for each in text_string_to_metric_families(text)
        ]

    assert read(b"".join(as_text([family])).decode()) == read(generate_latest(Theirs()).decode())


def test_a_textfile_is_put_in_place_at_once(tmp_path):
    path = tmp_path / "baseline.prom"
    path.write_text("old")
    write_textfile(path, b"new")
    assert path.read_bytes() == b"new"
    assert stat.S_IMODE(path.stat().st_mode) == 0o644
    assert list(tmp_path.iterdir()) == [path]
    os.mkfifo(tmp_path / "pipe")
    reading = os.open(tmp_path / "pipe", os.O_RDONLY | os.O_NONBLOCK)
    write_textfile(tmp_path / "pipe", b"told")
    assert os.read(reading, 9) == b"told"
    os.close(reading)
    with pytest.raises(BaselineError, match="cannot be written"):
        write_textfile(tmp_path / "missing" / "baseline.prom", b"")


def test_many_places_are_put_together_and_told(store, tell, monkeypatch):
    monkeypatch.setattr("baseline.exporters.prometheus.tally.MOST_GROUPS", 3)
    names = [f"sw-{number}" for number in range(9)]
    run = store.begin_run({}, "0.1.0", [switch(name, site=f"site-{name}") for name in names], [version(SSH)])
    store.record_targets(run, [reached(result(SSH), target=name, at=later(0)) for name in names])
    told = tell(store, "none")
    assert told.total("baseline_results", status="pass") == 9
    assert told("baseline_series_left_out", metric="baseline_results") == 7
    assert told.total("baseline_results", site="(other)", status="pass") == 7


def test_content_that_is_wrong_later_is_told_and_the_last_right_one_stays(filled, contents):
    found = [contents["inventory"].loaded]
    tried = asyncio.Event()

    def load():
        if found:
            return found.pop()
        loop.call_soon_threadsafe(tried.set)
        raise ContentError([Problem(path="waivers.yml", message="is broken")])

    content = Content(load, 0.01)

    async def read_again():
        nonlocal loop
        loop = asyncio.get_running_loop()
        task = asyncio.create_task(content.run())
        await tried.wait()
        tried.clear()
        await tried.wait()
        task.cancel()

    loop = None
    asyncio.run(read_again())
    told = Told(exposition_of(filled, content).text())
    assert told("baseline_exporter_source_success", source="content") == 0
    assert told("baseline_exporter_source_success", source="store") == 1
    assert told("baseline_waiver_info", waiver="W-1") == 1


def test_the_documentation_tells_of_every_metric(filled, tell):
    page = (Path(__file__).resolve().parents[2] / "docs" / "prometheus.md").read_text()
    documented = set(re.findall(r"`(baseline_[a-z_*]+)`", page))
    told = {name for name in tell(filled).metrics if name.startswith("baseline_")} - {"baseline_build_info"}
    assert {name for name in told if not any(fnmatch(name, known) for known in documented)} == {
        "baseline_content_read_timestamp_seconds"
    }
