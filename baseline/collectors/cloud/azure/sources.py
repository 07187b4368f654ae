"""Where each fact was read: the answer of Azure, and the line in it where a resource begins."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from baseline.collectors.cloud.azure.calls import ACTIVITY_LOG, ASSIGNMENTS, CONTACTS, DEFINITIONS, PLANS, Call
from baseline.collectors.cloud.azure.catalogue import ALERTS, EVERY_RESOURCE, KINDS
from baseline.collectors.cloud.azure.endpoints import ENDPOINTS
from baseline.collectors.cloud.azure.resource_graph import artefact_of
from baseline.collectors.cloud.azure.scope import SubscriptionScope
from baseline.collectors.cloud.microsoft.client import request_name
from baseline.models.artefact import Artefact, SourceLines
from baseline.models.facts.azure.resource import AzureResource

_IDENTITY = re.compile(rb'^\s*"id": "(/subscriptions/[^"]*)"')
_TABLES = {
    **{kind.fact: kind.source.table for kind in KINDS},
    "resources": EVERY_RESOURCE.table,
    "public_endpoints": ENDPOINTS[0][0].table,
}
_PER_SUBSCRIPTION: dict[str, Call] = {
    "defender_plans": PLANS,
    "role_assignments": ASSIGNMENTS,
    "role_definitions": DEFINITIONS,
}


def sources(
    told: Mapping[str, Any],
    artefacts: Sequence[Artefact],
    details: Mapping[str, SourceLines],
    scopes: Iterable[SubscriptionScope],
) -> dict[str, SourceLines]:
    """Fact path -> where it was read. ``details`` are those of calls per resource."""
    identities = {scope.label: scope.id for scope in scopes}
    lines = _lines(artefacts)
    found: dict[str, SourceLines] = {}
    for fact, items in told.items():
        table = artefact_of(_TABLES[fact]) if fact in _TABLES else ""
        if table:
            found[fact] = SourceLines(artefact=table)
        for item in items if isinstance(items, list) else ():
            if isinstance(item, AzureResource):
                found |= _of_item(fact, item, lines.get(table, {}), identities)
    return found | dict(details)


def _of_item(
    fact: str, item: AzureResource, lines: Mapping[str, SourceLines], identities: Mapping[str, str]
) -> dict[str, SourceLines]:
    name, identity = f"{fact}.{item.name}", identities.get(str(item.subscription), "")
    if fact in _PER_SUBSCRIPTION:
        return {name: _asked(_PER_SUBSCRIPTION[fact], identity)}
    if fact == "subscriptions":
        fields = {field: call for call in (ACTIVITY_LOG, CONTACTS, ASSIGNMENTS) for field in call.supplies}
        own = {f"{name}.{field.rpartition('.')[2]}": _asked(call, identity) for field, call in fields.items()}
        return own | {f"{name}.alerted_operations": SourceLines(artefact=artefact_of(ALERTS.table))}
    known = lines.get(str(item.id).lower())
    return {name: known} if known else {}


def _asked(call: Call, identity: str) -> SourceLines:
    return SourceLines(artefact=request_name("GET", call.path.format(identity)))


def _lines(artefacts: Sequence[Artefact]) -> dict[str, dict[str, SourceLines]]:
    """Artefact of a query -> id of a resource, in lower case -> the line where it stands, on whichever page."""
    found: dict[str, dict[str, SourceLines]] = {}
    for artefact in artefacts:
        first, _, page = artefact.name.partition(" (")
        if not first.startswith(artefact_of("")) or (page and not page[:-1].isdigit()):
            continue
        at = found.setdefault(first, {})
        for number, line in enumerate(artefact.content.split(b"\n"), start=1):
            identity = _IDENTITY.match(line)
            if identity:
                at.setdefault(
                    identity[1].decode("utf-8", "replace").lower(),
                    SourceLines(artefact=artefact.name, lines=(number,)),
                )
    return found
