"""A whole session with an IOS XR router over both transports, and its saved answers without one."""

import asyncio
import re

import asyncssh
import pytest

from baseline.collectors.files.folder import file_key
from baseline.collectors.files.recognition import named_platform, recognised
from baseline.collectors.files.removed import parse_without_secrets
from baseline.collectors.interface import CollectSettings
from baseline.models.facts.fact import Unknown
from baseline.models.platforms import ANSIBLE_NETWORK_OS
from baseline.models.target import Connection, Credentials, Target
from tests.platforms.xr.routers import LOGGING, RUNNING, SHOWS, XR, recorded
from tests.transport.lab import run_commands
from tests.transport.scripted import device

COMMANDS = [RUNNING, *SHOWS]
PROMPT = b"RP/0/RSP0/CPU0:wan-pe-zutphen-02#"
TIME = b"Tue Mar  3 11:00:00.000 CET\r\n"

pytestmark = pytest.mark.filterwarnings(
    "ignore:Diffie-Hellman over finite fields", "ignore::DeprecationWarning:paramiko"
)


def answer(command):
    """What the router prints, with the time above it."""
    file = {RUNNING: "strict", LOGGING: "show_logging_include"}.get(command, command.replace(" ", "_"))
    return recorded(file).replace("\n", "\r\n").encode()


async def router(terminal):
    """A router that pages until it is told not to, and shows the time above every answer."""
    paging = True
    terminal.send(b"\r\nAlleen voor bevoegden.\r\n\r\n\r\n")
    while True:
        terminal.send(PROMPT)
        line = (await terminal.line()).decode()
        if line.startswith("terminal "):
            paging = paging and line != "terminal length 0"
            terminal.send(TIME)
        elif line in COMMANDS:
            terminal.send(answer(line), b" --More-- " if paging else b"")
        elif line:
            terminal.send(TIME, b"           ^\r\n% Invalid input detected at '^' marker.\r\n")


def keeping(connections):
    """A server that lets everybody in, and keeps the connections so that they can be closed."""

    class Guests(asyncssh.SSHServer):
        def connection_made(self, conn):
            connections.append(conn)

        def begin_auth(self, username):
            return False

    return Guests


async def session(folder, transport):
    connections = []
    async with device(router, server_factory=keeping(connections)) as (port, key, terminals):
        known_hosts = folder / "known_hosts"
        known_hosts.write_text(f"[127.0.0.1]:{port} {key}")
        settings = CollectSettings(
            known_hosts=known_hosts, timeout_seconds=20, attempts=1, secret=lambda _, kind: {"password": "x"}.get(kind)
        )
        connection = Connection(address="127.0.0.1", port=port, credentials=Credentials(user="auditor"))
        target = Target(name="wan-pe-zutphen-02", kind="network", platform="cisco_iosxr", connection=connection)
        output = await run_commands(transport)(target, XR, COMMANDS, settings)
        for connection in connections:
            connection.abort()
            await connection.wait_closed()
        return output, [line.decode() for terminal in terminals for line in terminal.typed]


@pytest.mark.parametrize("transport", ["shell_session", "netmiko_session"])
def test_a_router_is_asked_everything(transport, tmp_path):
    output, typed = asyncio.run(session(tmp_path, transport))
    assert output.failures == {}
    assert list(output.outputs) == COMMANDS
    assert output.outputs[RUNNING] == recorded("strict")
    assert [line for line in typed if line] == [*XR.session_setup, *COMMANDS]
    facts = XR.parse(output.outputs).facts
    assert (facts.device.hostname, facts.clock.synchronised) == ("wan-pe-zutphen-02", True)
    assert XR.cut_off(RUNNING, output.outputs[RUNNING]) is None


def test_the_inventory_and_the_folders_of_archives_know_the_platform():
    assert ANSIBLE_NETWORK_OS["cisco.iosxr.iosxr"] == "cisco_iosxr"
    assert [named_platform(word) for word in ("iosxr", "cisco_iosxr")] == ["cisco_iosxr", "cisco_iosxr"]


def test_saved_files_are_recognised_by_what_stands_in_them():
    outputs = {file_key(command): answer(command).decode() for command in SHOWS}
    assert recognised(None, outputs) == "cisco_iosxr"
    for file in ("pe", "wan", "strict"):
        assert recognised(recorded(file), {}) == "cisco_iosxr"
        assert recognised(f"!RANCID-CONTENT-TYPE: cisco-xr\n!\n{recorded(file)}", {}) == "cisco_iosxr"


def removed(text, pattern, instead):
    return parse_without_secrets(XR.parse, {RUNNING: re.sub(pattern, instead, text)}).facts


def test_a_password_that_a_tool_took_out_is_neither_strong_nor_weak():
    """Oxidized takes out the whole line, RANCID makes it a comment and keeps the type."""
    oxidized = removed(recorded("pe"), r"secret (\d+) (\S+).*", "<secret hidden>")
    for user in oxidized.users[:2]:
        assert isinstance(user.password_storage, Unknown)
        assert isinstance(user.has_password, Unknown)
    assert oxidized.users[2].password_storage == "type7_reversible"
    rancid = removed(recorded("pe"), r"(?m)^ secret 10 \S+", "! secret 10 <removed>")
    assert rancid.users[0].has_password is True
    communities = removed(
        recorded("pe"), r"(?m)^(snmp-server community).*", r"\1 <configuration removed>"
    ).snmp.communities
    assert all(isinstance(one.is_default_name, Unknown) for one in communities)


def test_a_page_that_never_came_is_seen():
    text = recorded("strict")
    facts = XR.parse({RUNNING: text[: len(text) // 2] + " --More-- "}).facts
    assert isinstance(facts.users, Unknown)
    assert "cut off" in facts.users.reason
    paged = text.replace("\nline console\n", "\n --More-- line console\n")
    assert "marks of pages" in XR.parse({RUNNING: paged}).facts.users.reason
    assert "marks of pages" in XR.cut_off(RUNNING, paged)
