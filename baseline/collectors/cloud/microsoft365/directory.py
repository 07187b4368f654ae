"""Reads what users, guests and other tenants may do."""

from typing import Literal

from baseline.collectors.cloud.microsoft365 import requests
from baseline.collectors.cloud.microsoft365.answers import Answers, unknown_section
from baseline.collectors.cloud.microsoft365.told import Told
from baseline.models.facts.fact import Unknown
from baseline.models.facts.microsoft365.directory import (
    Authorization,
    ConsentRequests,
    CrossTenantDefaults,
    DeviceRegistration,
    Guest,
)

Members = Literal["everyone", "some", "nobody"]
_MEMBERSHIP: dict[str, Members] = {
    "#microsoft.graph.allDeviceRegistrationMembership": "everyone",
    "#microsoft.graph.noDeviceRegistrationMembership": "nobody",
    "#microsoft.graph.enumeratedDeviceRegistrationMembership": "some",
}
_INVITERS: dict[str, Literal["nobody", "guest_inviters", "members", "everyone"]] = {
    "none": "nobody",
    "adminsAndGuestInviters": "guest_inviters",
    "adminsGuestInvitersAndAllMembers": "members",
    "everyone": "everyone",
}
_GUEST_ROLES: dict[str, Literal["like_members", "limited", "restricted"]] = {
    "a0b1b346-4d3e-4e8b-98f8-753987be4970": "like_members",
    "10dae51f-b6af-4016-8d66-8c2a99b929b3": "limited",
    "2af84b1e-32c8-42b7-82bc-daa82404023b": "restricted",
}
"""Role templates that the setting for guests chooses from (Microsoft Entra, *Restrict guest access permissions*)."""
_OWNED_RESOURCES = "ManagePermissionGrantsForOwnedResource."
"""Grants by owners of teams and chats, for those alone."""


def read_authorization(answers: Answers) -> Authorization:
    """The fact ``authorization``."""
    told = answers.document(requests.AUTHORIZATION)
    if isinstance(told, Unknown):
        return unknown_section(Authorization, told)
    user = told.inner("defaultUserRolePermissions")
    granted = user.texts("permissionGrantPoliciesAssigned")
    return Authorization(
        users_register_applications=user.flag("allowedToCreateApps"),
        users_create_tenants=user.flag("allowedToCreateTenants"),
        users_create_security_groups=user.flag("allowedToCreateSecurityGroups"),
        users_read_recovery_keys=user.flag("allowedToReadBitlockerKeysForOwnedDevice"),
        user_consent_policies=granted
        if isinstance(granted, Unknown)
        else sorted(name.rpartition(".")[2] for name in granted if not name.startswith(_OWNED_RESOURCES)),
        consent_risky_applications=_risky_consent(told),
        invitations_by=told.word("allowInvitesFrom", _INVITERS),
        guest_access=told.word("guestUserRoleId", _GUEST_ROLES),
        join_by_email=told.flag("allowEmailVerifiedUsersToJoinOrganization"),
    )


def _risky_consent(told: Told) -> bool | Unknown:
    """Null means Microsoft's default, which refuses (Microsoft Entra, *Risk-based step-up consent*)."""
    field = "allowUserConsentForRiskyApps"
    return False if field in told.fields and told.fields[field] is None else told.flag(field)


def read_consent_requests(answers: Answers) -> ConsentRequests:
    """The fact ``consent_requests``."""
    told = answers.document(requests.CONSENT_REQUESTS)
    if isinstance(told, Unknown):
        return unknown_section(ConsentRequests, told)
    return ConsentRequests(enabled=told.flag("isEnabled"), reviewers=told.count("reviewers"))


def read_cross_tenant(answers: Answers) -> CrossTenantDefaults:
    """The fact ``cross_tenant``."""
    told = answers.document(requests.CROSS_TENANT)
    if isinstance(told, Unknown):
        return unknown_section(CrossTenantDefaults, told)
    trust, redemption = told.inner("inboundTrust"), told.inner("automaticUserConsentSettings")
    devices = (trust.flag("isCompliantDeviceAccepted"), trust.flag("isHybridAzureADJoinedDeviceAccepted"))
    return CrossTenantDefaults(
        direct_connect_inbound=_allowed(told.inner("b2bDirectConnectInbound")),
        direct_connect_outbound=_allowed(told.inner("b2bDirectConnectOutbound")),
        second_factor_trusted=trust.flag("isMfaAccepted"),
        devices_trusted=_any(devices),
        invitations_redeemed_silently=_any((redemption.flag("inboundAllowed"), redemption.flag("outboundAllowed"))),
    )


def _allowed(setting: Told) -> bool | Unknown:
    """Whether anybody at all gets through: blocked only when all users, or all applications, are."""
    parts = {"usersAndGroups": "AllUsers", "applications": "AllApplications"}
    found: list[bool | Unknown] = []
    for part, everything in parts.items():
        told = setting.inner(part)
        access = told.word("accessType", {"blocked": False, "allowed": True})
        targets = told.fields.get("targets")
        named = [target.get("target") for target in targets or () if isinstance(target, dict)]
        found.append(True if access is False and everything not in named else access)
    if False in found:
        return False
    return next((value for value in found if isinstance(value, Unknown)), True)


def _any(values: tuple[bool | Unknown, ...]) -> bool | Unknown:
    if True in values:
        return True
    return next((value for value in values if isinstance(value, Unknown)), False)


def read_device_registration(answers: Answers) -> DeviceRegistration:
    """The fact ``device_registration``."""
    told = answers.document(requests.DEVICE_REGISTRATION)
    if isinstance(told, Unknown):
        return unknown_section(DeviceRegistration, told)
    join = told.inner("azureADJoin")
    administrators = join.inner("localAdmins")
    return DeviceRegistration(
        join_second_factor=told.word("multiFactorAuthConfiguration", {"required": True, "notRequired": False}),
        joining_users=join.inner("allowedToJoin").word("@odata.type", _MEMBERSHIP),
        registering_users_administrators=administrators.inner("registeringUsers").word("@odata.type", _MEMBERSHIP),
        global_administrators_administrators=administrators.flag("enableGlobalAdmins"),
        local_passwords_managed=told.inner("localAdminPassword").flag("isEnabled"),
        devices_per_user=told.number("userDeviceQuota"),
    )


def read_guests(answers: Answers) -> list[Guest] | Unknown:
    """The fact ``guests``."""
    rows = answers.rows(requests.GUESTS)
    if isinstance(rows, Unknown):
        return rows
    return sorted((_guest(row, answers) for row in rows), key=lambda guest: str(guest.name))


def _guest(row: Told, answers: Answers) -> Guest:
    state = row.fields.get("externalUserState")
    return Guest(
        name=row.fields["id"],
        enabled=row.flag("accountEnabled"),
        invitation_open=state == "PendingAcceptance"
        if state in (None, "PendingAcceptance", "Accepted")
        else row.unknown("externalUserState"),
        inactive_days=_inactive_days(row, answers),
    )


def _inactive_days(row: Told, answers: Answers) -> int | Unknown:
    """Since the last sign-in of any kind; since the account was made, where Graph tells of none."""
    activity = row.inner("signInActivity")
    fields = ("lastSignInDateTime", "lastNonInteractiveSignInDateTime", "lastSuccessfulSignInDateTime")
    told = [activity.days_since(field, answers.now) for field in fields if activity.fields.get(field)]
    unknown = next((value for value in told if isinstance(value, Unknown)), None)
    known = [value for value in told if isinstance(value, int)]
    if unknown is not None:
        return unknown
    return min(known) if known else row.days_since("createdDateTime", answers.now)
