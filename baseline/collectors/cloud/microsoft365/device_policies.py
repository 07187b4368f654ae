"""Reads update rings, endpoint security policies and app protection (Intune)."""

from typing import Literal

from baseline.collectors.cloud.microsoft365 import requests
from baseline.collectors.cloud.microsoft365.answers import Answers
from baseline.collectors.cloud.microsoft365.assignment import assigned_to
from baseline.collectors.cloud.microsoft365.told import Told, parsed_hours, unique_names
from baseline.models.facts.fact import Unknown
from baseline.models.facts.microsoft365.devices import AppProtection, SecurityPolicy, UpdateRing

_RING = "#microsoft.graph.windowsUpdateForBusinessConfiguration"
_PREVIEW = {
    "userDefined": False,
    "all": False,
    "businessReadyOnly": False,
    "windowsInsiderBuildFast": True,
    "windowsInsiderBuildSlow": True,
    "windowsInsiderBuildRelease": True,
}
_FAMILIES = {
    "endpointSecurityDiskEncryption": "disk_encryption",
    "endpointSecurityAntivirus": "antivirus",
    "endpointSecurityFirewall": "firewall",
    "endpointSecurityAttackSurfaceReductionRules": "attack_surface_reduction",
    "endpointSecurityAttackSurfaceReduction": "attack_surface_reduction",
    "endpointSecurityEndpointDetectionAndResponse": "endpoint_detection",
    "endpointSecurityAccountProtection": "account_protection",
    "endpointSecurityApplicationControl": "application_control",
    "baseline": "baseline",
}
_MANAGED_ONLY = {"managedApps": True, "none": True, "allApps": False}


def read_update_rings(answers: Answers) -> list[UpdateRing] | Unknown:
    """The fact ``update_rings``."""
    rows = answers.rows(requests.CONFIGURATIONS)
    if isinstance(rows, Unknown):
        return rows
    rings = [row for row in rows if row.fields.get("@odata.type") == _RING]
    names = unique_names((str(row.fields.get("displayName") or ""), row.fields["id"]) for row in rings)
    return [_ring(name, row) for name, row in zip(names, rings, strict=True)]


def _ring(name: str, row: Told) -> UpdateRing:
    return UpdateRing(
        name=name,
        assigned_to=assigned_to(row),
        quality_deferral_days=row.number("qualityUpdatesDeferralPeriodInDays"),
        quality_deadline_days=row.number_or_none("deadlineForQualityUpdatesInDays"),
        quality_paused=row.flag("qualityUpdatesPaused"),
        feature_paused=row.flag("featureUpdatesPaused"),
        preview=row.word("businessReadyUpdatesOnly", _PREVIEW),
    )


def read_security_policies(answers: Answers) -> list[SecurityPolicy] | Unknown:
    """The fact ``security_policies``: those of the settings catalogue that belong to endpoint security."""
    rows = answers.rows(requests.SECURITY_POLICIES)
    if isinstance(rows, Unknown):
        return rows
    named = unique_names((str(row.fields.get("name") or ""), row.fields["id"]) for row in rows)
    return [
        SecurityPolicy(name=name, family=family, assigned_to=assigned_to(row))
        for name, row in zip(named, rows, strict=True)
        if (family := _family(row)) is not None
    ]


def _family(row: Told) -> str | None:
    """None: it belongs to no family that is looked at."""
    return _FAMILIES.get(str(row.inner("templateReference").fields.get("templateFamily")))


def read_app_protection(answers: Answers) -> list[AppProtection] | Unknown:
    """The fact ``app_protection``."""
    ios, android = answers.rows(requests.IOS_APPS), answers.rows(requests.ANDROID_APPS)
    if isinstance(ios, Unknown):
        return ios
    if isinstance(android, Unknown):
        return android
    rows: list[tuple[Literal["ios", "android"], Told]] = [("ios", row) for row in ios]
    rows += [("android", row) for row in android]
    names = unique_names(
        (f"{row.fields.get('displayName') or ''} [{platform}]", row.fields["id"]) for platform, row in rows
    )
    return [_protection(name, platform, row) for name, (platform, row) in zip(names, rows, strict=True)]


def _protection(name: str, platform: Literal["ios", "android"], row: Told) -> AppProtection:
    scope = assigned_to(row)
    return AppProtection(
        name=name,
        platform=platform,
        assigned=scope if isinstance(scope, Unknown) else scope != "nobody",
        pin=row.flag("pinRequired"),
        backup_blocked=row.flag("dataBackupBlocked"),
        transfer_limited=row.word("allowedOutboundDataTransferDestinations", _MANAGED_ONLY),
        save_as_blocked=row.flag("saveAsBlocked"),
        wipe_days=_days(row, "periodOfflineBeforeWipeIsEnforced"),
        minimum_version=row.text_or_none("minimumRequiredOsVersion"),
    )


def _days(row: Told, field: str) -> int | Unknown | None:
    told = row.text_or_none(field)
    if told is None or isinstance(told, Unknown):
        return told
    hours = parsed_hours(told)
    return row.unknown(field) if hours is None else int(hours // 24)
