"""A store with three switches, and receivers of messages."""

import pytest

from baseline.store.store import Store
from tests.drift.test_approved import Fleet
from tests.schedule.receivers import Mails, Posts, serving


@pytest.fixture
def fleet(tmp_path):
    with Store.open(tmp_path / "store.db") as store:
        yield Fleet(store)


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    """An empty home, in which the key of the pseudonyms is made."""
    monkeypatch.setenv("HOME", str(tmp_path))


@pytest.fixture
def posts():
    with serving(Posts()) as server:
        yield server


@pytest.fixture
def mails():
    with serving(Mails()) as server:
        yield server
