"""Asks a simulated account with the real collector, and judges it with the shipped checks."""

import asyncio
from functools import cache

import msgspec

from baseline.assess.judge import Judged, judge
from baseline.assess.outcome import target_values
from baseline.collectors.cloud.aws.collector import AwsCollector
from baseline.collectors.interface import CollectSettings
from baseline.models.cloud import AwsAccess
from baseline.models.collection import Collection
from baseline.models.register import Register
from baseline.models.target import Connection, Target
from tests.aws.simulator import REGION
from tests.shipped import shipped_checks_of


@cache
def checks():
    return shipped_checks_of("aws")


@cache
def every_need() -> frozenset[str]:
    return frozenset(need for check in checks().values() for need in check.needs)


def account(endpoint: str, **access) -> Target:
    access = {"regions": (REGION,), **access}
    return Target(
        name="account",
        kind="aws",
        platform="aws",
        connection=Connection(transport="api", aws=AwsAccess(endpoint=endpoint, **access)),
    )


def collect(endpoint: str, needs=None, *, attempts=1, settings=None, **access) -> Collection:
    needs = every_need() if needs is None else frozenset(needs)
    target = account(endpoint, **access)
    return asyncio.run(AwsCollector(attempts).collect(target, needs, settings or CollectSettings(register=Register())))


def verdicts(collection: Collection, params=None) -> dict[tuple[str, str], tuple[str, str]]:
    """(check, subject) -> (status, reason)."""
    document = msgspec.to_builtins(collection.facts)
    facts = Judged(document, target_values(account("")), int(collection.collected_at.timestamp()))
    return {
        (name, verdict.subject): (str(verdict.status), verdict.reason)
        for name, check in checks().items()
        for verdict in judge(check, facts, {**check.check.params, **(params or {}).get(name, {})})
    }
