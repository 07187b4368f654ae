import asyncio
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from baseline.collectors.cloud.azure.collector import AzureCollector
from baseline.models.collection import Collection
from tests.azure.tenant import Tenant
from tests.microsoft.loopback import MicrosoftServer, microsoft_settings, microsoft_target


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch):
    monkeypatch.setenv("NO_PROXY", "127.0.0.1,localhost")


@pytest.fixture
def tenant() -> Tenant:
    return Tenant()


@pytest.fixture
def azure(tenant) -> Iterator[MicrosoftServer]:
    """A server that answers for ``tenant``."""
    with MicrosoftServer(tenant.answer).running() as server:
        yield server


@pytest.fixture
def collect(azure) -> Callable[..., Collection]:
    """Asks the server for what is needed."""

    def ask(*needs: str, access: dict[str, Any] | None = None, **settings: Any) -> Collection:
        target = microsoft_target(azure.address, **(access or {}))
        return asyncio.run(AzureCollector().collect(target, frozenset(needs), microsoft_settings(**settings)))

    return ask
