"""Holds the machines, public endpoints and subscriptions of Azure against the inventory."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import msgspec

from baseline.collectors.cloud.azure.machines import MACHINES
from baseline.collectors.cloud.azure.scope import SubscriptionScope
from baseline.collectors.cloud.registered import Holding, account, exposed
from baseline.collectors.cloud.registration import Seen
from baseline.collectors.interface import wanted
from baseline.models.facts.azure.compute import ScaleSetMachine, VirtualMachine
from baseline.models.facts.azure.resource import AzureResource, PublicEndpoint
from baseline.models.facts.azure.subscription import Subscription
from baseline.models.facts.fact import Fact, Unknown
from baseline.models.facts.inventory import InventoryMachine
from baseline.models.register import Register, RegisteredTarget, plain_address


def held(
    told: dict[str, Any], holding: Holding, scopes: Sequence[SubscriptionScope], needs: frozenset[str]
) -> dict[str, Any]:
    """What was told, by fact, with the targets that stand for it."""
    found = dict(told)
    for fact in MACHINES:
        if isinstance(found.get(fact), list) and wanted([f"{fact}.*.registered_as"], needs):
            found[fact] = holding.machines(fact, found[fact], _seen)
    if isinstance(found.get("public_endpoints"), list):
        found["public_endpoints"] = [_endpoint(holding, item) for item in found["public_endpoints"]]
    if isinstance(found.get("subscriptions"), list):
        found["subscriptions"] = [_subscription(holding, item) for item in found["subscriptions"]]
    if wanted(["inventory_machines"], needs):
        found["inventory_machines"] = _expected(holding, found, scopes)
    return found


def account_of(item: AzureResource) -> str:
    """The id of the subscription that a resource is in; empty for what stands for one that was not read."""
    return item.id.split("/")[2].lower() if isinstance(item.id, str) and item.id.count("/") > 1 else ""


def _seen(item: VirtualMachine | ScaleSetMachine) -> Seen:
    if isinstance(item.id, Unknown):
        return Seen(account="", ids=item.id)
    if isinstance(item, ScaleSetMachine):
        return Seen(account=account_of(item), ids=(item.id,), names=_texts(item.computer_name), group=item.scale_set)
    own = _joined(_texts(item.computer_name), (item.id.rpartition("/")[2],))
    return Seen(
        account=account_of(item),
        ids=_joined((item.id,), _texts(item.unique_id)),
        names=own,
        public=item.public_addresses,
        public_names=item.public_names,
        private=item.private_addresses,
        group=item.scale_set,
    )


def _texts(value: Fact[str | None]) -> Fact[Sequence[str]]:
    return value if isinstance(value, Unknown) else (value,) if value else ()


def _joined(*parts: Fact[Sequence[str]]) -> Fact[Sequence[str]]:
    """All together; unknown where one of them is."""
    unknown = next((part for part in parts if isinstance(part, Unknown)), None)
    return unknown or [text for part in parts if not isinstance(part, Unknown) for text in part]


def _endpoint(holding: Holding, item: PublicEndpoint) -> PublicEndpoint:
    if isinstance(item.address, Unknown) or item.address is None:
        unknown = item.address or Unknown("it has no address")
        return msgspec.structs.replace(item, registered_as=unknown, registration=unknown)
    address, place = plain_address(item.address), account_of(item)

    def standing(register: Register) -> Iterator[tuple[RegisteredTarget, str]]:
        for one in register.by_address.get(address, ()):
            if not one.cloud_id and one.place in ("", place):
                yield one, "by its address"
        if isinstance(item.machine, str):
            for one in register.by_id.get(item.machine.lower(), ()):
                yield one, "it is of its machine"

    registration = exposed(holding.register, standing)
    if registration.target is None and isinstance(item.machine, Unknown):
        return msgspec.structs.replace(item, registered_as=item.machine, registration=item.machine)
    return holding.item("public_endpoints", item, registration)


def _subscription(holding: Holding, item: Subscription) -> Subscription:
    """Whether another target of the inventory names it; those asked here are in the inventory anyway."""
    return holding.item("subscriptions", item, account(holding.register, account_of(item), {}))


def _expected(holding: Holding, found: Mapping[str, Any], scopes: Sequence[SubscriptionScope]) -> Fact[list[Any]]:
    """Targets that say they are in a subscription, and one item for each subscription that was not wholly read."""
    lists = [found.get(fact, Unknown("the machines were not asked")) for fact in MACHINES]
    unknown = [part for part in lists if isinstance(part, Unknown)]
    if len(unknown) == len(lists):
        return unknown[0]
    machines = [machine for part in lists if not isinstance(part, Unknown) for machine in part]
    missing = {item.name: item.id for item in machines if isinstance(item.id, Unknown)}
    everywhere = unknown[0].reason if unknown else ""
    unread = {scope.id: missing[scope.label].reason if scope.label in missing else everywhere for scope in scopes}
    stands = [InventoryMachine(name=label, account=reason, found=reason) for label, reason in sorted(missing.items())]
    asked = [scope.id for scope in scopes if scope.in_inventory]
    told = [one for place in asked for one in holding.expected(place, machines, lambda target: unread[target.place])]
    return [*stands, *told] or (unknown[0] if unknown else [])
