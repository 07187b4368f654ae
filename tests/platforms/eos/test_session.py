"""A session with an EOS switch: paging off, the enable password, and every command in one go, over both transports."""

import asyncio

import pytest

from baseline.collectors.interface import CollectSettings
from baseline.collectors.network.platforms import platform
from baseline.models.errors import CollectError
from baseline.models.facts.fact import Unknown
from baseline.models.target import Connection, Credentials, Target
from tests.platforms.vendors import recording
from tests.transport.lab import run_commands
from tests.transport.scripted import device

EOS = platform("arista_eos")
RUNNING = "show running-config"
COMMANDS = [command.text for command in EOS.commands]
SECRET = "enable-geheim"

pytestmark = pytest.mark.filterwarnings(
    "ignore:Diffie-Hellman over finite fields", "ignore::DeprecationWarning:paramiko"
)


def answer(command):
    """What the switch prints."""
    if command in {RUNNING, "show startup-config"}:
        return recording("arista_eos", "strict")
    if command not in COMMANDS:
        return "% Invalid input (at token 0: 'x')\n"
    return recording("arista_eos", command.replace(" ", "_"))


async def switch(terminal):
    """A switch that gives a user no privileges at first, and pages until told not to."""
    privileged, paging = False, True
    while True:
        terminal.send(b"gem-toegang-02", b"#" if privileged else b">")
        line = (await terminal.line()).decode()
        if line == "terminal length 0":
            paging = False
            terminal.send(b"Pagination disabled.\r\n")
        elif line == "enable":
            terminal.send(b"Password: ")
            privileged = (await terminal.line(echo=False)).decode() == SECRET
            terminal.send(b"\r\n" if privileged else b"\r\n% Bad secret\r\n\r\n")
        elif line.startswith("terminal width"):
            terminal.send(b"Width set to 511 columns.\r\n")
        elif line.startswith("show running-config") and not privileged:
            terminal.send(b"% Invalid input (privileged mode required)\r\n")
        elif line:
            text = answer(line).replace("\n", "\r\n").encode()
            terminal.send(text[:40] + b" --More-- " + text[40:] if paging else text)


def session(folder, transport, secret=SECRET):
    async def scenario():
        async with device(switch) as (port, key, terminals):
            known_hosts = folder / "known_hosts"
            known_hosts.write_text(f"[127.0.0.1]:{port} {key}")
            settings = CollectSettings(
                known_hosts=known_hosts,
                timeout_seconds=20,
                attempts=1,
                secret=lambda _, kind: {"enable": secret, "password": "geheim"}.get(kind),
            )
            connection = Connection(address="127.0.0.1", port=port, credentials=Credentials(user="auditor"))
            target = Target(name="gem-toegang-02", kind="network", platform="arista_eos", connection=connection)
            output = await run_commands(transport)(target, EOS, COMMANDS, settings)
            return output, [line.decode() for terminal in terminals for line in terminal.typed]

    return asyncio.run(scenario())


@pytest.mark.parametrize("transport", ["shell_session", "netmiko_session"])
def test_a_switch_is_asked_everything_after_enable(transport, tmp_path):
    output, typed = session(tmp_path, transport)
    assert output.failures == {}
    assert list(output.outputs) == COMMANDS
    assert output.outputs[RUNNING] == recording("arista_eos", "strict")
    assert [line for line in typed if line][:4] == ["terminal length 0", "terminal width 511", "enable", SECRET]
    facts = EOS.parse(output.outputs).facts
    assert facts.device.hostname == "gem-toegang-02"
    assert facts.configuration.saved_matches_running is True


def test_a_wrong_enable_password_is_tried_once(tmp_path):
    with pytest.raises(CollectError, match="refuses the enable secret"):
        session(tmp_path, "shell_session", secret="fout")


def test_without_an_enable_password_the_refusal_says_what_is_missing(tmp_path):
    output, _ = session(tmp_path, "shell_session", secret=None)
    assert "privileged mode required" in output.failures[RUNNING]
    assert "no enable secret is configured" in output.failures[RUNNING]
    facts = EOS.parse(output.outputs).facts
    assert isinstance(facts.users, Unknown)
    assert facts.software.version == "4.28.3M"
