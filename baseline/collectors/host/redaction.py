"""The last look for secrets, after the script has left them on the target as far as it knows them.

Password hashes (crypt(5)), private keys (RFC 7468), and values after words such as ``password=`` are replaced; lines stay
lines, so that line numbers stay right.
"""

import re

REDACTED = "<redacted>"

_HASH = re.compile(r"\$(?:1|2[abxy]?|5|6|7|y|gy|md5|sha1)\$[^\s:,\"']{8,}")
_VALUE = re.compile(
    r"(?i)\b([a-z_]*(?:passw(?:or)?d|passphrase|secret|token|api_?key|community))(\s?=\s?|:\s)(?!<redacted>)[^\s,;&\"']{1,256}"
)
_ADDRESS = re.compile(r"(://[^\s/:@]{1,64}:)[^\s/@]{1,256}@")
_KEY = re.compile(
    r"(-----BEGIN [A-Z ]{0,20}PRIVATE KEY-----)(.*?)(-----END [A-Z ]{0,20}PRIVATE KEY-----|\Z)", re.DOTALL
)


def redact(text: str) -> str:
    """The text without secrets, with the same number of lines."""
    if "PRIVATE KEY" in text:
        text = _KEY.sub(_without_key, text)
    text = _HASH.sub(REDACTED, text)
    text = _ADDRESS.sub(rf"\1{REDACTED}@", text)
    return _VALUE.sub(rf"\1\2{REDACTED}", text)


def _without_key(match: re.Match[str]) -> str:
    lines = match[2].count("\n")
    return match[1] + "\n".join([REDACTED] * max(lines, 1)) + ("\n" if lines else "") + match[3]
