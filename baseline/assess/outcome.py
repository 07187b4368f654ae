"""Makes what is stored of one target: judged results, or why there are none."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import msgspec

from baseline.assess.judge import Judged, expected_text, judge
from baseline.assess.judge_key import FactDigests, judge_key, unreached_key
from baseline.assess.plan import PlannedCheck, TargetPlan
from baseline.assess.provenance import sources_of
from baseline.assess.waive import Waivers, digest_of, waive
from baseline.content.checks.compiled import CompiledCheck
from baseline.models.collection import Collection
from baseline.models.errors import CollectError
from baseline.models.result import Result, Status, Verdict
from baseline.models.target import Target
from baseline.store.records import FactsDocument, TargetOutcome, Unreached


def judged_outcome(
    plan: TargetPlan, collection: Collection, standing: Mapping[str, str], waivers: Waivers
) -> TargetOutcome:
    """Judge what was collected. ``standing`` maps checks to the judge key of what the store holds: equal keys are left."""
    document: dict[str, Any] = msgspec.to_builtins(collection.facts)
    target = target_values(plan.target)
    now = int(collection.collected_at.timestamp())
    facts, parts = Judged(document, target, now), FactDigests(document)
    digests = {artefact.name: artefact.digest for artefact in collection.artefacts}
    judged: dict[str, str] = {}
    unchanged: dict[str, str] = {}
    results: list[Result] = []
    for planned in plan.checks:
        check = planned.compiled.check
        covering = waivers.covering(check.id, plan.target.name)
        key = judge_key(planned, parts, target, now, digest_of(covering))
        if standing.get(check.id) == key:
            unchanged[check.id] = key
            continue
        judged[check.id] = key
        expected = expected_text(check, planned.params)
        for verdict in judge(planned.compiled, facts, planned.params):
            bare = _bare_result(plan.target, planned, expected, verdict, collection.collected_at)
            results.append(waive(_with_evidence(bare, planned.compiled, verdict.item, collection, digests), covering))
    return TargetOutcome(
        target=plan.target.name,
        collected_at=collection.collected_at,
        duration_seconds=collection.duration_seconds,
        round_trips=collection.round_trips,
        facts=FactsDocument.of(collection.facts),
        artefacts=collection.artefacts,
        judged=judged,
        unchanged=unchanged,
        results=tuple(results),
    )


def unreached_outcome(plan: TargetPlan, error: CollectError, standing: Mapping[str, str]) -> TargetOutcome:
    """Every check of a target that could not be asked becomes an error with the reason."""
    at = datetime.now(UTC)
    reason = str(error).removeprefix(f"{plan.target.name}: ")
    judged: dict[str, str] = {}
    unchanged: dict[str, str] = {}
    results: list[Result] = []
    for planned in plan.checks:
        check = planned.compiled.check
        key = unreached_key(planned, error.code, reason)
        if standing.get(check.id) == key:
            unchanged[check.id] = key
            continue
        judged[check.id] = key
        verdict = Verdict(check=check.id, subject="", status=Status.ERROR, reason=reason)
        results.append(_bare_result(plan.target, planned, expected_text(check, planned.params), verdict, at))
    return TargetOutcome(
        target=plan.target.name,
        collected_at=at,
        unreached=Unreached(code=error.code, reason=reason),
        judged=judged,
        unchanged=unchanged,
        results=tuple(results),
    )


def target_values(target: Target) -> dict[str, Any]:
    """What expressions may read of a target, by the names in ``TARGET_FIELDS``."""
    classification = target.classification
    return {
        "name": target.name,
        "platform": target.platform,
        "site": target.site,
        "zone": target.zone,
        "owner": target.owner,
        "exposure": target.exposure,
        "availability": classification.availability,
        "integrity": classification.integrity,
        "confidentiality": classification.confidentiality,
        "groups": list(target.groups),
        "tags": list(target.tags),
    }


def _bare_result(target: Target, planned: PlannedCheck, expected: str, verdict: Verdict, at: datetime) -> Result:
    check = planned.compiled.check
    return Result(
        target=target.name,
        check=check.id,
        subject=verdict.subject,
        status=verdict.status,
        severity=check.severity,
        expected=expected,
        observed=verdict.observed,
        reason=verdict.reason,
        measured_at=at,
    )


def _with_evidence(
    result: Result, compiled: CompiledCheck, item: str, collection: Collection, digests: dict[str, str]
) -> Result:
    """The result with the lines that decided it. ``item`` is the verdict's, ``digests`` those of every artefact."""
    paths = (*compiled.observe, compiled.each) if compiled.each and not item else compiled.observe
    sources = sources_of(paths, (*compiled.each, item) if item else (), collection.sources)
    named = {source.artefact: digests[source.artefact] for source in sources if source.artefact in digests}
    return msgspec.structs.replace(result, sources=sources, artefacts=named or digests)
