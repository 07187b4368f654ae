"""What judging said of the devices of a batch, in the form in which a hand-over report tells it."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from baseline.cli.content import all_checks
from baseline.cli.findings import Finding, findings
from baseline.content.catalogue import load_catalogue
from baseline.models.check import Check
from baseline.models.result import Result, Status
from baseline.models.target import Target
from baseline.rollout.assessment import Findings
from baseline.rollout.verdict import OpenPoint
from baseline.rollout.words import Language
from baseline.store.records import ResultFilter
from baseline.store.store import Store


def batch_findings(
    store: Store, run: int, targets: Mapping[str, Target], folders: Iterable[Path], language: Language
) -> dict[str, Findings]:
    """Target -> its results in a run, and what of them is open or waived."""
    results: dict[str, list[Result]] = {name: [] for name in targets}
    for result in store.current_results(ResultFilter(run=run)):
        if result.target in results:
            results[result.target].append(result)
    checks = {name: compiled.check for name, compiled in all_checks(load_catalogue(), folders).items()}
    platforms = {name: target.platform for name, target in targets.items()}
    return {name: _findings(own, checks, platforms, language) for name, own in results.items()}


def _findings(
    results: list[Result], checks: Mapping[str, Check], platforms: Mapping[str, str], language: Language
) -> Findings:
    waivers = {result.check: result.waiver for result in results if result.status is Status.WAIVED}
    points = [
        _point(found, checks.get(found.check), waivers, language) for found in findings(results, checks, platforms)
    ]
    return Findings(
        results=results,
        open_points=tuple(point for point in points if point.status is not Status.WAIVED),
        waived=tuple(point for point in points if point.status is Status.WAIVED),
    )


def _point(found: Finding, check: Check | None, waivers: Mapping[str, str | None], language: Language) -> OpenPoint:
    title = check.title_nl if check and language == "nl" else ""
    return OpenPoint(
        check=found.check,
        title=title or found.title,
        severity=found.severity,
        status=found.status,
        subjects=found.subjects,
        observed=found.observed,
        reason=found.reason,
        fix=found.fix,
        waiver=waivers.get(found.check) if found.status is Status.WAIVED else None,
    )
