"""The province's store and decisions, made once and only read."""

import importlib.util
from pathlib import Path

import pytest
from click.testing import CliRunner

from baseline.cli.main import cli
from tests.shipped import shipped_checks


def _load(name: str):
    path = Path(__file__).with_name(f"{name}.py")
    spec = importlib.util.spec_from_file_location(f"reports_{name}", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def province(tmp_path_factory):
    """The folder with ``hosts.yml``, what people decided, and ``store.db``."""
    examples = _load("province")
    folder = tmp_path_factory.mktemp("province")
    examples.write_decisions(folder)
    examples.build_store(folder / "store.db")
    return folder


@pytest.fixture(scope="session")
def _checks_read_once():
    """The shipped checks, read once for all these tests: reading them takes longer than most reports."""
    checks = shipped_checks()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("baseline.cli.report_options.all_checks", lambda *_: checks)
        patch.setattr("baseline.cli.report.all_checks", lambda *_: checks)
        yield


@pytest.fixture(scope="session")
def report(province, _checks_read_once):
    """Runs ``baseline report`` on the province, as on 5 October 2026."""

    def run(*arguments, folder=province, as_of="2026-10-05"):
        given = ["--store", province / "store.db", "report", *arguments, "-i", folder / "hosts.yml", "--as-of", as_of]
        return CliRunner().invoke(cli, [str(each) for each in given])

    return run
