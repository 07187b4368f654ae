"""A format of another package becomes a command."""

import sys

import pytest
from click.testing import CliRunner

from baseline.cli.main import cli

MODULE = """
class Counting:
    def write(self, material, destination):
        destination.write(b"%d results of %s\\n" % (sum(1 for _ in material.results()), str(material.run).encode()))
"""


@pytest.fixture
def _added(tmp_path, monkeypatch):
    package = tmp_path / "packages"
    described = package / "counting-1.0.dist-info"
    described.mkdir(parents=True)
    (described / "METADATA").write_text("Metadata-Version: 2.1\nName: counting\nVersion: 1.0\n")
    (described / "entry_points.txt").write_text("[baseline.exporters]\ncounting = counting_format:Counting\n")
    (package / "counting_format.py").write_text(MODULE)
    monkeypatch.syspath_prepend(str(package))
    yield
    sys.modules.pop("counting_format", None)


@pytest.mark.usefixtures("_added")
def test_it_is_listed_and_writes_what_is_stored(baseline, tmp_path):
    assert "counting" in baseline("export", "--help").output
    file = tmp_path / "counted"
    baseline("export", "counting", "--run", 1, "-o", file)
    assert file.read_text() == "12 results of 1\n"


def test_a_format_that_is_not_there_is_a_usage_error(baseline):
    assert "No such command 'spreadsheet'" in baseline("export", "spreadsheet", code=2).output


def test_the_help_names_every_format_of_our_own():
    told = CliRunner().invoke(cli, ["export", "--help"]).output
    assert all(name in told for name in ("oscal", "ocsf", "ciso-assistant", "junit", "json-lines", "prometheus"))


def test_a_run_and_a_moment_cannot_both_be_asked(baseline):
    ended = baseline("export", "junit", "--run", 1, "--as-of", "2026-04-01", code=2)
    assert "of a run or of a moment" in ended.stderr
