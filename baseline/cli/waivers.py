"""``baseline waivers``: which deviations are accepted, by whom and until when."""

from datetime import date, datetime
from pathlib import Path

import click
import msgspec

from baseline.cli.content import all_checks
from baseline.cli.decisions import as_of_option, day_of, days_option, inventory_paths, read_waivers
from baseline.cli.exit_codes import ExitCode
from baseline.cli.options import checks_folder_option, inventory_option, json_option
from baseline.cli.table import in_terminal, write_table
from baseline.content.catalogue import load_catalogue
from baseline.models.waiver import Standing, Waiver, standing_of

_STYLES = {
    Standing.EXPIRED.value: "bold red",
    Standing.EXPIRING.value: "bold yellow",
    Standing.STANDING.value: "green",
    Standing.FUTURE.value: "dim",
}
_COLUMNS = ("Standing", "Ends", "Waiver", "Kind", "Checks", "Targets", "Owner", "Approved by", "Reason")
_ATTENTION = (Standing.EXPIRED, Standing.EXPIRING)


@click.group()
def waivers() -> None:
    """Accepted deviations ('pas toe of leg uit'), which stand in waivers.yml beside the inventory."""


@waivers.command("list")
@inventory_option
@checks_folder_option
@as_of_option
@days_option
@json_option
def list_waivers(
    inventories: tuple[str, ...], checks_folders: tuple[Path, ...], as_of: datetime | None, days: int, *, as_json: bool
) -> None:
    """List every waiver, the first to end first."""
    found = _read(inventories, checks_folders, day_of(as_of), days)
    _write(found, as_json=as_json)


@waivers.command("check")
@inventory_option
@checks_folder_option
@as_of_option
@days_option
@json_option
def check_waivers(
    inventories: tuple[str, ...], checks_folders: tuple[Path, ...], as_of: datetime | None, days: int, *, as_json: bool
) -> None:
    """Check the waivers, and list those that have expired or soon will.

    Exit codes: 0 none has expired or soon will, 1 some have, 2 a waiver is not right.
    """
    found = _read(inventories, checks_folders, day_of(as_of), days)
    attention = [each for each in found if each[1] in _ATTENTION]
    if as_json or attention:
        _write(attention, as_json=as_json)
    elif in_terminal():
        click.echo(f"{len(found)} waivers, none has expired or ends within {days} days.")
    raise click.exceptions.Exit(ExitCode.NOT_MET if attention else ExitCode.MET)


def _read(
    inventories: tuple[str, ...], folders: tuple[Path, ...], today: date, days: int
) -> list[tuple[Waiver, Standing]]:
    catalogue = load_catalogue()
    found = read_waivers(inventory_paths(inventories), all_checks(catalogue, folders), catalogue)
    ordered = sorted(found, key=lambda waiver: (waiver.ends, waiver.id))
    return [(waiver, standing_of(waiver.starts, waiver.ends, today, days)) for waiver in ordered]


def _write(found: list[tuple[Waiver, Standing]], *, as_json: bool) -> None:
    if as_json:
        rows = [{"standing": standing, **msgspec.to_builtins(waiver)} for waiver, standing in found]
        click.echo(msgspec.json.format(msgspec.json.encode(rows), indent=2))
        return
    narrow = ("Standing", "Ends", "Waiver")
    write_table(_COLUMNS, map(_row, found), narrow=narrow, style=lambda cell: _STYLES.get(cell, ""))


def _row(found: tuple[Waiver, Standing]) -> tuple[str, ...]:
    waiver, standing = found
    return (
        standing.value,
        waiver.ends.isoformat(),
        waiver.id,
        waiver.kind.replace("_", " "),
        ", ".join(waiver.checks),
        ", ".join(waiver.targets),
        waiver.owner,
        waiver.approver,
        waiver.reason,
    )
