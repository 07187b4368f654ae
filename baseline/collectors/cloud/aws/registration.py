"""Holds the instances, public addresses and accounts of AWS against the inventory."""

from collections.abc import Iterator, Sequence
from typing import Any

from baseline.collectors.cloud.registered import Holding, account, exposed
from baseline.collectors.cloud.registration import Seen
from baseline.collectors.interface import wanted
from baseline.models.facts.aws.account import AwsMemberAccount
from baseline.models.facts.aws.compute import AwsInstance
from baseline.models.facts.aws.network import AwsPublicAddress
from baseline.models.facts.fact import Fact, Unknown
from baseline.models.register import Register, RegisteredTarget, plain_address


def with_instances(needs: frozenset[str]) -> frozenset[str]:
    """The needs, with the instances that what the inventory expects is looked for among: the same call."""
    return needs | {"instances.*.registered_as"} if needs and wanted(["inventory_machines"], needs) else needs


def held(found: dict[str, Any], holding: Holding, target: str, number: str, regions: tuple[str, ...]) -> dict[str, Any]:
    """What was found, by path, with the targets that stand for it. ``regions`` limit what was asked; empty: they do not."""
    told = dict(found)
    if isinstance(told.get("instances"), list):
        told["instances"] = holding.machines("instances", told["instances"], lambda item: _seen(item, number))
        instances: list[AwsInstance] = told["instances"]
        if isinstance(told.get("inventory_machines"), list):
            expected = holding.expected(number, instances, lambda one: _unread(one, instances, regions))
            told["inventory_machines"] = [*told["inventory_machines"], *expected]
    for fact, read in (("public_addresses", _public), ("organisation.accounts", _member)):
        if isinstance(told.get(fact), list):
            told[fact] = [read(holding, item, target, number) for item in told[fact]]
    return told


def _seen(item: AwsInstance, number: str) -> Seen:
    names = item.dns_names if isinstance(item.dns_names, Unknown) else [*item.dns_names, _text(item.title)]
    return Seen(
        account=number,
        ids=item.id if isinstance(item.id, Unknown) else (item.id,),
        names=names,
        public=item.public_addresses,
        public_names=item.dns_names,
        private=item.private_addresses,
        group=item.scaling_group,
    )


def _text(value: Fact[str | None]) -> str:
    return value if isinstance(value, str) else ""


def _unread(target: RegisteredTarget, instances: Sequence[AwsInstance], regions: tuple[str, ...]) -> str:
    """Why a target may be an instance that was not told of. An ARN says in which region to look."""
    parts = target.cloud_id.split(":")
    region = parts[3] if len(parts) > 4 else ""
    missing = [
        item.id.reason
        for item in instances
        if isinstance(item.id, Unknown) and (not region or _text(item.name).startswith(f"{region} "))
    ]
    asked = not regions or region in regions
    return missing[0] if missing else "" if asked else f"only {', '.join(regions)} were asked (baseline_aws_regions)"


def _public(holding: Holding, item: AwsPublicAddress, _target: str, number: str) -> AwsPublicAddress:
    if isinstance(item.address, Unknown):
        return item
    address, private = plain_address(item.address), plain_address(_text(item.private_address))

    def standing(register: Register) -> Iterator[tuple[RegisteredTarget, str]]:
        yield from ((one, "it is of its instance") for one in register.by_id.get(_text(item.instance), ()))
        for one in register.by_address.get(address, ()):
            if not one.cloud_id and one.place in ("", number):
                yield one, "by its address"
        for one in register.by_address.get(private, ()):
            if not one.cloud_id and one.place == number:
                yield one, "by the private address behind it, in the same account"

    return holding.item("public_addresses", item, exposed(holding.register, standing))


def _member(holding: Holding, item: AwsMemberAccount, target: str, number: str) -> AwsMemberAccount:
    name = _text(item.name)
    return holding.item("organisation.accounts", item, account(holding.register, name, {number: target}))
