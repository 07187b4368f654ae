"""Private keys for logging in: files, kept parsed until they change, and the running ssh-agent."""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import lru_cache
from pathlib import Path

import asyncssh

from baseline.models.errors import CollectError

DEFAULT_KEY_FILES = ("~/.ssh/id_ed25519", "~/.ssh/id_ecdsa", "~/.ssh/id_rsa")
"""The key files that ssh(1) tries, without the hardware-backed ones, which want a touch."""

Key = asyncssh.SSHKey | tuple[asyncssh.SSHKey, asyncssh.SSHCertificate]


def configured_key(path: Path) -> Key | None:
    """The key that an inventory names; None if a passphrase protects it, so that only an agent can use it.

    Raises:
        CollectError: ``credential``, the file is missing, unreadable or no private key.
    """
    try:
        return _load(path.expanduser())
    except OSError as error:
        raise CollectError("credential", f"cannot read the key file {path}: {error.strerror}") from error
    except asyncssh.KeyImportError as error:
        if "passphrase" in str(error).lower():
            return None
        raise CollectError("credential", f"the key file {path} holds no private key that is understood") from error


def default_keys() -> list[Key]:
    """The default key files that exist and that no passphrase protects."""
    keys: list[Key] = []
    for name in DEFAULT_KEY_FILES:
        try:
            keys.append(_load(Path(name).expanduser()))
        except (OSError, asyncssh.KeyImportError):  # a default key that cannot be used is as good as absent
            continue
    return keys


@asynccontextmanager
async def agent_connection() -> AsyncIterator[asyncssh.SSHAgentClient | None]:
    """The agent behind ``SSH_AUTH_SOCK``, or None if there is none that answers. Close it only after logging in."""
    address = os.environ.get("SSH_AUTH_SOCK")
    agent = asyncssh.SSHAgentClient(address) if address else None
    try:
        yield agent
    finally:
        if agent is not None:
            agent.close()


async def agent_keys(agent: asyncssh.SSHAgentClient | None, only: Path | None = None) -> list[asyncssh.SSHKeyPair]:
    """The keys that an agent holds; only the one of a private key file with a ``.pub`` beside it, if ``only`` is given."""
    if agent is None:
        return []
    try:
        wanted = None if only is None else [_public_half(only)]
        return list(await agent.get_keys(wanted))
    except (OSError, ValueError):  # no agent is listening, or it does not speak the protocol: it has no keys
        return []


def _public_half(private: Path) -> bytes:
    path = private.expanduser()
    return asyncssh.read_public_key(path.with_name(path.name + ".pub")).public_data


def _load(path: Path) -> Key:
    certificate = path.with_name(path.name + "-cert.pub")
    certificate_modified = certificate.stat().st_mtime_ns if certificate.exists() else 0
    return _parsed(path, path.stat().st_mtime_ns, certificate, certificate_modified)


@lru_cache(maxsize=64)
def _parsed(path: Path, _modified: int, certificate: Path, certificate_modified: int) -> Key:
    key = asyncssh.read_private_key(path)
    return (key, asyncssh.read_certificate(certificate)) if certificate_modified else key
