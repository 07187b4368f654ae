"""For every check: settings that, changed in a tenant in order, have to change its verdict."""

from typing import Any

from tests.microsoft365.tenant import GRAPH, GROUP, GUESTS, USERS, ago

CA = "/identity/conditionalAccess/policies"
MFA, LEGACY, SIGN_IN, USER_RISK, DEVICES, CODE, ADMINISTRATORS, SESSIONS, REGISTRATION, JOINING, TRIAL = range(11)
AUTHORIZATION = "/policies/authorizationPolicy"
USER_ROLE = "defaultUserRolePermissions"
METHODS = "/policies/authenticationMethodsPolicy"
METHOD = "authenticationMethodConfigurations"
REGISTERED = "/reports/authenticationMethods/userRegistrationDetails"
PASSWORDS = "/groupSettings"
CROSS = "/policies/crossTenantAccessPolicy/default"
JOIN = "/policies/deviceRegistrationPolicy"
COMPLIANCE = "/deviceManagement/deviceCompliancePolicies"
MANAGED = "/deviceManagement/managedDevices"
ENROLMENT = "/deviceManagement/deviceEnrollmentConfigurations"
RINGS = "/deviceManagement/deviceConfigurations"
IOS = "/deviceAppManagement/iosManagedAppProtections"
ANDROID = "/deviceAppManagement/androidManagedAppProtections"
SHARING = "/admin/sharepoint/settings"
REVIEWS = "/identityGovernance/accessReviews/definitions"
ACTIVE = "/roleManagement/directory/roleAssignments"
HELD = "/roleManagement/directory/roleAssignmentScheduleInstances"
ROLE_SETTINGS = "/policies/roleManagementPolicyAssignments"
SCORES, PROFILES = "/security/secureScores", "/security/secureScoreControlProfiles"
NOBODY = [{"target": {"@odata.type": "#microsoft.graph.exclusionGroupAssignmentTarget", "groupId": "g"}}]
SOME = [{"target": {"@odata.type": "#microsoft.graph.groupAssignmentTarget", "groupId": "g"}}]

Flip = tuple[str, list[Any], Any]
"""Check, where the setting is (document first), and what it becomes."""


def conditional_access(check: str, number: int, *, controls: list[str]) -> list[Flip]:
    """What undoes a policy for everyone."""
    place = [CA, "value", number]
    users, applications = [*place, "conditions", "users"], [*place, "conditions", "applications"]
    return [
        (check, [*place, "state"], "disabled"),
        (check, [*place, "state"], "enabledForReportingButNotEnforced"),
        (check, [*users, "includeUsers"], ["eeeeeeee-0000-4000-8000-000000000001"]),
        (check, [*users, "excludeGroups"], [GROUP]),
        (check, [*users, "excludeRoles"], ["x"]),
        (check, [*users, "excludeGuestsOrExternalUsers"], {"guestOrExternalUserTypes": "b2bCollaborationGuest"}),
        (check, [*place, "grantControls", "builtInControls"], controls),
        (check, [*place, "conditions", "locations"], {"includeLocations": ["All"], "excludeLocations": ["AllTrusted"]}),
        (check, [*applications, "applicationFilter"], {"mode": "exclude", "rule": "x"}),
    ]


def of_everything(check: str, number: int) -> list[Flip]:
    """What undoes a policy that has to hold for every application, always."""
    place = [CA, "value", number]
    conditions = [*place, "conditions"]
    return [
        (check, [*conditions, "applications", "includeApplications"], ["Office365"]),
        (check, [*conditions, "applications", "excludeApplications"], ["Office365"]),
        (check, [*conditions, "platforms"], {"includePlatforms": ["windows"], "excludePlatforms": []}),
        (check, [*conditions, "devices"], {"deviceFilter": {"mode": "include", "rule": "x"}}),
        (check, [*conditions, "devices"], {"deviceFilter": {"mode": "exclude", "rule": "x"}}),
        (check, [*conditions, "locations"], {"includeLocations": ["l1"], "excludeLocations": []}),
        (check, [*conditions, "clientAppTypes"], ["browser"]),
    ]


FLIPS: list[Flip] = [
    *conditional_access("m365-mfa-everyone", MFA, controls=["mfa", "compliantDevice"]),
    *of_everything("m365-mfa-everyone", MFA),
    ("m365-mfa-everyone", [CA, "value", MFA, "conditions", "signInRiskLevels"], ["high"]),
    ("m365-mfa-everyone", [CA, "value", MFA, "grantControls"], None),
    ("m365-mfa-everyone", [CA, "value", MFA, "grantControls", "termsOfUse"], ["terms-1"]),
    *conditional_access("m365-legacy-authentication-blocked", LEGACY, controls=["mfa"]),
    ("m365-legacy-authentication-blocked", [CA, "value", LEGACY, "conditions", "clientAppTypes"], ["other"]),
    *conditional_access("m365-sign-in-risk-met", SIGN_IN, controls=["compliantApplication"]),
    ("m365-sign-in-risk-met", [CA, "value", SIGN_IN, "conditions", "signInRiskLevels"], ["high"]),
    ("m365-sign-in-risk-met", [CA, "value", SIGN_IN, "sessionControls"], None),
    ("m365-sign-in-risk-met", [CA, "value", SIGN_IN, "sessionControls", "signInFrequency", "isEnabled"], False),
    *conditional_access("m365-user-risk-met", USER_RISK, controls=["mfa"]),
    ("m365-user-risk-met", [CA, "value", USER_RISK, "conditions", "userRiskLevels"], ["medium"]),
    *conditional_access("m365-devices-managed-demanded", DEVICES, controls=["compliantDevice", "mfa"]),
    *of_everything("m365-devices-managed-demanded", DEVICES),
    *conditional_access("m365-device-code-blocked", CODE, controls=["mfa"]),
    (
        "m365-device-code-blocked",
        [CA, "value", CODE, "conditions", "authenticationFlows", "transferMethods"],
        "authenticationTransfer",
    ),
    *of_everything("m365-administrators-phishing-resistant", ADMINISTRATORS),
    ("m365-administrators-phishing-resistant", [CA, "value", ADMINISTRATORS, "state"], "disabled"),
    (
        "m365-administrators-phishing-resistant",
        [CA, "value", ADMINISTRATORS, "conditions", "users", "includeRoles"],
        ["62e90394-69f5-4237-9190-012177145e10"],
    ),
    (
        "m365-administrators-phishing-resistant",
        [CA, "value", ADMINISTRATORS, "grantControls", "authenticationStrength", "allowedCombinations"],
        ["fido2", "password,microsoftAuthenticatorPush"],
    ),
    *of_everything("m365-administrators-sessions-short", SESSIONS),
    ("m365-administrators-sessions-short", [CA, "value", SESSIONS, "sessionControls"], None),
    (
        "m365-administrators-sessions-short",
        [CA, "value", SESSIONS, "sessionControls", "signInFrequency", "type"],
        "days",
    ),
    ("m365-administrators-sessions-short", [CA, "value", SESSIONS, "sessionControls", "signInFrequency", "value"], 9),
    (
        "m365-administrators-sessions-short",
        [CA, "value", SESSIONS, "sessionControls", "signInFrequency", "isEnabled"],
        False,
    ),
    (
        "m365-administrators-sessions-short",
        [CA, "value", SESSIONS, "sessionControls", "persistentBrowser", "mode"],
        "always",
    ),
    (
        "m365-administrators-sessions-short",
        [CA, "value", SESSIONS, "sessionControls", "persistentBrowser", "isEnabled"],
        False,
    ),
    *conditional_access(
        "m365-security-information-protected",
        REGISTRATION,
        controls=["mfa", "compliantDevice", "compliantApplication"],
    ),
    (
        "m365-security-information-protected",
        [CA, "value", REGISTRATION, "conditions", "applications", "includeUserActions"],
        [],
    ),
    *conditional_access("m365-devices-join-second-factor", JOINING, controls=["compliantApplication"]),
    ("m365-policies-enforced", [CA, "value", TRIAL, "modifiedDateTime"], ago(31.5)),
    (
        "m365-locations-trusted-narrow",
        ["/identity/conditionalAccess/namedLocations", "value", 0, "ipRanges", 0, "cidrAddress"],
        "198.51.0.0/16",
    ),
    (
        "m365-locations-trusted-narrow",
        ["/identity/conditionalAccess/namedLocations", "value", 0, "ipRanges", 1, "cidrAddress"],
        "2001:db8::/32",
    ),
    ("m365-global-administrators-few", [ACTIVE, "value", 1, "roleDefinitionId"], "x"),
    ("m365-roles-eligible", [HELD, "value", 4, "endDateTime"], None),
    ("m365-administrators-cloud-only", [USERS, "value", 1, "onPremisesSyncEnabled"], True),
    ("m365-administrators-not-guests", [USERS, "value", 2, "userType"], "Guest"),
    ("m365-administrators-enabled", [USERS, "value", 2, "accountEnabled"], False),
    ("m365-emergency-accounts-ready", [USERS, "value", 0, "accountEnabled"], False),
    ("m365-emergency-accounts-ready", [USERS, "value", 0, "onPremisesSyncEnabled"], True),
    (
        "m365-applications-roles-known",
        [ACTIVE, "value", 2, "principalId"],
        "cccccccc-0000-4000-8000-000000000009",
    ),
    (
        "m365-roles-activation-guarded",
        [ROLE_SETTINGS, "value", 0, "policy", "rules", 0, "setting", "isApprovalRequired"],
        False,
    ),
    (
        "m365-roles-activation-guarded",
        [ROLE_SETTINGS, "value", 0, "policy", "rules", 1, "enabledRules"],
        ["Justification"],
    ),
    (
        "m365-roles-activation-guarded",
        [ROLE_SETTINGS, "value", 1, "policy", "rules", 1, "enabledRules"],
        ["MultiFactorAuthentication"],
    ),
    ("m365-roles-activation-guarded", [ROLE_SETTINGS, "value", 1, "policy", "rules", 2, "maximumDuration"], "P1D"),
    ("m365-users-second-factor-registered", [REGISTERED, "value", 2, "isMfaCapable"], False),
    ("m365-administrators-second-factor-registered", [REGISTERED, "value", 0, "isMfaCapable"], False),
    ("m365-administrators-passkey-registered", [REGISTERED, "value", 1, "methodsRegistered"], ["mobilePhone"]),
    ("m365-methods-weak-off", [METHODS, METHOD, 2, "state"], "enabled"),
    ("m365-methods-passkeys-offered", [METHODS, METHOD, 0, "state"], "disabled"),
    ("m365-methods-passkeys-offered", [METHODS, METHOD, 0, "includeTargets", 0, "id"], GROUP),
    ("m365-passkeys-attested", [METHODS, METHOD, 0, "isAttestationEnforced"], False),
    (
        "m365-authenticator-shows-context",
        [METHODS, METHOD, 1, "featureSettings", "displayAppInformationRequiredState", "state"],
        "disabled",
    ),
    (
        "m365-authenticator-shows-context",
        [METHODS, METHOD, 1, "featureSettings", "displayLocationInformationRequiredState", "includeTarget", "id"],
        GROUP,
    ),
    ("m365-methods-one-policy", [METHODS, "policyMigrationState"], "migrationInProgress"),
    ("m365-passwords-own-words-banned", [PASSWORDS, "value", 0, "values", 0, "value"], "False"),
    ("m365-passwords-own-words-banned", [PASSWORDS, "value", 0, "values", 1, "value"], ""),
    ("m365-passwords-on-premises-guarded", [PASSWORDS, "value", 0, "values", 2, "value"], "False"),
    ("m365-passwords-on-premises-guarded", [PASSWORDS, "value", 0, "values", 3, "value"], "Audit"),
    ("m365-lockout-strict", [PASSWORDS, "value", 0, "values", 4, "value"], "11"),
    ("m365-lockout-strict", [PASSWORDS, "value", 0, "values", 5, "value"], "59"),
    ("m365-risky-users-handled", ["/identityProtection/riskyUsers", "value", 0, "riskLastUpdatedDateTime"], ago(3)),
    ("m365-users-applications-not-registered", [AUTHORIZATION, USER_ROLE, "allowedToCreateApps"], True),
    ("m365-users-tenants-not-created", [AUTHORIZATION, USER_ROLE, "allowedToCreateTenants"], True),
    ("m365-users-groups-not-created", [AUTHORIZATION, USER_ROLE, "allowedToCreateSecurityGroups"], True),
    ("m365-users-recovery-keys-hidden", [AUTHORIZATION, USER_ROLE, "allowedToReadBitlockerKeysForOwnedDevice"], True),
    (
        "m365-users-consent-not-given",
        [AUTHORIZATION, USER_ROLE, "permissionGrantPoliciesAssigned"],
        ["ManagePermissionGrantsForSelf.microsoft-user-default-legacy"],
    ),
    ("m365-users-risky-consent-refused", [AUTHORIZATION, "allowUserConsentForRiskyApps"], True),
    ("m365-guests-invited-by-few", [AUTHORIZATION, "allowInvitesFrom"], "everyone"),
    ("m365-guests-directory-hidden", [AUTHORIZATION, "guestUserRoleId"], "10dae51f-b6af-4016-8d66-8c2a99b929b3"),
    ("m365-join-by-mail-off", [AUTHORIZATION, "allowEmailVerifiedUsersToJoinOrganization"], True),
    ("m365-consent-requests-judged", ["/policies/adminConsentRequestPolicy", "isEnabled"], False),
    ("m365-consent-requests-judged", ["/policies/adminConsentRequestPolicy", "reviewers"], []),
    ("m365-guests-active", [GUESTS, "value", 0, "signInActivity"], None),
    (
        "m365-direct-connect-closed",
        [CROSS, "b2bDirectConnectInbound"],
        {
            "usersAndGroups": {"accessType": "allowed", "targets": [{"target": "AllUsers"}]},
            "applications": {"accessType": "allowed", "targets": [{"target": "Office365"}]},
        },
    ),
    ("m365-other-tenants-not-trusted", [CROSS, "inboundTrust", "isMfaAccepted"], True),
    (
        "m365-devices-joined-by-few",
        [JOIN, "azureADJoin", "allowedToJoin", "@odata.type"],
        "#microsoft.graph.allDeviceRegistrationMembership",
    ),
    ("m365-devices-users-not-administrator", [JOIN, "azureADJoin", "localAdmins", "enableGlobalAdmins"], True),
    (
        "m365-devices-users-not-administrator",
        [JOIN, "azureADJoin", "localAdmins", "registeringUsers", "@odata.type"],
        "#microsoft.graph.allDeviceRegistrationMembership",
    ),
    ("m365-devices-local-passwords-managed", [JOIN, "localAdminPassword", "isEnabled"], False),
    ("m365-passwords-without-end", ["/domains", "value", 0, "passwordValidityPeriodInDays"], 90),
    ("m365-passwords-without-end", ["/domains", "value", 0, "passwordValidityPeriodInDays"], None),
    (
        "m365-synchronisation-password-hashes",
        ["/directory/onPremisesSynchronization", "value", 0, "features", "passwordSyncEnabled"],
        False,
    ),
    (
        "m365-applications-credentials-current",
        ["/applications", "value", 0, "passwordCredentials", 0, "endDateTime"],
        ago(1),
    ),
    (
        "m365-applications-secrets-short",
        ["/applications", "value", 0, "passwordCredentials", 0, "endDateTime"],
        ago(-900),
    ),
    ("m365-applications-owned", ["/applications", "value", 0, "owners"], []),
    (
        "m365-applications-permissions-limited",
        [f"{GRAPH}/appRoleAssignedTo", "value", 0, "appRoleId"],
        "role-mail",
    ),
    ("m365-applications-delegated-limited", ["/oauth2PermissionGrants", "value", 0, "scope"], "User.Read Mail.Send"),
    ("m365-applications-credentials-ruled", ["/policies/defaultAppManagementPolicy", "isEnabled"], False),
    (
        "m365-applications-credentials-ruled",
        ["/policies/defaultAppManagementPolicy", "applicationRestrictions", "passwordCredentials", 0, "state"],
        "disabled",
    ),
    (
        "m365-applications-credentials-ruled",
        ["/policies/defaultAppManagementPolicy", "applicationRestrictions", "passwordCredentials", 0, "maxLifetime"],
        "P730D",
    ),
    ("m365-reviews-roles-quarterly", [REVIEWS, "value", 0, "settings", "recurrence", "pattern", "interval"], 6),
    ("m365-reviews-roles-quarterly", [REVIEWS, "value", 1, "settings", "recurrence"], None),
    (
        "m365-reviews-guests-yearly",
        [REVIEWS, "value", 2, "settings", "recurrence", "range"],
        {"type": "endDate", "endDate": "2020-01-01"},
    ),
    ("m365-compliance-encryption-demanded", [COMPLIANCE, "value", 0, "bitLockerEnabled"], False),
    ("m365-compliance-encryption-demanded", [COMPLIANCE, "value", 3, "assignments"], SOME),
    ("m365-compliance-version-demanded", [COMPLIANCE, "value", 1, "osMinimumVersion"], None),
    ("m365-compliance-version-demanded", [COMPLIANCE, "value", 2, "assignments"], NOBODY),
    ("m365-compliance-passcode-demanded", [COMPLIANCE, "value", 1, "passcodeRequired"], False),
    ("m365-compliance-rooted-refused", [COMPLIANCE, "value", 2, "securityBlockJailbrokenDevices"], False),
    ("m365-compliance-antivirus-demanded", [COMPLIANCE, "value", 0, "antivirusRequired"], False),
    ("m365-compliance-firewall-demanded", [COMPLIANCE, "value", 0, "activeFirewallRequired"], False),
    ("m365-compliance-secure-boot-demanded", [COMPLIANCE, "value", 0, "secureBootEnabled"], False),
    (
        "m365-compliance-acted-on",
        [COMPLIANCE, "value", 0, "scheduledActionsForRule", 0, "scheduledActionConfigurations", 0, "gracePeriodHours"],
        72,
    ),
    ("m365-devices-registered", [MANAGED, "value", 0, "id"], "device-2"),
    ("m365-inventory-devices-found", [MANAGED, "value", 0, "id"], "device-2"),
    ("m365-devices-without-policy-refused", ["/deviceManagement", "settings", "secureByDefault"], False),
    ("m365-devices-silent-refused", ["/deviceManagement", "settings", "deviceComplianceCheckinThresholdDays"], 120),
    ("m365-devices-compliant", [MANAGED, "value", 0, "complianceState"], "noncompliant"),
    ("m365-devices-compliant", [MANAGED, "value", 0, "complianceState"], "inGracePeriod"),
    ("m365-devices-encrypted", [MANAGED, "value", 0, "isEncrypted"], False),
    ("m365-devices-heard-of", [MANAGED, "value", 0, "lastSyncDateTime"], ago(45)),
    (
        "m365-enrolment-personal-blocked",
        [ENROLMENT, "value", 0, "windowsRestriction", "personalDeviceEnrollmentBlocked"],
        False,
    ),
    ("m365-update-rings-quick", [RINGS, "value", 0, "qualityUpdatesDeferralPeriodInDays"], 14),
    ("m365-update-rings-quick", [RINGS, "value", 0, "qualityUpdatesPaused"], True),
    ("m365-update-rings-quick", [RINGS, "value", 0, "deadlineForQualityUpdatesInDays"], None),
    ("m365-update-rings-quick", [RINGS, "value", 0, "assignments"], NOBODY),
    ("m365-update-rings-stable", [RINGS, "value", 0, "businessReadyUpdatesOnly"], "windowsInsiderBuildFast"),
    ("m365-endpoint-security-assigned", ["/deviceManagement/configurationPolicies", "value", 2, "assignments"], []),
    ("m365-app-protection-platforms", [ANDROID, "value", 0, "assignments"], []),
    ("m365-app-protection-strict", [IOS, "value", 0, "pinRequired"], False),
    ("m365-app-protection-strict", [ANDROID, "value", 0, "dataBackupBlocked"], False),
    ("m365-app-protection-strict", [ANDROID, "value", 0, "saveAsBlocked"], False),
    ("m365-app-protection-strict", [IOS, "value", 0, "allowedOutboundDataTransferDestinations"], "allApps"),
    ("m365-app-protection-wiped", [ANDROID, "value", 0, "periodOfflineBeforeWipeIsEnforced"], "P180D"),
    ("m365-sharing-outside-named", [SHARING, "sharingCapability"], "externalUserAndGuestSharing"),
    ("m365-sharing-guests-reshare-not", [SHARING, "isResharingByExternalUsersEnabled"], True),
    ("m365-sharing-domains-listed", [SHARING, "sharingDomainRestrictionMode"], "blockList"),
    ("m365-sharing-legacy-off", [SHARING, "isLegacyAuthProtocolsEnabled"], True),
    ("m365-sharing-idle-signed-out", [SHARING, "idleSessionSignOut", "isEnabled"], False),
    ("m365-sharing-idle-signed-out", [SHARING, "idleSessionSignOut", "signOutAfterInSeconds"], 20000),
    ("m365-sharing-invitations-personal", [SHARING, "isRequireAcceptingUserToMatchInvitedUserEnabled"], False),
    ("m365-onedrive-sync-managed", [SHARING, "isUnmanagedSyncAppForTenantRestricted"], False),
    ("m365-onedrive-sync-managed", [SHARING, "allowedDomainGuidsForSyncApp"], []),
    ("m365-audit-log-on", [SCORES, "value", 0, "controlScores", 0, "score"], 0.0),
    ("m365-audit-mailboxes-on", [SCORES, "value", 0, "controlScores", 1, "score"], 2.5),
    ("m365-alerts-handled", ["/security/alerts_v2", "value", 0, "createdDateTime"], ago(8.5)),
    ("m365-mail-spf-strict", ["dns", "provincie.example", 1], "v=spf1 +all"),
    ("m365-mail-dkim-published", ["dns", "selector1._domainkey.provincie.example"], []),
    ("m365-mail-dmarc-enforced", ["dns", "_dmarc.provincie.example", 0], "v=DMARC1; p=none; rua=mailto:a@b.example"),
    ("m365-mail-dmarc-enforced", ["dns", "_dmarc.provincie.example", 0], "v=DMARC1; p=reject; pct=10"),
    ("m365-mail-dmarc-reported", ["dns", "_dmarc.provincie.example", 0], "v=DMARC1; p=reject"),
    ("m365-reports-names-concealed", ["/admin/reportSettings", "displayConcealedNames"], False),
]
