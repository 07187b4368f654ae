"""Whom and what a conditional access policy leaves out, and whether it holds at some places or devices only."""

from baseline.collectors.cloud.microsoft365.told import Told
from baseline.models.facts.fact import Unknown

_USERS = frozenset({"includeUsers", "includeGroups", "includeRoles", "includeGuestsOrExternalUsers"})
_EXCLUDED = {"excludeUsers": "user", "excludeGroups": "group", "excludeRoles": "role"}
_GUESTS = "excludeGuestsOrExternalUsers"
_APPLICATIONS = frozenset({"includeApplications", "includeUserActions", "excludeApplications", "applicationFilter"})
_PLACES = (("locations", "Locations", "location", "All"), ("platforms", "Platforms", "platform", "all"))
_DEVICES = frozenset({"deviceFilter", "includeDevices", "excludeDevices"})


def strange(told: Told, known: frozenset[str], what: str) -> Unknown | None:
    """Why an object cannot be understood: something is set in it that has no known meaning."""
    for name, value in told.fields.items():
        if name not in known and "@odata" not in name and value not in (None, [], {}, "", False):
            return Unknown(f"{told.where} sets {name[:40]!a} among its {what}, which has no known meaning")
    return None


def read_exclusions(conditions: Told) -> list[str] | Unknown:
    """The fact ``exclusions``; unknown as soon as one of them is not understood."""
    users, applications = conditions.inner("users"), conditions.inner("applications")
    parts = [
        strange(users, _USERS | set(_EXCLUDED) | {_GUESTS}, "users") or [],
        strange(applications, _APPLICATIONS, "applications") or [],
        *(_prefixed(users.texts(field), word) for field, word in _EXCLUDED.items()),
        _prefixed(applications.texts("excludeApplications"), "application"),
        _guests(users),
        _filter(applications, "applicationFilter", "applications by a filter"),
        _device_exclusions(conditions),
        *(_prefixed(_listed(conditions, name, f"exclude{ending}"), word) for name, ending, word, _ in _PLACES),
    ]
    found: list[str] = []
    for part in parts:
        if isinstance(part, Unknown):
            return part
        found += part
    return sorted(found)


def holds_elsewhere(conditions: Told) -> bool | Unknown:
    """Whether it holds at some platforms, places or devices only; those that it leaves out are exclusions."""
    devices = conditions.inner("devices")
    limited = [_included(conditions, name, f"include{ending}", everything) for name, ending, _, everything in _PLACES]
    limited += [_listed_only(devices), _filter_mode(devices, "deviceFilter") == "include"]
    limited.append(_filter_mode(conditions.inner("applications"), "applicationFilter") == "include")
    unclear = strange(devices, _DEVICES, "devices")
    if unclear is not None:
        return unclear
    return next((value for value in limited if isinstance(value, Unknown)), any(limited))


def _prefixed(values: list[str] | Unknown, word: str) -> list[str] | Unknown:
    return values if isinstance(values, Unknown) else [f"{word}:{value}" for value in values]


def _listed(conditions: Told, name: str, field: str) -> list[str] | Unknown:
    """A list inside an optional condition; empty where the condition, or the list, is not there."""
    if conditions.fields.get(name) is None:
        return []
    inner = conditions.inner(name)
    return inner.texts(field) if field in inner.fields else []


def _included(conditions: Told, name: str, field: str, everything: str) -> bool | Unknown:
    """Whether an optional condition takes in less than everything."""
    if conditions.fields.get(name) is None:
        return False
    values = conditions.inner(name).texts(field)
    return values if isinstance(values, Unknown) else everything not in values


def _listed_only(devices: Told) -> bool | Unknown:
    if devices.fields.get("includeDevices") in (None, []):
        return False
    values = devices.texts("includeDevices")
    return values if isinstance(values, Unknown) else "All" not in values


def _guests(users: Told) -> list[str] | Unknown:
    if users.fields.get(_GUESTS) is None:
        return []
    kinds = users.inner(_GUESTS).text("guestOrExternalUserTypes")
    return kinds if isinstance(kinds, Unknown) else [f"guests:{kind}" for kind in kinds.split(",")]


def _filter_mode(told: Told, field: str) -> str | Unknown | None:
    if told.fields.get(field) is None:
        return None
    return told.inner(field).word("mode", {"include": "include", "exclude": "exclude"})


def _filter(told: Told, field: str, words: str) -> list[str] | Unknown:
    mode = _filter_mode(told, field)
    if isinstance(mode, Unknown):
        return mode
    return [words] if mode == "exclude" else []


def _device_exclusions(conditions: Told) -> list[str] | Unknown:
    value = conditions.fields.get("devices")
    devices = conditions.inner("devices")
    if value is not None and not devices.fields:
        return conditions.unknown("devices")
    filtered = _filter(devices, "deviceFilter", "devices by a filter")
    named = devices.texts("excludeDevices") if devices.fields.get("excludeDevices") else []
    listed = _prefixed(named, "device")
    if isinstance(filtered, Unknown) or isinstance(listed, Unknown):
        return filtered if isinstance(filtered, Unknown) else listed
    return [*filtered, *listed]
