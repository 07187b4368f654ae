"""Makes what is stored of one target: judged results, or why there are none."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import msgspec

from baseline.assess.judge import Judged, judge
from baseline.assess.judge_key import FactDigests, judge_key, unreached_key
from baseline.assess.plan import PlannedCheck, TargetPlan
from baseline.assess.provenance import Sources
from baseline.assess.waive import Waivers, digest_of, waive
from baseline.models.artefact import SourceLines
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
    evidence = _Evidence(collection)
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
        verdicts = judge(planned.compiled, facts, planned.params)
        results.extend(waive(evidence.result(plan.target, planned, verdict), covering) for verdict in verdicts)
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
        results.append(_result(plan.target, planned, verdict, at))
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


class _Evidence:
    """Where the facts of one collection were read."""

    def __init__(self, collection: Collection) -> None:
        self._at = collection.collected_at
        self._sources = Sources(collection.sources)
        self._digests = {artefact.name: artefact.digest for artefact in collection.artefacts}

    def result(self, target: Target, planned: PlannedCheck, verdict: Verdict) -> Result:
        """What a verdict says, with the lines that decided it."""
        compiled, item = planned.compiled, verdict.item
        paths = (*compiled.observe, compiled.each) if compiled.each and not item else compiled.observe
        sources = self._sources.of(paths, (*compiled.each, item) if item else ())
        named = {each.artefact: self._digests[each.artefact] for each in sources if each.artefact in self._digests}
        return _result(target, planned, verdict, self._at, sources, named or self._digests)


def _result(
    target: Target,
    planned: PlannedCheck,
    verdict: Verdict,
    at: datetime,
    sources: tuple[SourceLines, ...] = (),
    artefacts: dict[str, str] | None = None,
) -> Result:
    check = planned.compiled.check
    return Result(
        target=target.name,
        check=check.id,
        subject=verdict.subject,
        status=verdict.status,
        severity=check.severity,
        expected=planned.expected,
        observed=verdict.observed,
        reason=verdict.reason,
        sources=sources,
        artefacts=artefacts or {},
        measured_at=at,
    )
