"""Imported checks beside our own, for the commands that show either."""

from collections.abc import Mapping

import click
import msgspec

from baseline.cli.main import Settings
from baseline.content.checks.compiled import CompiledCheck
from baseline.imports.stored import stored_checks
from baseline.models.check import Check
from baseline.store.store import Store

imported_option = click.option(
    "--imported", is_flag=True, help="Also the checks of other scanners whose findings the store holds."
)


class NamedCheck(msgspec.Struct, frozen=True):
    """A check of any origin."""

    check: Check


def with_imported(own: Mapping[str, CompiledCheck], store: Store) -> dict[str, NamedCheck]:
    """Our checks, and those that were imported."""
    imported = stored_checks(store.imports.checks())
    checks = {name: compiled.check for name, compiled in own.items()} | imported
    return {name: NamedCheck(check) for name, check in checks.items()}


def imported_checks() -> dict[str, Check]:
    """The imported checks in the store that this command was given.

    Raises:
        StoreError: there is no store, or it cannot be read.
    """
    settings: Settings = click.get_current_context().obj
    with Store.open(settings.store, read_only=True) as store:
        return stored_checks(store.imports.checks())
