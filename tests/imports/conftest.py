"""A store to import into, and the shipped tables."""

import pytest

from baseline.content.catalogue import load_catalogue
from baseline.imports.mapping import Mappings, load_mappings
from tests.acceptance.command import Command
from tests.imports.samples import Imports


@pytest.fixture(scope="session")
def mappings() -> Mappings:
    """The shipped tables."""
    return load_mappings(load_catalogue())


@pytest.fixture
def imports(tmp_path, mappings):
    """An empty store, and a folder for files."""
    found = Imports(tmp_path, mappings)
    yield found
    found.store.close()


@pytest.fixture
def baseline(tmp_path) -> Command:
    """Runs the command; every test has its own store."""
    return Command(tmp_path)
