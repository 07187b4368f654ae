"""The little of X.509 that facts need: validity, key and signature of one certificate (RFC 5280, DER of X.690)."""

from collections.abc import Iterator
from datetime import UTC, datetime

import msgspec

SEQUENCE, INTEGER, BIT_STRING, OBJECT, UTC_TIME, GENERALIZED_TIME = 0x30, 0x02, 0x03, 0x06, 0x17, 0x18
VERSION = 0xA0
LONG_FORM = 0x80
MOST_LENGTH_BYTES = 3

KEYS = {"1.2.840.113549.1.1.1": "RSA", "1.2.840.113549.1.1.10": "RSA", "1.2.840.10040.4.1": "DSA"}
CURVES = {
    "1.2.840.10045.3.1.1": 192,
    "1.2.840.10045.3.1.7": 256,
    "1.3.132.0.34": 384,
    "1.3.132.0.35": 521,
    "1.3.36.3.3.2.8.1.1.7": 256,
}
EDWARDS = {"1.3.101.112": ("ED25519", 256), "1.3.101.113": ("ED448", 456)}
ELLIPTIC = "1.2.840.10045.2.1"
SIGNATURES = {
    "1.2.840.113549.1.1.4": "md5",
    "1.2.840.113549.1.1.5": "sha1",
    "1.2.840.10045.4.1": "sha1",
    "1.2.840.10040.4.3": "sha1",
    "1.2.840.113549.1.1.11": "sha256",
    "1.2.840.113549.1.1.12": "sha384",
    "1.2.840.113549.1.1.13": "sha512",
    "1.2.840.10045.4.3.2": "sha256",
    "1.2.840.10045.4.3.3": "sha384",
    "1.2.840.10045.4.3.4": "sha512",
    "1.3.101.112": "ed25519",
    "1.3.101.113": "ed448",
}
"""Object identifiers of RFC 3279, RFC 5758 and RFC 8410."""


class Certificate(msgspec.Struct, frozen=True):
    """What one certificate says. ``bits`` is 0 and a name is ``other`` where it is of a kind not known here."""

    not_before: datetime
    not_after: datetime
    key: str
    bits: int
    signature: str
    self_issued: bool


class Element(msgspec.Struct, frozen=True):
    """One DER element."""

    tag: int
    content: bytes


def read_certificate(der: bytes) -> Certificate:
    """Read one certificate.

    Raises:
        ValueError: it is no certificate, or one that is cut short.
    """
    body, signature, *_ = _children(_only(der, SEQUENCE))
    fields = [field for field in _children(body.content) if field.tag != VERSION]
    if len(fields) < 6:
        raise ValueError("a certificate has six fields or more")
    _, _, issuer, validity, subject, public_key = fields[:6]
    not_before, not_after = (_time(element) for element in list(_children(validity.content))[:2])
    kind, bits = _public_key(public_key.content)
    return Certificate(
        not_before=not_before,
        not_after=not_after,
        key=kind,
        bits=bits,
        signature=SIGNATURES.get(_identifier(next(_children(signature.content))), "other"),
        self_issued=issuer.content == subject.content,
    )


def _only(data: bytes, tag: int) -> bytes:
    first = next(_children(data), None)
    if first is None or first.tag != tag:
        raise ValueError("not a DER sequence")
    return first.content


def _children(data: bytes) -> Iterator[Element]:
    position = 0
    while position < len(data):
        if position + 2 > len(data):
            raise ValueError("an element is cut short")
        tag, length = data[position], data[position + 1]
        position += 2
        if length & LONG_FORM:
            count = length & ~LONG_FORM
            if not 0 < count <= MOST_LENGTH_BYTES:
                raise ValueError("a length is not understood")
            length = int.from_bytes(data[position : position + count], "big")
            position += count
        if position + length > len(data):
            raise ValueError("an element is cut short")
        yield Element(tag, data[position : position + length])
        position += length


def _identifier(element: Element) -> str:
    """An object identifier in dots (X.690, section 8.19)."""
    if element.tag != OBJECT or not element.content:
        return ""
    numbers, value = [], 0
    for octet in element.content[:40]:
        value = value << 7 | octet & 0x7F
        if not octet & LONG_FORM:
            numbers.append(value)
            value = 0
    first = min(numbers[0] // 40, 2) if numbers else 0
    return ".".join(str(number) for number in (first, numbers[0] - first * 40, *numbers[1:])) if numbers else ""


def _time(element: Element) -> datetime:
    """Two digits of a year mean 1950 to 2049 (RFC 5280, section 4.1.2.5.1)."""
    text = element.content.decode("ascii")
    if element.tag == UTC_TIME:
        text = ("19" if text[:2] >= "50" else "20") + text
    elif element.tag != GENERALIZED_TIME:
        raise ValueError("not a time")
    return datetime.strptime(text, "%Y%m%d%H%M%SZ").replace(tzinfo=UTC)


def _public_key(data: bytes) -> tuple[str, int]:
    algorithm, key, *_ = _children(data)
    identifiers = [_identifier(element) for element in _children(algorithm.content)]
    name = identifiers[0] if identifiers else ""
    if name in EDWARDS:
        return EDWARDS[name]
    if name == ELLIPTIC:
        return "ECDSA", CURVES.get(identifiers[1] if len(identifiers) > 1 else "", 0)
    if KEYS.get(name) == "RSA" and key.tag == BIT_STRING:
        modulus = next(_children(_only(key.content[1:], SEQUENCE)))
        return "RSA", int.from_bytes(modulus.content, "big").bit_length()
    return KEYS.get(name, "other"), 0
