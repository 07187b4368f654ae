"""A tenant in which everything is in order, as documents of Microsoft Graph, and a loopback server that tells them."""

import copy
import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import unquote

from tests.microsoft.loopback import NOT_FOUND, Asked, Reply

NOW = datetime.now(UTC)
TENANT = "11111111-2222-4333-8444-555555555555"
EMERGENCY = ["aaaaaaaa-0000-4000-8000-000000000001", "aaaaaaaa-0000-4000-8000-000000000002"]
ADMINISTRATOR = "aaaaaaaa-0000-4000-8000-000000000003"
GROUP = "bbbbbbbb-0000-4000-8000-000000000001"
APPLICATION = "cccccccc-0000-4000-8000-000000000001"
GUEST = "dddddddd-0000-4000-8000-000000000001"
GLOBAL = "62e90394-69f5-4237-9190-012177145e10"
PRIVILEGED = "e8611ab8-c189-46e8-94e1-60213ab1f814"
USER_ADMINISTRATOR = "fe930be7-5e62-47db-91af-98c3a49a38b1"
GRAPH = "/servicePrincipals(appId='00000003-0000-0000-c000-000000000000')"
GUESTS, USERS = "/users (guests)", "/users (by id)"
"""The one path that is asked with two filters."""

PARAMS: dict[str, dict[str, Any]] = {
    "m365-emergency-accounts-ready": {"emergency_accounts": EMERGENCY},
    "m365-roles-eligible": {"emergency_accounts": EMERGENCY},
    "m365-applications-roles-known": {"expected": [APPLICATION]},
    "m365-mfa-everyone": {"allowed_exclusions": [f"user:{EMERGENCY[0]}"]},
}
"""What this tenant's inventory says of the checks."""


def ago(days: float) -> str:
    """A moment in the past, as Graph writes it."""
    return (NOW - timedelta(days=days)).strftime("%Y-%m-%dT%H:%M:%S.1234567Z")


def policy(name: str, *controls: str, **changes: Any) -> dict[str, Any]:
    """An enforced policy for everyone and everything; ``changes`` go by a dotted path: ``users__excludeUsers=[..]``."""
    known: dict[str, Any] = {
        "id": f"policy-{name}",
        "displayName": name,
        "createdDateTime": ago(400),
        "modifiedDateTime": ago(300),
        "state": "enabled",
        "conditions": {
            "clientAppTypes": ["all"],
            "signInRiskLevels": [],
            "userRiskLevels": [],
            "servicePrincipalRiskLevels": [],
            "platforms": None,
            "locations": None,
            "devices": None,
            "clientApplications": None,
            "authenticationFlows": None,
            "applications": {
                "includeApplications": ["All"],
                "excludeApplications": [],
                "includeUserActions": [],
                "applicationFilter": None,
            },
            "users": {
                "includeUsers": ["All"],
                "excludeUsers": [],
                "includeGroups": [],
                "excludeGroups": [],
                "includeRoles": [],
                "excludeRoles": [],
                "includeGuestsOrExternalUsers": None,
                "excludeGuestsOrExternalUsers": None,
            },
        },
        "grantControls": {
            "operator": "OR",
            "builtInControls": list(controls),
            "customAuthenticationFactors": [],
            "termsOfUse": [],
            "authenticationStrength": None,
        },
        "sessionControls": None,
    }
    for place, value in changes.items():
        *outer, last = place.split("__")
        inner = known
        for part in outer:
            inner = inner[part]
        inner[last] = value
    return known


ROLES = ["62e90394-69f5-4237-9190-012177145e10", "e8611ab8-c189-46e8-94e1-60213ab1f814"]
ROLES += ["7be44c8a-adaf-4e2a-84d6-ab2649e08a13", "194ae4cb-b126-40b2-bd5b-6091b380977d"]
ROLES += ["b1be1c3e-b65d-4f19-8427-f6fa0d97feb9", "9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3"]
ROLES += ["158c047a-c907-4556-b7ef-446551a6b5f7", "c4e39bd9-1100-46d3-8c65-fb160da0071f"]
ROLES += ["fe930be7-5e62-47db-91af-98c3a49a38b1", "29232cdf-9323-42fd-ade2-1d097af3e4de"]
ROLES += ["f28a1f50-f6e7-4571-818b-6a12f2af6b6c", "3a2c62db-5318-420d-8d74-23affee5d9d5"]
ROLES += ["8ac3fc64-6eca-42ea-9e69-59f4c7b60eb2"]

STRENGTH = {
    "id": "99999999-0000-4000-8000-000000000004",
    "displayName": "Sleutels",
    "allowedCombinations": ["windowsHelloForBusiness", "fido2", "x509CertificateMultiFactor"],
    "requirementsSatisfied": "mfa",
}
SESSION = {
    "signInFrequency": {"isEnabled": True, "type": "hours", "value": 4, "frequencyInterval": "timeBased"},
    "persistentBrowser": {"isEnabled": True, "mode": "never"},
}

ANEW = {"signInFrequency": {"isEnabled": True, "type": None, "value": None, "frequencyInterval": "everyTime"}}


def policies() -> list[dict[str, Any]]:
    actions = "conditions__applications__includeUserActions"
    applications = "conditions__applications__includeApplications"
    administrators = {"conditions__users__includeUsers": [], "conditions__users__includeRoles": ROLES}
    return [
        policy("MFA", "mfa", conditions__users__excludeUsers=[EMERGENCY[0]]),
        policy("Legacy", "block", conditions__clientAppTypes=["exchangeActiveSync", "other"]),
        policy("Sign-in risk", "mfa", conditions__signInRiskLevels=["high", "medium"], sessionControls=ANEW),
        policy(
            "User risk", "mfa", "passwordChange", grantControls__operator="AND", conditions__userRiskLevels=["high"]
        ),
        policy("Devices", "compliantDevice", "domainJoinedDevice"),
        policy(
            "Device code",
            "block",
            conditions__authenticationFlows={"transferMethods": "deviceCodeFlow,authenticationTransfer"},
        ),
        policy("Administrators", grantControls__authenticationStrength=STRENGTH, **administrators),
        policy("Sessions", **administrators, sessionControls=SESSION, grantControls=None),
        policy("Registration", "mfa", **{applications: [], actions: ["urn:user:registersecurityinfo"]}),
        policy("Joining", "mfa", **{applications: [], actions: ["urn:user:registerdevice"]}),
        policy("Trial", "mfa", state="enabledForReportingButNotEnforced", modifiedDateTime=ago(3)),
        policy("Old", "block", state="disabled"),
    ]


def principal(kind: str, identity: str) -> dict[str, Any]:
    told = {"@odata.type": f"#microsoft.graph.{kind}", "id": identity, "displayName": "Beheer"}
    person = {"displayName": "Jan Jansen", "userPrincipalName": "j.jansen@provincie.example"}
    return told | (person if kind == "user" else {})


def holding(number: int, role: str, kind: str, identity: str, **more: Any) -> dict[str, Any]:
    known = {"id": f"held-{number}", "roleDefinitionId": role, "principalId": identity, "directoryScopeId": "/"}
    return known | {"principal": principal(kind, identity)} | more


def holders() -> dict[str, Any]:
    active = [
        holding(1, GLOBAL, "user", EMERGENCY[0]),
        holding(2, GLOBAL, "user", EMERGENCY[1]),
        holding(3, USER_ADMINISTRATOR, "servicePrincipal", APPLICATION),
        holding(4, "88d8e3e3-8f55-4a1e-953a-9b9898b8876b", "user", "eeeeeeee-0000-4000-8000-000000000009"),
    ]
    instances = [
        {**row, "assignmentType": "Assigned", "endDateTime": None, "memberType": "Direct", "principal": None}
        for row in active
    ]
    temporary = holding(7, USER_ADMINISTRATOR, "user", ADMINISTRATOR)
    active.append(temporary)
    ends = {"endDateTime": "2099-01-01T00:00:00Z", "principal": None}
    instances.append({**temporary, "assignmentType": "Assigned", **ends})
    activated = holding(5, USER_ADMINISTRATOR, "group", GROUP)
    return {
        "/roleManagement/directory/roleAssignments": {"value": [*active, activated]},
        "/roleManagement/directory/roleAssignmentScheduleInstances": {
            "value": [
                *instances,
                {**activated, "assignmentType": "Activated", **ends},
            ]
        },
        "/roleManagement/directory/roleEligibilityScheduleInstances": {
            "value": [holding(6, PRIVILEGED, "group", GROUP)]
        },
        f"/groups/{GROUP}/transitiveMembers": {
            "value": [{"@odata.type": "#microsoft.graph.user", "id": ADMINISTRATOR}]
        },
        USERS: {
            "value": [
                {"id": identity, "accountEnabled": True, "userType": "Member", "onPremisesSyncEnabled": None}
                for identity in (*EMERGENCY, ADMINISTRATOR)
            ]
        },
        "/policies/roleManagementPolicyAssignments": {
            "value": [
                {"id": f"settings-{role}", "roleDefinitionId": role, "policy": {"rules": rules()}}
                for role in (GLOBAL, PRIVILEGED)
            ]
        },
    }


def rules() -> list[dict[str, Any]]:
    return [
        {"id": "Approval_EndUser_Assignment", "setting": {"isApprovalRequired": True}},
        {"id": "Enablement_EndUser_Assignment", "enabledRules": ["MultiFactorAuthentication", "Justification"]},
        {"id": "Expiration_EndUser_Assignment", "maximumDuration": "PT8H"},
        {"id": "Expiration_Admin_Assignment", "isExpirationRequired": True},
    ]


def registered(identity: str, kind: str, *methods: str, administrator: bool = False) -> dict[str, Any]:
    return {
        "id": identity,
        "userPrincipalName": "p.pietersen@provincie.example",
        "userDisplayName": "Piet Pietersen",
        "userType": kind,
        "isAdmin": administrator,
        "isMfaCapable": True,
        "methodsRegistered": list(methods),
        "lastUpdatedDateTime": ago(1),
    }


def sign_in() -> dict[str, Any]:
    everyone = [{"targetType": "group", "id": "all_users"}]
    shown = {"state": "enabled", "includeTarget": {"id": "all_users"}, "excludeTarget": {"id": None}}
    return {
        "/policies/identitySecurityDefaultsEnforcementPolicy": {"id": "defaults", "isEnabled": False},
        "/identity/conditionalAccess/policies": {"value": policies()},
        "/identity/conditionalAccess/namedLocations": {
            "value": [
                {
                    "@odata.type": "#microsoft.graph.ipNamedLocation",
                    "id": "l1",
                    "displayName": "Provinciehuis",
                    "isTrusted": True,
                    "ipRanges": [
                        {"@odata.type": "#microsoft.graph.iPv4CidrRange", "cidrAddress": "198.51.100.0/24"},
                        {"@odata.type": "#microsoft.graph.iPv6CidrRange", "cidrAddress": "2001:db8:5::/48"},
                    ],
                },
                {"@odata.type": "#microsoft.graph.countryNamedLocation", "id": "l2", "displayName": "NL"},
            ]
        },
        "/reports/authenticationMethods/userRegistrationDetails": {
            "value": [
                registered(EMERGENCY[0], "member", "fido2SecurityKey", administrator=True),
                registered(ADMINISTRATOR, "member", "windowsHelloForBusiness", "mobilePhone", administrator=True),
                registered("eeeeeeee-0000-4000-8000-000000000001", "member", "microsoftAuthenticatorPush"),
                {**registered(GUEST, "guest"), "isMfaCapable": False},
            ]
        },
        "/policies/authenticationMethodsPolicy": {
            "id": "authenticationMethodsPolicy",
            "policyMigrationState": "migrationComplete",
            "authenticationMethodConfigurations": [
                {"id": "Fido2", "state": "enabled", "includeTargets": everyone, "isAttestationEnforced": True},
                {
                    "id": "MicrosoftAuthenticator",
                    "state": "enabled",
                    "includeTargets": everyone,
                    "featureSettings": {
                        "displayAppInformationRequiredState": shown,
                        "displayLocationInformationRequiredState": copy.deepcopy(shown),
                    },
                },
                *({"id": name, "state": "disabled", "includeTargets": everyone} for name in ("Sms", "Voice", "Email")),
            ],
        },
        "/groupSettings": {
            "value": [
                {
                    "id": "s1",
                    "templateId": "5cf42378-d67d-4f36-ba46-e8b86229381d",
                    "values": [
                        {"name": "EnableBannedPasswordCheck", "value": "True"},
                        {"name": "BannedPasswordList", "value": "provincie\tgriffie"},
                        {"name": "EnableBannedPasswordCheckOnPremises", "value": "True"},
                        {"name": "BannedPasswordCheckOnPremisesMode", "value": "Enforce"},
                        {"name": "LockoutThreshold", "value": "10"},
                        {"name": "LockoutDurationInSeconds", "value": "60"},
                    ],
                }
            ]
        },
        "/identityProtection/riskyUsers": {
            "value": [{"id": "r1", "riskLevel": "high", "riskState": "atRisk", "riskLastUpdatedDateTime": ago(0.5)}]
        },
    }


def directory() -> dict[str, Any]:
    blocked = {
        "usersAndGroups": {"accessType": "blocked", "targets": [{"target": "AllUsers", "targetType": "user"}]},
        "applications": {"accessType": "blocked", "targets": [{"target": "AllApplications"}]},
    }
    return {
        "/organization": {
            "value": [{"id": TENANT, "onPremisesSyncEnabled": True, "onPremisesLastSyncDateTime": ago(0.02)}]
        },
        "/directory/onPremisesSynchronization": {"value": [{"id": TENANT, "features": {"passwordSyncEnabled": True}}]},
        "/policies/authorizationPolicy": {
            "id": "authorizationPolicy",
            "allowInvitesFrom": "adminsAndGuestInviters",
            "allowEmailVerifiedUsersToJoinOrganization": False,
            "allowUserConsentForRiskyApps": False,
            "guestUserRoleId": "2af84b1e-32c8-42b7-82bc-daa82404023b",
            "defaultUserRolePermissions": {
                "allowedToCreateApps": False,
                "allowedToCreateSecurityGroups": False,
                "allowedToCreateTenants": False,
                "allowedToReadBitlockerKeysForOwnedDevice": False,
                "permissionGrantPoliciesAssigned": ["ManagePermissionGrantsForOwnedResource.team"],
            },
        },
        "/policies/adminConsentRequestPolicy": {"isEnabled": True, "reviewers": [{"query": f"/users/{ADMINISTRATOR}"}]},
        "/policies/crossTenantAccessPolicy/default": {
            "inboundTrust": {
                "isMfaAccepted": False,
                "isCompliantDeviceAccepted": False,
                "isHybridAzureADJoinedDeviceAccepted": False,
            },
            "automaticUserConsentSettings": {"inboundAllowed": False, "outboundAllowed": False},
            "b2bDirectConnectInbound": blocked,
            "b2bDirectConnectOutbound": copy.deepcopy(blocked),
        },
        "/policies/deviceRegistrationPolicy": {
            "userDeviceQuota": 10,
            "multiFactorAuthConfiguration": "notRequired",
            "azureADJoin": {
                "allowedToJoin": {"@odata.type": "#microsoft.graph.enumeratedDeviceRegistrationMembership"},
                "localAdmins": {
                    "enableGlobalAdmins": False,
                    "registeringUsers": {"@odata.type": "#microsoft.graph.noDeviceRegistrationMembership"},
                },
            },
            "localAdminPassword": {"isEnabled": True},
        },
        GUESTS: {
            "value": [
                {
                    "id": GUEST,
                    "accountEnabled": True,
                    "createdDateTime": ago(500),
                    "externalUserState": "Accepted",
                    "signInActivity": {"lastSignInDateTime": ago(80), "lastNonInteractiveSignInDateTime": ago(90)},
                }
            ]
        },
        "/domains": {
            "value": [
                {
                    "id": "provincie.example",
                    "isVerified": True,
                    "authenticationType": "Managed",
                    "passwordValidityPeriodInDays": 2147483647,
                    "supportedServices": ["Email"],
                },
                {"id": "nieuw.example", "isVerified": False, "authenticationType": "Managed"},
            ]
        },
    }


def applications() -> dict[str, Any]:
    lifetime = {"startDateTime": ago(30), "endDateTime": ago(-150), "displayName": "sleutel", "hint": "abc"}
    return {
        "/applications": {
            "value": [
                {
                    "id": "a1",
                    "appId": "app-1",
                    "displayName": "Zaaksysteem",
                    "signInAudience": "AzureADMyOrg",
                    "passwordCredentials": [lifetime],
                    "keyCredentials": [],
                    "owners": [{"@odata.type": "#microsoft.graph.user", "id": ADMINISTRATOR}],
                }
            ]
        },
        GRAPH: {
            "id": "sp-graph",
            "appRoles": [
                {"id": "role-read", "value": "Reports.Read.All"},
                {"id": "role-mail", "value": "Mail.Read"},
            ],
        },
        f"{GRAPH}/appRoleAssignedTo": {
            "value": [
                {
                    "id": "grant-1",
                    "appRoleId": "role-read",
                    "principalId": APPLICATION,
                    "principalDisplayName": "Dashboard",
                }
            ]
        },
        "/oauth2PermissionGrants": {
            "value": [
                {
                    "id": "delegated-1",
                    "clientId": APPLICATION,
                    "consentType": "AllPrincipals",
                    "scope": "User.Read openid",
                }
            ]
        },
        "/policies/defaultAppManagementPolicy": {
            "id": "default",
            "isEnabled": True,
            "applicationRestrictions": {
                "passwordCredentials": [
                    {"restrictionType": "passwordLifetime", "state": "enabled", "maxLifetime": "P180D"}
                ],
                "keyCredentials": [],
            },
        },
        "/identityGovernance/accessReviews/definitions": {
            "value": [
                review("Toprollen", f"/roleManagement/directory/roleDefinitions/{GLOBAL}", 3),
                review("Bevoorrecht", f"/roleManagement/directory/roleDefinitions/{PRIVILEGED}", 3),
                review("Gasten", "./members/microsoft.graph.user/?$filter=(userType eq 'Guest')", 6),
            ]
        },
    }


def review(name: str, query: str, months: int) -> dict[str, Any]:
    scopes = {"principalScopes": [{"query": "/users"}], "resourceScopes": [{"query": query}]}
    pattern = {"type": "absoluteMonthly", "interval": months}
    return {
        "id": f"review-{name}",
        "displayName": name,
        "scope": scopes,
        "settings": {"recurrence": {"pattern": pattern, "range": {"type": "noEnd"}}},
    }


def devices() -> dict[str, Any]:
    everyone = [{"target": {"@odata.type": "#microsoft.graph.allDevicesAssignmentTarget"}}]
    group = [{"target": {"@odata.type": "#microsoft.graph.groupAssignmentTarget", "groupId": "g1"}}]
    actions = [{"scheduledActionConfigurations": [{"actionType": "block", "gracePeriodHours": 0}]}]

    def compliance(kind: str, **settings: Any) -> dict[str, Any]:
        known = {"id": f"compliance-{kind}", "displayName": kind, "osMinimumVersion": "14.0", "assignments": everyone}
        return {
            "@odata.type": f"#microsoft.graph.{kind}CompliancePolicy",
            **copy.deepcopy(known),
            "scheduledActionsForRule": copy.deepcopy(actions),
            **settings,
        }

    restriction = {"platformBlocked": False, "personalDeviceEnrollmentBlocked": True, "osMinimumVersion": ""}
    protection = {
        "pinRequired": True,
        "dataBackupBlocked": True,
        "allowedOutboundDataTransferDestinations": "managedApps",
        "saveAsBlocked": True,
        "periodOfflineBeforeWipeIsEnforced": "P90D",
        "minimumRequiredOsVersion": "15.0",
    }
    families = (
        "DiskEncryption",
        "Antivirus",
        "Firewall",
        "AttackSurfaceReductionRules",
        "EndpointDetectionAndResponse",
    )
    return {
        "/deviceManagement/deviceCompliancePolicies": {
            "value": [
                compliance(
                    "windows10",
                    bitLockerEnabled=True,
                    storageRequireEncryption=False,
                    passwordRequired=True,
                    antivirusRequired=True,
                    defenderEnabled=False,
                    activeFirewallRequired=True,
                    secureBootEnabled=True,
                ),
                compliance("ios", passcodeRequired=True, securityBlockJailbrokenDevices=True),
                compliance(
                    "androidWorkProfile",
                    storageRequireEncryption=True,
                    passwordRequired=True,
                    securityBlockJailbrokenDevices=True,
                ),
                compliance("macOS", storageRequireEncryption=True, passwordRequired=True, firewallEnabled=True),
            ]
        },
        "/deviceManagement": {"settings": {"secureByDefault": True, "deviceComplianceCheckinThresholdDays": 30}},
        "/deviceManagement/managedDevices": {
            "value": [
                {
                    "id": "device-1",
                    "operatingSystem": "Windows",
                    "osVersion": "10.0.26100.1",
                    "complianceState": "compliant",
                    "isEncrypted": True,
                    "lastSyncDateTime": ago(1),
                    "managedDeviceOwnerType": "company",
                    "deviceName": "LT-JJANSEN",
                    "azureADDeviceId": "00000000-0000-0000-0000-000000000000",
                }
            ]
        },
        "/deviceManagement/deviceEnrollmentConfigurations": {
            "value": [
                {
                    "@odata.type": "#microsoft.graph.deviceEnrollmentPlatformRestrictionsConfiguration",
                    "id": f"{TENANT}_DefaultPlatformRestrictions",
                    "displayName": "All users and all devices",
                    "assignments": [],
                    "windowsRestriction": copy.deepcopy(restriction),
                    "iosRestriction": copy.deepcopy(restriction),
                    "androidRestriction": {**restriction, "platformBlocked": True},
                    "macOSRestriction": {**restriction, "platformBlocked": True},
                },
                {"@odata.type": "#microsoft.graph.deviceEnrollmentLimitConfiguration", "id": "limit", "limit": 5},
            ]
        },
        "/deviceManagement/deviceConfigurations": {
            "value": [
                {
                    "@odata.type": "#microsoft.graph.windowsUpdateForBusinessConfiguration",
                    "id": "ring-1",
                    "displayName": "Breed",
                    "assignments": everyone,
                    "qualityUpdatesDeferralPeriodInDays": 3,
                    "deadlineForQualityUpdatesInDays": 2,
                    "qualityUpdatesPaused": False,
                    "featureUpdatesPaused": False,
                    "businessReadyUpdatesOnly": "businessReadyOnly",
                },
                {"@odata.type": "#microsoft.graph.windows10GeneralConfiguration", "id": "other", "assignments": []},
            ]
        },
        "/deviceManagement/configurationPolicies": {
            "value": [
                {
                    "id": f"security-{family}",
                    "name": family,
                    "templateReference": {"templateFamily": f"endpointSecurity{family}"},
                    "assignments": group,
                }
                for family in families
            ]
        },
        "/deviceAppManagement/iosManagedAppProtections": {
            "value": [{"id": "ios-1", "displayName": "iPhones", "assignments": group, **protection}]
        },
        "/deviceAppManagement/androidManagedAppProtections": {
            "value": [{"id": "android-1", "displayName": "Android", "assignments": group, **protection}]
        },
    }


def workloads() -> dict[str, Any]:
    return {
        "/admin/sharepoint/settings": {
            "sharingCapability": "externalUserSharingOnly",
            "isResharingByExternalUsersEnabled": False,
            "isRequireAcceptingUserToMatchInvitedUserEnabled": True,
            "sharingDomainRestrictionMode": "allowList",
            "isLegacyAuthProtocolsEnabled": False,
            "idleSessionSignOut": {"isEnabled": True, "signOutAfterInSeconds": 10800, "warnAfterInSeconds": 9000},
            "isUnmanagedSyncAppForTenantRestricted": True,
            "allowedDomainGuidsForSyncApp": ["99999999-0000-4000-8000-000000000001"],
            "deletedUserPersonalSiteRetentionPeriodInDays": 30,
        },
        "/security/secureScores": {
            "value": [
                {
                    "id": "score",
                    "createdDateTime": ago(1),
                    "currentScore": 60.0,
                    "maxScore": 100.0,
                    "controlScores": [
                        {"controlName": "mip_search_auditlog", "score": 3.0},
                        {"controlName": "exo_mailboxaudit", "score": 5.0},
                    ],
                }
            ]
        },
        "/security/secureScoreControlProfiles": {
            "value": [
                {"id": "mip_search_auditlog", "maxScore": 3.0, "controlStateUpdates": []},
                {"id": "exo_mailboxaudit", "maxScore": 5.0, "controlStateUpdates": []},
            ]
        },
        "/security/alerts_v2": {
            "value": [
                {
                    "id": "alert-1",
                    "severity": "high",
                    "status": "new",
                    "serviceSource": "microsoftDefenderForEndpoint",
                    "assignedTo": "soc@provincie.example",
                    "createdDateTime": ago(2),
                }
            ]
        },
        "/admin/reportSettings": {"displayConcealedNames": True},
    }


def dns() -> dict[str, list[str]]:
    """Text records by name: not of Graph, but of the resolver beside it."""
    return {
        "provincie.example": ["MS=ms1234", "v=spf1 include:spf.protection.outlook.com -all"],
        "_dmarc.provincie.example": ["v=DMARC1; p=reject; rua=mailto:dmarc@provincie.example"],
        "selector1._domainkey.provincie.example": ["v=DKIM1; k=rsa; p=" + "A" * 392],
    }


def tenant() -> dict[str, Any]:
    """A fresh copy of every document, by path."""
    told = {**sign_in(), **holders(), **directory(), **applications(), **devices(), **workloads(), "dns": dns()}
    return copy.deepcopy(told)


def place_of(path: str) -> str:
    """Which document a path with its query asks for."""
    bare, _, query = unquote(path).partition("?")
    if bare == "/users":
        return GUESTS if "Guest" in query else USERS
    return bare


class Graph:
    """Answers as Microsoft Graph does, in batches too. ``faults`` are replies instead of documents, by place."""

    def __init__(self, documents: dict[str, Any], page_size: int = 0) -> None:
        self.documents, self.page_size = documents, page_size
        self.faults: dict[str, Reply | Callable[[], Reply]] = {}
        self.items: list[str] = []
        self.address = ""

    def __call__(self, asked: Asked) -> Reply:
        version, _, path = asked.path.removeprefix("/").partition("/")
        if path != "$batch":
            return self.reply(version, f"/{path}")
        responses = []
        for item in asked.body["requests"]:
            reply = self.reply(version, item["url"])
            responses.append(
                {"id": item["id"], "status": reply.status, "headers": reply.headers, "body": reply.document}
            )
        return Reply({"responses": list(reversed(responses))})

    def reply(self, version: str, path: str) -> Reply:
        place = place_of(path)
        self.items.append(place)
        fault = self.faults.get(place)
        if fault is not None:
            return fault() if callable(fault) else fault
        if place not in self.documents:
            return NOT_FOUND
        return Reply(self.page(version, path, self.documents[place]))

    def page(self, version: str, path: str, document: Any) -> Any:
        """The part of a list that a page holds."""
        items = document.get("value") if isinstance(document, dict) else None
        if not self.page_size or not isinstance(items, list):
            return document
        bare, _, mark = path.partition("$skiptoken=")
        start = int(mark or 0)
        rest = start + self.page_size
        joined = bare.rstrip("?&")
        link = f"{self.address}/{version}{joined}{'&' if '?' in joined else '?'}$skiptoken={rest}"
        told = {**document, "value": items[start:rest]}
        return {**told, "@odata.nextLink": link} if rest < len(items) else told


def pointed(documents: dict[str, Any], pointer: list[Any]) -> tuple[Any, Any]:
    """The container and key that a pointer of keys and indexes leads to."""
    inner: Any = documents
    for part in pointer[:-1]:
        inner = inner[part]
    return inner, pointer[-1]


def dumped(value: Any) -> str:
    """As JSON text."""
    return json.dumps(value)
