"""A real SSH server that speaks like a device of a platform, lets everybody in, and keeps every byte it was sent."""

import asyncio
from contextlib import asynccontextmanager, suppress

import asyncssh

from baseline.collectors.interface import CollectSettings
from baseline.collectors.network.platforms import platform
from baseline.lab.devices import new_device, open_shell
from baseline.lab.moment import Login
from baseline.lab.platforms import LAB_PLATFORMS
from baseline.lab.spec import IOS, DeviceSpec
from baseline.models.target import Connection, Credentials, Target

PASSWORD = ENABLE = "niet-te-raden"
LIKE_IOS = ("frr",)
"""Platforms whose sessions look like those of IOS."""


class _Anyone(asyncssh.SSHServer):
    def __init__(self, connections):
        self._connections = connections

    def connection_made(self, conn):
        self._connections.append(conn)

    def validate_password(self, username, password):
        return True

    def password_auth_supported(self):
        return True


class RecordingDevice:
    """``raw`` holds what clients sent, one entry for each session; ``exec_requests`` what came outside a session."""

    def __init__(self, platform):
        self.platform = platform
        self.raw = []
        self.exec_requests = []
        self.port = 0
        self.host_key = asyncssh.generate_private_key("ssh-ed25519")

    async def serve(self, process):
        if process.command is not None or process.subsystem is not None:
            self.exec_requests.append(process.command or process.subsystem)
        mine = bytearray()
        self.raw.append(mine)
        like = self.platform if self.platform in LAB_PLATFORMS and self.platform not in LIKE_IOS else IOS
        device = new_device(DeviceSpec(name="zwolle-x-01", platform=like, lines=450, privilege=1), seed=1)
        shell = open_shell(device, Login(0, "auditor", "127.0.0.1"), height=24, enable_password=ENABLE)
        process.stdout.write(shell.start())
        with suppress(asyncssh.Error, OSError):
            while data := await process.stdin.read(4096):
                mine += data
                process.stdout.write(shell.receive(data))
        process.exit(0)

    @property
    def lines(self):
        """Every line that was sent, without the keys that turn a page or accept terms of use before it."""
        lines = [line for session in self.raw for line in session.decode("utf-8", errors="replace").split("\n")]
        return [line.lstrip(" ") for line in lines]

    def known_hosts_line(self):
        return f"[127.0.0.1]:{self.port} {self.host_key.export_public_key().decode().strip()}\n"

    def target(self, transport="ssh", **connection):
        values = {"address": "127.0.0.1", "port": self.port, "credentials": Credentials(user="auditor")}
        connect = Connection(transport=transport, **(values | connection))
        return Target(name="x", kind="network", platform=self.platform, connection=connect)


@asynccontextmanager
async def recording_devices(*platforms):
    """Serve one device of each platform."""
    devices, acceptors, connections = [RecordingDevice(name) for name in platforms], [], []
    for device in devices:
        acceptor = await asyncssh.listen(
            "127.0.0.1",
            0,
            server_factory=lambda: _Anyone(connections),
            server_host_keys=[device.host_key],
            process_factory=device.serve,
            encoding=None,
            line_editor=False,
            config=None,
        )
        device.port = acceptor.get_port()
        acceptors.append(acceptor)
    try:
        yield devices
    finally:
        for listening in acceptors:
            listening.close()
        for connection in connections:
            connection.abort()
        await asyncio.gather(*(one.wait_closed() for one in (*acceptors, *connections)))


def settings_for(devices, folder, **overrides):
    """Means of asking these devices."""
    known_hosts = folder / "known_hosts"
    known_hosts.write_text("".join(device.known_hosts_line() for device in devices))
    values = {
        "known_hosts": known_hosts,
        "secret": lambda _target, _kind: PASSWORD,
        "attempts": 1,
        "timeout_seconds": 30,
    }
    return CollectSettings(**(values | overrides))


def stated(name):
    """The lines that a session may send: the read-only commands, the preparation of the session, and Enter."""
    described = platform(name)
    enable = {described.enable_command, PASSWORD} if described.enable_command else set()
    return {command.text for command in described.commands} | set(described.session_setup) | enable | {""}


def assert_only_stated(device):
    """Nothing but stated lines arrived; an ``a`` that accepts terms of use may stand before the first of a session."""
    accepted = stated(device.platform)
    assert device.exec_requests == []
    asks_to_accept = platform(device.platform).acceptance is not None
    lines = [line.removeprefix("a") if asks_to_accept and line not in accepted else line for line in device.lines]
    assert set(lines) <= accepted, set(lines) - accepted
