"""No cell of a CSV file is a formula, whichever character a spreadsheet program takes to part cells."""

import csv
from io import BytesIO, StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baseline.exporters.spreadsheet_text import write_rows

ODD = st.text(st.sampled_from("=+-@;,\t\r\n\"' x"), max_size=12)


def formulas(texts: list[str], parted_by: str) -> list[str]:
    written = BytesIO()
    write_rows(written, ["a", "b"], [["sw-1", text] for text in texts])
    lines = StringIO(written.getvalue().decode(), newline="")
    return [each for row in csv.reader(lines, delimiter=parted_by) for each in row if each.startswith(tuple("=+-@"))]


@pytest.mark.parametrize("parted_by", [",", ";", "\t"])
def test_no_text_becomes_a_formula(parted_by):
    texts = ["=1+1", "x;=cmd|' /C calc'!A0", "x\n=1+1", 'x;"=1+1";y', "x\t@SUM(1)"]
    assert formulas(texts, parted_by) == []


@given(ODD, st.sampled_from([",", ";", "\t"]))
def test_no_text_however_odd_becomes_a_formula(text, parted_by):
    assert formulas([text], parted_by) == []


def test_other_texts_stay_as_they_are():
    written = BytesIO()
    write_rows(written, ["a"], [["expected 1; observed -1"], ["10.0.0.1;10.0.0.2"]])
    assert written.getvalue() == b"a\r\nexpected 1; observed -1\r\n10.0.0.1;10.0.0.2\r\n"
