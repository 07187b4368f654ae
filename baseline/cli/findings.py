"""Results as an ops engineer reads them: what is not met, worst first, then by target, with the fix."""

from collections.abc import Iterable, Mapping
from itertools import groupby
from sys import intern
from typing import Any

import msgspec

from baseline.cli.shown import on_one_line
from baseline.models.check import Check
from baseline.models.result import Result, Severity, Status

MAXIMUM_FIX_LINES = 6
"""Lines of a fix that are shown in a table; ``baseline show`` gives them all."""


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """One check that is not met on one target, with all its subjects together."""

    target: str
    check: str
    title: str
    severity: Severity
    status: Status
    subjects: tuple[str, ...]
    observed: str
    expected: str
    reason: str
    fix: tuple[str, ...]


def findings(results: Iterable[Result], checks: Mapping[str, Check], platforms: Mapping[str, str]) -> list[Finding]:
    """Everything that is not met, could not be checked or is waived: severity first, then status, target and check.

    ``results`` come target by target. ``platforms`` maps target to platform, so that the fix is in its own words.
    """
    found = (
        _finding(group, checks.get(group[0].check), platforms.get(target, ""))
        for target, own in groupby(results, lambda result: result.target)
        for group in _groups(own)
    )
    return sorted(found, key=_order)


def _groups(results: Iterable[Result]) -> Iterable[list[Result]]:
    """Results of one target that a reader sees as one."""
    groups: dict[tuple[str, Status, str], list[Result]] = {}
    for result in results:
        if result.status not in (Status.PASS, Status.NOT_APPLICABLE):
            groups.setdefault((result.check, result.status, result.reason), []).append(result)
    return groups.values()


def _order(finding: Finding) -> tuple[int, int, str, str]:
    statuses = (Status.FAIL, Status.ERROR, Status.WAIVED)
    return (statuses.index(finding.status), -finding.severity.rank, finding.target, finding.check)


def _finding(group: list[Result], check: Check | None, platform: str) -> Finding:
    first = group[0]
    return Finding(
        target=on_one_line(first.target),
        check=on_one_line(first.check),
        title=on_one_line(check.title if check else first.check),
        severity=first.severity,
        status=first.status,
        subjects=tuple(on_one_line(result.subject) for result in group if result.subject),
        observed=on_one_line(observed_text(first.observed) if len(group) == 1 else _common(group)),
        expected=intern(on_one_line(first.expected)),
        reason=intern(on_one_line(first.reason)),
        fix=fix_lines(check, platform) if check and first.status is Status.FAIL else (),
    )


def _common(group: list[Result]) -> str:
    texts = {observed_text(result.observed) for result in group}
    return texts.pop() if len(texts) == 1 else observed_text(group[0].observed) + " ..."


def fix_lines(check: Check, platform: str) -> tuple[str, ...]:
    """How to repair a check on a platform: configuration lines or commands, else its sentence."""
    fix = check.remediation.platforms.get(platform)
    lines = (*fix.lines, *fix.commands) if fix else ()
    return lines or tuple(line for line in (check.remediation.text,) if line)


def observed_text(observed: Mapping[str, Any], *, longest: int = 160) -> str:
    """What was observed in one line: ``path = value``, several separated by semicolons."""
    text = "; ".join(f"{path.removeprefix('item.')} = {value_text(value)}" for path, value in observed.items())
    return text if len(text) <= longest else text[: longest - 4] + " ..."


def value_text(value: Any) -> str:
    """A fact value as a person reads it."""
    if isinstance(value, dict) and set(value) == {"$unknown"}:
        return "unknown"
    if value is None:
        return "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(value_text(item) for item in value) or "nothing"
    if isinstance(value, dict):
        return ", ".join(f"{key}: {value_text(item)}" for key, item in value.items()) or "nothing"
    return str(value) if value != "" else "empty"
