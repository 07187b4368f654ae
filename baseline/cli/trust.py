"""``baseline trust``: accept the SSH host key of targets, after a person compared its fingerprint."""

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from baseline.cli.exit_codes import ExitCode
from baseline.cli.options import inventory_option, vault_option
from baseline.collectors.interface import CollectSettings
from baseline.content.inventory import Inventory, load_inventory
from baseline.content.nearest import did_you_mean
from baseline.models.errors import CollectError, ContentError
from baseline.models.target import Target

CONCURRENCY = 20


@click.command()
@inventory_option
@vault_option
@click.option("--known-hosts", type=click.Path(path_type=Path), help="File of accepted SSH host keys.")
@click.option("--yes", "-y", is_flag=True, help="Accept without asking; only where nobody else can answer.")
@click.option("--replace", is_flag=True, help="Also accept a key that differs from the known one.")
@click.argument("names", metavar="TARGET...", nargs=-1, required=True)
def trust(*, names: tuple[str, ...], known_hosts: Path | None, yes: bool, replace: bool, **given: Any) -> None:
    """Accept the SSH host key of targets.

    Fetches the key that each target presents and shows its fingerprint. Compare it with the one that the device itself
    shows, on its console or in its documentation, before you accept it.
    """
    inventory = load_inventory(given["inventories"], vault_password_files=given["vault_password_files"])
    targets = [_named(name, inventory) for name in dict.fromkeys(names)]
    settings = CollectSettings(known_hosts=known_hosts or inventory.known_hosts or CollectSettings().known_hosts)
    presented = asyncio.run(_fetch(targets, settings))
    done = [
        _settle(target, key, settings.known_hosts, yes=yes, replace=replace)
        for target, key in zip(targets, presented, strict=True)
    ]
    raise click.exceptions.Exit(ExitCode.MET if all(done) else ExitCode.NOT_CHECKED)


def _named(name: str, inventory: Inventory) -> Target:
    target = next((target for target in inventory.targets if target.name == name), None)
    if target is None:
        if name in inventory.places:
            raise ContentError(list(inventory.errors))
        raise click.UsageError(f"there is no target '{name}'; {did_you_mean(name, inventory.places)}")
    if target.connection.transport in ("api", "local"):
        raise click.UsageError(f"'{name}' is not asked over SSH")
    return target


async def _fetch(targets: Sequence[Target], settings: CollectSettings) -> list[Any]:
    """The key that each target presents, or the CollectError that kept it away."""
    from baseline.collectors.ssh.connection import fetch_host_key  # noqa: PLC0415 - imports the SSH library

    free = asyncio.Semaphore(CONCURRENCY)

    async def fetch(target: Target) -> Any:
        async with free:
            try:
                return await fetch_host_key(target, settings)
            except CollectError as error:
                return error

    return list(await asyncio.gather(*map(fetch, targets)))


def _settle(target: Target, key: Any, known_hosts: Path, *, yes: bool, replace: bool) -> bool:
    """Show one key and, if it is accepted, write it down. Whether the target is trusted now."""
    from baseline.collectors.ssh.host_keys import load_known_hosts  # noqa: PLC0415 - loads with the command's work

    if isinstance(key, CollectError):
        return _refused(target, str(key))
    host, port = target.connection.address or target.name, target.connection.port
    trusted = load_known_hosts(known_hosts).lookup(host, port)
    click.echo(f"{target.name} ({host} port {port}) presents {key}")
    if key in trusted.revoked:
        return _refused(target, "this key is revoked")
    if key in trusted.accepted:
        click.echo("  known already")
        return True
    for known in trusted.accepted:
        click.secho(f"  known is  {known}", fg="yellow")
    if trusted.accepted and not replace:
        return _refused(target, "the key changed: find out why, then use --replace")
    if not yes and not click.confirm("  Accept this key?"):
        return _refused(target, "not accepted")
    return _write(target, key, known_hosts, replace=bool(trusted.accepted))


def _write(target: Target, key: Any, known_hosts: Path, *, replace: bool) -> bool:
    from baseline.collectors.ssh.known_hosts_file import add_host_key, replace_host_key  # noqa: PLC0415 - as above

    host, port = target.connection.address or target.name, target.connection.port
    try:
        (replace_host_key if replace else add_host_key)(known_hosts, host, port, key)
    except CollectError as error:
        return _refused(target, str(error))
    click.echo(f"  accepted, in {known_hosts.expanduser()}")
    return True


def _refused(target: Target, reason: str) -> bool:
    click.secho(f"{target.name}: {reason}", fg="red", err=True)
    return False
