"""For whom and when a conditional access policy holds (Microsoft Graph, *conditionalAccessConditionSet*)."""

from typing import Any, Literal

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
    }
)
_EXCLUDED = (("excludeUsers", "user"), ("excludeGroups", "group"), ("excludeRoles", "role"))


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
        "exclusions": _exclusions(conditions, users, applications),
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
    limits: dict[Condition, list[str]] = {}
    strange = [name for name, value in conditions.fields.items() if name not in _KNOWN and _is_set(name, value)]
    if strange:
        return Unknown(f"{conditions.where} has {strange[0][:40]!a}, which has no known meaning"), []
    clients = _clients(conditions)
    if isinstance(clients, Unknown):
        return clients, []
    if clients != "always":
        limits[clients] = []
    for field, limit in (("signInRiskLevels", "sign_in_risk"), ("userRiskLevels", "user_risk")):
        levels = conditions.texts(field) if field in conditions.fields else []
        if isinstance(levels, Unknown):
            return levels, levels
        if levels:
            limits["sign_in_risk" if limit == "sign_in_risk" else "user_risk"] = sorted(levels)
    if _is_set("authenticationFlows", conditions.fields.get("authenticationFlows")):
        limits[_flow(conditions)] = []
    if _elsewhere(conditions):
        limits["other"] = []
    if len(limits) > 1:
        return "other", []
    return next(iter(limits.items()), ("always", []))


def _is_set(name: str, value: object) -> bool:
    """Whether a condition limits anything: those for applications and agents only concern no people."""
    return value not in (None, [], {}, "") and name != "servicePrincipalRiskLevels" and not name.startswith("@")


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


def _flow(conditions: Told) -> Condition:
    methods = conditions.inner("authenticationFlows").fields.get("transferMethods")
    return "device_code" if isinstance(methods, str) and "deviceCodeFlow" in methods.split(",") else "other"


def _elsewhere(conditions: Told) -> bool:
    """Whether it holds at some platforms, places or devices only; those that it leaves out are exclusions."""
    platforms = conditions.inner("platforms").fields.get("includePlatforms") or ["all"]
    locations = conditions.inner("locations").fields.get("includeLocations") or ["All"]
    device_filter = conditions.inner("devices").inner("deviceFilter").fields
    including = bool(device_filter) and device_filter.get("mode") != "exclude"
    old_states = _is_set("", conditions.inner("devices").fields.get("includeDevices")) and conditions.inner(
        "devices"
    ).fields.get("includeDevices") != ["All"]
    return platforms != ["all"] or locations != ["All"] or including or old_states


def _exclusions(conditions: Told, users: Told, applications: Told) -> list[str] | Unknown:
    found: list[str] = []
    for field, word in _EXCLUDED:
        values = users.texts(field)
        if isinstance(values, Unknown):
            return values
        found += [f"{word}:{value}" for value in values]
    left_out = applications.texts("excludeApplications")
    if isinstance(left_out, Unknown):
        return left_out
    found += [f"application:{value}" for value in left_out]
    places = conditions.inner("locations").fields.get("excludeLocations") or []
    platforms = conditions.inner("platforms").fields.get("excludePlatforms") or []
    found += [f"location:{place}" for place in places] + [f"platform:{platform}" for platform in platforms]
    found += _excluded_guests(users) + _filters(conditions, applications)
    return sorted(found)


def _excluded_guests(users: Told) -> list[str]:
    guests = users.fields.get("excludeGuestsOrExternalUsers")
    if not isinstance(guests, dict):
        return []
    kinds = guests.get("guestOrExternalUserTypes")
    return [f"guests:{kind}" for kind in str(kinds or "all").split(",")]


def _filters(conditions: Told, applications: Told) -> list[str]:
    device_filter = conditions.inner("devices").inner("deviceFilter").fields
    application_filter = applications.fields.get("applicationFilter")
    devices = conditions.inner("devices").fields.get("excludeDevices") or []
    found = [f"device:{device}" for device in devices]
    found += ["devices by a filter"] if device_filter.get("mode") == "exclude" else []
    return found + (["applications by a filter"] if application_filter is not None else [])
