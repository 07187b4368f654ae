"""A file of another scanner is kept while what it found stands, also where it is kept in parts."""

from datetime import UTC, datetime, timedelta

from baseline.imports import importing
from tests.imports.conftest import imports, mappings  # noqa: F401 - fixtures
from tests.imports.samples import prowler_finding


def test_every_part_of_a_file_is_in_use_while_its_results_stand(imports, monkeypatch):  # noqa: F811
    monkeypatch.setattr(importing, "PART", 1000)
    imports.load("1.json", [prowler_finding("s3_one", "FAIL", "a")])
    parts = imports.store.retention.kept()
    assert len(parts) > 2
    assert {each.in_use for each in parts} == {True}
    later = int((datetime.now(UTC) - timedelta(days=1)).timestamp())
    imports.load("2.json", [prowler_finding("s3_two", "FAIL", "a", time=later)])
    known = {each.digest for each in parts}
    assert {each.in_use for each in imports.store.retention.kept() if each.digest in known} == {False}
