"""Looks at everything that a store holds."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import zstandard

FRAME = b"\x28\xb5\x2f\xfd"
"""How a zstd frame begins (RFC 8878, section 3.1.1)."""


def everything_in(store: Path) -> Iterator[tuple[str, bytes]]:
    """All bytes: as they lie on the disk, and each value of each table, decompressed."""
    for file in store.parent.glob(f"{store.name}*"):
        yield file.name, file.read_bytes()
    database = sqlite3.connect(f"file:{store}?mode=ro", uri=True)
    try:
        tables = [name for (name,) in database.execute("select name from sqlite_master where type = 'table'")]
        for table in tables:
            for row in database.execute(f"select * from {table}"):
                yield table, "\0".join(str(value) for value in row if not isinstance(value, bytes)).encode()
                yield from ((table, decompressed(value)) for value in row if isinstance(value, bytes))
    finally:
        database.close()


def decompressed(value: bytes) -> bytes:
    """The content of a frame; anything else as it is."""
    if not value.startswith(FRAME):
        return value
    return zstandard.ZstdDecompressor().decompressobj().decompress(value)
