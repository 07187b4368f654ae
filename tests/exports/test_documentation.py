"""Every command that the pages on exports, reassessing and retention show exists, with the options that they show."""

import re
import shlex
from pathlib import Path

import click
import pytest

from baseline.cli.main import cli

DOCS = Path(__file__).parents[2] / "docs"
BLOCK = re.compile(r"```sh\n(.*?)```", re.DOTALL)
COMMANDS = [
    (page, line.partition("#")[0].strip())
    for page in ("exports.md", "reassess.md", "retention.md")
    for block in BLOCK.findall((DOCS / page).read_text("utf-8"))
    for line in block.splitlines()
    if line.startswith("baseline ")
]


@pytest.mark.parametrize(("page", "line"), COMMANDS, ids=str)
def test_a_command_of_a_page_is_understood(page, line):
    command, words = cli, shlex.split(line)[1:]
    context = click.Context(cli, resilient_parsing=True)
    while isinstance(command, click.Group) and words and not words[0].startswith("-"):
        found = command.get_command(context, words[0])
        if found is None:
            break
        command, words = found, words[1:]
    known = {option for parameter in command.params for option in parameter.opts}
    assert {word for word in words if word.startswith("-")} <= known
    assert command is not cli


def test_the_pages_show_commands():
    assert len(COMMANDS) > 15
