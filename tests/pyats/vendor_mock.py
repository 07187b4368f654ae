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
QUIET_SECONDS = 0.02


@dataclass
class VendorMock:
    """One kind of mock device: a port at which every session is a device of its own, in the state given."""

    program: Path
    network_os: str
    state: str
    hostname: str
    port: int = 0
    known_hosts: Path | None = None
    data: Path | None = None
    """A folder with data of our own, in the vendor's format, for the vendor's program."""

    @property
    def command(self):
        """The vendor's own program, with the vendor's own data unless told otherwise."""
        words = (self.program, "--os", self.network_os, "--state", self.state, "--hostname", self.hostname)
        return (*words, "--mock_data_dir", self.data) if self.data else words


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
    terminal = _Terminal(ours, process)
    try:
        await asyncio.gather(terminal.show(), terminal.type(program))
    finally:
        program.kill()
        await asyncio.to_thread(program.wait)
        os.close(ours)
        process.exit(0)


class _Terminal:
    """Types a line when the device waits for one, as its own line editor would take it from what was typed ahead.

    Without that the terminal of the operating system would echo lines before the device reads them.
    """

    def __init__(self, descriptor, process):
        self.descriptor, self.process = descriptor, process
        self.shown = b""
        self.changed = asyncio.Event()

    async def type(self, program):
        with contextlib.suppress(asyncssh.Error, OSError):
            while line := await self.process.stdin.readline():
                await self._waiting()
                self.shown = b""
                os.write(self.descriptor, line.replace(b"\r\n", b"\n").replace(b"\r", b"\n"))
        program.kill()

    async def _waiting(self):
        """Until the device has said something that ends within a line, and says no more."""
        while True:
            self.changed.clear()
            try:
                await asyncio.wait_for(self.changed.wait(), QUIET_SECONDS)
            except TimeoutError:
                if self.shown and not self.shown.endswith(b"\n"):
                    return

    async def show(self):
        loop = asyncio.get_running_loop()
        said = asyncio.Queue()
        loop.add_reader(self.descriptor, lambda: said.put_nowait(_read(self.descriptor)))
        try:
            with contextlib.suppress(asyncssh.Error, OSError):
                while text := await said.get():
                    self.shown += text
                    self.changed.set()
                    self.process.stdout.write(text)
        finally:
            loop.remove_reader(self.descriptor)


def _started(device, terminal):
    return subprocess.Popen(
        device.command,
        stdin=terminal,
        stdout=terminal,
        stderr=terminal,
        start_new_session=True,
        env={"PATH": os.environ["PATH"], "HOME": "/nonexistent", "TERM": "dumb", "LC_ALL": "C.UTF-8"},
    )


def _read(descriptor):
    try:
        return os.read(descriptor, 65536)
    except OSError:
        return b""
