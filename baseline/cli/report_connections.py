"""The material of each DigiD connection: what it runs on, measured apart."""

import click

from baseline.cli.report_options import ReportReading
from baseline.exporters.reports.material import Material
from baseline.models.report_settings import DigidConnection
from baseline.store.store import Store


def read_connections(
    store: Store, reading: ReportReading, number: str | None
) -> list[tuple[DigidConnection, Material]]:
    """Each connection with its material; only the one with ``number`` where that is given.

    Raises:
        click.UsageError: there is no connection with that number, or it runs on nothing.
    """
    connections = reading.decisions.settings.digid
    chosen = [each for each in connections if number in (None, each.number)]
    if number is not None and not chosen:
        known = ", ".join(each.number for each in connections) or "none"
        raise click.UsageError(f"there is no connection {number} in reports.yml; there is: {known}")
    return [(each, reading.material(store, "digid", targets=_targets(store, each))) for each in chosen]


def _targets(store: Store, connection: DigidConnection) -> tuple[str, ...]:
    """Groups and names are put together: a target counts when it is in one of the groups or has one of the names."""
    names = set(connection.targets)
    if connection.groups:
        names |= {target.name for target in store.targets().values() if set(connection.groups) & set(target.groups)}
    if not names:
        groups = ", ".join(connection.groups)
        raise click.UsageError(f"connection {connection.number} runs on no target: nothing is in group {groups}")
    return tuple(sorted(names))
