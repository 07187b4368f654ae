"""A careful SSH client for the tests: known host keys, one key pair of its own."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import asyncssh

from baseline.lab.fleet import Lab

SWITCH = "zwolle-sw-01"
PASSWORD = "niet-te-raden"
ENABLE = "ook-niet-te-raden"


class Client:
    """Opens SSH connections to a lab the way a careful client does: known host keys, one key pair of its own."""

    def __init__(self, lab: Lab, folder: Path) -> None:
        self.lab = lab
        self.key = folder / "client_key"
        self.known_hosts = folder / "known_hosts"
        self.known_hosts.write_text(lab.known_hosts())

    def connect(self, name: str = SWITCH, **options: Any) -> Any:
        """A connection; options replace those of the client."""
        address, port = self.lab.endpoint(name)
        defaults: dict[str, Any] = {
            "username": "auditor",
            "client_keys": [str(self.key)],
            "known_hosts": str(self.known_hosts),
            "config": None,
            "agent_path": None,
        }
        return asyncssh.connect(address, port, **(defaults | options))

    @asynccontextmanager
    async def shell(self, name: str = SWITCH, **options: Any) -> AsyncIterator["Screen"]:
        """An interactive session, past its first prompt."""
        async with self.connect(name, **options) as connection:
            process = await connection.create_process(term_type="vt100", term_size=(511, 1000), encoding=None)
            screen = Screen(process)
            await screen.until(b"#")
            yield screen


class Screen:
    """What a session shows."""

    def __init__(self, process: Any) -> None:
        self.process = process

    async def until(self, end: bytes) -> str:
        """Everything up to and including ``end``."""
        return (await self.process.stdout.readuntil(end)).decode().replace("\r\n", "\n")

    async def ask(self, line: str, end: bytes = b"\r\n" + SWITCH.encode() + b"#") -> str:
        """Type a line; gives what is shown until the prompt is back."""
        self.process.stdin.write(line.encode() + b"\n")
        return await self.until(end)
