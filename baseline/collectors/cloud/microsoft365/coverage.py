"""Which policies of conditional access meet a demand for all users and all applications."""

from collections.abc import Callable, Sequence

from baseline.collectors.cloud.microsoft365.answers import Answers
from baseline.collectors.cloud.microsoft365.conditional_access import read_policies
from baseline.collectors.cloud.microsoft365.reach import Condition
from baseline.models.facts.fact import Unknown
from baseline.models.facts.microsoft365.conditional_access import ConditionalAccessPolicy, CoveringPolicy

Read = Callable[[Answers], "list[CoveringPolicy] | Unknown"]

COVERAGE: dict[str, tuple[Condition, tuple[str, ...]]] = {
    "second_factor": ("always", ("second_factor",)),
    "managed_device": ("always", ("managed_device",)),
    "legacy_blocked": ("legacy_clients", ("blocks",)),
    "device_code_blocked": ("device_code", ("blocks",)),
    "sign_in_risk": ("sign_in_risk", ("blocks", "second_factor_anew")),
    "user_risk": ("user_risk", ("blocks", "password_change")),
}
"""Field of ``conditional_access`` -> when such a policy holds, and the demands of which it makes one."""


def reading(field: str) -> Read:
    """The function that reads one field of ``COVERAGE``."""
    condition, demands = COVERAGE[field]

    def read(answers: Answers) -> list[CoveringPolicy] | Unknown:
        policies = read_policies(answers)
        if isinstance(policies, Unknown):
            return policies
        found = (_covering(policy, condition, demands) for policy in policies)
        return [covering for covering in found if covering is not None]

    return read


def _covering(policy: ConditionalAccessPolicy, condition: Condition, demands: Sequence[str]) -> CoveringPolicy | None:
    """None: it does not meet the demand. Where that is not known, neither is whom it leaves out."""
    met = _met(policy, demands)
    when = policy.everyone_when
    if met is False or (not isinstance(when, Unknown) and when != condition):
        return None
    unknown = next((value for value in (when, met) if isinstance(value, Unknown)), None)
    return CoveringPolicy(
        name=policy.name,
        exclusions=unknown or policy.exclusions,
        risk_levels=unknown or policy.risk_levels,
    )


def _met(policy: ConditionalAccessPolicy, demands: Sequence[str]) -> bool | Unknown:
    values = [
        _second_factor_anew(policy) if demand == "second_factor_anew" else getattr(policy, demand) for demand in demands
    ]
    if True in values:
        return True
    return next((value for value in values if isinstance(value, Unknown)), False)


def _second_factor_anew(policy: ConditionalAccessPolicy) -> bool | Unknown:
    """Whether a second factor is asked at that moment. Without, one that was shown before counts, also in a stolen session
    (Microsoft Learn, *Require reauthentication every time*; CIS Microsoft 365 Foundations Benchmark, 5.2.2.7).
    """
    if policy.second_factor is not True:
        return policy.second_factor
    return policy.sign_in_hours if isinstance(policy.sign_in_hours, Unknown) else policy.sign_in_hours == 0
