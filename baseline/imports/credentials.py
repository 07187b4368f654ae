"""What is a secret wherever it stands in a text."""

import re

from baseline.imports.source import REMOVED

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


def without_credentials(text: bytes) -> tuple[bytes, int]:
    """The text without private keys, tokens and passwords in URLs, and how many those were."""
    removed = 0
    for beginning, pattern in _KINDS:
        if beginning in text:
            text, number = pattern.subn(REMOVED, text)
            removed += number
    return text, removed
