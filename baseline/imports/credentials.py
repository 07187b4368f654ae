"""What can be told to be a secret by its form, wherever it stands in a scanner's file."""

import re

from baseline.imports.source import REMOVED
from baseline.models.redaction import MARK, redact_json

_KINDS = (
    # PEM (RFC 7468); in JSON its line ends are written \n
    (b"PRIVATE KEY-----", re.compile(rb"(?<=PRIVATE KEY-----)[^-\"<]+(?=-----END)")),
    # GitHub's tokens, which end in a check sum
    (b"gh", re.compile(rb"\bgh[pousr]_[A-Za-z0-9]{36,255}")),
    # JSON Web Token (RFC 7519)
    (b"eyJ", re.compile(rb"\beyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]+")),
    # user and password in a URL (RFC 3986, 3.2.1)
    (b"://", re.compile(rb"(?<=://)[^/\s:@\"\\<>]{1,100}:[^/\s@\"\\<>]{1,200}(?=@)")),
)
_VALUE = rb"[ \t]{0,4}[=:][^\"<>;\r\n]{3,400}"
_BESIDE_A_WORD = tuple(
    re.compile(word + _VALUE)
    for word in (
        rb"passw(?:or)?d",
        rb"passphrase",
        rb"pwd",
        rb"wachtwoord",
        rb"secret",
        rb"token",
        rb"api[_-]?key",
        rb"access[_-]?key",
        rb"account[_-]?key",
        rb"shared[_-]?key",
        rb"private[_-]?key",
        rb"community",
        rb"credential",
        rb"psk",
        rb"connection[_-]?string",
    )
)
"""Where ``redaction`` looks closer, in lower case: it knows what is a setting and what a secret, and takes longer."""


def without_credentials(text: bytes) -> tuple[bytes, int]:
    """The text without private keys, tokens and passwords, and how many those were. Whole JSON stays whole JSON."""
    removed = 0
    for beginning, pattern in _KINDS:
        if beginning in text:
            text, number = pattern.subn(REMOVED, text)
            removed += number
    before = text.count(MARK)
    text = _without_values(text)
    return text, removed + text.count(MARK) - before


def _without_values(text: bytes) -> bytes:
    lowered = text.lower()
    found = sorted(each.span() for pattern in _BESIDE_A_WORD for each in pattern.finditer(lowered))
    out: list[bytes] = []
    done = 0
    for start, end in found:
        if start >= done:
            out += (text[done:start], redact_json(text[start:end]))
            done = end
    return b"".join((*out, text[done:]))
