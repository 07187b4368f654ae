"""Opens a connection with Netmiko, as strict as the native client: known host keys, sound algorithms, one login.

Netmiko logs in and opens the terminal, with what it knows of each device type; what it would send on its own after that
(session preparation, mode checks, ``exit``) is left out or must pass the allow list.
"""

import logging
import socket
from collections.abc import Callable
from typing import Any

import msgspec
import netmiko
import paramiko
from netmiko.ssh_dispatcher import CLASS_MAPPER

from baseline.collectors.network.allow_list import check_command
from baseline.collectors.network.platforms.interface import Platform
from baseline.collectors.ssh.algorithms import (
    LEGACY_CIPHERS,
    LEGACY_KEY_EXCHANGES,
    LEGACY_MACS,
    LEGACY_SIGNATURES,
    TransportDetails,
)
from baseline.collectors.ssh.failures import host_key_failure, place, unreachable
from baseline.collectors.ssh.host_keys import HostKey, TrustedKeys
from baseline.collectors.ssh.login import user_name
from baseline.models.errors import CollectError
from baseline.models.target import Target

logging.getLogger("paramiko").addHandler(logging.NullHandler())  # errors are raised; without this they go to stderr too

DISABLED = {
    "kex": list(LEGACY_KEY_EXCHANGES),
    "ciphers": list(LEGACY_CIPHERS),
    "macs": [*LEGACY_MACS, "hmac-md5", "hmac-md5-96"],
    "keys": list(LEGACY_SIGNATURES),
    "pubkeys": list(LEGACY_SIGNATURES),
}


class Opening(msgspec.Struct, frozen=True, kw_only=True):
    """All that is needed to open one connection, so that a thread can do it without asking anything back."""

    target: Target
    platform: Platform
    trusted: TrustedKeys
    password: str | None
    connect_timeout_seconds: float


def open_connection(opening: Opening) -> Any:
    """A Netmiko connection with an open terminal. Blocks.

    Raises:
        CollectError: see ``baseline.collectors.ssh.connection.connect``.
    """
    policy = _Refusing()
    device = _read_only(opening, policy)
    try:
        device.establish_connection(width=511, height=1000)
    except (netmiko.NetmikoBaseException, paramiko.SSHException, OSError, EOFError, ValueError) as error:
        device.disconnect()
        raise _failure(error, policy, opening) from error
    return device


def transport_details(device: Any) -> TransportDetails:
    """What the connection settled on. Paramiko does not keep what the device offered."""
    transport = device.remote_conn_pre.get_transport()
    key = transport.get_remote_server_key()
    return TransportDetails(
        key_exchange=str(getattr(transport.kex_engine, "name", "")),
        host_key=transport.host_key_type,
        host_key_fingerprint=HostKey(type="", blob=key.asbytes()).fingerprint,
        cipher=transport.remote_cipher,
        mac="" if "gcm" in transport.remote_cipher else transport.remote_mac,
        server_version=transport.remote_version,
    )


def _read_only(opening: Opening, policy: "_Refusing") -> Any:
    """The object of Netmiko's class for the device type, changed to send nothing but allowed commands on its own."""
    base: Any = CLASS_MAPPER[opening.platform.netmiko_device_type]

    def write_channel(self: Any, out_data: str) -> None:
        for line in filter(None, out_data.split("\n")):  # not splitlines(): a form feed is a character to refuse
            check_command(opening.platform.sendable, line)
        base.write_channel(self, out_data)

    members: dict[str, Callable[..., Any]] = {
        "write_channel": write_channel,
        "cleanup": lambda _self, _command="": None,
        "_get_ssh_client_instance": lambda _self: _client(opening),
    }
    device = type(f"ReadOnly{base.__name__}", (base,), members)(**_arguments(opening))
    device.key_policy = policy
    device.use_keys = device.allow_agent  # not told before: Netmiko then asks for a key file, and takes no default ones
    return device


def _arguments(opening: Opening) -> dict[str, Any]:
    connection = opening.target.connection
    nothing_configured = connection.credentials.key_file is None and opening.password is None
    return {
        "device_type": opening.platform.netmiko_device_type,
        "host": connection.address or opening.target.name,
        "port": connection.port,
        "username": user_name(opening.target),
        "password": opening.password,
        "key_file": connection.credentials.key_file,
        "allow_agent": nothing_configured,
        "ssh_strict": True,
        "disabled_algorithms": None if connection.legacy_algorithms else DISABLED,
        "conn_timeout": opening.connect_timeout_seconds,
        "banner_timeout": opening.connect_timeout_seconds,
        "auth_timeout": opening.connect_timeout_seconds,
        "auto_connect": False,
    }


def _client(opening: Opening) -> paramiko.SSHClient:
    client = paramiko.SSHClient()
    connection = opening.target.connection
    address = connection.address or opening.target.name
    name = address if connection.port == 22 else f"[{address}]:{connection.port}"
    for key in opening.trusted.accepted:
        if key not in opening.trusted.revoked:
            client.get_host_keys().add(name, key.type, paramiko.PKey.from_type_string(key.type, key.blob))
    return client


class _Refusing(paramiko.MissingHostKeyPolicy):
    """Refuses a host key that is not known, and remembers it for the message."""

    def __init__(self) -> None:
        self.presented: HostKey | None = None

    def missing_host_key(self, _client: paramiko.SSHClient, hostname: str, key: paramiko.PKey) -> None:
        self.presented = HostKey(type=key.get_name(), blob=key.asbytes())
        raise paramiko.SSHException(f"unknown host key of {hostname}")


def _failure(error: Exception, policy: _Refusing, opening: Opening) -> CollectError:
    """The CollectError for what Netmiko raised; it wraps Paramiko's exceptions, which tell more."""
    cause = error.__context__ if isinstance(error.__context__, Exception) else error
    target = opening.target
    if isinstance(cause, paramiko.BadHostKeyException):
        policy.presented = HostKey(type=cause.key.get_name(), blob=cause.key.asbytes())
    if policy.presented is not None:
        return host_key_failure(policy.presented, target, opening.trusted)
    if isinstance(cause, paramiko.PasswordRequiredException):
        key_file = target.connection.credentials.key_file
        return CollectError("credential", f"a passphrase protects the key file {key_file}", "use transport: ssh")
    if isinstance(cause, paramiko.AuthenticationException) or "No authentication methods" in str(cause):
        message = f"{place(target)} refused the login of {user_name(target)}"
        return CollectError("authentication", message, "check the user name and the credential; it is not tried again")
    if isinstance(cause, paramiko.ssh_exception.IncompatiblePeer):
        hint = "use transport: ssh, which can accept weak algorithms with baseline_legacy_algorithms: true"
        return CollectError("no_common_algorithm", f"{place(target)}: {cause}", hint)
    return _broken(cause, target)


def _broken(cause: Exception, target: Target) -> CollectError:
    if isinstance(cause, socket.gaierror | TimeoutError | paramiko.ssh_exception.NoValidConnectionsError):
        return unreachable(cause, target)
    if "No existing session" in str(cause) or "banner" in str(cause):
        return CollectError("timeout", f"{place(target)} accepted the connection but did not finish the SSH handshake")
    return CollectError("disconnected", f"{place(target)} closed the connection: {str(cause).strip()[:200]}")
