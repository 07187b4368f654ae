"""Loads the checks for a command."""

from collections.abc import Iterable
from pathlib import Path

from baseline.content.catalogue import Catalogue
from baseline.content.checks.compiled import CompiledCheck
from baseline.content.checks.folder import load_checks


def usable_controls(catalogue: Catalogue) -> frozenset[str]:
    """Ids of the controls that a check may name: those in force, and headings where only the ISO control applies."""
    return frozenset(control.id for control in catalogue.controls.values() if control.status in ("measure", "none"))


def all_checks(catalogue: Catalogue, folders: Iterable[Path] = ()) -> dict[str, CompiledCheck]:
    """The shipped checks and those in ``folders``, by id; ContentError when any is not right."""
    return load_checks(folders, usable_controls(catalogue))
