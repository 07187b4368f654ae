"""Asks Microsoft Graph what the needed parts of the facts take, all at once."""

import asyncio
import time
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

import msgspec

from baseline.collectors.cloud.microsoft.batch import get_batch
from baseline.collectors.cloud.microsoft.client import MicrosoftClient, open_client, request_name
from baseline.collectors.cloud.microsoft.failure import Failure
from baseline.collectors.cloud.microsoft365.answers import Answers
from baseline.collectors.cloud.microsoft365.part import Part
from baseline.collectors.cloud.microsoft365.parts import PARTS
from baseline.collectors.cloud.microsoft365.personal import without_people
from baseline.collectors.cloud.microsoft365.request import Request
from baseline.collectors.cloud.registered import Holding
from baseline.collectors.interface import CollectSettings, wanted
from baseline.models.artefact import Artefact, SourceLines
from baseline.models.collection import Collection
from baseline.models.facts.fact import Unknown
from baseline.models.facts.microsoft365 import Microsoft365Facts
from baseline.models.target import Target

NAMED_BY_ID = frozenset({"guests", "devices", "risky_users", "alerts"})
"""Lists of which the items are named by the id that Graph gives them."""
MAXIMUM_ARTEFACT_BYTES = 64 * 1024 * 1024
"""Of all artefacts of one tenant together; what comes after that is used, and named, but not kept."""


def parts_for(needs: frozenset[str]) -> tuple[Part, ...]:
    """The parts of the facts that are needed; all of them without needs."""
    return tuple(part for part in PARTS if wanted([part.fact], needs))


async def inquire(target: Target, needs: frozenset[str], settings: CollectSettings) -> Collection:
    """Collect the facts in ``needs`` from one tenant.

    Raises:
        CollectError: signing in failed, or an address is not allowed.
    """
    started = time.perf_counter()
    now = datetime.now(UTC)
    parts = parts_for(needs)
    access = target.connection.microsoft
    holding = Holding(settings.register)
    answers = Answers(now, access.resolver, access.tenant, holding) if access else Answers(now, holding=holding)
    async with open_client(target, settings, "graph") as client:
        asking = _Asking(client, answers)
        await asking.ask([request for part in parts for request in part.requests])
        answers.seconds_for_records = min(settings.timeout_seconds / 3, client.deadline.left_seconds)
        for part in parts:
            if part.deepen is not None:
                await part.deepen(answers, asking.ask)
        round_trips = client.round_trips
    collection = Collection(
        facts=build_facts(parts, answers),
        artefacts=asking.artefacts(),
        sources=asking.sources(parts),
        collected_at=now,
        duration_seconds=time.perf_counter() - started,
        round_trips=round_trips,
    )
    return holding.kept(collection)


def build_facts(parts: Iterable[Part], answers: Answers) -> Microsoft365Facts:
    """The facts that the parts read from the answers."""
    facts = Microsoft365Facts()
    for part in parts:
        section, _, field = part.fact.partition(".")
        value = part.read(answers)
        if field:
            value = msgspec.structs.replace(getattr(facts, section), **{field: value})
        facts = msgspec.structs.replace(facts, **{section: value})
    return facts


class _Asking:
    """Puts the answers to requests among the answers, each request once."""

    def __init__(self, client: MicrosoftClient, answers: Answers) -> None:
        self._client, self._answers = client, answers
        self._asked: dict[str, Request] = {}

    async def ask(self, requests: Sequence[Request]) -> None:
        """Ask what was not asked yet, in batches."""
        new = {request.path: request for request in requests if not self._answers.has(request)}
        self._asked |= new
        versions = sorted({request.version for request in new.values()})
        each = [[request for request in new.values() if request.version == version] for version in versions]
        await asyncio.gather(*map(self._ask, versions, each))

    async def _ask(self, version: str, requests: Sequence[Request]) -> None:
        found = await get_batch(self._client, [request.url for request in requests], version=version)
        for request in requests:
            self._answers.put(request, found[request.url])

    def artefacts(self) -> tuple[Artefact, ...]:
        """Every answer without people in it, a list with one item a line, and what DNS said."""
        kept, size = [_records(self._answers)] if self._answers.records else [], 0
        for request in self._asked.values():
            content = _content(self._answers.found[request.path])
            size += len(content)
            if size > MAXIMUM_ARTEFACT_BYTES:
                content = b'"left out: the answers of this tenant are larger than is kept"\n'
            kept.append(Artefact(name=_artefact_name(request), content=content, media_type="application/json"))
        return tuple(kept)

    def sources(self, parts: Iterable[Part]) -> dict[str, SourceLines]:
        """Fact -> the artefact that it was read from, the first where there are several; the line of items named by id."""
        found = {part.fact: SourceLines(artefact=_artefact_name(part.requests[0])) for part in parts}
        for part in parts:
            rows = self._answers.rows(part.requests[0]) if part.fact in NAMED_BY_ID else []
            for number, row in enumerate([] if isinstance(rows, Unknown) else rows, start=1):
                path = f"{part.fact}.{row.fields['id']}"
                found[path] = SourceLines(artefact=found[part.fact].artefact, lines=(number,))
        return found


def _artefact_name(request: Request) -> str:
    return request_name("GET", f"/{request.version}{request.url}")


def _records(answers: Answers) -> Artefact:
    lines = [f"{name}: {without_people(msgspec.to_builtins(texts))}" for name, texts in sorted(answers.records.items())]
    return Artefact(name=f"TXT records, by {answers.resolver}", content="\n".join([*lines, ""]).encode())


def _content(answer: dict[str, Any] | Failure) -> bytes:
    if isinstance(answer, Failure):
        return msgspec.json.encode({"failed": answer.reason}) + b"\n"
    document = without_people(answer)
    items = document.get("value")
    if not isinstance(items, list):
        return msgspec.json.format(msgspec.json.encode(document), indent=1) + b"\n"
    return b"".join(msgspec.json.encode(item) + b"\n" for item in items)
