"""The subscriptions that are asked, and what may be seen in each."""

import asyncio
import re
from typing import Any

import msgspec

from baseline.collectors.cloud.azure.actions import Allowed, allowed
from baseline.collectors.cloud.azure.calls import PERMISSIONS, SUBSCRIPTIONS
from baseline.collectors.cloud.azure.row import Properties
from baseline.collectors.cloud.microsoft.client import MicrosoftClient
from baseline.collectors.cloud.microsoft.failure import Failure, plain
from baseline.models.cloud import MicrosoftAccess
from baseline.models.errors import CollectError
from baseline.models.facts.fact import Unknown

_IDENTITY = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_GRANT = "see: baseline permissions azure"


class SubscriptionScope(msgspec.Struct, frozen=True, kw_only=True):
    """One subscription. ``label`` is its display name, with its id where two have the same name."""

    id: str
    label: str
    tenant: str = ""
    document: dict[str, Any] = {}
    in_inventory: bool = True
    allowed: Allowed | Failure

    def missing(self, permissions: tuple[str, ...]) -> Unknown | None:
        """Why things cannot be seen here; None when they can.

        Resource Graph leaves out what an account may not see, so a permission must hold for the whole subscription.
        """
        if isinstance(self.allowed, Failure):
            return self.allowed.unknown
        lacking = [permission for permission in permissions if not self.allowed.allows(permission)]
        if not lacking:
            return None
        return Unknown(f"subscription {self.label} cannot be read: it needs {', '.join(lacking)}; {_GRANT}")

    @property
    def properties(self) -> Properties:
        """What Azure says of the subscription itself."""
        return Properties(self.document, f"subscription {self.label}")


async def find_scopes(client: MicrosoftClient, access: MicrosoftAccess) -> list[SubscriptionScope]:
    """Every subscription that can be seen and every one that the inventory names, with what is allowed there.

    Raises:
        CollectError: the subscriptions cannot be listed, there are none, or they are of another tenant.
    """
    listed = await client.get_all(SUBSCRIPTIONS.path, permission=SUBSCRIPTIONS.permission)
    if isinstance(listed, Failure):
        raise CollectError(
            "privilege" if listed.code == "denied" else _CODES.get(listed.code, "unreachable"), listed.reason
        )
    seen = {
        str(item["subscriptionId"]).lower(): item
        for item in listed
        if isinstance(item, dict) and "subscriptionId" in item
    }
    if len(seen) != len(listed) or not all(map(_IDENTITY.fullmatch, seen)):
        raise CollectError("unparsable", "GET /subscriptions holds something that is no subscription, or one twice")
    _refuse_other_tenant(seen, access)
    if not seen and not access.subscriptions:
        raise CollectError("privilege", "the account used can see no subscription at all", _GRANT)
    asked = {identity: item for identity, item in seen.items() if _is_asked(identity, access)}
    permissions = await asyncio.gather(*(_allowed(client, identity) for identity in asked))
    labels = _labels(seen)
    found = [
        _scope(identity, labels[identity], seen[identity], access, permission)
        for identity, permission in zip(asked, permissions, strict=True)
    ]
    left_out = [
        _scope(identity, labels[identity], seen[identity], access, Allowed())
        for identity in seen
        if identity not in asked
    ]
    unseen = [_unseen(identity) for identity in access.subscriptions if identity not in seen]
    return sorted([*found, *left_out, *unseen], key=lambda scope: scope.label)


_CODES = {
    "authentication": "authentication",
    "timeout": "timeout",
    "unparsable": "unparsable",
    "not_allowed": "not_allowed",
}


def _is_asked(identity: str, access: MicrosoftAccess) -> bool:
    return not access.subscriptions or identity in access.subscriptions


def _scope(
    identity: str, label: str, document: dict[str, Any], access: MicrosoftAccess, permission: Allowed | Failure
) -> SubscriptionScope:
    return SubscriptionScope(
        id=identity,
        label=label,
        tenant=str(document.get("tenantId") or "").lower(),
        document=document,
        in_inventory=_is_asked(identity, access),
        allowed=permission,
    )


def _unseen(identity: str) -> SubscriptionScope:
    failure = Failure(code="denied", reason=f"subscription {identity} is not among those that can be seen; {_GRANT}")
    return SubscriptionScope(id=identity, label=identity, allowed=failure)


async def _allowed(client: MicrosoftClient, identity: str) -> Allowed | Failure:
    entries = await client.get_all(PERMISSIONS.path.format(identity), permission=PERMISSIONS.permission)
    return entries if isinstance(entries, Failure) else allowed(entries)


def _labels(seen: dict[str, dict[str, Any]]) -> dict[str, str]:
    names = {identity: plain(item.get("displayName")) or identity for identity, item in seen.items()}
    taken = list(names.values())
    return {identity: f"{name} ({identity})" if taken.count(name) > 1 else name for identity, name in names.items()}


def _refuse_other_tenant(seen: dict[str, dict[str, Any]], access: MicrosoftAccess) -> None:
    """An account of another tenant would give that tenant's results under this target's name."""
    tenants = {str(item.get("tenantId")).lower() for item in seen.values() if item.get("tenantId")}
    wanted = access.tenant.lower()
    if "." not in wanted and wanted and tenants and wanted not in tenants:
        hint = "az login --tenant, or correct baseline_microsoft_tenant"
        raise CollectError(
            "authentication", f"the account used sees subscriptions of other tenants than {wanted}", hint
        )
