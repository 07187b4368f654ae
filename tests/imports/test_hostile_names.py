"""What a scanner names is text, whatever the file says: it becomes a target, a check, a subject, a label and a cell."""

import json

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from baseline.imports.plain_text import plain_line, plain_text
from tests.imports.samples import prowler_finding, sarif_log, trivy_report

HOSTILE = "\x1b]0;owned\x07\x9b31m\u202etxt\nsw-98\tpass"
NAMES = {
    "sarif": (sarif_log(), ("src/a.py", "Own Scanner", "own/weak-hash", "Hashes are strong")),
    "trivy": (trivy_report(), ("registry.example.org/shop:1.4", "libexample", "A reader can write")),
    "prowler-ocsf": ([prowler_finding("s3_one", "FAIL", "bucket")], ("bucket", "s3_one", "5.4.0", "samples")),
}


@pytest.mark.parametrize("form", NAMES)
def test_hostile_names_become_text_before_they_are_stored(imports, form):
    document, names = NAMES[form]
    content = json.dumps(document)
    for name in names:
        content = content.replace(name, f"{name}{json.dumps(HOSTILE)[1:-1]}")
    report = imports.load("file.json", content, format=form)
    results = list(imports.store.current_results())
    assert results
    said = [word for each in results for word in words_of(msgspec.to_builtins(each))]
    said += [*report.targets, *report.file.tools.values(), *imports.store.targets()]
    assert all(letter.isprintable() or letter in "\n\t" for word in said for letter in word)
    for each in results:
        assert (each.target + each.check + each.subject).isprintable()


def words_of(value):
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return [word for pair in value.items() for each in pair for word in words_of(each)]
    return [word for each in value for word in words_of(each)] if isinstance(value, list | tuple) else []


@given(st.text())
def test_text_stays_text(text):
    assert plain_line(text).replace("\u00a0", "").isprintable()
    assert plain_text(plain_text(text)) == plain_text(text)
    assert plain_text("twee\n\tregels één ➔ 日本") == "twee\n\tregels één ➔ 日本"
