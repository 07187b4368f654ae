"""``baseline inventory machines``: the machines that clouds told of, as an inventory."""

from typing import Any

import click
import msgspec
import yaml

from baseline.cli.exit_codes import ExitCode
from baseline.cli.options import inventory_option, json_option, vault_option
from baseline.cli.stored_machines import LISTS, StoredMachine, host_names, stored_machines
from baseline.content.inventory import Inventory, load_inventory
from baseline.models.errors import BaselineError

_GROUPS = {"aws": "aws_instances", "azure": "azure_machines", "m365": "intune_devices"}


@click.command("machines")
@inventory_option
@vault_option
@click.option("--target", "names", multiple=True, metavar="NAME", help="Only machines of this account or tenant.")
@click.option("--missing", is_flag=True, help="Only machines that are not in the inventory; exit code 1 if any.")
@json_option
@click.pass_obj
def machines(settings: Any, /, *, names: tuple[str, ...], missing: bool, as_json: bool, **given: Any) -> None:
    """Print machines of AWS, Azure and Intune as an inventory. Tags of machines fill owner and BIV.

    \b
    Nothing is asked: this is what the last `baseline check` of each account or tenant found.
    baseline inventory machines -i inventory/ --missing > inventory/found.yaml
    Exit codes: 1 some are not in the inventory (with --missing), 3 some could not be read.
    """  # noqa: D301 - click reads \b
    inventory = load_inventory(given["inventories"], vault_password_files=given["vault_password_files"])
    found = _stored(settings.store, inventory, names)
    shown = [one for one in found if not one.unread and not (missing and one.registered_as)]
    unread = [one for one in found if one.unread]
    if as_json:
        click.echo(msgspec.json.format(msgspec.json.encode(found if not missing else [*shown, *unread]), indent=2))
    elif shown:
        click.echo(_as_inventory(shown, frozenset(inventory.places) if missing else frozenset()), nl=False)
    _tell(found, unread)
    if unread:
        raise click.exceptions.Exit(ExitCode.NOT_CHECKED)
    if missing and shown:
        raise click.exceptions.Exit(ExitCode.NOT_MET)


def _tell(found: list[StoredMachine], unread: list[StoredMachine]) -> None:
    known = [one for one in found if not one.unread]
    absent = sum(one.registered_as is None for one in known)
    click.echo(f"{len(known)} machines, {absent} not in the inventory, {len(unread)} could not be read.", err=True)
    for one in unread:
        click.secho(f"{one.target}: {one.name}: {one.unread}", fg="yellow", err=True)


def _stored(path: str, inventory: Inventory, names: tuple[str, ...]) -> list[StoredMachine]:
    """The machines of every cloud target of the inventory, or of those that are named.

    Raises:
        BaselineError: a name that is no cloud target, or nothing is stored.
    """
    from baseline.store.store import Store  # noqa: PLC0415 - loads with its work

    clouds = {target.name: target for target in inventory.targets if target.kind in LISTS and not target.excluded}
    unknown = sorted(set(names) - clouds.keys())
    if unknown or not clouds:
        what = f"'{unknown[0]}' is no" if unknown else "no target of the inventory is an"
        raise BaselineError(f"{what} AWS account, Azure tenant or Microsoft 365 tenant")
    found: list[StoredMachine] = []
    with Store.open(path, read_only=True) as store:
        for name in names or clouds:
            target, facts = clouds[name], store.facts(name)
            if facts is None:
                reason = "nothing is stored of it; run baseline check"
                found.append(StoredMachine(target=name, kind=target.kind, name=LISTS[target.kind][0], unread=reason))
            else:
                found += stored_machines(target, facts.document, inventory.register)
    return found


def _as_inventory(shown: list[StoredMachine], taken: frozenset[str]) -> str:
    document: dict[str, dict[str, Any]] = {}
    for name, machine in zip(host_names(shown, taken), shown, strict=True):
        hosts = document.setdefault(_GROUPS[machine.kind], {"hosts": {}})["hosts"]
        hosts[name] = machine.variables
    return yaml.safe_dump(document, sort_keys=False, allow_unicode=True, default_flow_style=False)
