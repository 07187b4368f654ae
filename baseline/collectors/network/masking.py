"""Takes secrets out of configurations in which a secret is one word or one quoted text, line for line.

What stays is who has a secret and how it is stored: ``encrypted-password "$6$<redacted>"``. Masking twice changes nothing
more.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate

from baseline.collectors.network.redaction import CUT, MARK, MAXIMUM_LINE_LENGTH

VALUE = r'(?:"(?:[^"\\]|\\.)*"?|[^\s;{}\[\]"]+)'
"""A quoted text, or a word."""

HASHED = r'"?\$(?:1|5|6|8|9|14|2[abxy]?|y|gy|sha1)\$[^\s";<]{2,}"?'
"""A stored secret that says of itself how it is kept."""

ADDRESS = re.compile(
    r"((?<![a-z0-9])[a-z][a-z0-9+.-]{0,16}://[^\s/:@]{0,128}:)((?!<redacted>@)[^\s@\"]{1,256})(?=@)", re.IGNORECASE
)
"""A password inside an address."""

_KIND = re.compile(r'"?(\$\w{1,4}\$|ENC (?:PB2|SH2|AK1)?|\{\w{1,8}\})')
_BEGIN = re.compile(r"-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY-----")
_END = "-----END"


def has_password_in_address(text: str) -> bool:
    """Whether a text holds an address with a password in it, which is always plain: ``ftp://name:password@192.0.2.1/``."""
    return "://" in text and ADDRESS.search(text) is not None


class Masker:
    """Rules of one platform. In each pattern group 1 stays and group 2 is the secret."""

    def __init__(self, keywords: Sequence[str], patterns: Sequence[str]) -> None:
        """``keywords`` are what a line must hold, one of them, in whatever case, for the patterns to be tried on it."""
        named = {word.lower() for word in (*keywords, "://", "private key-----")}
        self._keywords = tuple(word for word in named if not any(other in word for other in named - {word}))
        self._patterns = (*(re.compile(pattern, re.IGNORECASE) for pattern in patterns), ADDRESS)

    def mask(self, text: str) -> str:
        """The text without secrets; the number of lines stays the same."""
        lines = [
            line if len(line) <= MAXIMUM_LINE_LENGTH else line[:MAXIMUM_LINE_LENGTH] + CUT for line in text.split("\n")
        ]
        for index in self._suspects(lines):
            line = lines[index]
            if _BEGIN.search(line) and _END not in line:
                _blank_key(lines, index)
                continue
            for pattern in self._patterns:
                line = pattern.sub(_masked, line)
            lines[index] = line
        return "\n".join(lines)

    def _suspects(self, lines: list[str]) -> list[int]:
        """Indexes of the lines that hold a keyword, in order."""
        lowered = "\n".join(lines).lower()
        starts = [0, *accumulate(len(line) + 1 for line in lowered.split("\n"))]
        found = set()
        for keyword in self._keywords:
            position = lowered.find(keyword)
            while position >= 0:
                index = bisect_right(starts, position) - 1
                found.add(index)
                position = lowered.find(keyword, starts[index + 1])
        return sorted(found)


def _blank_key(lines: list[str], index: int) -> None:
    """Blank what stands below the first line of a private key, up to its last."""
    for below in range(index + 1, len(lines)):
        if _END in lines[below]:
            return
        lines[below] = MARK


def _masked(found: re.Match[str]) -> str:
    kept, secret = found[1], found[2]
    quote = '"' if secret.startswith('"') else ""
    kind = _KIND.match(secret)
    return f"{kept}{quote}{kind[1] if kind else ''}{MARK}{quote}"
