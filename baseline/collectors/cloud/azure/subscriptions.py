"""Facts of each subscription as a whole."""

import asyncio
from collections.abc import Sequence
from typing import Any

import msgspec

from baseline.collectors.cloud.azure.calls import ACTIVITY_LOG, CONTACTS, PLANS, Call
from baseline.collectors.cloud.azure.catalogue import ALERTS
from baseline.collectors.cloud.azure.diagnostics import sent_categories
from baseline.collectors.cloud.azure.found import Found
from baseline.collectors.cloud.azure.items import ordered, unread_item
from baseline.collectors.cloud.azure.roles import Roles
from baseline.collectors.cloud.azure.row import Properties, Row
from baseline.collectors.cloud.azure.scope import SubscriptionScope
from baseline.collectors.cloud.microsoft.client import MicrosoftClient
from baseline.collectors.cloud.microsoft.failure import Failure
from baseline.collectors.interface import wanted
from baseline.models.facts.azure.resource import AzureResource
from baseline.models.facts.azure.subscription import DefenderPlan, Subscription
from baseline.models.facts.fact import Fact, Unknown

CATEGORIES = (
    "Administrative",
    "Security",
    "ServiceHealth",
    "Alert",
    "Recommendation",
    "Policy",
    "Autoscale",
    "ResourceHealth",
)
"""Categories of the activity log (Azure Monitor, *Azure activity log event schema*)."""

_STATES = {
    "enabled": "enabled",
    "disabled": "disabled",
    "warned": "warned",
    "pastdue": "past_due",
    "deleted": "deleted",
}
_SEVERITIES = {word: word for word in ("low", "medium", "high")}
_ALERT_FIELDS = {"category", "operationname"}


class Subscriptions:
    """Makes the items of subscriptions. ``asked`` are those of the inventory, ``seen`` all that can be seen."""

    def __init__(self, client: MicrosoftClient, found: Found, roles: Roles, needs: frozenset[str]) -> None:
        self._client, self._found, self._roles, self._needs = client, found, roles, needs

    async def items(self, scopes: Sequence[SubscriptionScope]) -> list[AzureResource]:
        """One item per subscription, those that the inventory leaves out included."""
        alerts = self._found.whole(ALERTS) if self._wants("alerted_operations") else []
        return ordered(await asyncio.gather(*(self._item(scope, alerts) for scope in scopes)))

    async def _item(self, scope: SubscriptionScope, alerts: list[Row] | Unknown) -> AzureResource:
        if isinstance(scope.allowed, Failure):
            item = unread_item(Subscription, scope.label, scope.allowed.unknown)
            return _with(item, in_inventory=scope.in_inventory, id=f"/subscriptions/{scope.id}")
        told: dict[str, Any] = {}
        if scope.in_inventory:
            told |= await self._logs(scope) | await self._contacts(scope) | await self._owners(scope)
            if self._wants("alerted_operations"):
                told["alerted_operations"] = scope.missing(ALERTS.permissions) or _alerted(scope, alerts)
        else:
            names = (
                "activity_log_categories",
                "alerted_operations",
                "security_contact",
                "alert_notification",
                "owners",
            )
            told = dict.fromkeys(names, Unknown("the inventory leaves this subscription out"))
        return Subscription(
            name=scope.label,
            id=f"/subscriptions/{scope.id}",
            subscription=scope.label,
            location="global",
            state=scope.properties.word("state", _STATES),  # type: ignore[arg-type]
            in_inventory=scope.in_inventory,
            **told,
        )

    def _wants(self, *fields: str) -> bool:
        return wanted([f"subscriptions.*.{field}" for field in fields], self._needs)

    async def _logs(self, scope: SubscriptionScope) -> dict[str, Any]:
        if not self._wants("activity_log_categories"):
            return {}
        answer = await self._listed(scope, ACTIVITY_LOG)
        sent = answer if isinstance(answer, Unknown) else sent_categories(answer, CATEGORIES)
        return {"activity_log_categories": sent}

    async def _contacts(self, scope: SubscriptionScope) -> dict[str, Any]:
        if not self._wants("security_contact", "alert_notification"):
            return {}
        answer = await self._listed(scope, CONTACTS)
        items = answer if isinstance(answer, Unknown) else answer.items("value")
        if isinstance(items, Unknown):
            return {"security_contact": items, "alert_notification": items}
        on = [item for item in items if item.flag("properties.isEnabled", absent=True) is True]
        return {
            "security_contact": any(item.raw("properties.emails") for item in on),
            "alert_notification": _least([_severity(item) for item in on]),
        }

    async def _owners(self, scope: SubscriptionScope) -> dict[str, Any]:
        return {"owners": await self._roles.owners(scope)} if self._wants("owners") else {}

    async def _listed(self, scope: SubscriptionScope, call: Call) -> Properties | Unknown:
        answer = await self._client.get_all(call.path.format(scope.id), permission=call.permission)
        name = f"subscription {scope.label}"
        return answer.unknown if isinstance(answer, Failure) else Properties({"value": answer}, name)

    async def plans(self, scopes: Sequence[SubscriptionScope]) -> list[AzureResource]:
        """Every plan of Defender for Cloud, per subscription."""
        found = await asyncio.gather(*(self._plans(scope) for scope in scopes))
        return ordered([item for items in found for item in items])

    async def _plans(self, scope: SubscriptionScope) -> list[AzureResource]:
        missing = scope.missing((PLANS.permission,))
        answer = missing or await self._listed(scope, PLANS)
        items = answer if isinstance(answer, Unknown) else answer.items("value")
        if isinstance(items, Unknown):
            return [unread_item(DefenderPlan, scope.label, items)]
        if not items:
            return [unread_item(DefenderPlan, scope.label, Unknown("Azure tells no plan of Defender for Cloud"))]
        return [_plan(scope, item) for item in items]


def _plan(scope: SubscriptionScope, item: Properties) -> AzureResource:
    name = item.text("name")
    tier = item.word("properties.pricingTier", {"standard": "on", "free": "off"})
    return DefenderPlan(
        name=f"{scope.label}/{name if isinstance(name, str) else '?'}",
        id=item.text("id"),
        subscription=scope.label,
        location="global",
        plan=name,
        enabled=tier if isinstance(tier, Unknown) else tier == "on",
    )


def _severity(contact: Properties) -> Fact[str | None]:
    """Least severity that is mailed, in the shape of either version of the API."""
    if contact.raw("properties.notificationsSources") is None:
        state = contact.flag("properties.alertNotifications.state")
        if state is not True:
            return state if isinstance(state, Unknown) else None
        return contact.word("properties.alertNotifications.minimalSeverity", _SEVERITIES)
    sources = contact.items("properties.notificationsSources")
    if isinstance(sources, Unknown):
        return sources
    alerts = [source for source in sources if str(source.raw("sourceType")).lower() == "alert"]
    return _least([source.word("minimalSeverity", _SEVERITIES) for source in alerts])


def _least(severities: Sequence[Fact[str | None]]) -> Fact[str | None]:
    known = [word for word in ("low", "medium", "high") if word in severities]
    unknown = next((severity for severity in severities if isinstance(severity, Unknown)), None)
    return known[0] if known else unknown


def _alerted(scope: SubscriptionScope, alerts: list[Row] | Unknown) -> Fact[list[str]]:
    """Operations for which an alert on the whole subscription tells somebody."""
    if isinstance(alerts, Unknown):
        return alerts
    operations: set[str] = set()
    for alert in alerts:
        scopes = alert.raw("properties.scopes")
        covers = isinstance(scopes, list) and f"/subscriptions/{scope.id}" in {
            str(s).lower().rstrip("/") for s in scopes
        }
        told = alert.raw("properties.actions.actionGroups")
        if covers and told and alert.flag("properties.enabled") is True:
            operations |= _operations(alert)
    return sorted(operations)


def _operations(alert: Row) -> set[str]:
    """The operations of an alert; none when it is narrowed by something else."""
    conditions = alert.items("properties.condition.allOf")
    if isinstance(conditions, Unknown):
        return set()
    fields = {str(condition.raw("field")).lower() for condition in conditions}
    if fields - _ALERT_FIELDS:
        return set()
    return {
        str(condition.raw("equals")).lower()
        for condition in conditions
        if str(condition.raw("field")).lower() == "operationname"
    }


def _with(item: AzureResource, **changes: Any) -> AzureResource:
    return msgspec.structs.replace(item, **changes)
