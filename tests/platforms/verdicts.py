"""What the shipped checks say of a device's outputs."""

from collections.abc import Mapping
from typing import Any

import msgspec

from baseline.assess.judge import Judged, judge
from baseline.collectors.network.platforms import platform
from baseline.content.expression.engine import TARGET_FIELDS
from baseline.models.result import Status
from tests.shipped import shipped_checks_of

PREFIX = "network-"
NOW = 1_772_535_600
"""2026-03-03 11:00 UTC, when the outputs were recorded."""

ORDER = (Status.ERROR, Status.FAIL, Status.PASS, Status.NOT_APPLICABLE)
"""From worst to best."""


class Bench:
    """The checks of one platform, with a target that they all apply to."""

    def __init__(self, name: str, target: Mapping[str, Any], params: Mapping[str, dict[str, Any]]) -> None:
        self.platform = platform(name)
        self.target = dict.fromkeys(TARGET_FIELDS) | {"groups": [], "platform": name} | dict(target)
        self._params = params
        self.checks = [
            one
            for one in shipped_checks_of("network").values()
            if not one.check.applies_to.platforms or name in one.check.applies_to.platforms
        ]

    def verdicts(self, outputs: dict[str, str], only: str | None = None) -> dict[str, Status]:
        """Check, without its prefix -> the worst status of its subjects; of every check, or of only one."""
        judged = Judged(msgspec.to_builtins(self.platform.parse(outputs).facts), self.target, NOW)
        worst = {}
        for compiled in self.checks:
            if only not in {None, compiled.check.id.removeprefix(PREFIX)}:
                continue
            params = {**compiled.check.params, **self._params.get(compiled.check.id, {})}
            statuses = {verdict.status for verdict in judge(compiled, judged, params)}
            worst[compiled.check.id.removeprefix(PREFIX)] = next(status for status in ORDER if status in statuses)
        return worst

    def remedies(self) -> dict[str, list[str]]:
        """Check, without its prefix -> the lines that it says to type on this platform, where it says any."""
        fixes = {
            one.check.id.removeprefix(PREFIX): one.check.remediation.platforms.get(self.platform.name)
            for one in self.checks
        }
        return {name: list(fix.lines) for name, fix in fixes.items() if fix}
