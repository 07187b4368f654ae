"""Connections to targets: ``connect`` logs in, and fails with a CollectError that says what a person can do.

Everything comes from the inventory and the settings: ``~/.ssh/config`` is not read, nothing is asked of a person, agent,
ports and displays are never forwarded, and host keys are always checked.
"""

import asyncio
import warnings
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import asyncssh
import msgspec

from baseline.collectors.interface import CollectSettings
from baseline.collectors.ssh.algorithms import CERTIFICATE_SUFFIX, Offer, TransportDetails, offer
from baseline.collectors.ssh.attempts import repeated
from baseline.collectors.ssh.client import Client
from baseline.collectors.ssh.client_keys import agent_connection
from baseline.collectors.ssh.failures import connect_failure
from baseline.collectors.ssh.host_keys import HostKey, TrustedKeys, load_known_hosts
from baseline.collectors.ssh.login import Login, user_name
from baseline.models.errors import CollectError
from baseline.models.target import Target

CLOSE_SECONDS = 2.0

# Devices without elliptic curves still need it, and a person who runs this program cannot do anything about it.
warnings.filterwarnings("ignore", "Diffie-Hellman over finite fields")


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


def transport_details(connection: asyncssh.SSHClientConnection) -> TransportDetails:
    """What a connection settled on (RFC 4253, section 7.1: the client's first that the server has too)."""
    client: Client = connection.get_extra_info("baseline_client")
    ours, theirs = client.ours, client.offered
    key = connection.get_server_host_key()
    return TransportDetails(
        key_exchange=_first_common(ours.key_exchanges, theirs.key_exchanges),
        host_key=_first_common(ours.host_keys, theirs.host_keys),
        host_key_fingerprint=HostKey(type="", blob=key.public_data).fingerprint if key else "",
        cipher=connection.get_extra_info("recv_cipher", ""),
        mac=connection.get_extra_info("recv_mac", ""),
        server_version=connection.get_extra_info("server_version", ""),
        offered=theirs,
    )


def _first_common(ours: tuple[str, ...], theirs: tuple[str, ...]) -> str:
    return next((name for name in ours if name in theirs), "")


async def fetch_host_key(target: Target, settings: CollectSettings) -> HostKey:
    """The host key that a target presents, of the type that is known of it if it still has one. Nobody logs in.

    Raises:
        CollectError: as for ``connect``.
    """
    return await repeated(lambda: _presented(target, settings), settings.attempts)


async def _attempt(target: Target, settings: CollectSettings) -> asyncssh.SSHClientConnection:
    trusted = _trusted(target, settings)
    async with agent_connection() as agent:
        client = Client(Login(target, settings, agent))
        connection = await _handshake(target, settings, client, trusted)
    connection.set_extra_info(baseline_client=client)
    return connection


async def _presented(target: Target, settings: CollectSettings) -> HostKey:
    client = Client(Login(target, settings, None))
    try:
        connection = await _handshake(target, settings, client, TrustedKeys(), prefer=_trusted(target, settings))
    except CollectError as error:
        if client.presented is None or error.code != "host_key_unknown":
            raise
    else:  # cannot happen: no key is trusted
        connection.abort()
        raise CollectError("internal", f"{target.name} was connected to without a known host key")
    return client.presented


def _trusted(target: Target, settings: CollectSettings) -> TrustedKeys:
    return load_known_hosts(settings.known_hosts).lookup(_address(target), target.connection.port)


async def _handshake(
    target: Target,
    settings: CollectSettings,
    client: Client,
    trusted: TrustedKeys,
    *,
    prefer: TrustedKeys | None = None,
) -> asyncssh.SSHClientConnection:
    seconds = settings.connect_timeout_seconds
    try:
        async with asyncio.timeout(seconds) as limit:
            client.connected = lambda: limit.reschedule(asyncio.get_running_loop().time() + seconds)
            return await _connection(target, client, trusted, prefer or trusted)
    except (OSError, ValueError, asyncssh.Error, TimeoutError) as error:
        raise connect_failure(error, client, target, trusted) from error


async def _connection(
    target: Target, client: Client, trusted: TrustedKeys, prefer: TrustedKeys
) -> asyncssh.SSHClientConnection:
    offered = offer(legacy=target.connection.legacy_algorithms)
    client.ours = msgspec.structs.replace(offered, host_keys=_host_key_algorithms(offered, prefer))
    return await asyncssh.connect(
        _address(target),
        target.connection.port,
        username=user_name(target),
        client_factory=lambda: client,
        known_hosts=_trusted_for_asyncssh(trusted),
        server_host_key_algs=client.ours.host_keys,
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


def _host_key_algorithms(offered: Offer, trusted: TrustedKeys) -> tuple[str, ...]:
    """Signature algorithms for host keys: those of known keys first, so that a server shows the key that is known."""
    known_types = {key.type for key in trusted.accepted}
    names = sorted(offered.host_keys, key=lambda name: _key_type(name) not in known_types)
    certified = [name + CERTIFICATE_SUFFIX for name in offered.host_keys] if trusted.authorities else []
    return (*certified, *names)


def _key_type(signature: str) -> str:
    return "ssh-rsa" if signature.startswith("rsa-sha2-") else signature


async def _close(connection: asyncssh.SSHClientConnection) -> None:
    connection.close()
    try:
        async with asyncio.timeout(CLOSE_SECONDS):
            await connection.wait_closed()
    except TimeoutError:
        connection.abort()
