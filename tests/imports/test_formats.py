"""What each format says becomes results of the scanner's own checks, and never a pass that it did not say."""

import pytest

from baseline.models.result import Severity
from baseline.models.target import Connection, Target
from tests.imports.samples import (
    CSV_COLUMNS,
    prowler_finding,
    prowler_row,
    sarif_log,
    trivy_report,
    xccdf_results,
)

ACCOUNT = "123456789012"


def checks_of(imports) -> dict:
    from baseline.imports.stored import stored_checks

    return stored_checks(imports.store.imports.checks())


def test_prowler_findings_keep_their_ids_and_say_nothing_is_met_that_a_person_must_judge(imports):
    found = [
        prowler_finding("s3_one", "FAIL", "a"),
        prowler_finding("s3_one", "PASS", "b"),
        prowler_finding("s3_two", "MANUAL", "c"),
        prowler_finding("s3_two", "LATER", "d"),
        prowler_finding("s3_two", "FAIL", "e", status="Suppressed", status_id=3),
        prowler_finding("iam_root", "FAIL", "f", resources=[{"uid": ACCOUNT, "region": "eu-west-1"}]),
    ]
    report = imports.load("out.ocsf.json", found)

    assert imports.standing() == {
        (ACCOUNT, "prowler:s3_one", "arn:aws:s3:::a"): "fail",
        (ACCOUNT, "prowler:s3_one", "arn:aws:s3:::b"): "pass",
        (ACCOUNT, "prowler:s3_two", "arn:aws:s3:::c"): "error",
        (ACCOUNT, "prowler:s3_two", "arn:aws:s3:::d"): "error",
        (ACCOUNT, "prowler:s3_two", "arn:aws:s3:::e"): "fail",
        (ACCOUNT, "prowler:iam_root", ""): "fail",
    }
    muted = next(each for each in imports.store.current_results() if each.subject.endswith(":e"))
    assert muted.observed["muted"] is True
    assert report.totals.new == 6
    assert imports.store.targets()[ACCOUNT].platform == "imported"
    check = checks_of(imports)["prowler:s3_one"]
    assert check.controls == ("bio2:5.17.01", "iso27001:A.8.5", "iso27001:A.8.24")
    assert "Imported from Prowler 5.4.0" in check.rationale
    assert check.severity is Severity.HIGH


def test_the_csv_of_prowler_says_the_same_as_its_json(imports, tmp_path):
    rows = [
        prowler_row("s3_one", "FAIL", "a"),
        prowler_row("s3_one", "PASS", "b"),
        prowler_row("s3_two", "MANUAL", "c"),
    ]
    imports.load("out.csv", "\n".join([CSV_COLUMNS, *rows]) + "\n")
    from_csv = imports.standing()
    found = [
        prowler_finding(*each) for each in (("s3_one", "FAIL", "a"), ("s3_one", "PASS", "b"), ("s3_two", "MANUAL", "c"))
    ]
    imports.load("out.ocsf.json", found)

    assert imports.standing() == from_csv
    assert len(from_csv) == 3
    said = next(each for each in imports.store.history(ACCOUNT, "prowler:s3_one", "arn:aws:s3:::a"))
    assert said.result.observed["said"] == 'Bucket a; said with "quotes"\nand lines'


@pytest.mark.parametrize(
    ("word", "status"),
    [
        ("pass", "pass"),
        ("fixed", "pass"),
        ("fail", "fail"),
        ("notapplicable", "not_applicable"),
        ("error", "error"),
        ("unknown", "error"),
        ("notchecked", "error"),
        ("informational", "error"),
        ("never-heard-of", "error"),
        ("notselected", None),
    ],
)
def test_only_what_xccdf_calls_passed_or_fixed_is_met(imports, word, status):
    report = imports.load("results.xml", xccdf_results(("one", word), ("two", "fail")))

    expected = {("db1", "openscap:two", ""): "fail"} | ({("db1", "openscap:one", ""): status} if status else {})
    assert imports.standing() == expected
    assert report.left_out == ({} if status else {"rules that the profile does not select": 1})
    assert checks_of(imports)["openscap:two"].controls == ("iso27001:A.8.5",)


def test_the_bounds_of_one_rule_are_not_those_of_all_together(imports):
    long = "what the scanner says of it " * 40
    results = xccdf_results(*[(f"rule{number % 9}", "fail") for number in range(9)])
    many = "".join(
        f'<rule-result idref="xccdf_org.example_rule_rule1"><result>fail</result><message>{long}</message>'
        f"<instance>item {number}</instance></rule-result>"
        for number in range(6000)
    )
    imports.load("results.xml", results.replace("</TestResult>", f"{many}</TestResult>"))

    assert len(imports.standing()) == 6009


def test_a_trivy_report_gives_a_result_for_each_sort_of_finding(imports):
    report = imports.load("trivy.json", trivy_report())
    image = "registry.example.org/shop:1.4"

    assert imports.standing() == {
        (image, "trivy:CVE-2099-0001", f"{image} (debian 12.5): libexample 1.0"): "fail",
        (image, "trivy:DS002", "Dockerfile: one"): "fail",
        (image, "trivy:DS002", "Dockerfile: two"): "pass",
        (image, "trivy:DS002", "Dockerfile: three"): "fail",
        (image, "trivy:own-token", "app/settings.py:12"): "fail",
        (image, "trivy:licence-Own-1.0", "app/settings.py: tool"): "fail",
    }
    assert list(report.left_out.values()) == [1]
    checks = checks_of(imports)
    assert "iso27001:A.8.8" in checks["trivy:CVE-2099-0001"].controls
    assert "bio2:8.24.04" in checks["trivy:CVE-2099-0001"].controls
    assert checks["trivy:DS002"].controls == ()


def test_a_sarif_log_gives_its_results_and_the_severity_that_its_rules_state(imports):
    imports.load("scan.sarif", sarif_log())
    shop = "https://git.example.org/team/shop"

    assert imports.standing() == {
        (shop, "own-scanner:own/weak-hash", "src/a.py:4"): "fail",
        (shop, "own-scanner:own/noted", ""): "error",
        (shop, "own-scanner:own/noted", "src/a.py:4"): "pass",
        (shop, "own-scanner:own/undescribed", ""): "fail",
    }
    severities = {each.check.partition("/")[2]: each.severity for each in imports.store.current_results()}
    assert severities == {"weak-hash": Severity.CRITICAL, "noted": Severity.LOW, "undescribed": Severity.HIGH}
    assert "bio2:8.24.04" in checks_of(imports)["own-scanner:own/weak-hash"].controls


def test_what_was_scanned_is_the_target_that_bears_its_name_or_address(imports):
    known = Target(
        name="database-1", kind="host", platform="linux", connection=Connection(address="192.0.2.7"), owner="data"
    )
    imports.load("results.xml", xccdf_results(("one", "fail")), known)

    assert list(imports.standing()) == [("database-1", "openscap:one", "")]
    assert imports.store.targets()["database-1"].owner == "data"


def test_two_targets_that_could_be_meant_are_a_question_and_no_guess(imports):
    twins = [
        Target(name=name, kind="host", platform="linux", connection=Connection(address="192.0.2.7"))
        for name in ("a", "b")
    ]
    with pytest.raises(Exception, match="can be any of a, b; say which with --target"):
        imports.load("results.xml", xccdf_results(("one", "fail")), *twins)
    assert imports.standing() == {}

    imports.load("results.xml", xccdf_results(("one", "fail")), *twins, target="b")
    assert list(imports.standing()) == [("b", "openscap:one", "")]


def test_secrets_that_a_scanner_saw_are_in_no_part_of_the_store(imports):
    rows = [CSV_COLUMNS, prowler_row("s3_one", "FAIL", "a", details="hunter2-of-the-details")]
    scanned = [prowler_finding("s3_one", "FAIL", "a", status_detail="see https://bob:hunter2-in-url@example.org/")]
    characteristics = (
        "<r xmlns:x='urn:x'><x:oval_system_characteristics><p>root:hunter2-hash</p><![CDATA[hunter2-cdata]]>"
        "</x:oval_system_characteristics>"
    )
    results = xccdf_results(("one", "fail")).partition("?>")[2]
    for name, content in (
        ("trivy.json", trivy_report()),
        ("scan.sarif", sarif_log()),
        ("out.csv", "\n".join(rows)),
        ("out.ocsf.json", scanned),
        ("arf.xml", f"{characteristics}{results}</r>"),
    ):
        report = imports.load(name, content)
        assert report.file.redactions > 0, name

    assert len(imports.standing()) > 8
    assert not imports.holds(b"hunter2")


def test_a_file_without_secrets_is_kept_byte_for_byte(imports):
    content = xccdf_results(("one", "fail"))
    report = imports.load("results.xml", content)

    assert imports.store.artefact(report.file.artefact) == content.encode()
    assert report.file.artefact == report.file.digest
    (result,) = imports.store.current_results()
    assert result.artefacts == {"results.xml": report.file.digest}
