"""Which SSH algorithms are offered to targets, and what a connection settled on.

Two lists each: what is sound (NIST SP 800-131A, RFC 9142), cheapest for the client first, and what is accepted besides
when a target says ``legacy_algorithms``: SHA-1, CBC, 3DES and group exchange of 1024 bits, for devices that have nothing
better.
"""

import msgspec

KEY_EXCHANGES = (
    "curve25519-sha256",
    "curve25519-sha256@libssh.org",
    "ecdh-sha2-nistp256",
    "ecdh-sha2-nistp384",
    "ecdh-sha2-nistp521",
    "diffie-hellman-group14-sha256",
    "diffie-hellman-group16-sha512",
    "diffie-hellman-group18-sha512",
    "diffie-hellman-group-exchange-sha256",
)
CIPHERS = (
    "aes128-gcm@openssh.com",
    "aes256-gcm@openssh.com",
    "chacha20-poly1305@openssh.com",
    "aes128-ctr",
    "aes192-ctr",
    "aes256-ctr",
)
MACS = (
    "hmac-sha2-256-etm@openssh.com",
    "hmac-sha2-512-etm@openssh.com",
    "hmac-sha2-256",
    "hmac-sha2-512",
)
SIGNATURES = (
    "ssh-ed25519",
    "ecdsa-sha2-nistp256",
    "ecdsa-sha2-nistp384",
    "ecdsa-sha2-nistp521",
    "rsa-sha2-256",
    "rsa-sha2-512",
)

LEGACY_KEY_EXCHANGES = (
    "diffie-hellman-group14-sha1",
    "diffie-hellman-group-exchange-sha1",
    "diffie-hellman-group1-sha1",
)
LEGACY_CIPHERS = ("aes128-cbc", "aes192-cbc", "aes256-cbc", "3des-cbc")
LEGACY_MACS = ("hmac-sha1-etm@openssh.com", "hmac-sha1", "hmac-sha1-96")
LEGACY_SIGNATURES = ("ssh-rsa",)

EXTENSION_SIGNALS = frozenset({"ext-info-s", "kex-strict-s-v00@openssh.com"})
"""Names among a server's key exchanges that announce extensions (RFC 8308) and are no algorithms."""

CERTIFICATE_SUFFIX = "-cert-v01@openssh.com"


class Offer(msgspec.Struct, frozen=True, kw_only=True):
    """Algorithm names by kind, best first. The client's offer, or what a server said it has (RFC 4253, section 7.1)."""

    key_exchanges: tuple[str, ...] = ()
    host_keys: tuple[str, ...] = ()
    ciphers: tuple[str, ...] = ()
    macs: tuple[str, ...] = ()


class TransportDetails(msgspec.Struct, frozen=True, kw_only=True):
    """What a connection settled on, and what the target offered. ``macs`` is empty for ciphers that need none."""

    key_exchange: str = ""
    host_key: str = ""
    host_key_fingerprint: str = ""
    cipher: str = ""
    mac: str = ""
    server_version: str = ""
    offered: Offer = Offer()

    @property
    def weak(self) -> tuple[str, ...]:
        """The algorithms in use that are only accepted for legacy devices."""
        used = (self.key_exchange, self.host_key, self.cipher, self.mac)
        return tuple(name for name in used if name in WEAK)


WEAK = frozenset((*LEGACY_KEY_EXCHANGES, *LEGACY_CIPHERS, *LEGACY_MACS, *LEGACY_SIGNATURES))

MODERN = Offer(key_exchanges=KEY_EXCHANGES, host_keys=SIGNATURES, ciphers=CIPHERS, macs=MACS)
LEGACY = Offer(
    key_exchanges=KEY_EXCHANGES + LEGACY_KEY_EXCHANGES,
    host_keys=SIGNATURES + LEGACY_SIGNATURES,
    ciphers=CIPHERS + LEGACY_CIPHERS,
    macs=MACS + LEGACY_MACS,
)


def offer(*, legacy: bool) -> Offer:
    """What the client offers to a target."""
    return LEGACY if legacy else MODERN


class Difference(msgspec.Struct, frozen=True, kw_only=True):
    """Why two sides cannot agree, and what can be done about it."""

    message: str
    hint: str


def no_common(ours: Offer, theirs: Offer) -> Difference | None:
    """The first kind of algorithm of which two sides have none in common; None when they can agree on all."""
    for kind, our_names, their_names in _kinds(ours, theirs):
        if their_names and not set(our_names) & set(their_names):
            return _difference(kind, our_names, their_names)
    return None


def _kinds(ours: Offer, theirs: Offer) -> tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...]:
    needs_mac = not any("gcm" in name or "chacha" in name for name in set(ours.ciphers) & set(theirs.ciphers))
    return (
        ("key exchange", ours.key_exchanges, theirs.key_exchanges),
        ("host key algorithm", ours.host_keys, theirs.host_keys),
        ("cipher", ours.ciphers, theirs.ciphers),
        ("MAC", ours.macs, theirs.macs if needs_mac else ()),
    )


def _difference(kind: str, our_names: tuple[str, ...], their_names: tuple[str, ...]) -> Difference:
    names = [name for name in their_names if name not in EXTENSION_SIGNALS]
    helps = set(names) & WEAK and not set(our_names) & WEAK
    hint = (
        "set baseline_legacy_algorithms: true for this target to accept weak algorithms; that is then a finding"
        if helps
        else "enable a current algorithm on the target"
    )
    return Difference(message=f"no common SSH {kind}, it offers only {', '.join(names[:12])}", hint=hint)
