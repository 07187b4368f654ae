"""Collects from a played tenant and judges it with the shipped checks."""

import asyncio
from collections.abc import Mapping
from typing import Any

import msgspec

from baseline.assess.judge import Judged, judge
from baseline.collectors.cloud.microsoft365.answers import Answers
from baseline.collectors.cloud.microsoft365.collector import Microsoft365Collector
from baseline.collectors.cloud.microsoft365.inquiry import build_facts, parts_for
from baseline.collectors.cloud.registered import Holding
from baseline.models.collection import Collection
from tests.microsoft.loopback import REGISTER, MicrosoftServer, microsoft_settings, microsoft_target
from tests.microsoft365.resolver import resolving, told_by
from tests.microsoft365.tenant import NOW, PARAMS, TENANT, Graph, place_of
from tests.shipped import shipped_checks_of

MISSING: dict[str, list[str]] = {"selector2._domainkey.provincie.example": []}
"""What the resolver says does not exist."""

CHECKS = shipped_checks_of("m365")


def collected(
    graph: Graph, needs: frozenset[str] = frozenset(), tokens: tuple[str, ...] = (), **settings: Any
) -> Collection:
    """What the collector brings back from a served tenant. ``tokens`` are handed out in turn."""
    records = graph.documents.get("dns")
    with MicrosoftServer(graph).running() as server, resolving(told_by(records or {})) as resolver:
        graph.address = server.address
        known = {"tenant": TENANT} | ({"resolver": resolver} if records is not None else {})
        target = microsoft_target(server.address, "m365", **known)
        return asyncio.run(Microsoft365Collector().collect(target, needs, microsoft_settings(*tokens, **settings)))


def read_directly(documents: Mapping[str, Any], needs: frozenset[str] = frozenset()) -> Any:
    """The facts of a tenant without a server between."""
    parts = parts_for(needs)
    answers = Answers(NOW, tenant=TENANT, holding=Holding(REGISTER))

    async def ask(requests: Any) -> None:
        for request in requests:
            answers.put(request, documents[place_of(request.path)])

    async def everything() -> None:
        for part in parts:
            await ask(part.requests)
        for part in parts:
            if part.deepen is not None:
                await part.deepen(answers, ask)

    asyncio.run(everything())
    answers.resolver, answers.records = "192.0.2.53", documents["dns"] | MISSING
    return build_facts(parts, answers)


def verdicts(facts: Any, only: frozenset[str] = frozenset()) -> dict[tuple[str, str], str]:
    """Check and subject -> status."""
    judged = Judged(msgspec.to_builtins(facts), {"platform": "microsoft365"}, int(NOW.timestamp()))
    found = {}
    for identity, compiled in CHECKS.items():
        if not only or identity in only:
            params = {**compiled.check.params, **PARAMS.get(identity, {})}
            for verdict in judge(compiled, judged, params):
                found[identity, verdict.subject] = str(verdict.status)
    return found


def worst(found: Mapping[tuple[str, str], str]) -> dict[str, str]:
    """Check -> its worst status."""
    order = ["not_applicable", "pass", "error", "fail"]
    told: dict[str, str] = {}
    for (identity, _), status in found.items():
        told[identity] = max(told.get(identity, status), status, key=order.index)
    return told
