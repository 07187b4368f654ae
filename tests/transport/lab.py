"""Simulated switches with a client's settings, and a scenario that runs beside them."""

import asyncio
from contextlib import asynccontextmanager
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from baseline.collectors.interface import CollectSettings
from baseline.collectors.network.platforms import platform
from baseline.lab.fleet import DeviceSpec, Lab, LabSpec, start
from baseline.models.target import Connection, Credentials, Target

SWITCH = "zwolle-sw-01"
PASSWORD = "niet-te-raden"
ENABLE = "ook-niet-te-raden"
IOS = platform("cisco_ios")
COMMANDS = [command.text for command in IOS.commands]


def secrets(_target, kind):
    return {"password": PASSWORD, "enable": ENABLE}.get(kind)


@dataclass
class Site:
    """A lab and what a client needs to ask it."""

    lab: Lab
    folder: Path

    def target(self, name=SWITCH, **connection):
        address, port = self.lab.endpoint(name)
        values = {"address": address, "port": port, "credentials": Credentials(user="auditor")} | connection
        return Target(name=name, kind="network", platform="cisco_ios", connection=Connection(**values))

    def settings(self, **overrides):
        known_hosts = self.folder / "known_hosts"
        known_hosts.write_text(self.lab.known_hosts())
        values = {"known_hosts": known_hosts, "secret": secrets, "timeout_seconds": 20.0, "attempts": 1}
        return CollectSettings(**(values | overrides))

    @property
    def counters(self):
        return self.lab.counters(SWITCH)


@asynccontextmanager
async def site(folder, *, latency_ms=0.0, **spec):
    device = DeviceSpec(name=SWITCH, **({"lines": 450} | spec))
    lab = LabSpec(
        devices=(device,), first_port=0, password=PASSWORD, enable_password=ENABLE, latency_ms=latency_ms, slow_ms=200
    )
    async with start(lab) as running:
        yield Site(running, folder)


def run_commands(transport):
    return import_module(f"baseline.collectors.network.{transport}").run_commands


def ask(folder, transport, commands=COMMANDS, *, fault=None, settings=None, platform=IOS, connection=None, **spec):
    """Ask one simulated switch; gives the output and the switch's counters."""

    async def scenario():
        async with site(folder, **spec) as at:
            given = at.settings(**(settings or {}))
            if fault:
                at.lab.break_device(SWITCH, fault)
            if fault == "weak_ssh":  # has another host key, which is known too
                given = at.settings(**(settings or {}))
            try:
                output = await run_commands(transport)(at.target(**(connection or {})), platform, commands, given)
            finally:
                assert at.counters.violations == 0, list(at.counters.violating)
            return output, at.counters

    return asyncio.run(scenario())
