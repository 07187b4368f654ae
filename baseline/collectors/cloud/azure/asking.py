"""One round of questions to the subscriptions of a tenant."""

import asyncio
import time
from collections.abc import Awaitable, Sequence
from datetime import UTC, datetime
from typing import Any

import msgspec

from baseline.collectors.cloud.azure.calls import GUESTS
from baseline.collectors.cloud.azure.catalogue import KINDS, sources
from baseline.collectors.cloud.azure.everything import public_endpoints, tagged_resources
from baseline.collectors.cloud.azure.found import find
from baseline.collectors.cloud.azure.guests import Guests, with_guests
from baseline.collectors.cloud.azure.items import Reader
from baseline.collectors.cloud.azure.machines import with_machines
from baseline.collectors.cloud.azure.registration import held
from baseline.collectors.cloud.azure.roles import Roles
from baseline.collectors.cloud.azure.scope import SubscriptionScope, find_scopes
from baseline.collectors.cloud.azure.sources import sources as sources_of
from baseline.collectors.cloud.azure.subscriptions import Subscriptions
from baseline.collectors.cloud.microsoft.client import MicrosoftClient, open_client
from baseline.collectors.cloud.microsoft.failure import Failure
from baseline.collectors.cloud.registered import Holding
from baseline.collectors.interface import CollectSettings, wanted
from baseline.models.artefact import SourceLines
from baseline.models.cloud import MicrosoftAccess
from baseline.models.collection import Collection
from baseline.models.facts.azure import AzureFacts, AzureTenant
from baseline.models.facts.fact import Fact, Unknown
from baseline.models.target import Target


async def ask(target: Target, needs: frozenset[str], settings: CollectSettings) -> Collection:
    """Ask what the needs take.

    Raises:
        CollectError: signing in failed, or the subscriptions could not be listed.
    """
    holding = Holding(settings.register)
    started, now = time.perf_counter(), datetime.now(UTC)
    async with open_client(target, settings, "resource_manager") as client:
        scopes = await find_scopes(client, target.connection.microsoft or MicrosoftAccess())
        needs = with_machines(needs)
        told, details = await _facts(client, scopes, needs, now)
        told = held(told, holding, scopes, needs)
        left = msgspec.structs.replace(settings, timeout_seconds=client.deadline.left_seconds)
        guests = await _guests(told, target, needs, left)
        if guests is not None:
            told["role_assignments"] = guests.items
        collection = Collection(
            facts=AzureFacts(tenant=AzureTenant(name=_tenant(scopes)), **told),
            artefacts=client.artefacts() + (guests.artefacts if guests else ()),
            sources=sources_of(told, client.artefacts(), details, scopes),
            collected_at=now,
            duration_seconds=time.perf_counter() - started,
            round_trips=client.round_trips + (guests.round_trips if guests else 0),
        )
        return holding.kept(collection)


async def _facts(
    client: MicrosoftClient, scopes: Sequence[SubscriptionScope], needs: frozenset[str], now: datetime
) -> tuple[dict[str, Any], dict[str, SourceLines]]:
    """Fact -> its value, of all that is needed; and where the fields of calls per resource were read."""
    asked = [scope for scope in scopes if scope.in_inventory]
    seen = [scope for scope in asked if not isinstance(scope.allowed, Failure)]
    found = await find(client, seen, sources(needs))
    reader, roles = Reader(client, asked, found, needs, now), Roles(client, asked)
    whole = Subscriptions(client, found, roles, needs)
    questions: dict[str, Awaitable[Any]] = {
        kind.fact: reader.items(kind) for kind in KINDS if wanted([kind.fact], needs)
    }
    others = {
        "subscriptions": lambda: whole.items(scopes),
        "defender_plans": lambda: whole.plans(asked),
        "role_assignments": roles.assignments,
        "role_definitions": roles.definitions,
    }
    questions |= {fact: question() for fact, question in others.items() if wanted([fact], needs)}
    answers = dict(zip(questions, await asyncio.gather(*questions.values()), strict=True))
    if wanted(["resources"], needs):
        answers["resources"] = tagged_resources(found, reader)
    if wanted(["public_endpoints"], needs):
        answers["public_endpoints"] = public_endpoints(found, reader)
    return answers, reader.sources


async def _guests(
    told: dict[str, Any], target: Target, needs: frozenset[str], settings: CollectSettings
) -> Guests | None:
    """The role assignments with who is a guest, where that is needed."""
    assignments = told.get("role_assignments")
    if not isinstance(assignments, list) or not wanted(GUESTS.supplies, needs):
        return None
    return await with_guests(assignments, target, settings)


def _tenant(scopes: Sequence[SubscriptionScope]) -> Fact[str]:
    tenants = sorted({scope.tenant for scope in scopes if scope.tenant})
    return ", ".join(tenants) if tenants else Unknown("no subscription tells its tenant")
