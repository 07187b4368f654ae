"""The mock devices that Cisco ships with unicon, as the login shell of an SSH server on loopback."""

import asyncio
import contextlib
import fcntl
import os
import pty
import struct
import subprocess
import termios
import threading
from dataclasses import dataclass
from pathlib import Path

import asyncssh

PASSWORD = "only-of-this-test"
USER = "audit"


@dataclass
class VendorMock:
    """One kind of mock device: a port at which every session is a device of its own, in the state given."""

    program: Path
    network_os: str
    state: str
    hostname: str
    port: int = 0
    known_hosts: Path | None = None

    @property
    def command(self):
        """The vendor's own program, with the vendor's own data."""
        return (str(self.program), "--os", self.network_os, "--state", self.state, "--hostname", self.hostname)


class _Passwords(asyncssh.SSHServer):
    def begin_auth(self, username):
        return True

    def password_auth_supported(self):
        return True

    def validate_password(self, username, password):
        return (username, password) == (USER, PASSWORD)


@contextlib.contextmanager
def served(devices, folder):
    """The devices behind an SSH server each, while this lasts; their keys are in ``known_hosts`` in the folder."""
    known_hosts = folder / "known_hosts"
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    key = asyncssh.generate_private_key("ssh-ed25519")
    servers, sessions = [], set()
    try:
        for device in devices:
            server = asyncio.run_coroutine_threadsafe(_listen(device, key, sessions), loop).result(30)
            servers.append(server)
            device.port = server.get_port()
            device.known_hosts = known_hosts
        public = key.export_public_key().decode().strip()
        known_hosts.write_text("".join(f"[127.0.0.1]:{device.port} {public}\n" for device in devices))
        yield devices
    finally:
        for server in servers:
            loop.call_soon_threadsafe(server.close)
        asyncio.run_coroutine_threadsafe(_ended(servers, sessions), loop).result(30)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(30)
        loop.close()


async def _ended(servers, sessions):
    await asyncio.gather(*(server.wait_closed() for server in servers), *sessions)


async def _listen(device, key, sessions):
    return await asyncssh.listen(
        "127.0.0.1",
        0,
        server_factory=_Passwords,
        server_host_keys=[key],
        process_factory=lambda process: sessions.add(asyncio.ensure_future(_shell(device, process))),
        encoding=None,
        line_editor=False,
    )


async def _shell(device, process):
    """Connect a session with the vendor's program, which talks to a terminal as a person would have it."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 1000, 511, 0, 0))
    program = await asyncio.to_thread(_started, device, theirs)
    os.close(theirs)
    try:
        await asyncio.gather(_to_device(process, ours, program), _from_device(process, ours))
    finally:
        program.kill()
        await asyncio.to_thread(program.wait)
        os.close(ours)
        process.exit(0)


def _started(device, terminal):
    return subprocess.Popen(
        device.command,
        stdin=terminal,
        stdout=terminal,
        stderr=terminal,
        start_new_session=True,
        env={"PATH": os.environ["PATH"], "HOME": "/nonexistent", "TERM": "dumb", "LC_ALL": "C.UTF-8"},
    )


async def _to_device(process, ours, program):
    with contextlib.suppress(asyncssh.Error, OSError):
        while typed := await process.stdin.read(4096):
            os.write(ours, typed.replace(b"\r\n", b"\n").replace(b"\r", b"\n"))
    program.kill()


async def _from_device(process, ours):
    loop = asyncio.get_running_loop()
    said = asyncio.Queue()
    loop.add_reader(ours, lambda: said.put_nowait(_read(ours)))
    try:
        with contextlib.suppress(asyncssh.Error, OSError):
            while text := await said.get():
                process.stdout.write(text)
    finally:
        loop.remove_reader(ours)


def _read(descriptor):
    try:
        return os.read(descriptor, 65536)
    except OSError:
        return b""
