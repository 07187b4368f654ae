"""Collects the facts of a tenant's subscriptions with as few requests as the needs allow."""

from baseline.collectors.cloud.microsoft.extra import require_extra
from baseline.collectors.interface import CollectSettings
from baseline.models.collection import Collection
from baseline.models.errors import CollectError
from baseline.models.target import Target


class AzureCollector:
    """Asks Azure Resource Graph and Azure Resource Manager. Implements Collector."""

    async def collect(self, target: Target, needs: frozenset[str], settings: CollectSettings) -> Collection:
        """Collect what the needs ask.

        What is denied or throttled for good is unknown, by subscription where only that one is concerned.

        Raises:
            CollectError: signing in failed, or the subscriptions could not be listed.
        """
        if target.connection.transport != "api":
            raise CollectError("not_allowed", f"Azure is not asked over {target.connection.transport}")
        require_extra()
        from baseline.collectors.cloud.azure.asking import ask  # noqa: PLC0415 - httpx is an extra

        return await ask(target, needs, settings)
