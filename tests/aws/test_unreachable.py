"""A service that cannot be reached is unknown, and never an empty list."""

import asyncio
import socket
import time

import pytest

from baseline.collectors.cloud.aws.asking import Asker
from baseline.collectors.cloud.aws.session import AwsSession
from baseline.collectors.cloud.aws.table import every_call, read_list
from baseline.collectors.interface import CollectSettings
from baseline.models.cloud import AwsAccess
from baseline.models.facts.fact import Unknown

LISTS = sorted(
    {call.service: call for call in every_call() if call.items and call.run is None}.values(),
    key=lambda call: call.service,
)


@pytest.fixture(scope="module")
def closed():
    """A session whose every address refuses connections, as behind a firewall."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        access = AwsAccess(endpoint=f"http://127.0.0.1:{taken.getsockname()[1]}", regions=("eu-west-1",))
        session = AwsSession(access, read_list(), CollectSettings(), attempts=1)
        yield session
        session.close()


@pytest.mark.parametrize("call", LISTS, ids=lambda call: call.service)
def test_nothing_is_found_empty_behind_a_firewall(closed, call):
    asker = Asker(closed, "123456789012", time.monotonic() + 20)
    try:
        found = asyncio.run(asker.items(call))
    finally:
        asker.close()
    assert isinstance(found, Unknown)
    assert call.operation in found.reason
