"""Who has which role at a subscription or above it, and which roles the tenant made itself."""

import asyncio
import re
from collections.abc import Mapping, Sequence
from typing import Any

from baseline.collectors.cloud.azure.calls import ASSIGNMENTS, DEFINITIONS, Call
from baseline.collectors.cloud.azure.items import ordered, unread_item
from baseline.collectors.cloud.azure.row import Properties
from baseline.collectors.cloud.azure.scope import SubscriptionScope
from baseline.collectors.cloud.microsoft.client import MicrosoftClient
from baseline.collectors.cloud.microsoft.failure import Failure
from baseline.models.facts.azure.resource import AzureResource
from baseline.models.facts.azure.subscription import RoleAssignment, RoleDefinition
from baseline.models.facts.fact import Fact, Unknown

OWNER = "8e3af657-a8ff-443c-a75c-2fe8c4bcb635"
PRIVILEGED = {
    OWNER: "Owner",
    "b24988ac-6180-42a0-ab88-20f7382dd24c": "Contributor",
    "18d7d88d-d35e-4fb5-a5c3-7773c20a72d9": "User Access Administrator",
    "f58310d9-a9f6-439a-9e8d-f62e7b41a168": "Role Based Access Control Administrator",
    "a8889054-8d42-49c9-bc1c-52486c10e7cd": "Reservations Administrator",
    "76cc9ee4-d5d3-4a45-a930-26add3d73475": "Access Review Operator Service Role",
}
"""Ids of Azure's own privileged roles (Microsoft, *Azure built-in roles: Privileged*), the same in every tenant."""
_NAMES = {**PRIVILEGED, "acdd72a7-3385-48ef-bd42-f606fba81ae7": "Reader"}

_PRINCIPALS = {
    "user": "user",
    "group": "group",
    "serviceprincipal": "service_principal",
    "foreigngroup": "foreign_group",
    "device": "device",
}


class Roles:
    """Roles of the subscriptions, asked once however many facts are read from them."""

    def __init__(self, client: MicrosoftClient, scopes: Sequence[SubscriptionScope]) -> None:
        self._client, self._scopes = client, scopes
        self._answers: dict[str, asyncio.Task[list[Any] | Failure]] = {}

    async def owners(self, scope: SubscriptionScope) -> Fact[list[str]]:
        """Who is Owner at a subscription or above it, each once."""
        assignments = await self.assignments_of(scope)
        if isinstance(assignments, Unknown):
            return assignments
        found: set[str] = set()
        for item in assignments:
            role, principal = _role_id(item), item.text("properties.principalId")
            if isinstance(role, Unknown):
                return role
            if isinstance(principal, Unknown):
                return principal
            if role == OWNER:
                found.add(principal)
        return sorted(found)

    async def assignments(self) -> Fact[list[AzureResource]]:
        """Every role at a subscription or above it; one that holds for several subscriptions is told once."""
        items: dict[str, AzureResource] = {}
        await asyncio.gather(*map(self.assignments_of, self._scopes), *map(self.definitions_of, self._scopes))
        for scope in self._scopes:
            listed = await self.assignments_of(scope)
            if isinstance(listed, Unknown):
                items[scope.id] = unread_item(RoleAssignment, scope.label, listed)
                continue
            definitions = await self.definitions_of(scope)
            for item in listed:
                items.setdefault(_identity(item, "id", items), _assignment(scope, item, definitions))
        return ordered(list(items.values()))

    async def definitions(self) -> Fact[list[AzureResource]]:
        """Every role of the tenant's own making, told once."""
        items: dict[str, AzureResource] = {}
        await asyncio.gather(*map(self.definitions_of, self._scopes))
        for scope in self._scopes:
            listed = await self.definitions_of(scope)
            if isinstance(listed, Unknown):
                items[scope.id] = unread_item(RoleDefinition, scope.label, listed)
                continue
            for item in listed:
                items.setdefault(_identity(item, "name", items), _definition(scope, item))
        return ordered(list(items.values()))

    async def assignments_of(self, scope: SubscriptionScope) -> list[Properties] | Unknown:
        """The assignments at a subscription and above it, those of its resources left out."""
        return await self._listed(scope, ASSIGNMENTS)

    async def definitions_of(self, scope: SubscriptionScope) -> list[Properties] | Unknown:
        """The roles of the tenant's own making that can be assigned there."""
        return await self._listed(scope, DEFINITIONS)

    async def _listed(self, scope: SubscriptionScope, call: Call) -> list[Properties] | Unknown:
        missing = scope.missing((call.permission,))
        if missing is not None:
            return missing
        asked = call.path.format(scope.id)
        if asked not in self._answers:
            self._answers[asked] = asyncio.create_task(self._client.get_all(asked, permission=call.permission))
        answer = await self._answers[asked]
        if isinstance(answer, Failure):
            return answer.unknown
        return Properties({"value": answer}, f"subscription {scope.label}").items("value")


def _identity(item: Properties, field: str, others: Mapping[str, object]) -> str:
    """What an item is known by in other subscriptions too; one that does not say it is like no other."""
    return str(item.raw(field) or f"number {len(others)}").lower()


def _role_id(assignment: Properties) -> Fact[str]:
    text = assignment.text("properties.roleDefinitionId")
    return text if isinstance(text, Unknown) else text.rpartition("/")[2].lower()


def _assignment(scope: SubscriptionScope, item: Properties, definitions: list[Properties] | Unknown) -> RoleAssignment:
    told = _role_id(item)
    role = "?" if isinstance(told, Unknown) else told
    custom = None
    if not isinstance(definitions, Unknown):
        custom = next((known for known in definitions if str(known.raw("name")).lower() == role), None)
    name = _NAMES.get(role) or (str(custom.text("properties.roleName", absent=role)) if custom else role)
    principal = item.text("properties.principalId")
    kind = item.word("properties.principalType", _PRINCIPALS)
    return RoleAssignment(
        name=f"{scope.label}/{name} {principal if isinstance(principal, str) else '?'}",
        id=item.text("id"),
        subscription=scope.label,
        location="global",
        role=told if isinstance(told, Unknown) else name,
        privileged=told if isinstance(told, Unknown) else _privileged(role, custom, definitions),
        principal=principal,
        principal_type=kind,  # type: ignore[arg-type]
        guest=Unknown("not asked of Entra ID") if kind == "user" else (kind if isinstance(kind, Unknown) else None),
    )


def _privileged(role: str, custom: Properties | None, definitions: list[Properties] | Unknown) -> Fact[bool]:
    if role in PRIVILEGED:
        return True
    if custom is not None:
        flags = (_everything(custom), _hands_out_roles(custom))
        return True if True in flags else next((flag for flag in flags if isinstance(flag, Unknown)), False)
    return definitions if isinstance(definitions, Unknown) and role not in _NAMES else False


def _definition(scope: SubscriptionScope, item: Properties) -> RoleDefinition:
    return RoleDefinition(
        name=f"{scope.label}/{item.text('properties.roleName', absent=str(item.raw('name')))}",
        id=item.text("id"),
        subscription=scope.label,
        location="global",
        everything=_everything(item),
        hands_out_roles=_hands_out_roles(item),
    )


def _everything(definition: Properties) -> Fact[bool]:
    return _grants(definition, "microsoft.compute/virtualmachines/delete", "microsoft.keyvault/vaults/write")


def _hands_out_roles(definition: Properties) -> Fact[bool]:
    return _grants(definition, "microsoft.authorization/roleassignments/write")


def _grants(definition: Properties, *actions: str) -> Fact[bool]:
    """Whether one of its permissions allows all these actions."""
    permissions = definition.items("properties.permissions")
    if isinstance(permissions, Unknown):
        return permissions
    return any(
        all(
            _matches(entry.raw("actions"), action) and not _matches(entry.raw("notActions"), action)
            for action in actions
        )
        for entry in permissions
    )


def _matches(patterns: Any, action: str) -> bool:
    texts = [text.lower() for text in patterns if isinstance(text, str)] if isinstance(patterns, list) else []
    return any(re.fullmatch(".*".join(map(re.escape, text.split("*"))), action) for text in texts)
