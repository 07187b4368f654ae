"""The facts of two recorded EOS switches."""

import pytest

from tests.platforms.eos.recorded import EOS, RUNNING, SHOWS, recorded


@pytest.fixture(scope="session")
def outputs():
    saved = recorded("leaf").replace(
        "! Command: show running-config",
        "! Command: show startup-config\n! Startup-config last modified at Tue Mar  3 09:13:02 2026 by j.devries",
    )
    shows = {command: recorded(command.replace(" ", "_")) for command in SHOWS}
    return {RUNNING: recorded("leaf"), "show startup-config": saved} | shows


@pytest.fixture(scope="session")
def leaf(outputs):
    return EOS.parse(outputs).facts


@pytest.fixture(scope="session")
def spine():
    return EOS.parse({RUNNING: recorded("spine")}).facts
