"""What will be asked of which target, and by which checks it is judged."""

from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from baseline.content.checks.compiled import CompiledCheck
from baseline.content.nearest import did_you_mean
from baseline.models.errors import BaselineError
from baseline.models.target import Target


class PlanError(BaselineError):
    """An inventory and checks that do not fit together."""


class PlannedCheck(msgspec.Struct, frozen=True, kw_only=True):
    """One check as it holds for one target: with that target's parameters."""

    compiled: CompiledCheck
    params: dict[str, Any]


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
    plans: list[TargetPlan] = []
    population: list[Target] = []
    for target in targets:
        planned = tuple(_planned(target, check) for check in checks.values() if _is_for(check, target))
        reason = target.excluded or (None if planned else "no selected check is for this platform")
        population.append(msgspec.structs.replace(target, excluded=reason))
        if reason is None:
            needs = frozenset(need for check in planned for need in check.compiled.needs)
            plans.append(TargetPlan(target=target, checks=planned, needs=needs))
    return Plan(targets=tuple(plans), population=tuple(population), checks=tuple(checks.values()))


def _is_for(compiled: CompiledCheck, target: Target) -> bool:
    applies_to = compiled.check.applies_to
    return applies_to.kind == target.kind and (not applies_to.platforms or target.platform in applies_to.platforms)


def _planned(target: Target, compiled: CompiledCheck) -> PlannedCheck:
    overrides = target.params.get(compiled.check.id, {})
    for name, value in overrides.items():
        _require_fitting(target, compiled, name, value)
    return PlannedCheck(compiled=compiled, params={**compiled.check.params, **overrides})


def _require_fitting(target: Target, compiled: CompiledCheck, name: str, value: object) -> None:
    params = compiled.check.params
    where = f"{target.name}: baseline_params for check '{compiled.check.id}'"
    if name not in params:
        raise PlanError(f"{where} has no parameter '{name}'; {did_you_mean(name, params)}")
    if type(value) is not type(params[name]):
        expected = type(params[name]).__name__
        raise PlanError(f"{where}: parameter '{name}' must be {expected}, not {type(value).__name__}")
