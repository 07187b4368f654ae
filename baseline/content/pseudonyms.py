"""Pseudonyms: names of people told so that only the holder of a key can say who is meant (GDPR article 4(5))."""

import base64
import hashlib
import hmac
import os
import re
import secrets
import stat
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from baseline.models.errors import BaselineError

PREFIX = "person-"
KEY_BYTES = 32
DIGITS = 16
"""Base32 digits of a pseudonym: 80 bits, so that two people in a million do not share one."""

REMEMBERED = 1000
"""Pseudonyms that stand in memory: those of one target are wanted again and again."""

DEFAULT_KEY_FILE = Path("~/.config/baseline/pseudonyms.key")
"""Away from the store and from what is handed over."""

PSEUDONYM = re.compile(rf"{PREFIX}[a-z2-7]{{{DIGITS}}}")


class PseudonymError(BaselineError):
    """The key of the pseudonyms cannot be used."""


class Pseudonyms:
    """Names and their pseudonyms under one key. Without the key there is no way back, nor a way to try names."""

    def __init__(self, key: bytes) -> None:
        self._key = key
        self._latest: dict[str, str] = {}

    def of(self, name: str) -> str:
        """The pseudonym of a name: the same for every target, so that what somebody has can be seen together."""
        found = self._latest.get(name)
        if found is None:
            digest = hmac.new(self._key, name.encode("utf-8", "surrogatepass"), hashlib.sha256).digest()
            found = PREFIX + base64.b32encode(digest).decode().lower()[:DIGITS]
            if len(self._latest) >= REMEMBERED:
                self._latest.clear()
            self._latest[name] = found
        return found

    def opaque(self, text: str) -> bytes:
        """32 bytes that stand for a text, and tell nothing of it to who does not have the key."""
        return hmac.new(self._key, b"opaque\0" + text.encode(), hashlib.sha256).digest()

    def who(self, pseudonym: str, names: Iterable[str]) -> str | None:
        """Which of these names a pseudonym stands for; None: none of them."""
        return next((name for name in names if hmac.compare_digest(self.of(name), pseudonym)), None)


def load_pseudonyms(path: Path, *, create: bool) -> Pseudonyms:
    """The pseudonyms under the key in a file, which is made (mode 0600) when it is not there and ``create``.

    Raises:
        PseudonymError: it is missing, others may read it, or it holds no key.
    """
    try:
        file = path.expanduser()
    except RuntimeError as error:
        raise PseudonymError(f"the key file {path} cannot be used: there is no home folder; name another") from error
    try:
        if create and not file.exists():
            _make_key(file)
        if file.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
            raise PseudonymError(f"others may read the key file {file}; make it yours alone: chmod 600 {file}")
        key = bytes.fromhex(file.read_text("ascii").strip())
    except OSError as error:
        raise PseudonymError(f"the key file {file} cannot be used: {error.strerror}") from error
    except ValueError as error:
        raise PseudonymError(f"{file} holds no key: {KEY_BYTES} bytes in hexadecimal") from error
    if len(key) != KEY_BYTES:
        raise PseudonymError(f"{file} holds no key: {KEY_BYTES} bytes in hexadecimal")
    return Pseudonyms(key)


def _make_key(file: Path) -> None:
    """Make the key under another name first: another process finds it whole, or not at all."""
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    descriptor, made = tempfile.mkstemp(prefix=f".{file.name}-", dir=file.parent)
    try:
        with os.fdopen(descriptor, "w", encoding="ascii") as opened:
            opened.write(secrets.token_hex(KEY_BYTES) + "\n")
        with suppress(FileExistsError):
            Path(file).hardlink_to(made)
    finally:
        Path(made).unlink()
