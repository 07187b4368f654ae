"""Public keys of SSH servers, as devices print them: an algorithm and base64 text."""

import base64
import binascii
import re
from collections.abc import Mapping
from typing import Any, Literal

from baseline.models.facts.network import HostKey

PUBLIC_KEY = re.compile(
    r"^(ssh-rsa|ssh-dss|ssh-ed25519|ecdsa-sha2-nistp\d{3}) ([A-Za-z0-9+/=\s]{32,8192})", re.MULTILINE
)
KeyType = Literal["rsa", "dsa", "ecdsa", "ed25519"]
KEY_TYPES: dict[str, KeyType] = {"ssh-rsa": "rsa", "ssh-dss": "dsa", "ssh-ed25519": "ed25519"}
"""Names of RFC 4253 and RFC 8709 -> type; the ECDSA names of RFC 5656 carry the curve."""


def read_public_keys(output: str, names: Mapping[str, str]) -> list[HostKey]:
    """Every key at the start of a line. ``names``: algorithm -> label of the key pair, where the device tells."""
    keys = []
    for algorithm, encoded in PUBLIC_KEY.findall(output):
        kind = KEY_TYPES.get(algorithm, "ecdsa")
        bits = key_bits(algorithm, encoded)
        sized: dict[str, Any] = {} if bits is None else {"bits": bits}
        keys.append(HostKey(name=names.get(algorithm, algorithm), type=kind, **sized))
    return keys


def key_bits(algorithm: str, encoded: str) -> int | None:
    """Bits of a public key in SSH's wire format (RFC 4253, section 6.6; RFC 5656)."""
    if algorithm.startswith("ecdsa"):
        return int(algorithm[-3:])
    if algorithm == "ssh-ed25519":
        return 256
    text = "".join(encoded.partition("\n\n")[0].split())
    try:
        blob = base64.b64decode(text[: len(text) // 4 * 4])
    except (binascii.Error, ValueError):
        return None
    fields = _wire_fields(blob)
    position = 2 if algorithm == "ssh-rsa" else 1
    return int.from_bytes(fields[position], "big").bit_length() if len(fields) > position else None


def _wire_fields(blob: bytes) -> list[bytes]:
    fields = []
    position = 0
    while position + 4 <= len(blob):
        length = int.from_bytes(blob[position : position + 4], "big")
        if position + 4 + length > len(blob):
            break
        fields.append(blob[position + 4 : position + 4 + length])
        position += 4 + length
    return fields
