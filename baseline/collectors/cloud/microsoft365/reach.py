"""For whom and when a conditional access policy holds (Microsoft Graph, *conditionalAccessConditionSet*)."""

from typing import Any, Literal

from baseline.collectors.cloud.microsoft365.exclusions import holds_elsewhere, read_exclusions, strange
from baseline.collectors.cloud.microsoft365.told import Told
from baseline.models.facts.fact import Unknown

Condition = Literal["always", "legacy_clients", "sign_in_risk", "user_risk", "device_code", "other"]

_MODERN = frozenset({"browser", "mobileAppsAndDesktopClients"})
_LEGACY = frozenset({"exchangeActiveSync", "other"})
_CLIENTS = _MODERN | _LEGACY | {"all", "easSupported", "easUnsupported"}
_KNOWN = frozenset(
    {
        "applications",
        "users",
        "clientAppTypes",
        "signInRiskLevels",
        "userRiskLevels",
        "authenticationFlows",
        "platforms",
        "locations",
        "devices",
        "servicePrincipalRiskLevels",
    }
)


def read_reach(policy: Told) -> dict[str, Any]:
    """``everyone``, ``roles``, ``every_application``, ``actions``, ``exclusions``, ``condition`` and ``risk_levels``."""
    conditions = policy.inner("conditions")
    users, applications = conditions.inner("users"), conditions.inner("applications")
    condition, levels = _condition(conditions)
    return {
        "everyone": _includes(users, "includeUsers", "All"),
        "roles": _sorted(users.texts("includeRoles")),
        "every_application": _includes(applications, "includeApplications", "All"),
        "actions": _sorted(applications.texts("includeUserActions")),
        "exclusions": read_exclusions(conditions),
        "condition": condition,
        "risk_levels": levels,
    }


def _includes(told: Told, field: str, word: str) -> bool | Unknown:
    values = told.texts(field)
    return values if isinstance(values, Unknown) else word in values


def _sorted(values: list[str] | Unknown) -> list[str] | Unknown:
    return values if isinstance(values, Unknown) else sorted(values)


def _condition(conditions: Told) -> tuple[Condition | Unknown, list[str] | Unknown]:
    """What limits the policy, and at which levels where that is a risk."""
    found = _limits(conditions)
    if isinstance(found, Unknown):
        return found, found
    if len(found) > 1:
        return "other", []
    return next(iter(found.items()), ("always", []))


def _limits(conditions: Told) -> dict[Condition, list[str]] | Unknown:
    """Each thing that limits it, with levels of risk; unknown as soon as one is not understood."""
    limits: dict[Condition, list[str]] = {}
    clients = _clients(conditions)
    sign_in, user = conditions.texts("signInRiskLevels"), conditions.texts("userRiskLevels")
    flow, elsewhere = _flow(conditions), holds_elsewhere(conditions)
    for value in (strange(conditions, _KNOWN, "conditions"), clients, sign_in, user, flow, elsewhere):
        if isinstance(value, Unknown):
            return value
    if isinstance(sign_in, list) and sign_in:
        limits["sign_in_risk"] = sorted(sign_in)
    if isinstance(user, list) and user:
        limits["user_risk"] = sorted(user)
    for limit in (clients, flow, "other" if elsewhere else "always"):
        if not isinstance(limit, Unknown) and limit != "always":
            limits[limit] = []
    return limits


def _clients(conditions: Told) -> Condition | Unknown:
    types = conditions.texts("clientAppTypes")
    if isinstance(types, Unknown):
        return types
    named = set(types)
    if not named <= _CLIENTS:
        return Unknown(f"{conditions.where} has client types without a known meaning: {sorted(named - _CLIENTS)}"[:300])
    if not named or "all" in named or named >= _MODERN:
        return "always"
    return "legacy_clients" if named >= _LEGACY else "other"


def _flow(conditions: Told) -> Condition | Unknown:
    flows = conditions.fields.get("authenticationFlows")
    if flows is None:
        return "always"
    methods = conditions.inner("authenticationFlows").text("transferMethods")
    if isinstance(methods, Unknown):
        return methods
    return "device_code" if "deviceCodeFlow" in methods.split(",") else "other"
