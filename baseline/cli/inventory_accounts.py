"""``baseline inventory accounts``: the accounts of an AWS organisation, as an inventory."""

import asyncio
from typing import Any

import click
import msgspec
import yaml

from baseline.cli.exit_codes import ExitCode
from baseline.cli.options import inventory_option, json_option, vault_option
from baseline.cli.stored_machines import without_template
from baseline.collectors.interface import CollectSettings
from baseline.content.inventory import Inventory, load_inventory
from baseline.content.nearest import did_you_mean
from baseline.models.errors import ContentError
from baseline.models.target import Target


@click.command("accounts")
@inventory_option
@vault_option
@click.option("--target", "name", required=True, help="The target that manages the organisation.")
@click.option("--role", default="baseline", show_default=True, help="Name of the role to assume in each account.")
@click.option("--missing", is_flag=True, help="Only accounts that are not in the inventory; exit code 1 if any.")
@json_option
def accounts(*, name: str, role: str, missing: bool, as_json: bool, **given: Any) -> None:
    """Print the accounts of an AWS organisation as an inventory. Tags of accounts fill owner and BIV.

    \b
    baseline inventory accounts -i inventory/ --target management > inventory/aws-accounts.yaml
    baseline inventory accounts -i inventory/ --target management --missing
    """  # noqa: D301 - click reads \b
    from baseline.collectors.cloud.aws.organisation import member_accounts  # noqa: PLC0415 - loads with its work

    inventory = load_inventory(given["inventories"], vault_password_files=given["vault_password_files"])
    found = asyncio.run(member_accounts(_named(name, inventory), CollectSettings()))
    known = _numbers(inventory)
    shown = [account for account in found if not (missing and account.number in known)]
    if as_json:
        document = [{**msgspec.to_builtins(one), "in_inventory": one.number in known} for one in shown]
        click.echo(msgspec.json.format(msgspec.json.encode(document), indent=2))
    elif shown:
        click.echo(_as_inventory(shown, role), nl=False)
    click.echo(
        f"{len(found)} accounts, {sum(one.number not in known for one in found)} not in the inventory.", err=True
    )
    if missing and shown:
        raise click.exceptions.Exit(ExitCode.NOT_MET)


def _named(name: str, inventory: Inventory) -> Target:
    target = next((target for target in inventory.targets if target.name == name), None)
    if target is None:
        if name in inventory.places:
            raise ContentError(list(inventory.errors))
        raise click.UsageError(f"there is no target '{name}'; {did_you_mean(name, inventory.places)}")
    if target.kind != "aws":
        raise click.UsageError(f"'{name}' is no AWS account")
    return target


def _numbers(inventory: Inventory) -> frozenset[str]:
    return frozenset(target.connection.aws.account for target in inventory.targets if target.connection.aws)


def _as_inventory(found: list[Any], role: str) -> str:
    hosts = {one.name: _variables(one, role) for one in found}
    document = {"aws_accounts": {"vars": {"baseline_platform": "aws"}, "hosts": hosts}}
    return yaml.safe_dump(document, sort_keys=False, allow_unicode=True, default_flow_style=False)


def _variables(account: Any, role: str) -> dict[str, Any]:
    variables: dict[str, Any] = {"baseline_aws_role": f"arn:{account.partition}:iam::{account.number}:role/{role}"}
    if account.owner:
        variables["baseline_owner"] = without_template(account.owner)
    levels = {name: level for name, level in msgspec.to_builtins(account.classification).items() if level}
    return {**variables, "baseline_classification": levels} if levels else variables
