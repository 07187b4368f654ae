"""Routers that several tests look at."""

import pytest

from tests.platforms.xr.routers import LOGGING, RUNNING, SHOWS, XR, recorded


@pytest.fixture(scope="session")
def outputs():
    files = {command: command.replace(" ", "_") for command in SHOWS} | {LOGGING: "show_logging_include"}
    return {RUNNING: recorded("pe")} | {command: recorded(file) for command, file in files.items()}


@pytest.fixture(scope="session")
def edge(outputs):
    return XR.parse(outputs).facts


@pytest.fixture(scope="session")
def branch():
    return XR.parse({RUNNING: recorded("wan")}).facts
