"""What others name things never steers the terminal of who reads it, and never makes two lines of one."""

import json
import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import pytest

from baseline.cli.shown import on_one_line, shown

PROGRAM = Path(sys.executable).with_name("baseline")
HOSTILE = "\x1b]0;owned\x07\x1b[2J\x9b31m\u202etxt\nsw-98\tpass"
COLOURS = re.compile(r"\x1b\[[0-9;]*m")
TARGET = f"https://example.org/{HOSTILE}"


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """A store with what a scanner said of things with hostile names."""
    folder = tmp_path_factory.mktemp("hostile")
    place = {"physicalLocation": {"artifactLocation": {"uri": f"main.py{HOSTILE}"}, "region": {"startLine": 1}}}
    result = {"ruleId": f"R1{HOSTILE}", "message": {"text": f"said {HOSTILE}"}, "locations": [place]}
    run = {
        "tool": {"driver": {"name": f"Scan{HOSTILE}", "version": f"1{HOSTILE}"}},
        "versionControlProvenance": [{"repositoryUri": TARGET}],
        "results": [result],
    }
    (folder / "log.sarif").write_text(json.dumps({"version": "2.1.0", "runs": [run]}))
    (folder / f"\x1b[2J{'x' * 9}.sarif").write_text("{")
    return folder


COMMANDS = [
    ("import", "log.sarif"),
    ("import", "log.sarif"),
    ("import", f"\x1b[2J{'x' * 9}.sarif"),
    ("results",),
    ("results", "--status", "all"),
    ("show", f"scan-0-owned-2j-31m-txt-sw-98-pass:R1{HOSTILE}", TARGET),
    ("evidence", "log"),
    ("runs",),
    ("drift",),
    ("--debug", "show", HOSTILE, HOSTILE),
]


def told(folder: Path, words, *, terminal: bool) -> str:
    """Everything that a command says, on a terminal or in a pipe."""
    environment = {"HOME": str(folder), "PATH": os.environ["PATH"], "BASELINE_STORE": "store.db", "TERM": "xterm"}
    if not terminal:
        done = subprocess.run([PROGRAM, *words], cwd=folder, env=environment, capture_output=True, check=False)
        return (done.stdout + done.stderr).decode()
    ours, theirs = pty.openpty()
    process = subprocess.Popen([PROGRAM, *words], cwd=folder, env=environment, stdout=theirs, stderr=theirs)
    os.close(theirs)
    said = b""
    with os.fdopen(ours, "rb", buffering=0) as screen:
        while True:
            try:
                some = screen.read(65_536)
            except OSError:  # the other end is closed
                break
            if not some:
                break
            said += some
    process.wait(30)
    return said.decode()


@pytest.mark.slow
@pytest.mark.slow
def test_no_command_passes_on_what_steers_a_terminal(folder):
    for words in COMMANDS:
        for terminal in (False, True):
            text = told(folder, words, terminal=terminal)
            plain = COLOURS.sub("", text) if terminal else text
            strange = {letter for letter in plain if letter not in "\r\n\t" and not letter.isprintable()}
            assert not strange, (words, terminal, text)
            if not terminal and words[0] != "--debug":  # an error for a person may have several lines
                assert not re.search(r"^sw-98", text, re.MULTILINE), (words, text)


def test_only_what_is_seen_is_shown():
    assert shown("a\x1b[2Jb\u202ec\x9bd\x00\x7f") == "a�[2Jb�c�d��"
    assert shown("één\u00a0naam\n\ttwee ➔ 日本") == "één\u00a0naam\n\ttwee ➔ 日本"
    assert on_one_line("a\tb\nc\u2028d") == "a b c�d"
    assert on_one_line("two  spaces") == "two  spaces"
