"""Malformed and hostile files are refused with the line, and leave the store as it was."""

import gzip
import json
import random
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from baseline.imports.importing import ImportReport
from baseline.imports.refused import RefusedFileError
from tests.imports.samples import (
    CSV_COLUMNS,
    Imports,
    prowler_finding,
    prowler_row,
    sarif_log,
    trivy_report,
    xccdf_results,
)

OCSF = json.dumps([prowler_finding("s3_one", "FAIL", name) for name in "ab"], indent=1)
XCCDF = xccdf_results(("one", "fail"), ("two", "pass"))
CSV = "\n".join([CSV_COLUMNS, prowler_row("s3_one", "FAIL", "a"), prowler_row("s3_one", "PASS", "b")]) + "\n"
SAMPLES = {
    "prowler-ocsf": OCSF,
    "prowler-csv": CSV,
    "xccdf": XCCDF,
    "trivy": json.dumps(trivy_report(), indent=1),
    "sarif": json.dumps(sarif_log(), indent=1),
}

LAUGHS = """<?xml version="1.0"?>
<!DOCTYPE lolz [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>
<Benchmark xmlns="http://checklists.nist.gov/xccdf/1.2"><title>&b;</title></Benchmark>
"""
OUTSIDE = LAUGHS.replace('"lol"', 'SYSTEM "file:///etc/hostname"')


def lines_before(text: str, part: str) -> int:
    return text[: text.index(part)].count("\n") + 1


@pytest.mark.parametrize(
    ("form", "content", "line", "reason"),
    [
        ("xccdf", LAUGHS, 2, "document type"),
        ("xccdf", OUTSIDE, 2, "document type"),
        ("xccdf", XCCDF.replace("<title>Rule two", "<title>Rule <b>two", 1), 3, "not XML: mismatched tag"),
        ("xccdf", XCCDF.replace("UTF-8", "UTF-16"), 1, "declared as UTF-16"),
        ("xccdf", XCCDF.replace("<result>pass</result>", "<a>" * 200), 6, "nested more than 100 deep"),
        ("xccdf", XCCDF.replace("<target>db1", "<x>" + "y" * (5 << 20)), 5, "longer than 4 MiB"),
        ("xccdf", XCCDF.replace("TestResult", "Else"), None, "holds no XCCDF TestResult"),
        (
            "prowler-ocsf",
            OCSF.replace('"status_id": 1', '"status": "New"', 1),
            lines_before(OCSF, "status_id"),
            "twice",
        ),
        (
            "prowler-ocsf",
            OCSF.replace('"uid": "u-s3_one-b"', '"uid" "u"'),
            lines_before(OCSF, "u-s3_one-b"),
            "not JSON",
        ),
        ("prowler-ocsf", OCSF.replace("2004", "2001"), None, "OCSF class 2001"),
        (
            "prowler-ocsf",
            OCSF.replace("1763000000", "1" * 500),
            lines_before(OCSF, "1763000000"),
            "more than 400 digits",
        ),
        ("prowler-ocsf", OCSF.replace("true", "[" * 200).replace('"New"', "[" * 200), None, "nested more than 64 deep"),
        ("prowler-ocsf", OCSF.replace("Close the bucket.", "x" * (5 << 20)), None, "a text longer than 4 MiB"),
        ("prowler-ocsf", OCSF.replace("Close the bucket.", "\0"), lines_before(OCSF, "Close the"), "NUL byte"),
        ("prowler-ocsf", OCSF + "]", None, "not JSON"),
        ("prowler-ocsf", "[]", None, "holds no finding"),
        ("prowler-ocsf", "7", None, "a finding is not a mapping"),
        ("trivy", '{"SchemaVersion": 3}', None, "schema version 2"),
        ("trivy", SAMPLES["trivy"].replace('"Match"', '"\\u004datch"'), None, "a spelling that no scanner writes"),
        ("sarif", SAMPLES["sarif"].replace('"2.1.0"', '"2.0.0"'), 3, "SARIF 2.0.0"),
        ("sarif", '{"runs": [{"results": [{}]}]}', 1, "results before its tool"),
        ("prowler-csv", CSV.replace(";STATUS;", ";STATE;"), 1, "no column STATUS"),
        ("prowler-csv", CSV.replace("FAIL", "FAIL;more"), 3, "18 cells where the heading has 17"),
        ("prowler-csv", CSV.replace('lines"', 'lines"x'), 3, "not CSV"),
        ("prowler-csv", CSV.replace("s3_one;", ";"), 3, "CHECK_ID is missing"),
        (None, "hello\n", 1, "no format that is known"),
        (None, '{"hello": 1}', 1, "no format that is known"),
        (None, "", 1, "no format that is known"),
    ],
)
def test_what_is_not_right_is_refused_with_its_line(imports, form, content, line, reason):
    with pytest.raises(RefusedFileError, match="nothing was imported") as refused:
        imports.load("file", content, format=form)

    assert reason in refused.value.reason
    assert line in (None, refused.value.line)
    assert imports.store.runs() == []


def test_packed_files_and_other_encodings_are_refused_unread(imports, tmp_path):
    with zipfile.ZipFile(tmp_path / "bomb.zip", "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("a.json", " " * 10_000_000)
    for content, reason in (
        (gzip.compress(b"[" + b" " * 10_000_000 + b"]"), "gzip"),
        ((tmp_path / "bomb.zip").read_bytes(), "zip"),
        (OCSF.encode("utf-16"), "not UTF-8"),
        (OCSF.encode() + b"\xff", "is not UTF-8"),
        (OCSF.encode()[:-30] + b"\xe2\x82", "middle|not JSON"),
    ):
        with pytest.raises(RefusedFileError, match=reason):
            imports.load("file.json", content, format="prowler-ocsf")
    assert imports.store.runs() == []


@pytest.fixture(scope="module")
def shared(tmp_path_factory, mappings) -> Imports:
    return Imports(tmp_path_factory.mktemp("shared"), mappings)


def outcome(shared: Imports, content: bytes, **options) -> ImportReport | RefusedFileError:
    try:
        return shared.load("changed", content, **options)
    except RefusedFileError as refused:
        return refused


@pytest.mark.parametrize("form", SAMPLES)
@settings(max_examples=25)
@given(data=st.data())
def test_a_file_cut_anywhere_is_refused_or_whole(shared, form, data):
    content = SAMPLES[form].encode()
    cut = content[: data.draw(st.integers(0, len(content) - 1))]
    before = len(shared.store.runs(1000))
    came_of_it = outcome(shared, cut, format=form)
    if isinstance(came_of_it, RefusedFileError):
        assert came_of_it.line <= cut.count(b"\n") + 1
        assert len(shared.store.runs(1000)) == before
    else:
        whole_rows = form == "prowler-csv" and cut.count(b'"') % 2 == 0
        assert whole_rows or not content[len(cut) :].strip()


@pytest.mark.parametrize("form", SAMPLES)
@settings(max_examples=25)
@given(seed=st.integers(0, 2**32), flips=st.integers(1, 8))
def test_flipped_bytes_are_refused_or_read_but_nothing_else_is_raised(shared, form, seed, flips):
    content = bytearray(SAMPLES[form].encode())
    chance = random.Random(seed)
    for _ in range(flips):
        content[chance.randrange(len(content))] = chance.randrange(256)
    before = len(shared.store.runs(1000))
    came_of_it = outcome(shared, bytes(content), format=form, label=str(seed))
    if isinstance(came_of_it, RefusedFileError):
        assert len(shared.store.runs(1000)) == before
    else:
        assert shared.store.run(came_of_it.run).status == "finished"
