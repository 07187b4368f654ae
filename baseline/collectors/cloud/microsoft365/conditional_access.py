"""Reads conditional access and security defaults."""

import ipaddress
from typing import Any

from baseline.collectors.cloud.microsoft365 import requests
from baseline.collectors.cloud.microsoft365.answers import Answers, unknown_section
from baseline.collectors.cloud.microsoft365.grants import read_demands, read_session
from baseline.collectors.cloud.microsoft365.reach import read_reach
from baseline.collectors.cloud.microsoft365.told import Told, unique_names
from baseline.models.facts.fact import Unknown
from baseline.models.facts.microsoft365.conditional_access import (
    ConditionalAccessPolicy,
    NamedLocation,
    SecurityDefaults,
)

_STATES = {"enabled": "enabled", "disabled": "disabled", "enabledForReportingButNotEnforced": "report_only"}


def read_security_defaults(answers: Answers) -> SecurityDefaults:
    """The fact ``security_defaults``."""
    told = answers.document(requests.SECURITY_DEFAULTS)
    if isinstance(told, Unknown):
        return unknown_section(SecurityDefaults, told)
    return SecurityDefaults(enabled=told.flag("isEnabled"))


def read_policies(answers: Answers) -> list[ConditionalAccessPolicy] | Unknown:
    """The fact ``conditional_access.policies``."""
    rows = answers.rows(requests.POLICIES)
    if isinstance(rows, Unknown):
        return rows
    names = unique_names((str(row.fields.get("displayName") or ""), row.fields["id"]) for row in rows)
    return sorted(
        (_policy(name, row, answers) for name, row in zip(names, rows, strict=True)), key=lambda item: str(item.name)
    )


def _policy(name: str, row: Told, answers: Answers) -> ConditionalAccessPolicy:
    state: Any = row.word("state", _STATES)
    partly = row.fields.get("partialEnablementStrategy")
    if partly is not None:
        state = Unknown(f"{row.where} is enforced in part: {str(partly)[:60]!a}")
    enforced = state if isinstance(state, Unknown) else state == "enabled"
    changed = "modifiedDateTime" if row.fields.get("modifiedDateTime") else "createdDateTime"
    told: dict[str, Any] = {**read_reach(row), **read_demands(row), **read_session(row)}
    return ConditionalAccessPolicy(
        name=name,
        identity=row.fields["id"],
        state=state,
        enforced=enforced,
        age_days=row.days_since(changed, answers.now),
        everyone_when=_for_everyone(enforced, told),
        **told,
    )


def _for_everyone(enforced: bool | Unknown, told: dict[str, Any]) -> Any:
    """When it is enforced for all users and all applications; ``never`` as soon as one of these is not so."""
    decisive = (enforced, told["everyone"], told["every_application"])
    if False in decisive:
        return "never"
    return next((value for value in decisive if isinstance(value, Unknown)), told["condition"])


def read_locations(answers: Answers) -> list[NamedLocation] | Unknown:
    """The fact ``conditional_access.locations``."""
    rows = answers.rows(requests.LOCATIONS)
    if isinstance(rows, Unknown):
        return rows
    names = unique_names((str(row.fields.get("displayName") or ""), row.fields["id"]) for row in rows)
    return [_location(name, row) for name, row in zip(names, rows, strict=True)]


def _location(name: str, row: Told) -> NamedLocation:
    if row.fields.get("@odata.type") == "#microsoft.graph.countryNamedLocation":
        return NamedLocation(name=name, trusted=False, widest_ipv4=None, widest_ipv6=None)
    lengths = _prefix_lengths(row)
    if isinstance(lengths, Unknown):
        return NamedLocation(name=name, trusted=row.flag("isTrusted"), widest_ipv4=lengths, widest_ipv6=lengths)
    return NamedLocation(
        name=name,
        trusted=row.flag("isTrusted"),
        widest_ipv4=min(lengths[4], default=None),
        widest_ipv6=min(lengths[6], default=None),
    )


def _prefix_lengths(row: Told) -> dict[int, list[int]] | Unknown:
    """Prefix lengths of the ranges, by version of IP."""
    ranges = row.fields.get("ipRanges")
    if not isinstance(ranges, list):
        return row.unknown("ipRanges")
    lengths: dict[int, list[int]] = {4: [], 6: []}
    for item in ranges:
        try:
            network = ipaddress.ip_network(str(item["cidrAddress"]), strict=False)
        except (KeyError, TypeError, ValueError):
            return Unknown(f"{row.where} has a range that is not understood: {str(item)[:80]!a}")
        lengths[network.version].append(network.prefixlen)
    return lengths
