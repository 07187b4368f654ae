"""Simulated switches, with and without a network between."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import msgspec
import pytest

from baseline.lab.device import Device
from baseline.lab.fleet import DeviceSpec, LabSpec, start
from baseline.lab.keys import client_key
from baseline.lab.moment import Login
from baseline.lab.shell.shell import Shell
from tests.lab.client import SWITCH, Client


@pytest.fixture
def shell() -> Callable[..., Shell]:
    """Makes a shell on a switch, without a network."""

    def make(*, height: int = 0, enable_password: str | None = None, **spec: Any) -> Shell:
        device = Device(msgspec.structs.replace(DeviceSpec(name=SWITCH, lines=450), **spec), seed=1)
        return Shell(device, Login(0, "auditor", "127.0.0.1"), height=height, enable_password=enable_password)

    return make


@pytest.fixture
def lab_of(tmp_path: Path) -> Callable[..., Any]:
    """Starts a lab of the devices given (one small switch by default) and gives a client of it."""

    @asynccontextmanager
    async def make(*devices: DeviceSpec, **spec: Any) -> AsyncIterator[Client]:
        key = client_key(tmp_path / "client_key")
        devices = devices or (DeviceSpec(name=SWITCH, lines=450),)
        options: dict[str, Any] = {"first_port": 0, "authorized_keys": (key,)}
        async with start(LabSpec(devices=devices, **(options | spec))) as lab:
            yield Client(lab, tmp_path)

    return make
