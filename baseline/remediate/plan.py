"""Which playbooks are to run on which targets, and which configuration lines go to which devices."""

from collections.abc import Collection, Iterable, Mapping

import msgspec

from baseline.models.check import Check
from baseline.models.result import Result, Status
from baseline.models.target import Target
from baseline.remediate.lines import NotSentError, lines_to_send
from baseline.remediate.playbooks import Playbook

BY_HAND = "no playbook repairs it"


class Repair(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One check that is not met on one target. ``reason`` says why a machine does not repair it."""

    check: str
    target: str
    reason: str = ""


class RepairPlan(msgspec.Struct, frozen=True, kw_only=True):
    """What can be repaired by machine, and what a person must do.

    ``params`` are the check parameters that hold for each host, ``lines`` what is sent to each network device: check ->
    target -> them. ``platforms`` are those of the network devices.
    """

    repairs: tuple[Repair, ...]
    by_hand: tuple[Repair, ...]
    playbooks: tuple[Playbook, ...] = ()
    params: dict[str, dict[str, dict[str, object]]] = {}
    lines: dict[str, dict[str, tuple[str, ...]]] = {}
    platforms: dict[str, str] = {}

    def targets_of(self, check: str) -> list[str]:
        """The targets on which a check is repaired."""
        return [repair.target for repair in self.repairs if repair.check == check]


def plan_repairs(
    results: Iterable[Result],
    targets: Mapping[str, Target],
    checks: Mapping[str, Check],
    available: Mapping[str, Playbook],
) -> RepairPlan:
    """Plan for everything that is ``fail``; a waived failure is left as it is, and an error is nothing to repair."""
    failing: dict[tuple[str, str], list[str]] = {}
    for result in results:
        if result.status is Status.FAIL:
            failing.setdefault((result.check, result.target), []).append(result.subject)
    plan = _Planned(targets, checks, available)
    for (check, target), subjects in failing.items():
        plan.add(checks[check], targets[target], subjects)
    return RepairPlan(
        repairs=tuple(plan.repairs),
        by_hand=tuple(plan.by_hand),
        playbooks=tuple(available[check] for check in plan.params),
        params=plan.params,
        lines=plan.lines,
        platforms={target: targets[target].platform for sent in plan.lines.values() for target in sent},
    )


class _Planned:
    def __init__(
        self, targets: Mapping[str, Target], checks: Mapping[str, Check], available: Mapping[str, Playbook]
    ) -> None:
        self._targets, self._checks, self._available = targets, checks, available
        self.repairs: list[Repair] = []
        self.by_hand: list[Repair] = []
        self.params: dict[str, dict[str, dict[str, object]]] = {}
        self.lines: dict[str, dict[str, tuple[str, ...]]] = {}

    def add(self, check: Check, target: Target, subjects: Collection[str]) -> None:
        """Plan one check on one target."""
        params = {**check.params, **target.params.get(check.id, {})}
        try:
            if target.kind == "network":
                self.lines.setdefault(check.id, {})[target.name] = lines_to_send(check, target, params, subjects)
            elif target.kind == "host" and check.id in self._available:
                self.params.setdefault(check.id, {})[target.name] = params
            else:
                raise NotSentError(BY_HAND)  # noqa: TRY301 - the other reasons come from below
        except NotSentError as error:
            self.by_hand.append(Repair(check=check.id, target=target.name, reason=str(error)))
        else:
            self.repairs.append(Repair(check=check.id, target=target.name))
