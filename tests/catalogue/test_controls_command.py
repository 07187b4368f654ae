"""What ``baseline controls`` prints."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from baseline.cli.controls import controls
from baseline.content.catalogue import UnknownControlError
from baseline.models.errors import ContentError

pytestmark = pytest.mark.slow

CHECK = """\
id: own-ssh-version-2
title: SSH accepts protocol version 2 only
title_nl: SSH accepteert alleen protocolversie 2
controls: [bio2:8.20.02, bio2:5.14.05, iso27001:A.8.20]
severity: high
applies_to: {kind: network}
expect: management.ssh.version >= 2
rationale: Version 1 lets an eavesdropper read along.
rationale_nl: Met versie 1 kan een afluisteraar meelezen.
remediation: {text: Allow version 2 only., text_nl: Sta alleen versie 2 toe.}
examples:
  pass: [{management: {ssh: {version: 2}}}]
  fail: [{management: {ssh: {version: 1}}}]
  error: [{management: {ssh: {version: unknown}}}]
"""


@pytest.fixture
def own_check(tmp_path: Path) -> Path:
    """A check of the operator's own, which answers a measure where the catalogue expects it and one where not."""
    path = tmp_path / "own-ssh-version-2.yaml"
    path.write_text(CHECK, "utf-8")
    return path


def run(*arguments: str) -> Result:
    return CliRunner().invoke(controls, arguments, prog_name="baseline controls")


def table(result: Result) -> list[dict[str, str]]:
    assert result.exit_code == 0, result.output
    heading, *lines = (line.split("\t") for line in result.stdout.splitlines())
    return [dict(zip(heading, line, strict=True)) for line in lines]


def test_a_pipe_gets_a_tab_separated_line_per_control():
    rows = table(run("list"))

    assert len(rows) == 166 + 93 + 21
    assert rows[0]["control"] == "bio2:5.01.01"
    assert rows[0]["iso"] == "iso27001:A.5.1"


@pytest.mark.parametrize(
    ("options", "number"),
    [
        (["--norm", "bio2", "--status", "measure"], 117),
        (["--norm", "bio2", "--status", "moved"], 6),
        (["--norm", "digid", "--automatable", "yes"], 7),
        (["--norm", "bio2", "--domain", "network", "--automatable", "yes", "--hygiene", "government-risk"], 2),
        (["--search", "cryptografie BIO2", "--status", "measure"], 3),
        (["--search", "no such words"], 0),
    ],
)
def test_filters_narrow_the_list_together(options: list[str], number: int):
    assert len(table(run("list", *options))) == number


def test_titles_are_given_in_dutch_on_request():
    (row,) = table(run("list", "--search", "bio2:8.24.04", "--lang", "nl"))

    assert row["title"] == "Sterkte van cryptografie volgens NCSC en NBV"


def test_a_list_is_given_as_json_with_the_versions_of_its_norms():
    document = json.loads(run("list", "--norm", "digid", "--json").stdout)

    assert [(norm["id"], norm["version"]) for norm in document["norms"]] == [("digid", "3.0")]
    assert len(document["controls"]) == 21


def test_a_control_is_shown_with_its_norm_mapping_and_checks(own_check: Path):
    output = run("show", "5.14.05", "--checks-folder", str(own_check)).stdout

    assert "Title\tWebsites in het domeinregister (RIO), elk half jaar bijgewerkt" in output
    assert "version 1.3 (2026-01-09)" in output
    assert "ISO control\tiso27001:A.5.14  Information exchanged safely" in output
    assert "Answered by\tnetwork: own-ssh-version-2" in output
    assert "Answered by\torganisation: attestation" in output


def test_a_control_of_which_we_are_unsure_says_so():
    assert "Basis\tunsure" in run("show", "digid:U/NW.06").stdout


def test_a_defect_of_the_source_is_told():
    output = run("show", "bio2:5.26.01").stdout

    assert "Moved to\tbio2:5.25.02  (does not exist)" in output
    assert "Source defect\theading 5.25.02 does not exist" in output


def test_a_control_is_shown_as_json(own_check: Path):
    document = json.loads(run("show", "A.8.20", "--checks-folder", str(own_check), "--json").stdout)

    assert document["norm"]["version"] == "2022"
    assert "bio2:8.20.02" in document["mapped_to"]
    assert "own-ssh-version-2" in document["coverage"][0]["checks"]


def test_a_misspelt_control_or_norm_gets_the_nearest():
    control = run("show", "bio2:8.24.4")
    norm = run("coverage", "--norm", "bio")

    assert isinstance(control.exception, UnknownControlError)
    assert "did you mean bio2:8.24.04" in str(control.exception)
    assert (norm.exit_code, "did you mean 'bio2'?" in norm.stderr) == (2, True)


def test_coverage_names_the_checks_per_control_and_domain(own_check: Path):
    rows = table(run("coverage", "--domain", "network", "--answer", "checks", "--checks-folder", str(own_check)))

    answered = {row["control"] for row in rows if "own-ssh-version-2" in row["checks"].split(",")}
    assert answered == {"bio2:8.20.02", "bio2:5.14.05"}


def test_a_filter_does_not_change_the_totals():
    whole = json.loads(run("coverage", "--json").stdout)
    part = json.loads(run("coverage", "--answer", "open", "--json").stdout)

    assert whole["totals"] == part["totals"]
    assert whole["totals"]["controls"] == 117
    assert {row["answer"] for row in part["rows"]} == {"open"}


@pytest.mark.parametrize(
    ("right", "wrong", "message"),
    [
        ("severity: high", "severity: big", "own-ssh-version-2.yaml:5:1: error: 'big' is not a value of 'severity'"),
        ("bio2:8.20.02", "bio2:8.20.2", "own-ssh-version-2.yaml:4:12: error: "),
    ],
)
def test_a_wrong_check_ends_the_command_with_its_place(own_check: Path, right: str, wrong: str, message: str):
    own_check.write_text(CHECK.replace(right, wrong), "utf-8")

    result = run("coverage", "--checks-folder", str(own_check))

    assert isinstance(result.exception, ContentError)
    assert message in str(result.exception)


def in_a_terminal(columns: int, *arguments: str) -> str:
    """What a person sees: the command's output to a pseudo-terminal of this width."""
    program = "from baseline.cli.controls import controls; controls()"
    reader, writer = os.openpty()
    environment = os.environ | {"COLUMNS": str(columns), "TERM": "dumb"}
    command = [sys.executable, "-c", program, *arguments]
    with subprocess.Popen(command, stdout=writer, env=environment) as process, os.fdopen(reader, "rb") as screen:
        os.close(writer)
        chunks = []
        while True:
            try:
                chunk = screen.read1()
            except OSError:  # Linux: the other side is closed
                break
            if not chunk:
                break
            chunks.append(chunk)
        assert process.wait(timeout=30) == 0
    return b"".join(chunks).decode().replace("\r\n", "\n")


def test_a_terminal_gets_a_matrix_of_domains_with_totals(own_check: Path):
    screen = in_a_terminal(120, "coverage", "--answer", "checks", "--checks-folder", str(own_check))

    lines = [line.split() for line in screen.splitlines()]
    assert ["Control", "Title", "network", "host", "workplace", "cloud", "web", "person"] in lines
    assert any(line[:1] == ["bio2:5.14.05"] and line[-1] == "1" for line in lines)
    assert "Of 117 controls in force:" in screen


@pytest.mark.parametrize(
    ("arguments", "last"),
    [
        (["list", "--norm", "bio2"], ("Hygiene", "basic chain")),
        (["show", "8.16.03"], ("Source defect", "response")),
        (["coverage"], ("person", "attest")),
        (["coverage", "--detail"], ("Answered by", "attestation")),
    ],
)
def test_nothing_is_cut_off_in_a_small_terminal(arguments: list[str], last: tuple[str, str]):
    screen = in_a_terminal(80, *arguments)

    assert max(len(line) for line in screen.splitlines()) <= 80
    assert all(text in screen for text in last)
    assert "…" not in screen
