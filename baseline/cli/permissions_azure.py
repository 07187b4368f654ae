"""``baseline permissions azure``: the least role that the chosen checks need."""

from pathlib import Path

import click
import msgspec

from baseline.assess.selection import Selection, select_checks
from baseline.cli.content import all_checks
from baseline.cli.options import SEVERITIES, checks_folder_option
from baseline.content.catalogue import load_catalogue
from baseline.models.result import Severity
from baseline.models.target import Kind

KINDS: tuple[Kind, ...] = ("azure",)
EVERYTHING = "*/read"
PLACEHOLDER = "/subscriptions/00000000-0000-0000-0000-000000000000"


class Role(msgspec.Struct, frozen=True, rename="pascal"):
    """A custom role, as ``az role definition create`` takes it."""

    name: str
    description: str
    actions: tuple[str, ...]
    assignable_scopes: tuple[str, ...]
    is_custom: bool = True
    not_actions: tuple[str, ...] = ()
    data_actions: tuple[str, ...] = ()
    not_data_actions: tuple[str, ...] = ()


@click.command()
@click.option("--check", "checks", multiple=True, metavar="ID", help="Only for these checks; * and ? match.")
@click.option("--control", "controls", multiple=True, metavar="ID", help="Only for checks of this control.")
@click.option("--severity", type=SEVERITIES, help="Only for checks of at least this severity.")
@click.option("--tag", "tags", multiple=True, help="Only for checks with this tag.")
@click.option("--name", default="baseline reader", show_default=True, help="Name of the role.")
@click.option("--scope", "scopes", multiple=True, help="Where it may be assigned: a subscription or management group.")
@checks_folder_option
def azure(
    checks: tuple[str, ...],
    controls: tuple[str, ...],
    severity: str | None,
    tags: tuple[str, ...],
    name: str,
    scopes: tuple[str, ...],
    checks_folders: tuple[Path, ...],
) -> None:
    """Print the least role for Azure that the chosen checks need, as JSON.

    \b
    baseline permissions azure > role.json
    az role definition create --role-definition @role.json
    """  # noqa: D301 - click reads \b
    from baseline.collectors.cloud.azure.catalogue import graph_permissions, permissions  # noqa: PLC0415 - only here

    catalogue = load_catalogue()
    selection = Selection(
        checks=checks, controls=controls, severity=Severity(severity) if severity else None, tags=tags
    )
    chosen = select_checks(all_checks(catalogue, checks_folders, KINDS), selection, catalogue)
    needs = frozenset(need for check in chosen.values() for need in check.needs)
    role = Role(
        name=name,
        description=f"Reads what {len(chosen)} checks of baseline need, and nothing else.",
        actions=_least(permissions(needs)),
        assignable_scopes=scopes or (PLACEHOLDER,),
    )
    click.echo(msgspec.json.format(msgspec.json.encode(role), indent=2).decode())
    for permission in graph_permissions(needs):
        click.echo(f"note: also give the application {permission} of Microsoft Graph, to tell guests.", err=True)
    if role.actions == (EVERYTHING,):
        wide = sorted(name for name, check in chosen.items() if EVERYTHING in permissions(check.needs))
        hint = "choose others with --check, --control or --tag for a narrower role"
        click.echo(f"note: only {EVERYTHING} sees every resource, for: {', '.join(wide)}; {hint}.", err=True)


def _least(actions: tuple[str, ...]) -> tuple[str, ...]:
    """The actions without those that another implies."""
    return (EVERYTHING,) if EVERYTHING in actions else actions
