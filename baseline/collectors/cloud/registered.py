"""Fills facts with how a cloud and the inventory agree, and keeps what of the inventory was used as an artefact."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeVar

import msgspec

from baseline.collectors.cloud.registration import NOT_GIVEN, Registration, Seen, registrations
from baseline.models.artefact import Artefact, SourceLines
from baseline.models.collection import Collection
from baseline.models.facts.fact import Fact, Section, Unknown
from baseline.models.facts.inventory import InventoryMachine
from baseline.models.register import Register, RegisteredTarget

Item = TypeVar("Item", bound=Section)

ARTEFACT = "inventory"
FIELDS = ("registered_as", "registration")


class Holding:
    """Holds what one cloud target told against the inventory."""

    def __init__(self, register: Register | None) -> None:
        self.register = register
        self._used: dict[str, str] = {}
        """Fact path -> the target that it speaks of."""

    def machines(self, fact: str, items: Sequence[Item], seen: Callable[[Item], Seen]) -> list[Item]:
        """The items, which are all there are, with the target that stands for each."""
        if self.register is None:
            return [self.item(fact, item, Registration(NOT_GIVEN, NOT_GIVEN)) for item in items]
        found = registrations(self.register, [seen(item) for item in items])
        return [self.item(fact, item, registration) for item, registration in zip(items, found, strict=True)]

    def item(self, fact: str, item: Item, registration: Registration) -> Item:
        """The item with the target that stands for it."""
        target, how = registration
        if isinstance(target, str):
            for field in FIELDS:
                self._used[f"{fact}.{item.name}.{field}"] = target  # type: ignore[attr-defined]
        return msgspec.structs.replace(item, **dict(zip(FIELDS, (target, how), strict=True)))

    def expected(
        self, account: str, machines: Sequence[Any], unread: Callable[[RegisteredTarget], str]
    ) -> list[InventoryMachine]:
        """The targets that say they are in an account, and whether one of its machines is known as each of them.

        ``unread`` is why a target may be one that was not told of; empty: it would have been.
        """
        if self.register is None:
            return [InventoryMachine(name=f"{account} (not compared)", found=NOT_GIVEN)]
        found: list[InventoryMachine] = []
        for target in self.register.claiming(account):
            self._used[f"inventory_machines.{target.name}"] = target.name
            found.append(
                InventoryMachine(
                    name=target.name,
                    account=account,
                    cloud_id=target.cloud_id or None,
                    found=_found(target.name, machines, unread(target)),
                )
            )
        return found

    def kept(self, collection: Collection) -> Collection:
        """The collection with the lines of the inventory that decided, where any did."""
        used = frozenset(self._used.values())
        known = self.register.targets if self.register is not None else ()
        targets = sorted((one for one in known if one.name in used), key=lambda one: one.name)
        if not targets:
            return collection
        lines = {target.name: number for number, target in enumerate(targets, start=1)}
        content = b"".join(msgspec.json.encode(target) + b"\n" for target in targets)
        sources = {
            path: SourceLines(artefact=ARTEFACT, lines=(lines[target],))
            for path, target in self._used.items()
            if target in lines
        }
        artefact = Artefact(name=ARTEFACT, content=content, media_type="application/x-ndjson")
        return msgspec.structs.replace(
            collection,
            artefacts=(*collection.artefacts, artefact),
            sources={**collection.sources, **sources},
        )


def _found(target: str, machines: Sequence[Any], unread: str) -> Fact[bool]:
    """``machines`` may hold items that stand for what was not read at all: of those ``unread`` tells."""
    told = [machine for machine in machines if not isinstance(getattr(machine, "id", ""), Unknown)]
    if any(machine.registered_as == target for machine in told):
        return True
    alike = [machine.registration for machine in told if str(machine.registration).startswith(f"{target} resembles")]
    if unread or alike:
        return Unknown(unread or alike[0])
    return next((machine.registered_as for machine in told if isinstance(machine.registered_as, Unknown)), False)


def exposed(
    register: Register | None, standing: Callable[[Register], Iterable[tuple[RegisteredTarget, str]]]
) -> Registration:
    """What stands for an address that the Internet reaches: a target of which the inventory says that it is reached so.

    ``standing`` gives the targets that may, each with how it is known.
    """
    if register is None:
        return Registration(NOT_GIVEN, NOT_GIVEN)
    found = sorted(standing(register), key=lambda one: (not one[0].exposed, one[0].name))
    if not found:
        return Registration(None, "no target has this address, or is the machine behind it")
    target, how = found[0]
    if not target.exposed:
        return Registration(None, f"it is of {target.name}, but baseline_exposure there is not internet")
    return Registration(target.name, how)


def account(register: Register | None, number: str, own: Mapping[str, str]) -> Registration:
    """What stands for an account or subscription: the target that was asked (``own``), or one that names it."""
    if number in own:
        return Registration(own[number], "it is asked as this target")
    if register is None:
        return Registration(NOT_GIVEN, NOT_GIVEN)
    found = register.by_account.get(number.lower(), ())
    return (
        Registration(found[0].name, "its number is in the inventory")
        if found
        else Registration(None, "no target names it")
    )
