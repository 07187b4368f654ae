"""Mistakes in a norm file are all reported, each at its own line."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baseline.content.catalogue import load_catalogue
from baseline.content.location import content_folder
from baseline.content.norm_file import read_norm
from baseline.models.errors import ContentError, Problem
from tests.catalogue.conftest import ISO_TEXT

Problems = Callable[..., list[Problem]]

NORM = """\
norm:
  id: own
  title: Own rules
  title_nl: Eigen regels
  version: "1"
  date: "2026-01-09"
  publisher: Us
controls:
"""
FIRST_LINE = NORM.count("\n") + 1


def controls(text: str) -> str:
    return NORM + text


def test_every_mistake_is_reported_at_its_line(problems_of: Problems):
    problems = problems_of(
        controls(
            "  R.1:\n    title: First\n    titel_nl: Eerste\n    automatable: maybe\n    domains: [network, netwerk]\n"
        )
    )

    found = [(problem.line - FIRST_LINE, problem.message, problem.hint) for problem in problems]
    assert (2, "unknown key 'titel_nl'", "did you mean 'title_nl'?") in found
    assert (0, "'title_nl' is missing", "") in found
    assert (3, "'maybe' is not a value of 'automatable'", "one of: no, partly, yes") in found
    assert (4, "'netwerk' is not one of the domains", "did you mean 'network'?") in found


def test_a_place_is_written_as_path_line_and_column(problems_of: Problems, tmp_path: Path):
    (problem,) = problems_of(controls("  R.1:\n    title: A\n    title_nl: A\n    automatable: no\n    colour: red\n"))

    assert str(problem).startswith(f"{tmp_path / 'own.yaml'}:{FIRST_LINE + 4}:5: error: unknown key 'colour'")


@pytest.mark.parametrize(
    ("block", "message", "hint"),
    [
        ("status: moved", "'status: moved' and 'moved_to' go together", ""),
        ("moved_to: R.1\n    automatable: no", "'status: moved' and 'moved_to' go together", ""),
        ("status: moved\n    moved_to: R.3", "is moved to 'own:R.3', which is not there", "own:R.1"),
        ("status: moved\n    moved_to: R.2", "is moved to 'own:R.2', which is not in force", "source_defect"),
        ("iso: [A.8.2]\n    automatable: no", "refers to 'iso27001:A.8.2', which is not there", "iso27001:A.8.20"),
        ("iso: [A.8.20, A.8.20]\n    automatable: no", "'iso' names 'A.8.20' twice", ""),
        ("iso: [8.20]\n    automatable: no", "'iso' holds a number where text belongs", "quote it"),
        ("note: no domain\n    automatable: yes", "'domains' go with 'automatable: yes'", ""),
        ("automatable: no\n    domains: [host]", "'domains' go with 'automatable: yes'", ""),
        ("note: forgotten", "is in force and lacks 'automatable'", "one of: yes, partly, no"),
        ("status: none\n    automatable: no", "'automatable' says nothing of what is not in force", ""),
        ("status: nonne", "'nonne' is not a value of 'status'", "did you mean 'none'?"),
        ("automatable: no\n    basis: guess", "'guess' is not a value of 'basis'", "norm-read"),
        ('automatable: no\n    note: "red \\e[31m"', "'note' holds a character that cannot be printed", ""),
        ('automatable: no\n    note: "two\\nlines"', "'note' holds a character that cannot be printed", ""),
        ("automatable: no\n    automatable: yes", "has the key 'automatable' twice", "keep one"),
    ],
)
def test_a_control_that_cannot_be_right_is_refused(problems_of: Problems, block: str, message: str, hint: str):
    problems = problems_of(
        controls(
            "  R.1:\n    title: One\n    title_nl: Een\n    automatable: no\n\n"
            f"  R.2:\n    title: Two\n    title_nl: Twee\n    {block}\n"
        )
    )

    assert any(message in problem.message and hint in problem.hint for problem in problems), problems
    assert all(problem.line > FIRST_LINE + 4 for problem in problems)


def test_a_move_to_nowhere_is_accepted_when_the_source_is_to_blame(tmp_path: Path):
    text = "  R.2:\n    title: B\n    title_nl: B\n    status: moved\n    moved_to: R.9\n    source_defect: no R.9\n"
    (tmp_path / "own.yaml").write_text(controls(text), "utf-8")

    assert load_catalogue(tmp_path).control("own:R.2").moved_to == "own:R.9"


def test_the_same_control_twice_is_refused(problems_of: Problems):
    block = "  R.1: {title: A, title_nl: A, automatable: no}\n"

    (problem,) = problems_of(controls(block + block))

    assert (problem.line, problem.message) == (FIRST_LINE + 1, "has the key 'R.1' twice")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "must be a mapping of keys to values"),
        ("- a list", "must be a mapping of keys to values"),
        ("norm: {id: own}", "'controls' is missing"),
        ("norms: {}\ncontrols: {}\n", "unknown key 'norms'"),
        (NORM, "'controls' is missing"),
        (NORM + "  - R.1", "must be a mapping of keys to values"),
        (NORM + "  R.1: text", "must be a mapping of keys to values"),
        (NORM + "  r 1: {}", "'r 1' is not a control number"),
        (NORM.replace("id: own", "id: other") + "  R.1: {}", "the norm's id 'other' is not the file's name 'own'"),
        (NORM.replace("id: own", "id: Own!") + "  R.1: {}", "'Own!' is not a norm id"),
        (NORM.replace("2026-01-09", "9 January 2026") + "  R.1: {}", "'9 January 2026' is not a date"),
        (NORM.replace('"1"', "1.3") + "  R.1: {}", "'version' must be text, not a number"),
        (NORM.replace("  publisher: Us\n", "") + "  R.1: {}", "'publisher' is missing"),
        (b"norm: \xff", "is not YAML text"),
        ("norm: &a {id: own}\ncontrols: *a", "uses an anchor or alias"),
    ],
)
def test_a_file_that_is_no_norm_is_refused(problems_of: Problems, text: str | bytes, message: str):
    assert any(message in problem.message for problem in problems_of(text))


def test_what_another_file_gets_wrong_is_not_reported_as_dangling(problems_of: Problems):
    sound = "  R.1: {title: A, title_nl: A, iso: [A.8.20], automatable: no}\n"

    problems = problems_of(controls(sound), iso=ISO_TEXT.replace("automatable: no", "automatable: nope"))

    assert [Path(problem.path).name for problem in problems] == ["iso27001.yaml"]


def test_a_folder_without_norms_is_refused(tmp_path: Path):
    with pytest.raises(ContentError, match="holds no norm"):
        load_catalogue(tmp_path)


SHIPPED_LINES = (content_folder("checks") / "catalogue" / "digid.yaml").read_text("utf-8").splitlines()


@given(st.integers(0, len(SHIPPED_LINES) - 1), st.text(max_size=40))
def test_any_damaged_line_is_read_or_reported(tmp_path_factory: pytest.TempPathFactory, number: int, line: str):
    path = tmp_path_factory.mktemp("norm") / "digid.yaml"
    path.write_bytes(
        "\n".join([*SHIPPED_LINES[:number], line, *SHIPPED_LINES[number + 1 :]]).encode("utf-8", "replace")
    )
    problems: list[Problem] = []

    assert (read_norm(path, problems) is None) == bool(problems)
