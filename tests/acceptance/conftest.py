"""The command with a folder of its own."""

import pytest

from tests.acceptance.command import Command


@pytest.fixture
def baseline(tmp_path) -> Command:
    """Runs the command; every test has its own store."""
    return Command(tmp_path)
