"""Collects the facts of a tenant's Entra ID, Intune and Microsoft 365."""

from baseline.collectors.cloud.microsoft.extra import require_extra
from baseline.collectors.interface import CollectSettings
from baseline.models.collection import Collection
from baseline.models.target import Target


class Microsoft365Collector:
    """Asks Microsoft Graph, in as few round trips as its batches allow. Implements Collector."""

    async def collect(self, target: Target, needs: frozenset[str], settings: CollectSettings) -> Collection:
        """Collect the facts in ``needs``. A request that is denied, fails or lacks a licence leaves its facts unknown.

        Raises:
            CollectError: ``authentication``, ``credential`` or ``missing_extra``: the tenant could not be asked at all.
        """
        require_extra()
        from baseline.collectors.cloud.microsoft365.inquiry import inquire  # noqa: PLC0415 - needs the extra

        return await inquire(target, needs, settings)
