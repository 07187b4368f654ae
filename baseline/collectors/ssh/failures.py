"""Turns what went wrong while connecting into a CollectError that says what a person can do about it."""

import shlex
import socket

import asyncssh

from baseline.collectors.ssh.algorithms import no_common, offer
from baseline.collectors.ssh.client import Client
from baseline.collectors.ssh.host_keys import HostKey, TrustedKeys
from baseline.collectors.ssh.login import user_name
from baseline.models.errors import CollectError
from baseline.models.target import Target


def place(target: Target) -> str:
    """How messages name a target: its name, and where it was looked for."""
    return f"{target.name} ({target.connection.address or target.name} port {target.connection.port})"


def connect_failure(error: Exception, client: Client, target: Target, trusted: TrustedKeys) -> CollectError:
    """The CollectError for an exception that ended a connection attempt."""
    if client.login.failure is not None:
        return client.login.failure
    if isinstance(error, asyncssh.HostKeyNotVerifiable):
        return host_key_failure(client.presented, target, trusted)
    if isinstance(error, asyncssh.PermissionDenied) or client.login.tried:
        return _authentication(error, client, target)
    if client.connection is None:
        return unreachable(error, target)
    legacy = target.connection.legacy_algorithms
    difference = no_common(offer(legacy=legacy), client.offered)
    if difference is not None:
        return CollectError("no_common_algorithm", f"{place(target)}: {difference.message}", difference.hint)
    return _disconnected(error, target)


def host_key_failure(presented: HostKey | None, target: Target, trusted: TrustedKeys) -> CollectError:
    """The error for a host key that is not accepted: not known, not the known one, or revoked."""
    name = shlex.quote(target.name)
    if presented is None or presented in trusted.revoked:
        return CollectError(
            "host_key_changed",
            f"{place(target)} presented a host key that is marked as revoked or not valid",
            "find out why this key is still in use; remove the @revoked line only when that is explained",
        )
    if trusted.nothing:
        return CollectError(
            "host_key_unknown",
            f"the host key of {place(target)} is not known: {presented}",
            f"compare the fingerprint with the device's own and accept it with: baseline trust {name}",
        )
    known = ", ".join(str(key) for key in (*trusted.accepted, *trusted.authorities))
    return CollectError(
        "host_key_changed",
        f"the host key of {place(target)} changed: it presents {presented}, known is {known}",
        f"someone may be listening in; if the device was replaced, run: baseline trust --replace {name}",
    )


def unreachable(error: Exception, target: Target) -> CollectError:
    """The error for a target with which no TCP connection could be made."""
    if isinstance(error, TimeoutError):
        return CollectError("unreachable", f"{place(target)} does not answer", "check address, routing and firewalls")
    if isinstance(error, socket.gaierror | UnicodeError):
        address = target.connection.address or target.name
        return CollectError("unreachable", f"the name {address!r} of {target.name} cannot be resolved")
    reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return CollectError("unreachable", f"cannot connect to {place(target)}: {reason}")


def _authentication(error: Exception, client: Client, target: Target) -> CollectError:
    user = user_name(target)
    if not client.login.tried:
        return CollectError(
            "authentication",
            f"{place(target)} wants a credential for {user} and none is configured that it accepts",
            "set a key file or a password for this target in the inventory",
        )
    tried = ", ".join(client.login.tried)
    if isinstance(error, TimeoutError):
        message = f"{place(target)} did not answer the login of {user} in time (tried: {tried})"
        return CollectError("authentication", message, "it is not tried again, because that could lock the account")
    if isinstance(error, asyncssh.PermissionDenied):
        message = f"{place(target)} refused the login of {user} (tried: {tried})"
    else:
        message = f"{place(target)} ended the login of {user} (tried: {tried}): {_words(error)}"
    return CollectError("authentication", message, "check the user name and the credential; it is not tried again")


def _disconnected(error: Exception, target: Target) -> CollectError:
    if isinstance(error, TimeoutError):
        return CollectError("timeout", f"{place(target)} accepted the connection but did not finish the SSH handshake")
    if isinstance(error, asyncssh.ProtocolError | asyncssh.ProtocolNotSupported):
        return CollectError("unparsable", f"{place(target)} does not speak SSH version 2: {_words(error)}")
    return CollectError("disconnected", f"{place(target)} closed the connection: {_words(error)}")


def _words(error: Exception) -> str:
    if isinstance(error, TimeoutError):
        return "it took too long"
    return str(error)[:200] or type(error).__name__
