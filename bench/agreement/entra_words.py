"""Values that are neither plainly right nor plainly wrong, so that scanners may read them differently."""

from typing import Any

from tests.microsoft365.flips import (
    AUTHORIZATION,
    CA,
    CODE,
    DEVICES,
    JOIN,
    JOINING,
    LEGACY,
    METHOD,
    METHODS,
    MFA,
    PASSWORDS,
    REGISTRATION,
    REVIEWS,
    SESSIONS,
    SHARING,
    SIGN_IN,
    USER_RISK,
    USER_ROLE,
)

EMPTY_LIST: list[Any] = []
STRENGTH = {
    "id": "00000000-0000-0000-0000-000000000002",
    "displayName": "Multifactor authentication",
    "allowedCombinations": ["fido2", "password,microsoftAuthenticatorPush"],
    "requirementsSatisfied": "mfa",
}
POLICY = [CA, "value"]


def grant(*controls: str, operator: str = "OR", strength: dict[str, Any] | None = None) -> dict[str, Any]:
    """Controls of a policy."""
    return {
        "operator": operator,
        "builtInControls": list(controls),
        "customAuthenticationFactors": [],
        "termsOfUse": [],
        "authenticationStrength": strength,
    }


def session(hours: int | None, mode: str) -> dict[str, Any]:
    """How long a sign-in lasts; None: asked every time."""
    frequency = {"isEnabled": True, "type": "hours", "value": hours, "frequencyInterval": "timeBased"}
    anew = {"isEnabled": True, "type": None, "value": None, "frequencyInterval": "everyTime"}
    return {
        "signInFrequency": anew if hours is None else frequency,
        "persistentBrowser": {"isEnabled": True, "mode": mode},
    }


WORDS: list[tuple[tuple[Any, ...], list[Any]]] = [
    ((*POLICY, MFA, "grantControls"), [grant(strength=STRENGTH), grant("mfa", "compliantDevice"), grant("block")]),
    ((*POLICY, LEGACY, "conditions", "clientAppTypes"), [["other"], ["exchangeActiveSync", "other"], ["all"]]),
    ((*POLICY, SIGN_IN, "grantControls"), [grant("block"), grant(strength=STRENGTH), grant("mfa", "compliantDevice")]),
    ((*POLICY, SIGN_IN, "conditions", "signInRiskLevels"), [["low", "medium", "high"], ["medium"], ["high", "medium"]]),
    ((*POLICY, USER_RISK, "grantControls"), [grant("block"), grant("passwordChange"), grant("mfa")]),
    ((*POLICY, USER_RISK, "conditions", "userRiskLevels"), [["high"], ["medium", "high"], ["low"]]),
    (
        (*POLICY, DEVICES, "grantControls"),
        [grant("compliantDevice"), grant("mfa", "domainJoinedDevice"), grant("mfa", "compliantDevice", operator="AND")],
    ),
    (
        (*POLICY, CODE, "conditions", "authenticationFlows"),
        [{"transferMethods": "deviceCodeFlow"}, {"transferMethods": "authenticationTransfer"}, None],
    ),
    ((*POLICY, SESSIONS, "sessionControls"), [session(None, "never"), session(1, "always"), session(8, "never")]),
    (
        (*POLICY, SESSIONS, "conditions", "users", "includeRoles"),
        [["62e90394-69f5-4237-9190-012177145e10"], EMPTY_LIST, ["62e90394-69f5-4237-9190-012177145e10"]],
    ),
    (
        (*POLICY, REGISTRATION, "grantControls"),
        [grant("mfa", "domainJoinedDevice"), grant("compliantDevice"), grant(strength=STRENGTH)],
    ),
    ((*POLICY, JOINING, "grantControls"), [grant(strength=STRENGTH), grant("mfa"), grant("block")]),
    ((AUTHORIZATION, "allowInvitesFrom"), ["none", "adminsGuestInvitersAndAllMembers", "adminsAndGuestInviters"]),
    (
        (AUTHORIZATION, USER_ROLE, "permissionGrantPoliciesAssigned"),
        [
            EMPTY_LIST,
            ["ManagePermissionGrantsForSelf.microsoft-user-default-low"],
            ["ManagePermissionGrantsForSelf.microsoft-user-default-recommended"],
        ],
    ),
    ((SHARING, "sharingCapability"), ["disabled", "existingExternalUserSharingOnly", "externalUserSharingOnly"]),
    ((SHARING, "sharingDomainRestrictionMode"), ["none", "allowList", "none"]),
    ((PASSWORDS, "value", 0, "values", 4, "value"), ["5", "3", "0"]),
    ((PASSWORDS, "value", 0, "values", 5, "value"), ["300", "60", "0"]),
    ((PASSWORDS, "value", 0, "values", 3, "value"), ["Enforced", "Enforce", "Audit"]),
    ((METHODS, METHOD, 3, "state"), ["enabled", "disabled", "disabled"]),
    ((METHODS, METHOD, 4, "state"), ["disabled", "enabled", "disabled"]),
    (
        (JOIN, "azureADJoin", "allowedToJoin"),
        [
            {"@odata.type": f"#microsoft.graph.{kind}DeviceRegistrationMembership"}
            for kind in ("no", "enumerated", "all")
        ],
    ),
    (
        (JOIN, "azureADJoin", "localAdmins", "registeringUsers"),
        [
            {"@odata.type": f"#microsoft.graph.{kind}DeviceRegistrationMembership"}
            for kind in ("no", "enumerated", "all")
        ],
    ),
    ((REVIEWS, "value", 2, "settings", "defaultDecision"), ["Deny", "None", "Approve"]),
    ((REVIEWS, "value", 2, "settings", "autoApplyDecisionsEnabled"), [True, False, True]),
]
"""Where, and what is told there in each tenant."""
