"""The keys that sign: Ed25519 (RFC 8032), in files that only their owner reads. A new key is signed by the one before."""

import os
import stat
from datetime import UTC, datetime
from pathlib import Path

import msgspec
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from baseline.evidence.verifier import key_id
from baseline.models.errors import BaselineError
from baseline.store.canonical import canonical_json

FOLDER_VARIABLE = "BASELINE_KEYS"
ACTIVE = "active"


class KeyRingError(BaselineError):
    """A key is missing, unreadable, or readable to others."""


class KnownKey(msgspec.Struct, frozen=True):
    """A key in the folder; ``previous`` is the key that signed it."""

    id: str
    public: bytes
    active: bool
    private: bool
    previous: str | None = None


class Signer:
    """Signs with one key."""

    def __init__(self, identifier: str, key: Ed25519PrivateKey) -> None:
        self.id, self._key = identifier, key

    def sign(self, message: bytes) -> bytes:
        """The signature of a message, 64 bytes."""
        return self._key.sign(message)


def key_folder() -> Path:
    """Where the keys are: what BASELINE_KEYS says, or ``~/.config/baseline/keys``."""
    named = os.environ.get(FOLDER_VARIABLE)
    return Path(named) if named else Path("~/.config/baseline/keys").expanduser()


def holds(public: bytes, message: bytes, signature: bytes) -> bool:
    """Whether a signature is that of a public key (PEM); for ``verifier.verify``, without a process per signature."""
    try:
        key = serialization.load_pem_public_key(public)
        if not isinstance(key, Ed25519PublicKey):
            return False
        key.verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


class KeyRing:
    """The keys in a folder. Every method may raise ``KeyRingError``."""

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder or key_folder()

    def new(self) -> KnownKey:
        """Make the first key."""
        if self._active() is not None:
            raise KeyRingError(
                f"{self.folder} holds a key already; a new one that takes over is made by: baseline keys rotate"
            )
        return self._make(None)

    def rotate(self) -> KnownKey:
        """Make a key that takes over from the one in use, which signs it."""
        signer = self.signer()
        if signer is None:
            raise KeyRingError(f"{self.folder} holds no key yet; make one with: baseline keys new")
        return self._make(signer)

    def signer(self) -> Signer | None:
        """The key in use; None when there is none."""
        identifier = self._active()
        if identifier is None:
            return None
        try:
            key = serialization.load_pem_private_key(self._private(identifier), password=None)
        except (ValueError, TypeError, UnsupportedAlgorithm) as error:
            raise KeyRingError(f"{self.folder / identifier}.key: not a key, or one with a password") from error
        if not isinstance(key, Ed25519PrivateKey):
            raise KeyRingError(f"{self.folder / identifier}.key: not an Ed25519 key")
        return Signer(identifier, key)

    def keys(self) -> list[KnownKey]:
        """Every key, the one in use first."""
        active = self._active()
        known = [self._known(path.stem, active) for path in sorted(self.folder.glob("*.pem"))]
        return sorted(known, key=lambda key: not key.active)

    def public(self, identifier: str) -> bytes | None:
        """A public key (PEM); None when the folder does not hold it."""
        path = self.folder / f"{identifier}.pem"
        return path.read_bytes() if identifier.isalnum() and path.is_file() else None

    def rotations(self) -> list[bytes]:
        """How each key took over from another: JSON with the statement and the signatures of both."""
        return [path.read_bytes() for path in sorted(self.folder.glob("*.rotation.json"))]

    def _known(self, identifier: str, active: str | None) -> KnownKey:
        path = self.folder / f"{identifier}.rotation.json"
        previous = None
        if path.is_file():
            rotation = msgspec.json.decode(path.read_bytes(), type=dict[str, str])
            previous = msgspec.json.decode(rotation["statement"], type=dict[str, str])["old"]
        public = (self.folder / f"{identifier}.pem").read_bytes()
        private = (self.folder / f"{identifier}.key").exists()
        return KnownKey(identifier, public, identifier == active, private, previous)

    def _active(self) -> str | None:
        path = self.folder / ACTIVE
        return path.read_text().strip() if path.is_file() else None

    def _private(self, identifier: str) -> bytes:
        path = self.folder / f"{identifier}.key"
        try:
            if stat.S_IMODE(self.folder.stat().st_mode) & 0o022:
                raise KeyRingError(f"{self.folder}: others may put a key of theirs in it: chmod 700 {self.folder}")
            state = path.stat()
            if stat.S_IMODE(state.st_mode) & 0o177 or state.st_uid != os.geteuid():
                raise KeyRingError(
                    f"{path}: others may read it, or own it; after finding out who did: chmod 600 {path}"
                )
            return path.read_bytes()
        except OSError as error:
            raise KeyRingError(f"{path}: {error.strerror}") from error

    def _make(self, previous: Signer | None) -> KnownKey:
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        key = Ed25519PrivateKey.generate()
        public = key.public_key().public_bytes(
            serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
        )
        private = key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        identifier = key_id(public)
        self._write(f"{identifier}.key", private, 0o600)
        self._write(f"{identifier}.pem", public, 0o644)
        if previous is not None:
            self._write(f"{identifier}.rotation.json", _rotation(previous, Signer(identifier, key)), 0o644)
        (self.folder / "active.new").unlink(missing_ok=True)
        self._write("active.new", identifier.encode(), 0o644)
        (self.folder / "active.new").replace(self.folder / ACTIVE)
        return self._known(identifier, identifier)

    def _write(self, name: str, content: bytes, mode: int) -> None:
        """Write a file that is not there yet, so that no link of somebody else leads it away."""
        try:
            with os.fdopen(os.open(self.folder / name, os.O_CREAT | os.O_WRONLY | os.O_EXCL, mode), "wb") as file:
                file.write(content)
        except OSError as error:
            raise KeyRingError(f"{self.folder / name}: {error.strerror}") from error


def _rotation(old: Signer, new: Signer) -> bytes:
    statement = canonical_json({"new": new.id, "old": old.id, "rotated": datetime.now(UTC)})
    signed = {"new": new.sign(statement).hex(), "old": old.sign(statement).hex(), "statement": statement.decode()}
    return canonical_json(signed)
