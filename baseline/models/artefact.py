"""Artefacts: the raw answers that facts were read from."""

import hashlib

import msgspec


class Artefact(msgspec.Struct, frozen=True, kw_only=True):
    """One raw answer of a target, already redacted.

    ``name`` says what was asked, for example ``show running-config`` or ``sshd -T``. Redaction keeps the line count, so
    line numbers of the original stay right.
    """

    name: str
    content: bytes
    media_type: str = "text/plain"

    @property
    def digest(self) -> str:
        """SHA-256 of the content, 64 lower-case hexadecimal digits: the artefact's address."""
        return hashlib.sha256(self.content).hexdigest()


class SourceLines(msgspec.Struct, frozen=True, kw_only=True):
    """Where a fact was read: the artefact's name and 1-based line numbers, in order."""

    artefact: str
    lines: tuple[int, ...] = ()
