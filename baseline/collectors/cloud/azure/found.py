"""What Resource Graph told, kept by table; and why the rest is unknown."""

import asyncio
from collections.abc import Iterable, Mapping, Sequence

from baseline.collectors.cloud.azure.catalogue import EVERY_RESOURCE
from baseline.collectors.cloud.azure.kinds import Source
from baseline.collectors.cloud.azure.resource_graph import query
from baseline.collectors.cloud.azure.row import Row
from baseline.collectors.cloud.azure.scope import SubscriptionScope
from baseline.collectors.cloud.microsoft.client import MicrosoftClient
from baseline.collectors.cloud.microsoft.failure import Failure
from baseline.models.facts.fact import Unknown

_COLUMNS = "id, name, type, subscriptionId, resourceGroup, location, kind, sku, tags, identity, properties"
_FILTERS = {"securityresources": "tostring(properties.status.code) !in ('Healthy', 'NotApplicable')"}
"""Of assessments only those that are not met are fetched, and those with a status that is new."""


class Found:
    """Rows by table. Implements ``Beside``."""

    def __init__(self, scopes: Sequence[SubscriptionScope], tables: dict[str, list[Row] | Failure]) -> None:
        self._scopes = {scope.id: scope for scope in scopes}
        self._tables = tables
        self._known: dict[tuple[str, Source, str], Mapping[str, Sequence[Row]] | Unknown] = {}

    def whole(self, source: Source) -> list[Row] | Unknown:
        """The rows of a source in all subscriptions, those in which some cannot be seen included."""
        rows = self._tables.get(source.table)
        if rows is None:
            return Unknown(f"the Resource Graph query for {source.table} was not sent")
        if isinstance(rows, Failure):
            return rows.unknown
        return [
            row for row in rows if (row.type in source.types or not source.types) and row.subscription in self._scopes
        ]

    def by(self, path: str, source: Source, subscription: str) -> Mapping[str, Sequence[Row]] | Unknown:
        """The rows of a source in one subscription by what stands at a path; unknown when not all of them can be seen."""
        key = (path, source, subscription)
        if key not in self._known:
            self._known[key] = self._by(path, source, subscription)
        return self._known[key]

    def _by(self, path: str, source: Source, subscription: str) -> Mapping[str, Sequence[Row]] | Unknown:
        scope = self._scopes.get(subscription)
        missing = scope.missing(source.permissions) if scope else Unknown("its subscription is not known")
        rows = missing or self.whole(source)
        if isinstance(rows, Unknown):
            return rows
        found: dict[str, list[Row]] = {}
        for row in rows:
            if row.subscription == subscription:
                found.setdefault(str(row.raw(path)).lower(), []).append(row)
        return found


async def find(client: MicrosoftClient, scopes: Sequence[SubscriptionScope], sources: Iterable[Source]) -> Found:
    """Ask each table once for all the types that are needed of it."""
    tables: dict[str, set[str]] = {}
    for source in sources:
        tables.setdefault(source.table, set()).update(source.types)
    identities = [scope.id for scope in scopes]
    names = sorted(tables)
    if not identities:
        return Found(scopes, {name: [] for name in names})
    answers = await asyncio.gather(*(query(client, name, _text(name, tables[name]), identities) for name in names))
    return Found(scopes, dict(zip(names, answers, strict=True)))


def _text(table: str, types: set[str]) -> str:
    if table == EVERY_RESOURCE.table:
        return "resources | project id, name, type, subscriptionId, resourceGroup, location, tags | order by id asc"
    chosen = ", ".join(f"'{name}'" for name in sorted(types))
    narrowed = f" | where {_FILTERS[table]}" if table in _FILTERS else ""
    return f"{table} | where type in~ ({chosen}){narrowed} | project {_COLUMNS} | order by id asc"
