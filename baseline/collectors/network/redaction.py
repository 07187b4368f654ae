"""Takes secrets out of configurations and outputs of Cisco IOS and FRRouting, line for line.

What stays is what an auditor needs: who has a secret and how it is stored (``username x privilege 15 secret 9
<redacted>``). When in doubt a word too many goes: everything after a word such as ``password`` is a secret unless it is
known not to be one.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from itertools import accumulate

MARK = "<redacted>"
"""What stands in place of a secret."""

MAXIMUM_LINE_LENGTH = 8_000
"""Characters of one line that are kept; longer ones are no configuration."""

CUT = " <cut>"
"""What ends a line that was too long."""

_NOT_DONE = rf"(?!{MARK})"
_TYPE = r"(?:\d )?+"
_REST = rf"{_NOT_DONE}\S.*"
_WORD = rf"{_NOT_DONE}\S+"
_KEPT = (
    r"(?:(?:level \d+|encrypted|hash|local|remote|clear|md5|ascii|hex|text|required|fallback|option \d+|for \S+|"
    r"key-chain) )*+(?:\d )?+"
)

_NOT_HOST_OPTION = r"(?!(?:version|traps|informs|vrf) )"
_PEER = r"(?:(?:address|hostname) \S+ (?:[\d.]+ )?key )?+"
_LONE = r"(?<![\w-])(?<!crypto )(?<!isakmp )(?<!public )"
_GROUPS = ("standby ", "glbp ", "vrrp ")
_NOT_A_KEY = r"(?!(?:chain|config-key|name|label) )"


def _rules(*patterns: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern, re.IGNORECASE) for pattern in patterns)


RULES: tuple[tuple[str, tuple[re.Pattern[str], ...]], ...] = (
    (
        "snmp",
        _rules(
            rf"(snmp-server community (?:[0678] (?!(?:ro|rw|view|ipv6|\d{{1,4}})(?:\s|$)))?+){_WORD}",
            rf"(snmp-server host \S+(?: vrf \S+| traps| informs| version (?:1|2c)\b)*+ ){_NOT_HOST_OPTION}{_WORD}",
            rf"(snmp mib community-map ){_WORD}",
            rf"(\bauth (?>sha-2 \d+|[\w-]+) ){_WORD}",
            rf"(\bpriv (?>aes(?: ?(?:128|192|256))?|3des|des\d*) ){_WORD}",
        ),
    ),
    (
        "-key",
        _rules(
            rf"(ntp authentication-key \d+ \S+ ){_WORD}",
            rf"(message-digest-key \d+ (?:(?:md5|hmac-sha-\d+) )?+{_TYPE}){_REST}",
            rf"(session-key (?:inbound|outbound) \S+ \d+ (?:cipher |authenticator )?+){_REST}",
            rf"(pre-shared-key (?!key-chain)(?:local |remote )?+{_PEER}(?:hex )?+{_TYPE}){_REST}",
            rf"(?<!ntp )((?:server|authentication|(?<!pre-)shared|private|api|psk)-key {_TYPE}){_REST}",
        ),
    ),
    ("key-string", _rules(rf"((?<![\w-])key-string {_TYPE}){_REST}")),
    (
        "key ",
        _rules(
            rf"(crypto isakmp key {_TYPE}){_WORD}",
            rf"^((?!\s*ntp )(?!\s*key \d+\s*$).*?{_LONE}key {_NOT_A_KEY}(?:hex-key |ascii )?+{_TYPE}){_REST}",
        ),
    ),
    (
        "pass",
        _rules(
            rf"((?<![\w-])(?<!authentication )(?:[a-z]+-)?pass(?:word|wd|phrase) (?!encryption aes\s*$){_KEPT}){_REST}"
        ),
    ),
    ("secret", _rules(rf"((?<![\w-])(?:[a-z]+-)?secret {_KEPT}){_REST}")),
    *((group, _rules(rf"({group}(?:\d+ )?authentication (?!md5 )(?:text )?+){_REST}")) for group in _GROUPS),
    ("nhrp authentication", _rules(rf"(ip nhrp authentication ){_REST}")),
    ("authentication string", _rules(rf"(rip authentication string ){_REST}")),
    ("community ", _rules(rf"(community (?:name|string|index): ?){_WORD}")),
    ("psk", _rules(rf"(\bpsk (?:set-key )?+(?:ascii |hex )?+{_TYPE}){_REST}")),
    ("pmk", _rules(rf"(\bpmk ){_WORD}")),
    ("token", _rules(rf"((?<![\w-])(?:id)?token {_TYPE}){_WORD}")),
    (" spi ", _rules(rf"((?<=[ \t])){_NOT_DONE}[0-9a-f]{{16,}}\b")),
    ("event manager environment", _rules(rf"(environment (?=\S{{0,64}}(?:pass|secret|token|key|cred))\S+ ){_REST}")),
    ("://", _rules(r"((?<![a-z0-9])[a-z][a-z0-9+.-]{0,16}://[^\s/:@]{0,128}:)(?!<redacted>@)[^\s@]{1,256}(?=@)")),
    (
        "=",
        _rules(rf"([?&](?:[a-z_-]{{0,32}}token|[a-z_-]{{0,32}}key|password|secret|sig|signature)=){_NOT_DONE}[^&\s]+"),
    ),
    ("authorization:", _rules(rf"(authorization: (?:bearer |basic )?+){_WORD}")),
    ("$", _rules(r"()\$(?:1|5|6|7|8|9|14|2[abxy]?|y|gy|nt|sha1)\$\S+")),
)
"""Keyword -> patterns for lines that hold it. The first group stays, what is matched after it is the secret."""

_KEEP_FIRST = rf"\1{MARK}"
_PRIVATE_KEY = re.compile(r"-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY-----")
_NUMERIC_KEY = re.compile(r"(\s+key )\d+(\s*)$")


def redact(text: str) -> str:
    """The text with every known secret replaced by ``<redacted>``; the number of lines stays the same.

    Redacting twice changes nothing more.
    """
    return "\n".join(_redacted(text)[0])


def secret_lines(text: str) -> dict[int, str]:
    """The lines that hold a secret, redacted, by 1-based number."""
    lines, changed = _redacted(text)
    return {index + 1: lines[index] for index in sorted(changed)}


def _redacted(text: str) -> tuple[list[str], set[int]]:
    """All lines, redacted, with the indexes of those that hold a secret."""
    lines = [
        line if len(line) <= MAXIMUM_LINE_LENGTH else line[:MAXIMUM_LINE_LENGTH] + CUT for line in text.split("\n")
    ]
    lowered = "\n".join(lines).lower()
    starts = [0, *accumulate(len(line) + 1 for line in lowered.split("\n"))]
    touched: set[int] = set()
    for keyword, patterns in RULES:
        for index in _lines_with(keyword, lowered, starts):
            line = lines[index]
            for pattern in patterns:
                line = pattern.sub(_KEEP_FIRST, line)
            lines[index] = line
            touched.add(index)
    for index in _lines_with("key ", lowered, starts):
        lines[index] = _numeric_key(lines, index)
    for index in _lines_with("private key-----", lowered, starts):
        _blank_private_key(lines, index)
    return lines, {index for index in touched if MARK in lines[index]}


def _lines_with(keyword: str, lowered: str, starts: list[int]) -> Iterator[int]:
    """Indexes of the lines that hold a keyword; ``starts`` holds where each line of the lower-case text begins."""
    position = lowered.find(keyword)
    while position >= 0:
        index = bisect_right(starts, position) - 1
        yield index
        position = lowered.find(keyword, starts[index + 1])


def _numeric_key(lines: list[str], index: int) -> str:
    """``key 5`` names a key in a key chain; anywhere else the number is the key itself."""
    line = lines[index]
    if not _NUMERIC_KEY.fullmatch(line):
        return line
    for above in range(index - 1, -1, -1):
        if lines[above] and not lines[above].startswith((" ", "!", "\r")):
            return line if lines[above].startswith("key chain ") else _NUMERIC_KEY.sub(rf"\1{MARK}\2", line)
    return _NUMERIC_KEY.sub(rf"\1{MARK}\2", line)


def _blank_private_key(lines: list[str], index: int) -> None:
    if not _PRIVATE_KEY.search(lines[index]):
        return
    for below in range(index + 1, len(lines)):
        if "-----END" in lines[below]:
            return
        lines[below] = MARK
