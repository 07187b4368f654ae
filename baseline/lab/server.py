"""The SSH server of one simulated device."""

from hmac import compare_digest
from typing import Any

import asyncssh

from baseline.lab.arrivals import DelayedArrivals
from baseline.lab.errors import LabError
from baseline.lab.keys import new_host_key, public_data, public_text, sha1_only, weak_host_key
from baseline.lab.moment import Login
from baseline.lab.session import DeviceSession
from baseline.lab.simulated import SimulatedDevice
from baseline.lab.spec import LabSpec

VTY_LINES = 32
PASSWORD_ATTEMPTS = 3

MODERN = {
    "kex_algs": ["curve25519-sha256", "ecdh-sha2-nistp256", "ecdh-sha2-nistp384", "diffie-hellman-group14-sha256"],
    "encryption_algs": ["aes128-gcm@openssh.com", "aes256-gcm@openssh.com", "aes256-ctr", "aes192-ctr", "aes128-ctr"],
    "mac_algs": ["hmac-sha2-256-etm@openssh.com", "hmac-sha2-512-etm@openssh.com", "hmac-sha2-256", "hmac-sha2-512"],
}
"""What a current IOS-XE offers; ChaCha20 is left out because it costs this server half of its time."""

WEAK = {
    "kex_algs": ["diffie-hellman-group1-sha1"],
    "encryption_algs": ["aes128-cbc", "aes192-cbc", "aes256-cbc", "3des-cbc"],
    "mac_algs": ["hmac-sha1"],
}


class DeviceServer:
    """Listens for one device and hands its connections out."""

    def __init__(self, device: SimulatedDevice, lab: LabSpec) -> None:
        self.device = device
        self.lab = lab
        self.authorized = public_data(lab.authorized_keys)
        self.port = device.spec.port
        self._key = new_host_key()
        self._other_key = new_host_key()
        self._weak_key: asyncssh.SSHKey | None = None
        self._acceptor: asyncssh.SSHAcceptor | None = None
        self._connections: set[asyncssh.SSHServerConnection] = set()

    @property
    def host_keys(self) -> tuple[str, ...]:
        """The keys that a client should know, in OpenSSH form."""
        return tuple(public_text(key) for key in (self._key, self._weak_key) if key is not None)

    async def listen(self) -> None:
        """Start to listen.

        Raises:
            LabError: the port is taken.
        """
        spec = self.device.spec
        try:
            self._acceptor = await asyncssh.listen(spec.address, spec.port, backlog=512, **self._options())
        except OSError as error:
            raise LabError(f"{spec.name} cannot listen on {spec.address} port {spec.port}: {error.strerror}") from error
        self.port = self._acceptor.get_port()

    def refresh(self) -> None:
        """Let new connections meet the faults of now."""
        if self._acceptor is not None:
            self._acceptor.update(**self._options())

    async def close(self) -> None:
        """Stop listening and break every connection."""
        if self._acceptor is not None:
            self._acceptor.close()
            for connection in list(self._connections):
                connection.abort()
            await self._acceptor.wait_closed()

    def _options(self) -> dict[str, Any]:
        return {
            "server_factory": lambda: ConnectionServer(self),
            "server_host_keys": self._offered_keys(),
            "server_version": self.device.server_version,
            "config": None,
            "encoding": None,
            "line_editor": False,
            "compression_algs": ["none"],
            "gss_host": None,
            "agent_forwarding": False,
            "keepalive_interval": 0,
            **(WEAK if "weak_ssh" in self.device.faults else MODERN),
        }

    def _offered_keys(self) -> Any:
        if "weak_ssh" in self.device.faults:
            self._weak_key = self._weak_key or weak_host_key()
            return sha1_only(self._weak_key)
        return [self._other_key if "changed_host_key" in self.device.faults else self._key]

    def opened(self, connection: asyncssh.SSHServerConnection) -> DelayedArrivals | None:
        """Count a connection; what arrives on it is delayed if the device is far away."""
        self._connections.add(connection)
        self.device.counters.connections += 1
        if "hang_handshake" in self.device.faults:
            connection.data_received = _ignore  # type: ignore[method-assign]
        elif self.lab.latency_ms or "slow" in self.device.faults:
            arrivals = DelayedArrivals(connection.data_received, self._latency_seconds)
            connection.data_received = arrivals.arrive  # type: ignore[method-assign]
            return arrivals
        return None

    def closed(self, connection: asyncssh.SSHServerConnection) -> None:
        """Forget a connection."""
        self._connections.discard(connection)

    def _latency_seconds(self) -> float:
        slow = self.lab.slow_ms if "slow" in self.device.faults else 0.0
        return (self.lab.latency_ms + slow) / 1000


def _ignore(data: bytes, datatype: int | None = None) -> None:
    """Take what arrives and do nothing."""


class ConnectionServer(asyncssh.SSHServer):
    """One connection: who logs in, and the single session it may have."""

    def __init__(self, server: DeviceServer) -> None:
        self._server = server
        self._arrivals: DelayedArrivals | None = None
        self._user = ""
        self._failures = 0
        self._logged_in = False
        self._used = False

    def connection_made(self, conn: asyncssh.SSHServerConnection) -> None:
        """Remember the connection."""
        self._connection = conn
        self._arrivals = self._server.opened(conn)

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002  given by asyncssh
        """Forget the connection; one that asked to log in and never was let in counts as a failure."""
        self._server.closed(self._connection)
        if self._user and not self._logged_in:
            self._server.device.counters.authentication_failures += 1
        if self._arrivals is not None:
            self._arrivals.close()

    def begin_auth(self, username: str) -> bool:
        """Show the banner; everybody has to prove who he is."""
        self._user = username
        if banner := self._server.device.banner:
            self._connection.send_auth_banner("\r\n".join(banner) + "\r\n")
        return True

    def public_key_auth_supported(self) -> bool:
        """Keys are accepted when the lab knows any."""
        return bool(self._server.authorized)

    def validate_public_key(self, username: str, key: asyncssh.SSHKey) -> bool:
        """Whether this user may log in with this key."""
        return self._known(username) and key.public_data in self._server.authorized

    def password_auth_supported(self) -> bool:
        """Passwords are accepted when the lab has one."""
        return self._server.lab.password is not None

    def validate_password(self, username: str, password: str) -> bool:
        """Whether this user may log in with this password; the device hangs up after three failures."""
        right = self._server.lab.password or ""
        if self._known(username) and compare_digest(password.encode(), right.encode()):
            return True
        self._failures += 1
        if self._failures >= PASSWORD_ATTEMPTS:
            self._connection.disconnect(
                asyncssh.DISC_NO_MORE_AUTH_METHODS_AVAILABLE, "Too many authentication failures"
            )
        return False

    def auth_completed(self) -> None:
        """The client proved who he is."""
        self._logged_in = True

    def _known(self, username: str) -> bool:
        return username == self._server.lab.user and "wrong_password" not in self._server.device.faults

    def session_requested(self) -> DeviceSession | bool:
        """One session for each connection, and no more sessions than the device has vty lines."""
        logins = self._server.device.logins
        line = next((number for number in range(VTY_LINES) if number not in logins), None)
        if self._used or line is None:
            return False
        self._used = True
        login = Login(line, self._user, str(self._connection.get_extra_info("peername")[0]))
        return DeviceSession(self._server.device, self._server.lab, login, self._connection.close)
