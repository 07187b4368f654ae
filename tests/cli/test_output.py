"""Output that cannot be written: a sentence and a code that says so, and no traceback."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from baseline.cli.main import cli

PROGRAM = Path(sys.executable).with_name("baseline")


def run(*words, output):
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
    return subprocess.run(
        [PROGRAM, *words],
        stdout=output,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
        timeout=60,
        env=environment,
    )


@pytest.fixture(scope="module")
def small_store(tmp_path_factory) -> str:
    """A store with one imported finding: less than a buffer of output."""
    folder = tmp_path_factory.mktemp("store")
    log = folder / "log.sarif"
    log.write_text(
        '{"version": "2.1.0", "runs": [{"tool": {"driver": {"name": "s"}}, "results": [{"ruleId": "r", "kind": "pass"}]}]}'
    )
    store = str(folder / "store.db")
    assert run("--store", store, "import", log, output=subprocess.DEVNULL).returncode == 0
    return store


def test_a_full_disk_behind_standard_output_is_told(small_store):
    for words in (("checks", "list", "--json"), ("--store", small_store, "export", "json-lines")):
        with open("/dev/full", "w") as full:  # noqa: PTH123 - a device
            ended = run(*words, output=full)
        assert (ended.returncode, ended.stderr.strip()) == (
            2,
            "error: the output cannot be written: No space left on device",
        )


def test_output_that_nobody_reads_never_ends_as_met(small_store):
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "w") as nobody:
        ended = run("--store", small_store, "export", "json-lines", output=nobody)
    assert ended.returncode == 141
    assert ended.stderr == ""


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
@pytest.mark.parametrize("command", ["reassess", "results"])
def test_a_day_at_the_end_of_time_is_refused(command, day):
    ended = CliRunner().invoke(cli, [command, "--as-of", day])
    assert ended.exit_code == 2
    assert "is not between the years 1970 and 9000" in ended.stderr
