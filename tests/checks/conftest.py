"""The shipped checks, read once per test process."""

import pytest

from baseline.content.catalogue import Catalogue, load_catalogue
from baseline.content.checks.folder import CATALOGUE_FOLDER, CheckFile, check_paths, read_check_files
from baseline.content.location import content_folder

SHIPPED = content_folder("checks")
PATHS = {path.stem: path for path in check_paths([SHIPPED])}


def pytest_generate_tests(metafunc):
    if "identity" in metafunc.fixturenames:
        metafunc.parametrize("identity", sorted(PATHS))


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return load_catalogue(SHIPPED / CATALOGUE_FOLDER)


@pytest.fixture(scope="session")
def check_files(catalogue) -> dict[str, CheckFile]:
    return {file.path.stem: file for file in read_check_files([SHIPPED], frozenset(catalogue.controls))}


@pytest.fixture
def check_file(identity, check_files) -> CheckFile:
    return check_files[identity]


@pytest.fixture
def check(check_file):
    assert check_file.compiled is not None, [str(problem) for problem in check_file.problems]
    return check_file.compiled.check
