"""A Linux host whose every answer is full of secrets, behind a real SSH server on loopback."""

import asyncio
import contextlib
import re
import threading
from collections.abc import Iterator
from pathlib import Path

import asyncssh

from baseline.collectors.host.sections import SECTIONS


def answers(mark: str, told: str) -> str:
    """What the host's script prints when every command and file of every section holds this text."""
    parts = [f"\n{mark} begin 0\n"]
    for section in SECTIONS:
        parts += (
            f"\n{mark} section {section.name}\n",
            f"\n{mark} command something --of {section.name}\n{told}\n{mark} status 0\n",
            f"\n{mark} file /etc/{section.name}.conf\n{told}\n{mark} status 0\n",
            f"\n{mark} end {section.name}\n",
        )
    return "".join([*parts, f"\n{mark} finished\n"])


class _Open(asyncssh.SSHServer):
    def begin_auth(self, username: str) -> bool:
        return False


@contextlib.contextmanager
def leaking_host(folder: Path, told: str) -> Iterator[int]:
    """Run the host; gives its port. ``folder`` gets the file ``known_hosts``."""
    key = asyncssh.generate_private_key("ssh-ed25519")
    ready, port, loop = threading.Event(), list[int](), asyncio.new_event_loop()

    async def answer(process: asyncssh.SSHServerProcess[str]) -> None:
        script = await process.stdin.read()
        mark = re.search(r"^mark='?(@\w+)", script, re.MULTILINE)
        process.stdout.write(answers(mark[1] if mark else "@", told))
        process.exit(0)

    async def serve() -> None:
        server = await asyncssh.listen(
            "127.0.0.1", 0, server_factory=_Open, process_factory=answer, server_host_keys=[key]
        )
        port.append(server.get_port())
        ready.set()
        await stop.wait()
        server.close()
        await server.wait_closed()

    stop = asyncio.Event()
    thread = threading.Thread(target=loop.run_until_complete, args=(serve(),), daemon=True)
    thread.start()
    assert ready.wait(10)
    public = key.export_public_key().decode().split()
    (folder / "known_hosts").write_text(f"[127.0.0.1]:{port[0]} {public[0]} {public[1]}\n")
    try:
        yield port[0]
    finally:
        loop.call_soon_threadsafe(stop.set)
        thread.join(10)
        loop.close()
