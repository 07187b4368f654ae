"""Makes registry hives with hivex, a reader and writer of hives that our own reading does not share a line with."""

import struct
import subprocess
from collections.abc import Mapping
from pathlib import Path

Values = Mapping[str, object]
Tree = Mapping[str, Values]
"""Key path -> its values: int is REG_DWORD, str REG_SZ, bytes REG_BINARY; a tuple is a type number and bytes."""

PREFIX = "HKEY_LOCAL_MACHINE\\TEST"


def empty_hive() -> bytes:
    """The smallest hive: a base block, and one bin with an empty root key and the descriptor of who may read it."""
    root, security = 0x20, 0x78
    none = 0xFFFFFFFF
    numbers = (0, 0, 0, 0, none, none, 0, none, security, none, 0, 0, 0, 0, 0)
    node = struct.pack("<2sHQ15IHH", b"nk", 0x2C, 0, *numbers, 4, 0) + b"ROOT"
    rights = bytes.fromhex("0100048000000000000000000000000000000000")
    cells = _cell(node) + _cell(struct.pack("<2sHIIII", b"sk", 0, security, security, 1, len(rights)) + rights)
    free = 4096 - 32 - len(cells)
    block = struct.pack("<4sII", b"hbin", 0, 4096).ljust(32, b"\0") + cells + struct.pack("<i", free)
    base = bytearray(4096)
    struct.pack_into("<4sIIQIIIIIII", base, 0, b"regf", 1, 1, 0, 1, 3, 0, 1, root, 4096, 1)
    checksum = 0
    for (word,) in struct.iter_unpack("<I", bytes(base[:508])):
        checksum ^= word
    struct.pack_into("<I", base, 508, checksum)
    return bytes(base) + block.ljust(4096, b"\0")


def _cell(content: bytes) -> bytes:
    size = 4 + len(content) + -(4 + len(content)) % 8
    return struct.pack("<i", -size) + content.ljust(size - 4, b"\0")


def make_hive(path: Path, tree: Tree) -> None:
    """Write a hive with these keys and values."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(empty_hive())
    lines = ["Windows Registry Editor Version 5.00", ""]
    for key, values in _with_parents(tree).items():
        lines.append(f"[{PREFIX}\\{key}]")
        lines += [f"{_name(name)}={_data(value)}" for name, value in values.items()]
        lines.append("")
    text = "\n".join(lines)
    done = subprocess.run(
        ["hivexregedit", "--merge", "--prefix", PREFIX, str(path)],
        input=text,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def _with_parents(tree: Tree) -> dict[str, Values]:
    """The keys, each after those above it: hivex makes only one level at a time."""
    found: dict[str, Values] = {}
    for key, values in tree.items():
        parts = key.split("\\")
        for depth in range(1, len(parts)):
            found.setdefault("\\".join(parts[:depth]), {})
        found[key] = {**found.get(key, {}), **values}
    return found


def _name(name: str) -> str:
    return "@" if not name else '"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _data(value: object) -> str:
    if isinstance(value, tuple):
        kind, raw = value
        return f"hex({kind:x}):" + ",".join(f"{byte:02x}" for byte in raw)
    if isinstance(value, bool | int):
        return f"dword:{value:08x}"
    if isinstance(value, str):
        return "hex(1):" + ",".join(f"{byte:02x}" for byte in (value + "\0").encode("utf-16-le"))
    assert isinstance(value, bytes)
    return "hex(3):" + ",".join(f"{byte:02x}" for byte in value)
