"""Loads the checks for a command."""

from collections.abc import Collection, Iterable
from pathlib import Path

from baseline.content.catalogue import Catalogue
from baseline.content.checks.compiled import CompiledCheck
from baseline.content.checks.folder import load_checks
from baseline.models.target import Kind


def usable_controls(catalogue: Catalogue) -> frozenset[str]:
    """Ids of the controls that a check may name: those in force, and headings where only the ISO control applies."""
    return frozenset(control.id for control in catalogue.controls.values() if control.status in ("measure", "none"))


def all_checks(
    catalogue: Catalogue, folders: Iterable[Path] = (), kinds: Collection[Kind] | None = None
) -> dict[str, CompiledCheck]:
    """The shipped checks, all or those for some kinds of target, and those in ``folders``, by id.

    Raises:
        ContentError: any of them is not right.
    """
    return load_checks(folders, usable_controls(catalogue), kinds)
