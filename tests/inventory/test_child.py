"""Other programs are run within bounds, and what they say is made fit for a person."""

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baseline.content.inventory.child import StoppedError, last_words, redact, run_bounded

BOUNDS = {"timeout_seconds": 5.0, "maximum_output_bytes": 1000}


def test_input_output_errors_and_exit_code_come_back():
    finished = run_bounded(["sh", "-c", "cat; echo oops >&2; exit 3"], given=b"hello", **BOUNDS)
    assert (finished.code, finished.output, finished.errors) == (3, b"hello", b"oops\n")


def test_a_program_that_ends_without_reading_is_no_error():
    assert run_bounded(["true"], given=b"x" * 60_000, **BOUNDS).code == 0


def test_errors_without_end_are_kept_to_their_end():
    finished = run_bounded(["sh", "-c", "yes | head -c 3000000 >&2; echo last >&2"], **BOUNDS)
    assert finished.errors.endswith(b"last\n")
    assert len(finished.errors) <= 64 * 1024


@pytest.mark.parametrize(
    ("command", "reason"), [("sleep 60", "timeout"), ("exec >&-; sleep 60", "timeout"), ("yes", "output")]
)
def test_a_program_that_passes_a_bound_is_stopped(command, reason):
    with pytest.raises(StoppedError) as caught:
        run_bounded(
            ["sh", "-c", command], timeout_seconds=0.5 if reason == "timeout" else 20, maximum_output_bytes=1000
        )
    assert caught.value.reason == reason


def test_a_grandchild_that_stays_behind_is_ended_with_the_program(tmp_path):
    script = f"(sleep 60; touch {tmp_path}/alive) >/dev/null & echo done"
    assert run_bounded(["sh", "-c", script], **BOUNDS).output == b"done\n"


def test_a_traceback_is_told_as_its_last_line():
    finished = run_bounded([sys.executable, "-c", "def f():\n    raise ValueError('no such town')\nf()"], **BOUNDS)
    assert last_words(finished.errors) == "ValueError: no such town"


def test_secrets_are_starred():
    assert (
        redact("login failed: password=hunter2 Token: abc, api_key=x")
        == "login failed: password=*** Token: *** api_key=***"
    )
    assert last_words(b"cannot use hunter2 here\n", ["hunter2", ""]) == "cannot use *** here"
    assert last_words(b"") == ""


@given(st.binary(max_size=2000))
def test_last_words_are_always_one_short_printable_line(errors):
    told = last_words(errors)
    assert told.isprintable()
    assert len(told) <= 300
