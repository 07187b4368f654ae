"""Recorded switches of AOS-CX."""

import pytest

from baseline.collectors.network.platforms import platform
from tests.platforms.vendors import recording

RUNNING, SAVED = "show running-config", "show startup-config"


@pytest.fixture(scope="session")
def outputs() -> dict[str, str]:
    """Every answer of the access switch."""
    running = recording("aruba_aoscx", "access")
    names = [command.text for command in platform("aruba_aoscx").commands if command.text not in {RUNNING, SAVED}]
    shows = {name: recording("aruba_aoscx", name.replace(" ", "_")) for name in names}
    return {RUNNING: running, SAVED: running.replace("Current configuration:", "Startup configuration:")} | shows


@pytest.fixture(scope="session")
def access(outputs):
    return platform("aruba_aoscx").parse(outputs).facts


@pytest.fixture(scope="session")
def aggregation():
    return platform("aruba_aoscx").parse({RUNNING: recording("aruba_aoscx", "aggregation")}).facts
