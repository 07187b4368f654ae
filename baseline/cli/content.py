"""Loads what commands work on: the catalogue, the checks and the store."""

from collections.abc import Iterable
from pathlib import Path

from baseline.content.catalogue import Catalogue, load_catalogue
from baseline.content.checks.compiled import CompiledCheck
from baseline.content.checks.folder import CATALOGUE_FOLDER, load_checks
from baseline.content.location import content_folder
from baseline.store.store import Store


def shipped_catalogue() -> Catalogue:
    """The norms that come with baseline."""
    return load_catalogue(content_folder("checks") / CATALOGUE_FOLDER)


def all_checks(catalogue: Catalogue, folders: Iterable[Path] = ()) -> dict[str, CompiledCheck]:
    """The shipped checks and those in ``folders``, by id; ContentError when any is not right."""
    return load_checks(folders, frozenset(catalogue.controls))


def open_store(location: str, *, read_only: bool = False) -> Store:
    """Open the store; a missing folder of a file is made, unless reading only."""
    path = Path(location)
    if "://" not in location and not read_only:
        path.parent.mkdir(parents=True, exist_ok=True)
    return Store.open(location, read_only=read_only)
