"""Connections to targets: ``connect`` logs in, and fails with a CollectError that says what a person can do.

Everything comes from the inventory and the settings: ``~/.ssh/config`` is not read, nothing is asked of a person, agent,
ports and displays are never forwarded, and host keys are always checked.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import asyncssh

from baseline.collectors.interface import CollectSettings
from baseline.collectors.ssh.algorithms import CERTIFICATE_SUFFIX, Offer, TransportDetails, offer
from baseline.collectors.ssh.attempts import repeated
from baseline.collectors.ssh.client import Client
from baseline.collectors.ssh.client_keys import agent_connection
from baseline.collectors.ssh.failures import connect_failure
from baseline.collectors.ssh.host_keys import HostKey, TrustedKeys, load_known_hosts
from baseline.collectors.ssh.login import Login, user_name
from baseline.models.target import Target

CLOSE_SECONDS = 2.0


@asynccontextmanager
async def connect(target: Target, settings: CollectSettings) -> AsyncIterator[asyncssh.SSHClientConnection]:
    """A connection to a target, logged in; closed on leaving.

    Establishing TCP and logging in may take ``connect_timeout_seconds`` each. A target that is unreachable or drops the
    connection is tried ``attempts`` times; once a credential was offered, never again.

    Raises:
        CollectError: ``unreachable``, ``timeout``, ``disconnected``, ``unparsable`` (no SSH server), ``authentication``,
            ``credential``, ``host_key_unknown``, ``host_key_changed`` or ``no_common_algorithm``.
    """
    connection = await repeated(lambda: _attempt(target, settings), settings.attempts)
    try:
        yield connection
    finally:
        await _close(connection)


def transport_details(connection: asyncssh.SSHClientConnection, *, legacy: bool) -> TransportDetails:
    """What a connection settled on (RFC 4253, section 7.1: the client's first that the server has too)."""
    theirs: Offer = connection.get_extra_info("baseline_client").offered
    key = connection.get_server_host_key()
    return TransportDetails(
        key_exchange=next((name for name in offer(legacy=legacy).key_exchanges if name in theirs.key_exchanges), ""),
        host_key=key.algorithm.decode("ascii") if key else "",
        host_key_fingerprint=HostKey(type="", blob=key.public_data).fingerprint if key else "",
        cipher=connection.get_extra_info("recv_cipher", ""),
        mac=connection.get_extra_info("recv_mac", ""),
        server_version=connection.get_extra_info("server_version", ""),
        offered=theirs,
    )


async def _attempt(target: Target, settings: CollectSettings) -> asyncssh.SSHClientConnection:
    trusted = load_known_hosts(settings.known_hosts).lookup(_address(target), target.connection.port)
    async with agent_connection() as agent:
        client = Client(
            Login(target, settings, agent), lambda: limit.reschedule(_now() + settings.connect_timeout_seconds)
        )
        limit = asyncio.timeout(settings.connect_timeout_seconds)
        try:
            async with limit:
                connection = await _handshake(target, client, trusted)
        except (OSError, ValueError, asyncssh.Error, TimeoutError) as error:
            raise connect_failure(error, client, target, trusted) from error
    connection.set_extra_info(baseline_client=client)
    return connection


async def _handshake(target: Target, client: Client, trusted: TrustedKeys) -> asyncssh.SSHClientConnection:
    offered = offer(legacy=target.connection.legacy_algorithms)
    return await asyncssh.connect(
        _address(target),
        target.connection.port,
        username=user_name(target),
        client_factory=lambda: client,
        known_hosts=_trusted_for_asyncssh(trusted),
        server_host_key_algs=_host_key_algorithms(offered, trusted),
        kex_algs=offered.key_exchanges,
        encryption_algs=offered.ciphers,
        mac_algs=offered.macs,
        signature_algs=offered.host_keys,
        compression_algs=["none"],
        preferred_auth=["publickey", "password", "keyboard-interactive"],
        config=None,
        client_keys=None,
        agent_path=None,
        agent_forwarding=False,
        gss_kex=False,
        gss_auth=False,
        host_based_auth=False,
        x509_trusted_certs=None,
        x509_trusted_cert_paths=[],
    )


def _address(target: Target) -> str:
    return target.connection.address or target.name


def _now() -> float:
    return asyncio.get_running_loop().time()


def _trusted_for_asyncssh(trusted: TrustedKeys) -> tuple[list[asyncssh.SSHKey], ...]:
    return _imported(trusted.accepted), _imported(trusted.authorities), _imported(trusted.revoked)


def _imported(keys: tuple[HostKey, ...]) -> list[asyncssh.SSHKey]:
    imported: list[asyncssh.SSHKey] = []
    for key in keys:
        try:
            imported.append(asyncssh.import_public_key(key.openssh))
        except asyncssh.KeyImportError:  # a key that cannot be read trusts nothing
            continue
    return imported


def _host_key_algorithms(offered: Offer, trusted: TrustedKeys) -> list[str]:
    """Signature algorithms for host keys: those of known keys first, so that a server shows the key that is known."""
    known_types = {key.type for key in trusted.accepted}
    names = sorted(offered.host_keys, key=lambda name: _key_type(name) not in known_types)
    certified = [name + CERTIFICATE_SUFFIX for name in offered.host_keys] if trusted.authorities else []
    return certified + names


def _key_type(signature: str) -> str:
    return "ssh-rsa" if signature.startswith("rsa-sha2-") else signature


async def _close(connection: asyncssh.SSHClientConnection) -> None:
    connection.close()
    try:
        async with asyncio.timeout(CLOSE_SECONDS):
            await connection.wait_closed()
    except TimeoutError:
        connection.abort()
