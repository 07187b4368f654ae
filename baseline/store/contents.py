"""Raw answers and documents: addressed by SHA-256, compressed, written once."""

import hashlib
from collections.abc import Iterable
from typing import NamedTuple

import zstandard
from sqlalchemy import Connection, select

from baseline.models.errors import StoreError
from baseline.store.bulk import batches, insert_missing
from baseline.store.evidence_recording import log_contents
from baseline.store.tables import ArtefactRow

FACTS = "application/vnd.baseline.facts+json"
MANIFEST = "application/vnd.baseline.manifest+json"
"""A manifest maps the names of a collection's artefacts to their SHA-256."""

LARGEST = 1 << 30
"""Bytes of one content that are read back at most: SQLite and PostgreSQL hold no larger value."""


AT_ONCE = 32
"""Contents that stand compressed in memory at a time."""


class Content(NamedTuple):
    """Something to keep, with its SHA-256 in hexadecimal."""

    digest: str
    media_type: str
    content: bytes

    @classmethod
    def of(cls, content: bytes, media_type: str) -> "Content":
        """The content with its digest."""
        return cls(hashlib.sha256(content).hexdigest(), media_type, content)


def write_contents(connection: Connection, contents: Iterable[Content]) -> dict[str, int]:
    """Write what is new; give the number of each by digest."""
    by_digest = {each.digest: each for each in contents}
    found = _find(connection, by_digest)
    missing = sorted(by_digest.keys() - found.keys())
    compressor = zstandard.ZstdCompressor()
    for some in batches(missing, AT_ONCE):
        rows = [_row(by_digest[digest], compressor) for digest in some]
        insert_missing(connection, ArtefactRow, rows)
        log_contents(connection, rows)
    return found | _find(connection, missing)


def read_content(connection: Connection, digest: str) -> bytes:
    """The content with this SHA-256 (hexadecimal).

    Raises:
        StoreError: it is not there, or is damaged.
    """
    wanted = ArtefactRow.digest == _binary(digest)
    row = connection.execute(select(ArtefactRow.content, ArtefactRow.size).where(wanted)).first()
    if row is None:
        raise StoreError(f"the store holds no artefact {digest}")
    if row.content == b"":
        raise StoreError(
            f"artefact {digest} was destroyed when its retention term was over; the log tells when and why"
        )
    content = decompressed(row.content, digest)
    if hashlib.sha256(content).hexdigest() != digest:
        raise StoreError(f"artefact {digest} is damaged: its content does not match its digest")
    return content


def read_media_type(connection: Connection, digest: str) -> str:
    """The media type of the content with this SHA-256 (hexadecimal); empty where there is none."""
    return str(connection.scalar(select(ArtefactRow.media_type).where(ArtefactRow.digest == _binary(digest))) or "")


def compressed(content: bytes) -> bytes:
    """The content as a zstd frame (RFC 8878) that holds its size."""
    return zstandard.ZstdCompressor().compress(content)


def decompressed(frame: bytes, name: str) -> bytes:
    """The content of a zstd frame.

    Raises:
        StoreError: it is not such a frame, or would be larger than any content can be.
    """
    try:
        if zstandard.frame_content_size(frame) > LARGEST:
            raise StoreError(f"{name} is damaged: it claims to be larger than {LARGEST} bytes")
        return zstandard.ZstdDecompressor().decompress(frame)
    except zstandard.ZstdError as error:
        raise StoreError(f"{name} is damaged: {error}") from error


def _binary(digest: str) -> bytes:
    try:
        return bytes.fromhex(digest)
    except ValueError:
        raise StoreError(f"not a SHA-256 in hexadecimal: {digest!r}") from None


def _row(content: Content, compressor: zstandard.ZstdCompressor) -> dict[str, object]:
    return {
        "digest": bytes.fromhex(content.digest),
        "media_type": content.media_type,
        "size": len(content.content),
        "content": compressor.compress(content.content),
    }


def _find(connection: Connection, digests: Iterable[str]) -> dict[str, int]:
    numbers: dict[str, int] = {}
    for some in batches([bytes.fromhex(digest) for digest in digests]):
        rows = connection.execute(select(ArtefactRow.digest, ArtefactRow.id).where(ArtefactRow.digest.in_(some)))
        numbers.update((bytes(digest).hex(), number) for digest, number in rows)
    return numbers
