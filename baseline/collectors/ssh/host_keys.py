"""Host keys: what ``known_hosts`` says of a host, and the fingerprints that people compare.

Reads OpenSSH's file format (sshd(8), "SSH_KNOWN_HOSTS FILE FORMAT"): plain, hashed and wildcard host names, ports as
``[host]:port``, ``@cert-authority`` and ``@revoked``.
"""

import base64
import binascii
import hashlib
import hmac
import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import msgspec

from baseline.models.errors import CollectError

DEFAULT_PORT = 22


class HostKey(msgspec.Struct, frozen=True, kw_only=True):
    """A public host key: its type (``ssh-ed25519``) and its wire form (RFC 4253, section 6.6)."""

    type: str
    blob: bytes

    @property
    def fingerprint(self) -> str:
        """``SHA256:`` and the unpadded base64 digest, as ``ssh-keygen -lf`` prints it."""
        return "SHA256:" + base64.b64encode(hashlib.sha256(self.blob).digest()).decode().rstrip("=")

    @property
    def openssh(self) -> str:
        """Type and base64, as in ``known_hosts`` and ``.pub`` files."""
        return f"{self.type} {base64.b64encode(self.blob).decode()}"

    def __str__(self) -> str:
        return f"{self.type} {self.fingerprint}"


class TrustedKeys(msgspec.Struct, frozen=True, kw_only=True):
    """What the file says of one host: keys to accept, authorities that may certify keys, keys never to accept."""

    accepted: tuple[HostKey, ...] = ()
    authorities: tuple[HostKey, ...] = ()
    revoked: tuple[HostKey, ...] = ()

    @property
    def nothing(self) -> bool:
        """Whether the host is not in the file at all."""
        return not (self.accepted or self.authorities)


class KnownHosts:
    """The parsed lines of a ``known_hosts`` file. A line that cannot be read trusts nothing.

    Every hashed line costs about 4 microseconds for each name that is looked up the first time: its salt is its own.
    """

    def __init__(self, text: str) -> None:
        self._exact: dict[str, list[_Entry]] = {}
        self._hashed: list[tuple[bytes, bytes, _Entry]] = []
        self._patterns: list[tuple[_Patterns, _Entry]] = []
        self._found: dict[str, TrustedKeys] = {}
        for names, entry in _entries(text):
            self._add(names, entry)

    def _add(self, names: str, entry: "_Entry") -> None:
        if names.startswith("|1|"):
            salt_and_digest = _salt_and_digest(names)
            if salt_and_digest is not None:
                self._hashed.append((*salt_and_digest, entry))
        elif any(character in names for character in "*?!"):
            self._patterns.append((_Patterns(names), entry))
        else:
            for name in names.split(","):
                self._exact.setdefault(name.lower(), []).append(entry)

    def lookup(self, host: str, port: int = DEFAULT_PORT) -> TrustedKeys:
        """The keys of one host and port.

        A host on another port than 22 is looked up as ``[host]:port``, and only if that is missing as ``host``, as
        ssh(1) does.
        """
        names = [known_name(host, port)]
        if port != DEFAULT_PORT:
            names.append(host.lower())
        for name in names:
            found = self.named(name)
            if not found.nothing or found.revoked:
                return found
        return TrustedKeys()

    def named(self, name: str) -> TrustedKeys:
        """The keys under one name as the file writes it, see ``known_name``."""
        if name not in self._found:
            self._found[name] = self._search(name)
        return self._found[name]

    def _search(self, name: str) -> TrustedKeys:
        entries = [*self._exact.get(name, []), *self._named_by_pattern(name), *self._named_by_hash(name)]
        return TrustedKeys(
            accepted=tuple(entry.key for entry in entries if entry.marker == ""),
            authorities=tuple(entry.key for entry in entries if entry.marker == "@cert-authority"),
            revoked=tuple(entry.key for entry in entries if entry.marker == "@revoked"),
        )

    def _named_by_pattern(self, name: str) -> Iterator["_Entry"]:
        return (entry for patterns, entry in self._patterns if patterns.match(name))

    def _named_by_hash(self, name: str) -> Iterator["_Entry"]:
        encoded = name.encode()
        return (entry for salt, digest, entry in self._hashed if hmac.digest(salt, encoded, "sha1") == digest)


def known_name(host: str, port: int) -> str:
    """How ``known_hosts`` names a host and port: ``host``, or ``[host]:port`` for another port than 22."""
    return host.lower() if port == DEFAULT_PORT else f"[{host.lower()}]:{port}"


def load_known_hosts(path: Path) -> KnownHosts:
    """The parsed file, kept until it changes; a file that does not exist trusts no host.

    Raises:
        CollectError: ``credential``, the file exists but cannot be read.
    """
    path = path.expanduser()
    try:
        status = path.stat()
        return _parsed(path, status.st_mtime_ns, status.st_size)
    except FileNotFoundError:
        return KnownHosts("")
    except OSError as error:
        raise CollectError("credential", f"cannot read the known hosts file {path}: {error.strerror}") from error


@lru_cache(maxsize=8)
def _parsed(path: Path, _modified: int, _size: int) -> KnownHosts:
    return KnownHosts(path.read_text(encoding="utf-8", errors="replace"))


class _Entry(msgspec.Struct, frozen=True):
    marker: str
    key: HostKey


class _Patterns:
    """Comma-separated wildcard names; one that starts with ``!`` and matches excludes the host."""

    def __init__(self, names: str) -> None:
        self._wanted = [_wildcard(name) for name in names.split(",") if not name.startswith("!")]
        self._refused = [_wildcard(name[1:]) for name in names.split(",") if name.startswith("!")]

    def match(self, name: str) -> bool:
        if any(pattern.fullmatch(name) for pattern in self._refused):
            return False
        return any(pattern.fullmatch(name) for pattern in self._wanted)


def _wildcard(name: str) -> re.Pattern[str]:
    escaped = re.escape(name.lower()).replace(r"\*", ".*").replace(r"\?", ".")
    return re.compile(escaped)


def _entries(text: str) -> Iterator[tuple[str, _Entry]]:
    for line in text.splitlines():
        fields = line.split()
        if not fields or fields[0].startswith("#"):
            continue
        marker = fields.pop(0) if fields[0].startswith("@") else ""
        key = _key(fields[1:3])
        if key is not None:
            yield fields[0], _Entry(marker, key)


def _key(fields: list[str]) -> HostKey | None:
    try:
        key_type, encoded = fields
        return HostKey(type=key_type, blob=base64.b64decode(encoded, validate=True))
    except (ValueError, binascii.Error):
        return None


def _salt_and_digest(names: str) -> tuple[bytes, bytes] | None:
    try:
        _empty, _version, salt, digest = names.split("|")
        return base64.b64decode(salt, validate=True), base64.b64decode(digest, validate=True)
    except (ValueError, binascii.Error):
        return None
