"""Reads what makes a device compliant (Microsoft Graph, *deviceCompliancePolicy* and its kinds)."""

import re
from typing import Any, Literal

from baseline.collectors.cloud.microsoft365 import requests
from baseline.collectors.cloud.microsoft365.answers import Answers, unknown_section
from baseline.collectors.cloud.microsoft365.assignment import Scope, assigned_to
from baseline.collectors.cloud.microsoft365.told import Told, unique_names
from baseline.models.facts.fact import Unknown
from baseline.models.facts.microsoft365.devices import (
    Compliance,
    CompliancePlatform,
    CompliancePolicy,
    ManagementSettings,
)

Platform = Literal["windows", "ios", "android", "macos", "linux"]
_PLATFORMS: dict[str, Platform] = {
    "windows10": "windows",
    "windows10Mobile": "windows",
    "windows81": "windows",
    "ios": "ios",
    "android": "android",
    "androidWorkProfile": "android",
    "androidDeviceOwner": "android",
    "aospDeviceOwner": "android",
    "macOS": "macos",
}
_ENCRYPTION = ("storageRequireEncryption", "bitLockerEnabled")
_PASSCODE = ("passwordRequired", "passcodeRequired")
_ANTIVIRUS = ("antivirusRequired", "defenderEnabled", "deviceThreatProtectionEnabled")
_FIREWALL = ("activeFirewallRequired", "firewallEnabled")
_SECURE_BOOT = ("secureBootEnabled",)
_ROOTED = ("securityBlockJailbrokenDevices", "securityRequireSafetyNetAttestationBasicIntegrity")
_ALWAYS_TOLD: dict[str, tuple[tuple[str, ...], ...]] = {
    "windows": (_ENCRYPTION, _PASSCODE, _ANTIVIRUS, _FIREWALL, _SECURE_BOOT),
    "macos": (_ENCRYPTION, _PASSCODE, _FIREWALL),
    "ios": (_PASSCODE, _ROOTED),
    "android": (_ENCRYPTION, _PASSCODE),
}
"""Settings that every policy of a platform has; v1.0 of Graph leaves those of Windows out in part, beta does not."""
_VERSION = re.compile(r"\d[\d.\-]{0,40}")
"""A version (``10.0.26100.1``), or the day of a security patch level of Android."""
DEMANDS = ("encryption", "passcode", "antivirus", "firewall", "secure_boot", "rooted_refused")


def read_compliance(answers: Answers) -> Compliance:
    """The fact ``compliance``."""
    rows = answers.rows(requests.COMPLIANCE)
    if isinstance(rows, Unknown):
        return unknown_section(Compliance, rows)
    names = unique_names((str(row.fields.get("displayName") or ""), row.fields["id"]) for row in rows)
    policies = [_policy(name, row) for name, row in zip(names, rows, strict=True)]
    return Compliance(policies=policies, platforms=_platforms(policies))


def _policy(name: str, row: Told) -> CompliancePolicy:
    platform = _platform(row)
    passcode = _demands(row, _PASSCODE)
    return CompliancePolicy(
        name=name,
        platform=platform,
        assigned_to=assigned_to(row),
        blocked_after_hours=_blocked_after(row),
        encryption=passcode if platform == "ios" else _demands(row, _ENCRYPTION),
        minimum_version=_minimum_version(row),
        passcode=passcode,
        antivirus=_demands(row, _ANTIVIRUS),
        firewall=_demands(row, _FIREWALL),
        secure_boot=_demands(row, _SECURE_BOOT),
        rooted_refused=_demands(row, _ROOTED),
    )


def _platform(row: Told) -> Platform | Unknown:
    kind = str(row.fields.get("@odata.type", "")).removeprefix("#microsoft.graph.").removesuffix("CompliancePolicy")
    found = _PLATFORMS.get(kind)
    return found if found is not None else row.unknown("@odata.type")


def _demands(row: Told, fields: tuple[str, ...]) -> bool | Unknown:
    """Whether one of these settings is on; a kind of policy that has none of them demands nothing of the sort."""
    told = [row.flag(field) for field in fields if row.fields.get(field) is not None]
    if True in told:
        return True
    if not any(field in row.fields for field in fields) and fields in _ALWAYS_TOLD.get(str(_platform(row)), ()):
        return row.unknown(fields[0])
    return next((value for value in told if isinstance(value, Unknown)), False)


def _minimum_version(row: Told) -> str | Unknown | None:
    fields = [field for field in ("osMinimumVersion", "minAndroidSecurityPatchLevel") if row.fields.get(field)]
    if not fields:
        return None
    told = row.text(fields[0])
    return told if isinstance(told, Unknown) or _VERSION.fullmatch(told) else row.unknown(fields[0])


def _blocked_after(row: Told) -> int | Unknown | None:
    """The shortest grace period of the action *block*, which marks a device as non-compliant."""
    rules = row.fields.get("scheduledActionsForRule")
    if not isinstance(rules, list):
        return row.unknown("scheduledActionsForRule")
    hours: list[int] = []
    for rule in rules:
        actions = rule.get("scheduledActionConfigurations") if isinstance(rule, dict) else None
        if not isinstance(actions, list):
            return row.unknown("scheduledActionsForRule")
        for action in (Told(item, f"{row.where} action,") for item in actions):
            grace = action.number("gracePeriodHours")
            if action.fields.get("actionType") == "block":
                if isinstance(grace, Unknown):
                    return grace
                hours.append(grace)
    return min(hours, default=None)


def _platforms(policies: list[CompliancePolicy]) -> list[CompliancePlatform] | Unknown:
    strange = next((policy.platform for policy in policies if isinstance(policy.platform, Unknown)), None)
    if strange is not None:
        return strange
    names = sorted({str(policy.platform) for policy in policies})
    return [_together(name, [policy for policy in policies if policy.platform == name]) for name in names]


def _together(name: Any, policies: list[CompliancePolicy]) -> CompliancePlatform:
    demanded = {demand: _of_whom(demand, policies) for demand in (*DEMANDS, "minimum_version")}
    unclear = next((policy.assigned_to for policy in policies if isinstance(policy.assigned_to, Unknown)), None)
    assigned = sum(policy.assigned_to != "nobody" for policy in policies)
    return CompliancePlatform(name=name, platform=name, policies=unclear or assigned, **demanded)


def _of_whom(demand: str, policies: list[CompliancePolicy]) -> Scope | Unknown:
    """The widest scope of the policies that demand it; a policy of which that is unknown may be the widest."""
    scopes: list[Scope | Unknown] = []
    for policy in policies:
        value = getattr(policy, demand)
        if isinstance(value, Unknown):
            scopes.append(value)
        elif value not in (False, None):
            scopes.append(policy.assigned_to)
    if "everyone" in scopes:
        return "everyone"
    unknown = next((scope for scope in scopes if isinstance(scope, Unknown)), None)
    return unknown or ("groups" if "groups" in scopes else "nobody")


def read_management(answers: Answers) -> ManagementSettings:
    """The fact ``management``."""
    told = answers.document(requests.MANAGEMENT)
    if isinstance(told, Unknown):
        return unknown_section(ManagementSettings, told)
    # The published example wraps the object in ``value``, the service itself does not.
    outer = told.inner("value") if "settings" not in told.fields else told
    settings = outer.inner("settings")
    return ManagementSettings(
        unassigned_non_compliant=settings.flag("secureByDefault"),
        silent_days=settings.number("deviceComplianceCheckinThresholdDays"),
    )
