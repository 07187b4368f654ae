"""Redaction gives the same bytes however a file is cut into blocks, and touches nothing but what is secret."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baseline.imports.csv_redaction import CsvRedactor
from baseline.imports.json_redaction import JsonRedactor
from baseline.imports.source import REMOVED
from baseline.imports.xml_redaction import XmlRedactor
from tests.imports.samples import CSV_COLUMNS, prowler_row, xccdf_results

MARK = REMOVED.decode()
plain = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**6), 10**6) | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=6), inner, max_size=4),
    max_leaves=20,
)


def redacted(redactor, content: bytes, size: int) -> bytes:
    blocks = [content[at : at + size] for at in range(0, len(content), size)]
    return b"".join(redactor.feed(block) for block in blocks) + redactor.close()


def without(document, keys, *, secret=False):
    if isinstance(document, dict):
        return {key: without(value, keys, secret=secret or key in keys) for key, value in document.items()}
    if isinstance(document, list):
        return [without(value, keys, secret=secret) for value in document]
    return MARK if secret and isinstance(document, str) and document else document


@given(document=st.dictionaries(st.sampled_from(["open", "Match", "Env", "more"]), plain), size=st.integers(1, 40))
def test_json_loses_every_text_below_a_secret_key_and_nothing_else(document, size):
    content = json.dumps(document, indent=size % 3).encode()
    found = redacted(JsonRedactor({"Match", "Env"}), content, size)

    assert json.loads(found) == without(document, {"Match", "Env"})
    assert found.count(b"\n") == content.count(b"\n")


@given(document=plain, size=st.integers(1, 40))
def test_json_without_secret_keys_stays_byte_for_byte(document, size):
    content = json.dumps(document).encode()

    assert redacted(JsonRedactor(()), content, size) == content


@pytest.mark.parametrize("size", [1, 2, 3, 7, 64, 10_000])
def test_xml_loses_what_oval_collected_however_it_is_cut(size):
    inside = "<c:system_data><i a='1'>\nhunter2\n</i><!-- hunter2 --><![CDATA[<hunter2>]]></c:system_data>"
    content = (xccdf_results(("one", "fail")).replace("</Benchmark>", f"{inside}<t>kept</t></Benchmark>")).encode()
    redactor = XmlRedactor()
    found = redacted(redactor, content, size)

    assert b"hunter2" not in found
    assert redactor.removed == 3
    assert found.count(b"\n") == content.count(b"\n")
    assert found.startswith(content[: content.index(b"<c:system_data>")])
    assert found.endswith(b"<t>kept</t></Benchmark>\n")


@pytest.mark.parametrize("size", [1, 5, 10_000])
def test_csv_loses_the_secret_column_and_other_rows_stay_byte_for_byte(size):
    rows = [prowler_row("one", "FAIL", "a"), prowler_row("two", "FAIL", "b", details='"hunter2; and\nmore"')]
    content = "\n".join([CSV_COLUMNS, *rows, rows[0]]).encode()
    found = redacted(CsvRedactor(("RESOURCE_DETAILS",)), content, size)

    assert b"hunter2" not in found
    assert found.count(b"\n") == content.count(b"\n")
    assert found.startswith("\n".join([CSV_COLUMNS, rows[0]]).encode())
    assert found.endswith(rows[0].encode())


@pytest.mark.parametrize(
    "secret",
    [
        "https://bob:hunter2@example.org/",
        "-----BEGIN EC PRIVATE KEY-----\\nhunter2\\n-----END EC PRIVATE KEY-----",
        "ghp_hunter2" + "a" * 36,
        "DATABASE_PASSWORD=hunter2.x",
        "the password: hunter2",
        "eyJhunter2hunter2.eyJhunter2hunter2.abc",
    ],
)
def test_credentials_that_can_be_told_by_their_form_are_removed_wherever_they_stand(secret):
    content = f'{{"message": "found {secret} there"}}'.encode()

    assert b"hunter2" not in redacted(JsonRedactor(()), content, 10_000)
    assert b"hunter2" not in redacted(XmlRedactor(), f"<a>{secret}</a>".encode(), 10_000)
