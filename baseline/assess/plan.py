"""What will be asked of which target, and by which checks it is judged."""

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any

import msgspec

from baseline.assess.judge import expected_text
from baseline.content.checks.compiled import CompiledCheck
from baseline.content.nearest import did_you_mean
from baseline.models.errors import BaselineError
from baseline.models.target import Target


class PlanError(BaselineError):
    """An inventory and checks that do not fit together."""


class PlannedCheck(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """One check as it holds for one target: with that target's parameters."""

    compiled: CompiledCheck
    params: dict[str, Any]

    @cached_property
    def expected(self) -> str:
        """The condition with the parameters filled in."""
        return expected_text(self.compiled.check, self.params)


class TargetPlan(msgspec.Struct, frozen=True, kw_only=True):
    """One target with its checks, and the fact paths that those read."""

    target: Target
    checks: tuple[PlannedCheck, ...]
    needs: frozenset[str]


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """A whole run. ``targets`` leaves out what is excluded and what no check is for; ``population`` holds every target."""

    targets: tuple[TargetPlan, ...]
    population: tuple[Target, ...]
    checks: tuple[CompiledCheck, ...]


def make_plan(targets: Iterable[Target], checks: Mapping[str, CompiledCheck]) -> Plan:
    """Pair targets with the checks for their kind and platform.

    A target that no check is for is put in the population as excluded, with that reason, so that it is not forgotten.

    Raises:
        PlanError: the inventory overrides a check's parameter that does not exist, or with a value of another type.
    """
    planner = _Planner(checks.values())
    plans: list[TargetPlan] = []
    population: list[Target] = []
    for target in targets:
        plan = planner.plan(target)
        reason = target.excluded or (None if plan.checks else "no selected check is for this platform")
        population.append(msgspec.structs.replace(target, excluded=reason))
        if reason is None:
            plans.append(plan)
    return Plan(targets=tuple(plans), population=tuple(population), checks=tuple(checks.values()))


class _Planner:
    """Plans targets; those of one platform with the same parameters share their checks, so that a plan stays small."""

    def __init__(self, checks: Iterable[CompiledCheck]) -> None:
        self._unchanged = tuple(PlannedCheck(compiled=check, params=check.check.params) for check in checks)
        self._usual: dict[tuple[str, str], TargetPlan] = {}

    def plan(self, target: Target) -> TargetPlan:
        """The checks for a target, and the fact paths that those read.

        Raises:
            PlanError: see ``make_plan``.
        """
        place = (target.kind, target.platform)
        usual = self._usual.get(place)
        if usual is None:
            checks = tuple(check for check in self._unchanged if _is_for(check.compiled, target))
            needs = frozenset(need for check in checks for need in check.compiled.needs)
            usual = self._usual[place] = TargetPlan(target=target, checks=checks, needs=needs)
        checks = tuple(_adapted(target, check) for check in usual.checks) if target.params else usual.checks
        return TargetPlan(target=target, checks=checks, needs=usual.needs)


def _is_for(compiled: CompiledCheck, target: Target) -> bool:
    applies_to = compiled.check.applies_to
    return applies_to.kind == target.kind and (not applies_to.platforms or target.platform in applies_to.platforms)


def _adapted(target: Target, planned: PlannedCheck) -> PlannedCheck:
    """The check with the target's own parameters, if it has any for it."""
    overrides = target.params.get(planned.compiled.check.id, {})
    for name, value in overrides.items():
        _require_fitting(target, planned.compiled, name, value)
    return PlannedCheck(compiled=planned.compiled, params={**planned.params, **overrides}) if overrides else planned


def _require_fitting(target: Target, compiled: CompiledCheck, name: str, value: object) -> None:
    params = compiled.check.params
    where = f"{target.name}: baseline_params for check '{compiled.check.id}'"
    if name not in params:
        raise PlanError(f"{where} has no parameter '{name}'; {did_you_mean(name, params)}")
    if type(value) is not type(params[name]):
        expected = type(params[name]).__name__
        raise PlanError(f"{where}: parameter '{name}' must be {expected}, not {type(value).__name__}")
