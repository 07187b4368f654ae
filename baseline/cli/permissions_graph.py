"""``baseline permissions graph``: the least application permissions on Microsoft Graph that the chosen checks need."""

from collections.abc import Mapping
from pathlib import Path

import click
import msgspec

from baseline.assess.selection import Selection, select_checks
from baseline.cli.content import all_checks
from baseline.cli.options import SEVERITIES, checks_folder_option, json_option
from baseline.cli.table import in_terminal, write_table
from baseline.collectors.cloud.microsoft365.scopes import Scope, scopes_for
from baseline.collectors.interface import wanted
from baseline.content.catalogue import load_catalogue
from baseline.content.checks.compiled import CompiledCheck
from baseline.models.result import Severity
from baseline.models.target import Kind

KINDS: tuple[Kind, ...] = ("m365",)


class Needed(msgspec.Struct, frozen=True, kw_only=True):
    """One permission as it is printed, with the checks that need it."""

    scope: str
    why: tuple[str, ...]
    requests: tuple[str, ...]
    checks: tuple[str, ...]


@click.command()
@click.option("--check", "checks", multiple=True, metavar="ID", help="Only for these checks; * and ? match.")
@click.option("--control", "controls", multiple=True, metavar="ID", help="Only for checks of this control.")
@click.option("--severity", type=SEVERITIES, help="Only for checks of at least this severity.")
@click.option("--tag", "tags", multiple=True, help="Only for checks with this tag.")
@checks_folder_option
@json_option
def graph(
    checks: tuple[str, ...],
    controls: tuple[str, ...],
    severity: str | None,
    tags: tuple[str, ...],
    checks_folders: tuple[Path, ...],
    *,
    as_json: bool,
) -> None:
    """Print the application permissions on Microsoft Graph that the chosen checks need, and why.

    All of them only read. A permission that is left out makes the results that need it errors, which name it.
    """
    catalogue = load_catalogue()
    selection = Selection(
        checks=checks, controls=controls, severity=Severity(severity) if severity else None, tags=tags
    )
    chosen = select_checks(all_checks(catalogue, checks_folders, KINDS), selection, catalogue)
    needs = frozenset(need for check in chosen.values() for need in check.needs)
    needed = tuple(_needed(scope, chosen) for scope in scopes_for(needs))
    if as_json:
        click.echo(msgspec.json.format(msgspec.json.encode(needed), indent=2).decode())
        return
    rows = ((one.scope, str(len(one.checks)), "; ".join(one.why)) for one in needed)
    write_table(("Permission", "Checks", "To read"), rows, narrow=("Permission", "Checks"))
    if in_terminal():
        click.echo(f"{len(needed)} application permissions for {len(chosen)} checks; all of them only read.")


def _needed(scope: Scope, chosen: Mapping[str, CompiledCheck]) -> Needed:
    using = (name for name, check in chosen.items() if wanted(scope.facts, check.needs))
    return Needed(scope=scope.scope, why=scope.why, requests=scope.requests, checks=tuple(sorted(using)))
