"""Every call there is, the facts that it fills, and the permission that it takes."""

from collections.abc import Iterable
from typing import TypeAlias

from baseline.collectors.cloud.aws.call import Call
from baseline.collectors.cloud.aws.listing import Listing
from baseline.collectors.cloud.aws.services import (
    account,
    compute,
    databases,
    delivery,
    iam,
    keys,
    messaging,
    monitoring,
    network,
    rds,
    s3,
    storage,
)
from baseline.collectors.cloud.aws.single import Single

Part: TypeAlias = Listing | Single

REGIONS = Call(service="ec2", operation="DescribeRegions", items="Regions")
"""Which regions are enabled; asked where anything of a region is needed and the inventory names none."""

_MODULES = (account, iam, s3, network, compute, storage, rds, databases, keys, monitoring, delivery, messaging)
PARTS: tuple[Part, ...] = tuple(part for module in _MODULES for part in module.PARTS)


def every_call() -> list[Call]:
    """Every call, each once."""
    calls = [REGIONS, *(call for part in PARTS for call, _ in part.supplies())]
    return list(dict.fromkeys(calls))


def read_list() -> frozenset[tuple[str, str]]:
    """Service and operation of everything that may be called: nothing else leaves the process."""
    return frozenset((part.service, part.operation) for call in every_call() for part in call.parts)


def needs_regions(needs: frozenset[str]) -> bool:
    """Whether anything is asked per region."""
    return any(isinstance(part, Listing) and part.regional and part.is_wanted(needs) for part in PARTS)


def calls_for(needs: frozenset[str]) -> list[Call]:
    """The calls that these fact paths take, each once; all of them where there are none."""
    calls = [call for part in PARTS for call in part.calls(needs)]
    return list(dict.fromkeys([REGIONS, *calls] if needs_regions(needs) else calls))


def actions_for(needs: frozenset[str]) -> list[str]:
    """The IAM actions that these fact paths take, sorted."""
    return sorted({part.action for call in calls_for(needs) for part in call.parts})


def facts_of(operation: tuple[str, str]) -> frozenset[str]:
    """The fact paths that are unknown when one operation gives no answer."""
    regional = [f"{part.fact}" for part in PARTS if isinstance(part, Listing) and part.regional]
    if operation == (REGIONS.service, REGIONS.operation):
        return frozenset(regional)
    return frozenset(_affected(operation))


def _affected(operation: tuple[str, str]) -> Iterable[str]:
    for part in PARTS:
        for call, paths in part.supplies():
            if any((one.service, one.operation) == operation for one in call.parts):
                yield from paths
