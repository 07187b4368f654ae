"""``baseline inventory``: list, show and validate targets."""

import asyncio
from collections.abc import Sequence
from typing import Any

import click
import msgspec

from baseline.cli.exit_codes import ExitCode
from baseline.cli.inventory_accounts import accounts
from baseline.cli.inventory_machines import machines
from baseline.cli.options import inventory_option, json_option, limit_option, vault_option
from baseline.cli.table import write_pairs, write_table
from baseline.content.inventory import Inventory, load_inventory, probe
from baseline.content.nearest import did_you_mean
from baseline.models.errors import ContentError, Problem
from baseline.models.target import Classification, Connection, Target

_COLUMNS = ("Target", "Platform", "Connection", "Site", "Zone", "Owner", "Exposure", "BIV", "Excluded")


@click.group()
def inventory() -> None:
    """List, show and validate targets.

    \b
    Without -i, the inventory is what ansible.cfg names, else ./inventory. Reading takes at most 60 seconds,
    or BASELINE_INVENTORY_TIMEOUT. Vault ids come from ANSIBLE_VAULT_IDENTITY_LIST or ansible.cfg.
    """  # noqa: D301 - click reads \b


inventory.add_command(accounts)
inventory.add_command(machines)


@inventory.command("list")
@inventory_option
@limit_option
@vault_option
@click.option("--site", help="Only targets at this site.")
@click.option("--group", help="Only targets in this inventory group.")
@json_option
def list_targets(*, site: str | None, group: str | None, as_json: bool, **given: Any) -> None:
    """List targets: what, where, whose and how important. BIV is availability, integrity, confidentiality."""
    loaded = _load(given)
    members = _members(loaded, group)
    chosen = [target for target in loaded.targets if target.name in members and site in (None, target.site)]
    if as_json:
        _print_json([msgspec.to_builtins(target) for target in chosen])
    else:
        write_table(_COLUMNS, [_row(target) for target in chosen], narrow=("Target", "Platform", "BIV"))
    if loaded.errors:
        click.secho(
            f"Left out: hosts with {len(loaded.errors)} errors; see baseline inventory validate", fg="red", err=True
        )
        raise click.exceptions.Exit(ExitCode.USAGE)


@inventory.command()
@inventory_option
@vault_option
@click.argument("name", metavar="TARGET")
@json_option
def show(*, name: str, as_json: bool, **given: Any) -> None:
    """Show one target, and where its inventory says so. Secrets are not shown, only where they are."""
    loaded = _load(given)
    target = next((target for target in loaded.targets if target.name == name), None)
    if target is None:
        if name in loaded.places:
            raise ContentError(list(loaded.errors))
        raise click.UsageError(f"there is no target '{name}'; {did_you_mean(name, loaded.places)}")
    place = ":".join(str(part) for part in loaded.places[name] if part)
    if as_json:
        _print_json({**msgspec.to_builtins(target), "place": place})
    else:
        write_pairs([pair for pair in (*_pairs(target), ("Written in", place)) if pair[1]])


@inventory.command()
@inventory_option
@limit_option
@vault_option
@click.option("--probe", "probing", is_flag=True, help="Also try whether each target's port answers.")
@json_option
def validate(*, probing: bool, as_json: bool, **given: Any) -> None:
    """Say what is wrong with an inventory. Errors stop `baseline check` (exit code 2), warnings do not."""
    targets = 0
    try:
        loaded = _load(given)
    except ContentError as error:
        problems = error.problems
    else:
        targets = len(loaded.targets)
        problems = [*loaded.problems, *(asyncio.run(probe(loaded)) if probing else ())]
    errors = sum(problem.level == "error" for problem in problems)
    if as_json:
        _print_json({"targets": targets, "problems": problems})
    else:
        _print_problems(problems)
        click.echo(f"{targets} targets, {errors} errors, {len(problems) - errors} warnings.")
    raise click.exceptions.Exit(ExitCode.USAGE if errors else ExitCode.MET)


def _load(given: dict[str, Any]) -> Inventory:
    paths: Sequence[str] = given["inventories"]
    return load_inventory(paths, limit=given.get("limit"), vault_password_files=given["vault_password_files"])


def _members(loaded: Inventory, group: str | None) -> frozenset[str]:
    if group is None:
        return frozenset(target.name for target in loaded.targets)
    if group not in loaded.groups:
        raise click.UsageError(f"there is no group '{group}'; {did_you_mean(group, loaded.groups)}")
    return frozenset(loaded.groups[group])


def _row(target: Target) -> tuple[str, ...]:
    cells = (
        target.name,
        target.platform,
        _reach(target.connection) if target.excluded is None else "",
        target.site,
        target.zone,
        target.owner,
        target.exposure,
        _biv(target.classification),
        target.excluded,
    )
    return tuple(cell or "" for cell in cells)


def _reach(connection: Connection) -> str:
    if connection.transport == "local":
        return "local"
    if connection.aws is not None:
        return " ".join(filter(None, ("aws", connection.aws.account or connection.aws.profile)))
    user = f"{connection.credentials.user}@" if connection.credentials.user else ""
    port = f":{connection.port}" if connection.port != 22 else ""
    address = f"[{connection.address}]" if port and ":" in connection.address else connection.address
    return f"{connection.transport} {user}{address}{port}"


def _biv(classification: Classification) -> str:
    """High, medium or low of each aspect as letters (``H/M/L``); ``?`` where it is not classified."""
    levels = (classification.availability, classification.integrity, classification.confidentiality)
    return "/".join(level[0].upper() if level else "?" for level in levels) if any(levels) else ""


def _pairs(target: Target) -> list[tuple[str, str]]:
    connection, classification = target.connection, target.classification
    credentials = connection.credentials
    return [
        ("Target", target.name),
        ("Kind", target.kind),
        ("Platform", target.platform),
        ("Excluded", target.excluded or ""),
        ("Connection", _reach(connection) if target.excluded is None else ""),
        ("Key file", credentials.key_file or ""),
        (
            "Password",
            _kept(credentials.password_variable, credentials.password_environment, credentials.password_command),
        ),
        ("Enable", _kept(credentials.enable_variable, credentials.enable_environment, credentials.enable_command)),
        ("Become", "sudo -n" if connection.become else ""),
        ("Algorithms", "weak ones are accepted" if connection.legacy_algorithms else ""),
        ("Parsers", "own, then Genie's" if target.parsers == "genie" else ""),
        ("Groups", ", ".join(target.groups)),
        ("Site", target.site or ""),
        ("Zone", target.zone or ""),
        ("Owner", target.owner or ""),
        ("Exposure", target.exposure or ""),
        ("Availability", classification.availability or ""),
        ("Integrity", classification.integrity or ""),
        ("Confidentiality", classification.confidentiality or ""),
        ("Tags", ", ".join(target.tags)),
        *((f"Parameters of {check}", _parameters(values)) for check, values in target.params.items()),
    ]


def _kept(variable: str | None, environment: str | None, command: tuple[str, ...]) -> str:
    """Where a secret is kept."""
    if environment:
        return f"environment variable {environment}"
    if command:
        return f"command {' '.join(command)}"
    return f"variable {variable}" if variable else ""


def _parameters(values: dict[str, object]) -> str:
    return ", ".join(f"{name}: {value}" for name, value in values.items())


def _print_problems(problems: Sequence[Problem]) -> None:
    for problem in problems:
        click.secho(str(problem), fg="red" if problem.level == "error" else "yellow")


def _print_json(document: Any) -> None:
    click.echo(msgspec.json.format(msgspec.json.encode(document, order="deterministic"), indent=2))
