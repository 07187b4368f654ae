"""Diagnostic settings: which logs are sent somewhere."""

from collections.abc import Iterable

from baseline.collectors.cloud.azure.row import Properties
from baseline.models.facts.fact import Fact, Unknown

DIAGNOSTIC_SETTINGS = "/providers/Microsoft.Insights/diagnosticSettings?api-version=2021-05-01-preview"
DIAGNOSTICS_PERMISSION = "Microsoft.Insights/diagnosticSettings/read"

_DESTINATIONS = ("workspaceId", "storageAccountId", "eventHubAuthorizationRuleId", "marketplacePartnerId")


def sent_categories(settings: Properties, everything: Iterable[str], audit: Iterable[str] = ()) -> Fact[list[str]]:
    """Categories that any setting with a destination sends, sorted.

    ``everything`` and ``audit`` are what the category groups ``allLogs`` and ``audit`` stand for.
    """
    groups = {"alllogs": tuple(everything), "audit": tuple(audit)}
    listed = settings.items("value")
    if isinstance(listed, Unknown):
        return listed
    sent: set[str] = set()
    for setting in listed:
        logs = setting.items("properties.logs", absent=[])
        if isinstance(logs, Unknown):
            return logs
        if not any(setting.raw(f"properties.{name}") for name in _DESTINATIONS):
            continue
        for log in logs:
            enabled = log.flag("enabled")
            if isinstance(enabled, Unknown):
                return enabled
            if enabled:
                sent.update(groups.get(str(log.raw("categoryGroup")).lower(), ()))
                sent.add(str(log.text("category", absent="")))
    return sorted(sent - {""})
