"""The shipped checks, read once per test process."""

import pytest

from baseline.content.catalogue import Catalogue, load_catalogue
from baseline.content.checks.folder import CATALOGUE_FOLDER, CheckFile, read_check_files
from baseline.content.location import content_folder

SHIPPED = content_folder("checks")


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return load_catalogue(SHIPPED / CATALOGUE_FOLDER)


@pytest.fixture(scope="session")
def check_files(catalogue) -> dict[str, CheckFile]:
    return {file.path.stem: file for file in read_check_files([SHIPPED], frozenset(catalogue.controls))}
