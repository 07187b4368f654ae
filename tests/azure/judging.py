"""Judges what was collected of the imaginary tenant with every shipped check for Azure."""

from functools import cache

import msgspec

from baseline.assess.judge import Judged, judge
from baseline.assess.outcome import target_values
from baseline.content.checks.compiled import CompiledCheck
from baseline.models.collection import Collection
from baseline.models.result import Verdict
from tests.microsoft.loopback import microsoft_target
from tests.shipped import shipped_checks_of


@cache
def checks() -> dict[str, CompiledCheck]:
    return shipped_checks_of("azure")


def verdicts(collection: Collection) -> dict[str, list[Verdict]]:
    """Check -> its verdicts."""
    now = int(collection.collected_at.timestamp())
    facts = Judged(msgspec.to_builtins(collection.facts), target_values(microsoft_target("http://127.0.0.1")), now)
    return {name: judge(compiled, facts, compiled.check.params) for name, compiled in checks().items()}


def statuses(collection: Collection) -> dict[str, dict[str, str]]:
    """Check -> subject -> status."""
    return {
        name: {verdict.subject: verdict.status.value for verdict in found}
        for name, found in verdicts(collection).items()
    }


def worst(collection: Collection) -> dict[str, str]:
    """Check -> its worst status."""
    order = ("error", "fail", "pass", "not_applicable")
    return {name: min(found.values(), key=order.index) for name, found in statuses(collection).items()}
