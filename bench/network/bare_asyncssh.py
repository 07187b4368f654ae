"""The floor: AsyncSSH and nothing else. The same commands in one session, the answers thrown on a heap."""

import asyncio
from typing import Any

import msgspec

from bench.contender import Work
from bench.network.fleet import WORKERS, Fleet
from bench.parallel import everywhere


def ask(**fleet: object) -> Work:
    """Log in, send every command at once, read until the device hangs up."""
    import asyncssh

    given = msgspec.convert(fleet, Fleet)
    typed = "\n".join(("terminal length 0", "terminal width 511", *given.commands, "exit", "")).encode()
    options: dict[str, Any] = {
        "username": given.user,
        "client_keys": [asyncssh.read_private_key(given.key_file)],
        "known_hosts": asyncssh.read_known_hosts(given.known_hosts),
        "config": None,
        "agent_path": None,
        "gss_host": None,
    }

    async def one(device: tuple[str, str, int]) -> int:
        _name, address, port = device
        async with asyncssh.connect(address, port, **options) as connection:
            done = await connection.run(input=typed, encoding=None, term_type="dumb", term_size=(511, 1000))
            return len(done.stdout or b"")

    def work() -> dict[str, float]:
        sizes = asyncio.run(everywhere(given.devices, one, WORKERS))
        return {"answered": len(sizes), "bytes": sum(sizes)}

    return work
