"""A session with an AOS-CX switch: paging off and every command in one go, over both transports."""

import asyncio

import pytest

from baseline.collectors.interface import CollectSettings
from baseline.collectors.network.platforms import platform
from baseline.models.target import Connection, Credentials, Target
from tests.transport.lab import run_commands
from tests.transport.scripted import device

AOSCX = platform("aruba_aoscx")
RUNNING = "show running-config"
COMMANDS = [command.text for command in AOSCX.commands]
SPARSE = ("show ssh host-key", "show checkpoint list all")
"""What an operator may not ask."""

pytestmark = pytest.mark.filterwarnings(
    "ignore:Diffie-Hellman over finite fields", "ignore::DeprecationWarning:paramiko"
)


def talking(answers):
    """A switch that pages until told not to."""

    async def switch(terminal):
        paging = True
        while True:
            terminal.send(b"\rpr-sw-kantoor-01# ")
            line = (await terminal.line()).decode()
            if line == "no page":
                paging = False
            elif line:
                text = answers.get(line, f"Invalid input: {line.split()[-1]}\n").replace("\n", "\r\n").encode()
                terminal.send(text[:40] + b"-- MORE --, next page: Space" + text[40:] if paging else text)

    return switch


def session(folder, transport, answers):
    async def scenario():
        async with device(talking(answers)) as (port, key, terminals):
            known_hosts = folder / "known_hosts"
            known_hosts.write_text(f"[127.0.0.1]:{port} {key}")
            settings = CollectSettings(
                known_hosts=known_hosts,
                timeout_seconds=20,
                attempts=1,
                secret=lambda _, kind: {"password": "geheim"}.get(kind),
            )
            connection = Connection(address="127.0.0.1", port=port, credentials=Credentials(user="auditor"))
            target = Target(name="pr-sw-kantoor-01", kind="network", platform="aruba_aoscx", connection=connection)
            output = await run_commands(transport)(target, AOSCX, COMMANDS, settings)
            return output, [line.decode() for terminal in terminals for line in terminal.typed]

    return asyncio.run(scenario())


transports = pytest.mark.parametrize("transport", ["shell_session", "netmiko_session"])


@transports
def test_a_switch_is_asked_everything(transport, tmp_path, outputs):
    output, typed = session(tmp_path, transport, outputs)
    assert output.failures == {}
    assert [line for line in typed if line] == ["no page", *COMMANDS]
    assert output.outputs[RUNNING] == outputs[RUNNING]
    assert AOSCX.parse(output.outputs).facts == AOSCX.parse(outputs).facts


@transports
def test_what_an_operator_may_not_ask_is_unknown_and_the_rest_is_known(transport, tmp_path, outputs):
    output, _ = session(tmp_path, transport, {name: text for name, text in outputs.items() if name not in SPARSE})
    assert set(output.failures) == set(SPARSE)
    facts = AOSCX.parse(output.outputs).facts
    assert "show ssh host-key" in facts.management.ssh.host_keys.reason
    assert facts.software.version == "FL.10.13.1030"
