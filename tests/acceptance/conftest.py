"""The command with a folder of its own."""

from collections.abc import Iterator

import pytest

from tests.acceptance.command import Command


@pytest.fixture
def baseline(tmp_path) -> Iterator[Command]:
    """Runs the command; every test has its own store."""
    command = Command(tmp_path)
    yield command
    command.close()
