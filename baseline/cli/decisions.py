"""Finds and reads what people decided, beside the inventory: waivers and attestations."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path

import click

from baseline.cli.attestation_signatures import refuse_altered
from baseline.cli.options import DAY
from baseline.content.attestations import attestation_files, load_attestations
from baseline.content.catalogue import Catalogue
from baseline.content.checks.compiled import CompiledCheck
from baseline.content.waivers import government_measures, load_waivers, waiver_files
from baseline.models.attestation import Attestation
from baseline.models.waiver import Waiver

SOON_DAYS = 30
"""How many days before its end a waiver or attestation is called soon to expire."""

as_of_option = click.option("--as-of", type=DAY, help="The day to look from.  [default: today]")
days_option = click.option(
    "--days", type=click.IntRange(0, 366), default=SOON_DAYS, show_default=True, help="What counts as soon."
)


def inventory_paths(inventories: Sequence[str]) -> list[Path]:
    """The files or folders of the inventory that a person named.

    Raises:
        click.UsageError: none is named, or one does not exist.
    """
    if not inventories:
        raise click.UsageError("name the inventory beside which they stand: -i hosts.yml, or BASELINE_INVENTORY")
    paths = [Path(text) for text in inventories]
    for path in paths:
        if not path.exists():
            raise click.UsageError(f"there is no inventory {path}")
    return paths


def day_of(as_of: datetime | None) -> date:
    """The day that a person named; today by the clock of this machine where none is named."""
    return as_of.date() if as_of else datetime.now(UTC).astimezone().date()


def read_waivers(
    inventories: Sequence[Path], checks: dict[str, CompiledCheck], catalogue: Catalogue
) -> tuple[Waiver, ...]:
    """The waivers beside these inventories; ContentError where one is not right."""
    measures = government_measures((check.check for check in checks.values()), catalogue)
    return load_waivers(waiver_files(inventories), measures)


def read_attestations(inventories: Sequence[Path], catalogue: Catalogue) -> tuple[Attestation, ...]:
    """The attestations beside these inventories; ContentError where one is not right, or is not what was signed."""
    files = attestation_files(inventories)
    found = load_attestations(files, attestable(catalogue))
    refuse_altered(found, ", ".join(map(str, files)))
    return found


def attestable(catalogue: Catalogue) -> list[str]:
    """Ids of the controls that a person may make a statement about: those in force."""
    return [control.id for control in catalogue.controls.values() if control.in_force]
