"""Reads managed devices and which may be enrolled (Intune)."""

from typing import Literal

from baseline.collectors.cloud.microsoft365 import requests
from baseline.collectors.cloud.microsoft365.answers import Answers
from baseline.collectors.cloud.microsoft365.assignment import assigned_to
from baseline.collectors.cloud.microsoft365.told import Told, unique_names
from baseline.collectors.cloud.registration import Seen
from baseline.models.facts.fact import Unknown
from baseline.models.facts.inventory import InventoryMachine
from baseline.models.facts.microsoft365.devices import EnrolmentRestriction, ManagedDevice

Platform = Literal["windows", "ios", "android", "macos", "linux", "other"]
Enrolled = Literal["windows", "ios", "android", "android_administrator", "macos"]

_PLATFORMS: dict[str, Platform] = {
    "windows": "windows",
    "ios": "ios",
    "ipados": "ios",
    "android": "android",
    "androidforwork": "android",
    "androidenterprise": "android",
    "macos": "macos",
    "macmdm": "macos",
    "linux": "linux",
}
_COMPLIANT = {
    "compliant": True,
    "noncompliant": False,
    "conflict": False,
    "error": False,
    "inGracePeriod": False,
}
"""``unknown`` and ``configManager`` are left out: Intune does not say whether such a device is compliant."""
_RESTRICTIONS: dict[str, Enrolled] = {
    "windowsRestriction": "windows",
    "iosRestriction": "ios",
    "androidForWorkRestriction": "android",
    "androidRestriction": "android_administrator",
    "macOSRestriction": "macos",
}
NOT_JOINED = "00000000-0000-0000-0000-000000000000"
"""What Intune tells of a device that Entra does not know."""
_MANY = "#microsoft.graph.deviceEnrollmentPlatformRestrictionsConfiguration"
_ONE = "#microsoft.graph.deviceEnrollmentPlatformRestrictionConfiguration"
_ONE_PLATFORM: dict[str, Enrolled] = {
    "windows": "windows",
    "ios": "ios",
    "androidForWork": "android",
    "android": "android_administrator",
    "mac": "macos",
}


def read_devices(answers: Answers) -> list[ManagedDevice] | Unknown:
    """The fact ``devices``."""
    rows = answers.rows(requests.DEVICES)
    if isinstance(rows, Unknown):
        return rows
    devices = sorted((_device(row, answers) for row in rows), key=lambda device: str(device.name))
    seen = {row.fields["id"]: _seen(row, answers.tenant) for row in rows}
    return answers.holding.machines("devices", devices, lambda device: seen[device.name])


def _seen(row: Told, tenant: str) -> Seen:
    """What it can be known by: ids of Intune and Entra, and the name, which is looked at and not kept."""
    entra, name = row.text_or_none("azureADDeviceId"), row.text_or_none("deviceName")
    joined = () if entra in (None, NOT_JOINED) else (entra,)
    return Seen(
        account=tenant,
        ids=entra if isinstance(entra, Unknown) else (row.fields["id"], *map(str, joined)),
        names=name if isinstance(name, Unknown) else (name,) if name else (),
    )


def read_expected(answers: Answers) -> list[InventoryMachine] | Unknown:
    """The fact ``inventory_machines``."""
    devices = read_devices(answers)
    if isinstance(devices, Unknown):
        return devices
    return answers.holding.expected(answers.tenant, devices, lambda _target: "")


def _device(row: Told, answers: Answers) -> ManagedDevice:
    system = row.text("operatingSystem")
    return ManagedDevice(
        name=row.fields["id"],
        platform=system if isinstance(system, Unknown) else _PLATFORMS.get(system.lower().replace(" ", ""), "other"),
        version=row.text("osVersion"),
        company_owned=row.word("managedDeviceOwnerType", {"company": True, "personal": False}),
        compliant=row.word("complianceState", _COMPLIANT),
        encrypted=row.flag("isEncrypted"),
        silent_days=row.days_since("lastSyncDateTime", answers.now),
    )


def read_enrolment(answers: Answers) -> list[EnrolmentRestriction] | Unknown:
    """The fact ``enrolment``: the default restriction of every platform, and those that go before it."""
    rows = answers.rows(requests.ENROLMENT)
    if isinstance(rows, Unknown):
        return rows
    names = unique_names((str(row.fields.get("displayName") or ""), row.fields["id"]) for row in rows)
    found = [item for name, row in zip(names, rows, strict=True) for item in _restrictions(name, row)]
    return found or Unknown("Intune told of no enrolment restriction, though there always is a default one")


def _restrictions(name: str, row: Told) -> list[EnrolmentRestriction]:
    kind = row.fields.get("@odata.type")
    if kind == _MANY:
        return [
            _restriction(f"{name}: {platform}", platform, row.inner(field), row)
            for field, platform in _RESTRICTIONS.items()
            if row.fields.get(field) is not None
        ]
    if kind == _ONE:
        return [_restriction(name, row.word("platformType", _ONE_PLATFORM), row.inner("platformRestriction"), row)]
    return []


def _restriction(name: str, platform: Enrolled | Unknown, told: Told, row: Told) -> EnrolmentRestriction:
    default = str(row.fields["id"]).endswith("_DefaultPlatformRestrictions")
    scope = assigned_to(row)
    return EnrolmentRestriction(
        name=name,
        platform=platform,
        default=default,
        assigned=default or (scope if isinstance(scope, Unknown) else scope != "nobody"),
        blocked=told.flag("platformBlocked"),
        personal_blocked=told.flag("personalDeviceEnrollmentBlocked"),
        minimum_version=told.text_or_none("osMinimumVersion"),
    )
