"""What every test shares: bounded property tests, and an environment without the machine's own settings."""

import os

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile("baseline", deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("baseline")


@pytest.fixture(autouse=True)
def _no_settings_of_this_machine(monkeypatch):
    for name in list(os.environ):
        if name.startswith(("BASELINE_", "ANSIBLE_")) and name != "BASELINE_REFERENCE":
            monkeypatch.delenv(name)
