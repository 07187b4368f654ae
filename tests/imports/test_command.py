"""``baseline import`` as a person uses it, and the other commands that then show what was imported."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.imports.samples import prowler_finding, trivy_report, xccdf_results

pytestmark = pytest.mark.slow

FOLDER = Path(__file__).parent


@pytest.fixture
def written(tmp_path):
    def write(name: str, content) -> Path:
        path = tmp_path / name
        path.write_text(content if isinstance(content, str) else json.dumps(content, indent=1), "utf-8")
        return path

    return write


def test_importing_tells_what_came_of_it_and_ends_as_a_check_does(baseline, written):
    file = written("out.ocsf.json", [prowler_finding("s3_one", "FAIL", "a"), prowler_finding("s3_one", "PASS", "b")])
    first = baseline("import", file, code=1)
    again = baseline("import", file, code=1)
    by_hand = baseline("import", written("2.json", [prowler_finding("s3_by_hand", "MANUAL", "a")]), "-q", code=3)

    assert "Prowler 5.4.0" in first.stdout
    assert "2 new or changed, 0 unchanged, 0 gone" in first.stdout
    assert "1, 1 mapped to controls, 0 not mapped" in first.stdout
    assert "nothing new; this very file was imported as run 1" in again.stdout
    assert by_hand.stdout == ""


def test_one_wrong_file_is_named_with_its_line_and_the_others_are_imported(baseline, written):
    right = written("right.xml", xccdf_results(("one", "pass")))
    wrong = written("wrong.json", '[\n{"class_uid": 2004,\n oops')
    ended = baseline("import", wrong, right, "--json", code=2)

    assert f"{wrong}:3:2: is not JSON" in ended.stderr
    assert [each["file"]["name"] for each in ended.document["imports"]] == ["right.xml"]
    assert len(ended.document["refused"]) == 1
    assert "openscap:one" in baseline("results", "--all", code=0).stdout


def test_imported_checks_are_shown_as_their_scanners(baseline, written):
    baseline("import", written("trivy.json", trivy_report()), code=1)
    image = "registry.example.org/shop:1.4"

    assert "trivy:own-token" in baseline("results", "--source", "trivy", code=1).stdout
    assert "trivy:own-token" in baseline("results", "--control", "A.5.17", code=1).stdout
    told = baseline("show", "trivy:own-token", image, code=1).stdout
    assert "Imported from Trivy" in told
    assert "evidence  trivy.json  (sha256 " in told
    assert "trivy:DS002\thost\thigh" in baseline("checks", "list", "--imported", "--tag", "trivy", code=0).stdout
    assert "iso27001:A.8.8" in baseline("checks", "show", "trivy:CVE-2099-0001", code=0).stdout
    assert "trivy:CVE-2099-0001" in baseline("controls", "show", "A.8.8", "--imported", code=0).stdout
    assert "trivy:" not in baseline("controls", "show", "A.8.8", code=0).stdout
    assert "trivy:own-token" in baseline("export", "junit", code=0).stdout


def test_what_the_real_openscap_writes_is_imported_from_results_and_arf_alike(baseline, tmp_path):
    if shutil.which("oscap") is None:
        pytest.skip("no oscap (apt-get install openscap-scanner)")
    for name in ("small-xccdf.xml", "small-oval.xml"):
        shutil.copy(FOLDER / name, tmp_path)
    evaluate = ["oscap", "xccdf", "eval", "--results", "results.xml", "--results-arf", "arf.xml", "small-xccdf.xml"]
    subprocess.run(evaluate, cwd=tmp_path, capture_output=True, timeout=60, check=False)
    results = baseline("import", tmp_path / "results.xml", "--json", code=3).document["imports"][0]
    arf = baseline("import", tmp_path / "arf.xml", "--json", code=3).document["imports"][0]

    assert results["statuses"] == arf["statuses"] == {"pass": 1, "fail": 1, "error": 1}
    assert (arf["totals"]["unchanged"], arf["totals"]["new"], arf["totals"]["closed"]) == (3, 0, 0)
    assert arf["file"]["redactions"] > 0
    assert results["file"]["tools"]["openscap"].startswith("OpenSCAP 1.")


@pytest.mark.slow
def test_a_hundred_megabytes_are_imported_in_bounded_memory(baseline, tmp_path):
    file = tmp_path / "large.ocsf.json"
    filler = "What others can do with it is more than they should. " * 30
    with file.open("w", encoding="utf-8") as opened:
        opened.write("[\n")
        for number in range(40_000):
            found = prowler_finding(f"own_{number % 300}", "FAIL", f"bucket-{number}", risk_details=filler)
            opened.write((",\n" if number else "") + json.dumps(found))
        opened.write("]\n")
    assert file.stat().st_size > 100_000_000
    ended = baseline("import", file, "--json", code=1)

    assert ended.document["imports"][0]["totals"]["new"] == 40_000
    assert ended.document["imports"][0]["file"]["parts"] > 10
    assert ended.peak_bytes < 220_000_000
