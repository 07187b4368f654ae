"""Takes secrets out of configurations in which a secret is one word or one quoted text, line for line.

What stays is who has a secret and how it is stored: ``encrypted-password "$6$<redacted>"``. Masking twice changes nothing
more.
"""

import re
from collections.abc import Sequence

from baseline.collectors.network.redaction import CUT, MARK, MAXIMUM_LINE_LENGTH

VALUE = r'(?:"(?:[^"\\]|\\.)*"?|[^\s;{}\[\]"]+)'
"""A quoted text, or a word."""

HASHED = r'"?\$(?:1|5|6|8|9|14|2[abxy]?|y|gy|sha1)\$[^\s";]{2,}"?'
"""A stored secret that says of itself how it is kept."""

ADDRESS = re.compile(
    r"((?<![a-z0-9])[a-z][a-z0-9+.-]{0,16}://[^\s/:@]{0,128}:)((?!<redacted>@)[^\s@\"]{1,256})(?=@)", re.IGNORECASE
)
"""A password inside an address."""

_KIND = re.compile(r'"?(\$\w{1,4}\$|ENC (?:\w{2,3}(?=[^\w]|$))?|\{\w{1,8}\})')
_BEGIN = re.compile(r"-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY-----")
_END = "-----END"


class Masker:
    """Rules of one platform. In each pattern group 1 stays and group 2 is the secret."""

    def __init__(self, keywords: Sequence[str], patterns: Sequence[str]) -> None:
        """``keywords`` are what a line must hold, one of them, to be looked at; all patterns are then tried on it."""
        self._keywords = re.compile("|".join(map(re.escape, (*keywords, "://"))), re.IGNORECASE)
        self._patterns = (*(re.compile(pattern, re.IGNORECASE) for pattern in patterns), ADDRESS)

    def mask(self, text: str) -> str:
        """The text without secrets; the number of lines stays the same."""
        lines = text.split("\n")
        private = False
        for index, line in enumerate(lines):
            if private:
                private = _END not in line
                if private:
                    lines[index] = MARK
                continue
            if len(line) > MAXIMUM_LINE_LENGTH:
                line = lines[index] = line[:MAXIMUM_LINE_LENGTH] + CUT  # noqa: PLW2901  # what is masked below
            if "PRIVATE KEY-----" in line:
                private = _BEGIN.search(line) is not None and _END not in line
            if self._keywords.search(line):
                for pattern in self._patterns:
                    line = pattern.sub(_masked, line)  # noqa: PLW2901
                lines[index] = line
        return "\n".join(lines)


def _masked(found: re.Match[str]) -> str:
    kept, secret = found[1], found[2]
    quote = '"' if secret.startswith('"') else ""
    kind = _KIND.match(secret)
    return f"{kept}{quote}{kind[1] if kind else ''}{MARK}{quote}"
