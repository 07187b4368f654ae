"""Identifiers and texts in the forms that OSCAL's data types allow (https://pages.nist.gov/OSCAL/reference/datatypes/)."""

import base64
import hashlib
import re
from datetime import UTC, datetime
from functools import lru_cache
from uuid import UUID

NAMESPACE = "urn:baseline:oscal"
"""The namespace of our own property names."""

_IDENTIFIERS = UUID("2d484ff7-0ab9-5588-a26b-a97a077b9193")
"""The name-based UUID (RFC 9562, version 5) of ``NAMESPACE`` in the namespace of URLs."""

_NOT_TOKEN = re.compile(r"[^\w.-]")
_BREAKS = re.compile(r"[\x00-\x20\x7f-\xa0\u2028\u2029]+")
_MARKS = re.compile(r"([\\`*<\[])")


def identifier(kind: str, *parts: object) -> str:
    """A UUID that is the same wherever and whenever the same thing is told: name-based, as RFC 9562 section 5.5 has it."""
    name = "\n".join((kind, *[str(part).replace("\n", "\\n") for part in parts]))
    digest = hashlib.sha1(_IDENTIFIERS.bytes + name.encode("utf-8", "replace"), usedforsecurity=False).digest()
    number = bytearray(digest[:16])
    number[6] = number[6] & 0x0F | 0x50
    number[8] = number[8] & 0x3F | 0x80
    digits = number.hex()
    return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"


@lru_cache(4096)
def token(control: str) -> str:
    """A control id as an OSCAL token: ``digid:U/TV.01`` is ``digid-U-TV.01``."""
    return _NOT_TOKEN.sub("-", control)


def objective(control: str) -> str:
    """The id of what a machine can see of a control."""
    return f"{token(control)}_obj.machine"


def word(text: object) -> str:
    """One line without space around it; ``-`` where nothing is left, as OSCAL has no empty strings."""
    return _BREAKS.sub(" ", str(text)).strip() or "-"


def markup(text: object) -> str:
    """One line of Markdown that shows the text as it is."""
    return _MARKS.sub(r"\\\1", word(text))


@lru_cache(4096)
def moment(at: datetime) -> str:
    """A moment in UTC, to the second where nothing smaller is known."""
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z")


def named_by_digest(sha256: str) -> str:
    """The URI of a content by its SHA-256 in hexadecimal (RFC 6920)."""
    return "ni:///sha-256;" + base64.urlsafe_b64encode(bytes.fromhex(sha256)).rstrip(b"=").decode()


def own_property(name: str, value: object) -> dict[str, str]:
    """A property in our own namespace."""
    return {"name": name, "ns": NAMESPACE, "value": word(value)}
