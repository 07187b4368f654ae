"""Devices that behave in ways of their own: a test writes what they do, byte by byte, behind a real SSH server."""

import asyncio
import contextlib

import asyncssh

from baseline.collectors.interface import CollectSettings
from baseline.collectors.network.shell_session import run_commands
from baseline.models.target import Connection, Credentials, Target
from tests.transport.lab import IOS

PROMPT = b"edge-1#"
ANSWERS = {
    b"show clock": b"12:00:00.000 CET Sun Nov 22 2026\r\n",
    b"show version": b"Cisco IOS XE Software, Version 17.09.04a\r\nuptime is 3 days\r\n",
    b"show users": b"    Line       User\r\n*  1 vty 0     auditor\r\n",
}
COMMANDS = [command.decode() for command in ANSWERS]


class Terminal:
    """The device's side of one session."""

    def __init__(self, process):
        self._process = process
        self.typed = []

    def send(self, *pieces):
        for piece in pieces:
            self._process.stdout.write(piece)

    async def key(self):
        return await self._process.stdin.readexactly(1)

    async def line(self, *, echo=True):
        """The next line that the client types."""
        text = b""
        while (key := await self.key()) != b"\n":
            text += key
        if echo:
            self.send(text + b"\r\n")
        self.typed.append(text)
        return text

    async def forget_typed_ahead(self, seconds=0.05):
        """Throw away what comes in for a moment."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                while True:
                    await self.key()


async def answer_all(terminal, *, prompt=PROMPT, answers=ANSWERS):
    """An ordinary device."""
    while True:
        terminal.send(prompt)
        terminal.send(answers.get(await terminal.line(), b""))


class _AnyUser(asyncssh.SSHServer):
    def begin_auth(self, username):
        return False


def _keeping(factory, connections):
    """The same server, which also keeps its connections, so that this end of them can be closed."""

    class Keeping(factory):
        def connection_made(self, conn):
            connections.append(conn)
            super().connection_made(conn)

    return Keeping


@contextlib.asynccontextmanager
async def device(script, **options):
    """Serve sessions by a script; gives the port, the host key and the terminals so far."""
    terminals, connections = [], []

    async def session(process):
        terminal = Terminal(process)
        terminals.append(terminal)
        with contextlib.suppress(asyncio.IncompleteReadError, asyncssh.Error, OSError):
            await script(terminal)
        process.exit(0)

    key = asyncssh.generate_private_key("ssh-ed25519")
    settings = {
        "process_factory": session,
        "server_factory": _AnyUser,
        "encoding": None,
        "line_editor": False,
    } | options
    settings["server_factory"] = _keeping(settings["server_factory"], connections)
    server = await asyncssh.listen("127.0.0.1", 0, server_host_keys=[key], config=None, **settings)
    try:
        yield server.get_port(), key.export_public_key().decode(), terminals
    finally:
        server.close()
        for connection in connections:
            connection.abort()
            await connection.wait_closed()
        await server.wait_closed()


def ask(script, folder, commands=COMMANDS, *, platform=IOS, timeout_seconds=30.0, **options):
    """Ask a scripted device; gives the output and what was typed."""

    async def scenario():
        async with device(script, **options) as (port, key, terminals):
            known_hosts = folder / "known_hosts"
            known_hosts.write_text(f"[127.0.0.1]:{port} {key}")
            credentials = Credentials(user="auditor")
            connection = Connection(address="127.0.0.1", port=port, credentials=credentials)
            target = Target(name="edge-1", kind="network", platform="cisco_ios", connection=connection)
            settings = CollectSettings(known_hosts=known_hosts, timeout_seconds=timeout_seconds, attempts=1)
            output = await run_commands(target, platform, commands, settings)
            return output, [line.decode() for terminal in terminals for line in terminal.typed]

    return asyncio.run(scenario())
