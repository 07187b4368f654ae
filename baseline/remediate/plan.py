"""Which playbooks are to run on which targets."""

from collections.abc import Iterable, Mapping

import msgspec

from baseline.models.result import Result, Status
from baseline.models.target import Target
from baseline.remediate.playbooks import Playbook


class Repair(msgspec.Struct, frozen=True, kw_only=True):
    """One check that is not met on one target."""

    check: str
    target: str


class RepairPlan(msgspec.Struct, frozen=True, kw_only=True):
    """What can be repaired by machine, and what a person must do.

    ``params`` are the check parameters that hold for each target: check -> target -> parameters.
    """

    repairs: tuple[Repair, ...]
    by_hand: tuple[Repair, ...]
    playbooks: tuple[Playbook, ...] = ()
    params: dict[str, dict[str, dict[str, object]]] = {}

    def targets_of(self, check: str) -> list[str]:
        """The targets on which a check is repaired."""
        return [repair.target for repair in self.repairs if repair.check == check]


def plan_repairs(
    results: Iterable[Result],
    targets: Mapping[str, Target],
    defaults: Mapping[str, Mapping[str, object]],
    available: Mapping[str, Playbook],
) -> RepairPlan:
    """Plan for everything that is ``fail``; a waived failure is left as it is, and an error is nothing to repair.

    ``defaults`` are the parameters of each check as it is written.
    """
    failing = {Repair(check=each.check, target=each.target): None for each in results if each.status is Status.FAIL}
    able = tuple(each for each in failing if each.check in available and targets[each.target].kind == "host")
    params: dict[str, dict[str, dict[str, object]]] = {}
    for repair in able:
        own = targets[repair.target].params.get(repair.check, {})
        params.setdefault(repair.check, {})[repair.target] = {**defaults[repair.check], **own}
    return RepairPlan(
        repairs=able,
        by_hand=tuple(each for each in failing if each not in able),
        playbooks=tuple(available[check] for check in dict.fromkeys(each.check for each in able)),
        params=params,
    )
