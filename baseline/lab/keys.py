"""Keys of the lab: host keys that live as long as the lab, and the client's key in its folder."""

import os
from collections.abc import Sequence
from pathlib import Path

from asyncssh import SSHKey, SSHKeyPair, generate_private_key, import_public_key, load_keypairs

WEAK_RSA_BITS = 2048


def new_host_key() -> SSHKey:
    """A fresh Ed25519 key, which costs the server little time per connection."""
    return generate_private_key("ssh-ed25519")


def weak_host_key() -> SSHKey:
    """A fresh RSA key for a device that knows nothing newer."""
    return generate_private_key("ssh-rsa", key_size=WEAK_RSA_BITS)


def sha1_only(key: SSHKey) -> Sequence[SSHKeyPair]:
    """The RSA key, offered as ``ssh-rsa`` (SHA-1 signatures) only."""
    pairs = load_keypairs([key])
    for pair in pairs:
        pair.host_key_algorithms = (b"ssh-rsa",)
    return pairs


def public_text(key: SSHKey) -> str:
    """The public half in OpenSSH form, without comment."""
    return " ".join(key.export_public_key("openssh").decode().split()[:2])


def public_data(texts: Sequence[str]) -> frozenset[bytes]:
    """Public keys in OpenSSH form, as they go over the wire."""
    return frozenset(import_public_key(text).public_data for text in texts)


def client_key(path: Path) -> str:
    """Make a client's private key (mode 0600) unless it is there already; gives its public half."""
    if not path.exists():
        key = generate_private_key("ssh-ed25519", comment="baseline lab")
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(key.export_private_key("openssh"))
        path.with_suffix(".pub").write_text(public_text(key) + "\n")
    return path.with_suffix(".pub").read_text().strip()
