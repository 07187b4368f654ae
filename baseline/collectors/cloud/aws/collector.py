"""Collects the facts of one AWS account."""

import asyncio
import time
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

import msgspec

from baseline.collectors.cloud.aws.asking import Asker
from baseline.collectors.cloud.aws.registration import held, with_instances
from baseline.collectors.cloud.aws.session import AwsSession
from baseline.collectors.cloud.aws.table import PARTS, REGIONS, needs_regions, read_list
from baseline.collectors.cloud.registered import Holding
from baseline.collectors.interface import CollectSettings
from baseline.models.cloud import AwsAccess
from baseline.models.collection import Collection
from baseline.models.errors import CollectError
from baseline.models.facts.aws import AwsFacts
from baseline.models.facts.aws.account import AwsAccount
from baseline.models.facts.fact import Section, Unknown
from baseline.models.target import Target

ATTEMPTS = 5
"""How often a call is sent that is throttled or fails at AWS, with growing pauses between."""


class AwsCollector:
    """Asks AWS accounts. Implements Collector."""

    def __init__(self, attempts: int = ATTEMPTS) -> None:
        self._attempts = attempts

    async def collect(self, target: Target, needs: frozenset[str], settings: CollectSettings) -> Collection:
        """Collect what the needs ask.

        Raises:
            CollectError: signing in failed, or this is not the account that the inventory says.
        """
        started = time.monotonic()
        access = target.connection.aws or AwsAccess()
        session = AwsSession(access, read_list(), settings, self._attempts)
        try:
            account = await _signed_in(session)
            asker = Asker(session, account, started + settings.timeout_seconds)
            try:
                found = await _everything(asker, needs)
            finally:
                asker.close()
        finally:
            session.close()
        holding = Holding(settings.register)
        found = held(found, holding, target.name, account, access.regions)
        artefacts = asker.recorder.artefacts()
        collection = Collection(
            facts=_assembled(account, found),
            artefacts=artefacts,
            sources=asker.recorder.sources(),
            collected_at=datetime.now(UTC),
            duration_seconds=time.monotonic() - started,
            round_trips=next(asker.requests),
        )
        return holding.kept(collection)


async def _signed_in(session: AwsSession) -> str:
    """Sign in, and make sure whose account it is: a wrong profile would judge another account under this name."""
    account = await asyncio.to_thread(session.sign_in)
    expected = session.access.account
    if expected and account != expected:
        hint = "check baseline_aws_profile and baseline_aws_role"
        raise CollectError("authentication", f"this is account {account}, not {expected}", hint)
    return account


async def _everything(asker: Asker, needs: frozenset[str]) -> dict[str, Any]:
    needs = with_instances(needs)
    if needs_regions(needs):
        asker.regions = await _regions(asker)
    found = await asyncio.gather(*(part.collect(asker, needs) for part in PARTS))
    return _joined(found)


def _joined(found: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """Everything by path; lists of the same fact are one list, and unknown where either is."""
    whole: dict[str, Any] = {}
    for path, value in (pair for facts in found for pair in facts.items()):
        known = whole.get(path)
        if isinstance(known, list) and isinstance(value, list):
            whole[path] = [*known, *value]
        elif not isinstance(known, Unknown):
            whole[path] = value
    return whole


async def _regions(asker: Asker) -> tuple[str, ...] | Unknown:
    """The regions that the inventory names, else those that are enabled for the account."""
    if asker.session.access.regions:
        return asker.session.access.regions
    items = await asker.items(REGIONS)
    if isinstance(items, Unknown):
        return items
    enabled = [raw["RegionName"] for raw, _ in items if raw.get("OptInStatus") != "not-opted-in"]
    return tuple(sorted(enabled)) or Unknown(f"{REGIONS.action} told of no region: that cannot be")


def _assembled(account: str, found: dict[str, Any]) -> AwsFacts:
    """The facts, from values by path: a list, or one field of a section."""
    whole: dict[str, Any] = {"account": AwsAccount(name=account)}
    for path, value in found.items():
        section, _, field = path.partition(".")
        if not field:
            whole[section] = value
        else:
            known: Section = whole.get(section) or _empty(section)
            whole[section] = msgspec.structs.replace(known, **{field: value})
    return AwsFacts(**whole)


def _empty(section: str) -> Section:
    fields = {field.name: field for field in msgspec.structs.fields(AwsFacts)}
    empty: Section = fields[section].default
    return empty
