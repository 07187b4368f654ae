"""Importing again: nothing new for the same file, and what is gone from a newer one is closed."""

import pytest

from baseline.models.errors import StoreError
from baseline.models.target import Target
from tests.imports.samples import SCANNED_AT, prowler_finding, sarif_log, trivy_report, xccdf_results


def test_the_very_same_file_gives_nothing_new(imports):
    found = [prowler_finding("s3_one", "FAIL", "a")]
    first = imports.load("out.ocsf.json", found)
    before = imports.store.periods()
    again = imports.load("renamed.json", found)

    assert (first.run, again.run, again.totals) == (1, 1, None)
    assert list(imports.store.periods()) == list(before)
    assert len(imports.store.runs()) == 1


def test_the_same_bytes_count_again_once_another_file_came_between(imports):
    timeless = sarif_log()
    del timeless["runs"][0]["invocations"]
    nothing = sarif_log()
    nothing["runs"][0] |= {"invocations": [], "results": []}
    imports.load("1.sarif", timeless)
    standing = imports.standing()
    imports.load("2.sarif", nothing)
    between = imports.standing()
    again = imports.load("3.sarif", timeless)

    assert between == {}
    assert again.totals is not None
    assert imports.standing() == standing


def test_the_same_file_is_nothing_new_when_only_other_accounts_came_between(imports):
    def of(account):
        return [prowler_finding("s3_one", "FAIL", "a", cloud={"provider": "aws", "account": {"uid": account}})]

    imports.load("1.json", of("111111111111"))
    imports.load("2.json", of("222222222222"))

    assert imports.load("3.json", of("111111111111")).totals is None


def test_a_newer_file_closes_what_is_gone_and_leaves_what_is_the_same(imports):
    imports.load("1.json", [prowler_finding("s3_one", status, name) for status, name in (("FAIL", "a"), ("FAIL", "b"))])
    newer = [
        prowler_finding("s3_one", "FAIL", "a", time=SCANNED_AT + 60),
        prowler_finding("s3_new", "PASS", "a", time=SCANNED_AT + 60),
    ]
    totals = imports.load("2.json", newer).totals

    assert (totals.new, totals.unchanged, totals.closed) == (1, 1, 1)
    assert {key[1:]: status for key, status in imports.standing().items()} == {
        ("prowler:s3_new", "arn:aws:s3:::a"): "pass",
        ("prowler:s3_one", "arn:aws:s3:::a"): "fail",
    }
    (gone,) = imports.store.history("123456789012", "prowler:s3_one", "arn:aws:s3:::b")
    assert gone.valid_to is not None
    assert int(gone.valid_to.timestamp()) == SCANNED_AT + 60


def test_a_scanner_that_did_not_end_well_closes_nothing(imports):
    imports.load("1.sarif", sarif_log())
    standing = imports.standing()
    broken = sarif_log()
    ended = {"executionSuccessful": False, "endTimeUtc": "2026-11-02T00:00:00Z"}
    broken["runs"][0] |= {"invocations": [ended], "results": []}
    report = imports.load("2.sarif", broken)
    assert report.totals.closed == 0
    assert imports.standing() == standing
    assert standing
    broken["runs"][0]["invocations"] = [{**ended, "executionSuccessful": True}]
    assert imports.load("3.sarif", broken).totals.closed == len(standing)
    assert imports.standing() == {}


def test_a_check_that_is_gone_is_held_by_the_run_that_closed_it(imports):
    imports.load("1.json", trivy_report())
    imports.load("2.json", trivy_report(Results=[], CreatedAt="2025-11-14T00:00:00Z"))

    assert imports.standing() == {}
    assert {check.id for check in imports.store.run_checks(2)} == {check.id for check in imports.store.run_checks(1)}


def test_an_older_file_is_refused_and_changes_nothing(imports):
    imports.load("1.json", [prowler_finding("s3_one", "FAIL", "a")])
    standing = imports.standing()
    with pytest.raises(StoreError, match="import files in the order in which they were made"):
        imports.load("0.json", [prowler_finding("s3_one", "PASS", "a", time=SCANNED_AT - 60)])

    assert imports.standing() == standing
    assert len(imports.store.runs()) == 1


def test_other_tools_other_targets_and_parts_of_a_scan_are_left_alone(imports):
    imports.load("1.json", [prowler_finding("s3_one", "FAIL", "a")])
    imports.load("2.xml", xccdf_results(("one", "fail"), host="db1"))
    imports.load("3.xml", xccdf_results(("one", "fail"), host="db2", end="2025-11-14T00:00:00Z"))
    imports.load("4.json", [prowler_finding("s3_two", "FAIL", "a", time=SCANNED_AT + 9)], label="s3 only")
    before = len(imports.standing())
    imports.load("5.json", [prowler_finding("s3_two", "PASS", "a", time=SCANNED_AT + 99)], label="s3 only")

    assert before == 4
    assert sorted((target, check, status) for (target, check, _), status in imports.standing().items()) == [
        ("123456789012", "prowler:s3_one", "fail"),
        ("123456789012", "prowler:s3_two", "pass"),
        ("db1", "openscap:one", "fail"),
        ("db2", "openscap:one", "fail"),
    ]


def test_of_two_findings_about_the_same_the_worse_counts_whatever_the_order(imports):
    found = [prowler_finding("s3_one", status, "a") for status in ("PASS", "FAIL", "MANUAL")]
    imports.load("1.json", found)

    assert list(imports.standing().values()) == ["fail"]


def test_a_run_over_the_whole_inventory_does_not_close_what_was_imported(imports):
    imports.load("1.xml", xccdf_results(("one", "fail"), host="db1"))
    imports.load("2.sarif", sarif_log())
    standing = imports.standing()
    imports.store.retire(["db1"], ["host-some-check"], imports.store.runs()[0].started)

    assert imports.standing() == standing


def test_imported_results_of_a_target_that_left_the_inventory_are_closed(imports):
    known = Target(name="db1", kind="host", platform="linux")
    imports.load("1.xml", xccdf_results(("one", "fail"), host="db1"), known)
    imports.store.retire([], [], imports.store.runs()[0].started)

    assert imports.standing() == {}


def test_a_run_of_an_import_looks_like_any_other(imports):
    imports.load("1.json", [prowler_finding("s3_one", "FAIL", "a"), prowler_finding("s3_two", "PASS", "a")])
    record = imports.store.run(1)

    assert record.status == "finished"
    assert {status.value: number for status, number in record.counts.statuses.items()} == {"fail": 1, "pass": 1}
    assert [entry.outcome for entry in imports.store.population(1)] == ["reached"]
    assert len(list(imports.store.current_results())) == len(imports.standing(run=1)) == 2
    assert record.selection["import"]["tools"] == {"prowler": "Prowler 5.4.0"}
