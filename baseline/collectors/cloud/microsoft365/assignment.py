"""To whom a policy of Intune is assigned."""

from typing import Literal

from baseline.collectors.cloud.microsoft365.told import Told
from baseline.models.facts.fact import Unknown

Scope = Literal["everyone", "groups", "nobody"]

_EVERYONE = frozenset(
    {"#microsoft.graph.allLicensedUsersAssignmentTarget", "#microsoft.graph.allDevicesAssignmentTarget"}
)
_GROUP = "#microsoft.graph.groupAssignmentTarget"
_EXCLUDED = "#microsoft.graph.exclusionGroupAssignmentTarget"


def assigned_to(row: Told) -> Scope | Unknown:
    """Everyone: all users or all devices, no group left out and no filter; a target without a known meaning is unknown."""
    assignments = row.fields.get("assignments")
    if not isinstance(assignments, list):
        return row.unknown("assignments")
    targets = [Told(item, row.where).inner("target") for item in assignments]
    kinds = {target.fields.get("@odata.type") for target in targets}
    strange = kinds - _EVERYONE - {_GROUP, _EXCLUDED}
    if strange:
        return Unknown(f"{row.where} is assigned to {str(next(iter(strange)))[:80]!a}, which has no known meaning")
    if any(_whole(target) for target in targets) and _EXCLUDED not in kinds:
        return "everyone"
    return "groups" if kinds - {_EXCLUDED} else "nobody"


def _whole(target: Told) -> bool:
    filtered = target.fields.get("deviceAndAppManagementAssignmentFilterType") not in (None, "none")
    return target.fields.get("@odata.type") in _EVERYONE and not filtered
