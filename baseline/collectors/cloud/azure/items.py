"""Facts of one kind of resource: an item per resource, and one per subscription that could not be read."""

import asyncio
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import msgspec

from baseline.collectors.cloud.azure.found import Found
from baseline.collectors.cloud.azure.kinds import Detail, Join, Kind, Source, details_of, wants
from baseline.collectors.cloud.azure.row import Properties, Row
from baseline.collectors.cloud.azure.scope import SubscriptionScope
from baseline.collectors.cloud.microsoft.client import MicrosoftClient, request_name
from baseline.collectors.cloud.microsoft.failure import Failure
from baseline.models.artefact import SourceLines
from baseline.models.facts.azure.resource import AzureResource
from baseline.models.facts.fact import Fact, Unknown


class Reader:
    """Makes the items of one target."""

    def __init__(
        self,
        client: MicrosoftClient,
        scopes: Sequence[SubscriptionScope],
        found: Found,
        needs: frozenset[str],
        now: datetime,
    ) -> None:
        self._client, self._found, self._needs, self._now = client, found, needs, now
        self._scopes = {scope.id: scope for scope in scopes}
        self.sources: dict[str, SourceLines] = {}
        """Where the fields of calls per resource were read."""

    async def items(self, kind: Kind) -> Fact[list[AzureResource]]:
        """Every resource of a kind, sorted by name."""
        rows = self._found.whole(kind.source)
        if isinstance(rows, Unknown):
            return rows
        joins = [join for join in kind.joins if wants(kind, join.supplies, self._needs)]
        details = details_of(kind, self._needs)
        read = await asyncio.gather(*(self._item(kind, row, joins, details) for row in rows if kind.keeps(row)))
        return ordered([*read, *self.unread(kind.model, kind.source)])

    def unread(self, model: type[AzureResource], source: Source) -> list[AzureResource]:
        """An item for each subscription in which not everything can be seen."""
        missing = {scope.label: scope.missing(source.permissions) for scope in self._scopes.values()}
        return [unread_item(model, label, unknown) for label, unknown in missing.items() if unknown is not None]

    def identity(self, row: Row, called: str) -> dict[str, Any]:
        """What every item says of itself."""
        label = self._scopes[row.subscription].label
        return {
            "name": "/".join(part for part in (label, row.group, called) if part),
            "id": row.id,
            "subscription": label,
            "location": row.text("location"),
        }

    async def _item(self, kind: Kind, row: Row, joins: Sequence[Join], details: Sequence[Detail]) -> AzureResource:
        identity = self.identity(row, kind.called(row))
        if not isinstance(row.raw("properties"), dict):
            item = unread_item(kind.model, identity["name"], Unknown(f"Azure tells no properties of {row.name}"))
            return msgspec.structs.replace(item, subscription=identity["subscription"])
        fields = fields_of(kind, row, self._now)
        for join in joins:
            fields |= _joined(join, row, self._found)
        for detail, told in zip(
            details, await asyncio.gather(*(self._detail(one, row) for one in details)), strict=True
        ):
            fields |= told
            source = SourceLines(artefact=request_name("GET", row.id + detail.path))
            self.sources |= {f"{kind.fact}.{identity['name']}.{field}": source for field in detail.supplies}
        return kind.model(**identity, **fields)

    async def _detail(self, detail: Detail, row: Row) -> dict[str, Any]:
        ask = self._client.get_all if detail.listed else self._client.get
        answer = await ask(row.id + detail.path, permission=detail.permission)
        if isinstance(answer, Failure):
            return dict.fromkeys(detail.supplies, answer.unknown)
        if not isinstance(answer, list) and not isinstance(answer.get("properties"), dict):
            return dict.fromkeys(detail.supplies, Unknown(f"Azure tells no properties at {row.name}{detail.path}"))
        return told_by(detail, {"value": answer} if isinstance(answer, list) else answer, row.name)


def fields_of(kind: Kind, row: Row, now: datetime) -> dict[str, Any]:
    """What a row tells. One that is not understood makes its own fields unknown, and stops no other."""
    try:
        return dict(kind.read(row, now))
    except _ODD as error:
        others = {field for join in kind.joins for field in join.supplies}
        others |= {field for detail in kind.details for field in detail.supplies}
        own = set(kind.model.__struct_fields__) - set(AzureResource.__struct_fields__) - others
        return dict.fromkeys(own, _not_understood(row.name, error))


def told_by(detail: Detail, document: dict[str, Any], name: str) -> dict[str, Any]:
    """What a call per resource tells."""
    try:
        return dict(detail.read(Properties(document, name)))
    except _ODD as error:
        return dict.fromkeys(detail.supplies, _not_understood(name, error))


def _joined(join: Join, row: Row, found: Found) -> dict[str, Any]:
    try:
        return dict(join.read(row, found))
    except _ODD as error:
        return dict.fromkeys(join.supplies, _not_understood(row.name, error))


_ODD = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError)


def _not_understood(name: str, error: Exception) -> Unknown:
    return Unknown(f"internal: the answer about {name} was not understood: {error!r}"[:300])


def unread_item(model: type[AzureResource], label: str, unknown: Unknown) -> AzureResource:
    """What stands for all that a subscription may hold, or for a resource of which nothing is told."""
    fields = {field: unknown for field in model.__struct_fields__ if field not in {"name", "subscription"}}
    return model(name=label, subscription=label, **fields)


def ordered(items: Sequence[AzureResource]) -> list[AzureResource]:
    """Items by name; names that two have get their number."""
    names: dict[str, int] = {}
    found: list[AzureResource] = []
    for item in sorted(items, key=lambda item: (item.name, str(item.id))):
        names[item.name] = names.get(item.name, 0) + 1
        found.append(item if names[item.name] == 1 else _renamed(item, names[item.name]))
    return found


def _renamed(item: AzureResource, number: int) -> AzureResource:
    return msgspec.structs.replace(item, name=f"{item.name} ({number})")
