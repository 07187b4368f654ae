"""The last look for secrets, after the script has left them on the target as far as it knows them.

Password hashes (crypt(5)), private keys (RFC 7468), and values after words such as ``password=`` are replaced; lines stay
lines, so that line numbers stay right. ``NOPASSWD:`` and ``PASSWD:`` are tags of sudoers(5) and stay.
"""

import re

REDACTED = "<redacted>"

WORDS = ("passw", "passphrase", "secret", "token", "apikey", "api_key", "community")
_HASH = re.compile(r"\$(?:1|2[abxy]?|5|6|7|y|gy|md5|sha1)\$[^\s:,\"']{8,}")
_VALUE = re.compile(
    r"(?i)\b(?!(?-i:(?:NO)?PASSWD\s?:))([a-z_]*(?:passw(?:or)?d|passphrase|secret|token|api_?key|community))([ \t]?=[ \t]?|:[ \t])(?!<redacted>)[^\s,;&\"']{1,256}"
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
    return _without_values(text)


def _without_values(text: str) -> str:
    """Lines that hold one of the words are looked at more closely: finding words is far faster than the expression."""
    lowered = text.lower()
    if len(lowered) != len(text):  # some letters are longer in lower case; positions would not agree
        return _VALUE.sub(rf"\1\2{REDACTED}", text)
    parts: list[str] = []
    done = 0
    for start, end in _lines_with(lowered):
        parts += (text[done:start], _VALUE.sub(rf"\1\2{REDACTED}", text[start:end]))
        done = end
    return "".join(parts) + text[done:]


def _lines_with(lowered: str) -> list[tuple[int, int]]:
    """Where lines begin and end that hold one of the words, in order."""
    found: set[tuple[int, int]] = set()
    for word in WORDS:
        at = lowered.find(word)
        while at >= 0:
            end = lowered.find("\n", at)
            end = len(lowered) if end < 0 else end
            found.add((lowered.rfind("\n", 0, at) + 1, end))
            at = lowered.find(word, end)
    return sorted(found)


def _without_key(match: re.Match[str]) -> str:
    lines = match[2].count("\n")
    return match[1] + "\n".join([REDACTED] * max(lines, 1)) + ("\n" if lines else "") + match[3]
