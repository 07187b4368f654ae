"""Takes secrets out of configurations and outputs of network devices, line for line.

What stays is what an auditor needs: who has a secret and how it is stored (``username x privilege 15 secret 9
<redacted>``). When in doubt a word too many goes: everything after a word such as ``password`` is a secret unless it is
known not to be one.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

MARK = "<redacted>"
"""What stands in place of a secret."""

MAXIMUM_LINE_LENGTH = 8_000
"""Characters of one line that are kept; longer ones are no configuration."""

MOST_REMEMBERED, LONGEST_REMEMBERED = 4_000, 200
"""Lines without any keyword that are remembered, and the characters of one: some 500 KB."""

CUT = " <cut>"
"""What ends a line that was too long."""

_NOT_DONE = rf"(?!(?:\$[\w-]{{1,12}}\$)?{MARK})"
"""Not what a rule has replaced already; a rule may keep the name of the hash before it: ``$5$<redacted>``."""

_TYPE = r"(?:\d )?+"
REST = rf"{_NOT_DONE}\S.*"
WORD = rf"{_NOT_DONE}\S+"
_KEPT = (
    r"(?:(?:level \d+|encrypted|hash|local|remote|clear|md5|ascii|hex|text|required|fallback|option \d+|for \S+|"
    r"key-chain) )*+(?:\d )?+"
)

_NOT_HOST_OPTION = r"(?!(?:version|traps|informs|vrf|use-vrf|filter-vrf|source-interface|udp-port) )"
_PEER = r"(?:(?:address|hostname) \S+ (?:[\d.]+ )?key )?+"
_LONE = r"(?<![\w-])(?<!crypto )(?<!isakmp )(?<!public )"
_GROUPS = ("standby ", "glbp ", "vrrp ")
_NOT_A_KEY = r"(?!(?:chain|config-key|name|label) )"


def rules(*patterns: str) -> tuple[re.Pattern[str], ...]:
    """Patterns for ``RULES``, whatever the case. The first group is what stays."""
    return tuple(re.compile(pattern, re.IGNORECASE) for pattern in patterns)


Rules = tuple[tuple[str, tuple[re.Pattern[str], ...]], ...]

RULES: Rules = (
    (
        "snmp-server community ",
        rules(rf"(snmp-server community (?:[0678] (?!(?:ro|rw|view|ipv6|\d{{1,4}})(?:\s|$)))?+){WORD}"),
    ),
    (
        "snmp-server host ",
        rules(rf"(snmp-server host \S+(?: vrf \S+| traps| informs| version (?:1|2c)\b)*+ ){_NOT_HOST_OPTION}{WORD}"),
    ),
    ("snmp mib community-map ", rules(rf"(snmp mib community-map ){WORD}")),
    (
        "snmp",
        rules(
            rf"(\bauth (?>sha-2 \d+|[\w-]+) ){WORD}",
            rf"(\bpriv (?>aes(?: ?(?:128|192|256))?|3des|des\d*) ){WORD}",
        ),
    ),
    (
        "-key",
        rules(
            rf"(ntp authentication-key \d+ \S+ ){WORD}",
            rf"(message-digest-key \d+ (?:(?:md5|hmac-sha-\d+) )?+{_TYPE}){REST}",
            rf"(session-key (?:inbound|outbound) \S+ \d+ (?:cipher |authenticator )?+){REST}",
            rf"(pre-shared-key (?!key-chain)(?:local |remote )?+{_PEER}(?:hex )?+{_TYPE}){REST}",
            rf"(?<!ntp )((?:server|authentication|(?<!pre-)shared|private|api|psk)-key {_TYPE}){REST}",
        ),
    ),
    ("key-string", rules(rf"((?<![\w-])key-string {_TYPE}){REST}")),
    (
        "key ",
        rules(
            rf"(crypto isakmp key {_TYPE}){WORD}",
            rf"^((?!\s*ntp )(?!\s*key \d+\s*$).*?{_LONE}key {_NOT_A_KEY}(?:hex-key |ascii )?+{_TYPE}){REST}",
        ),
    ),
    (
        "pass",
        rules(
            rf"((?<![\w-])(?<!authentication )(?:[a-z]+-)?pass(?:word|wd|phrase) (?!encryption aes\s*$){_KEPT}){REST}"
        ),
    ),
    ("secret", rules(rf"((?<![\w-])(?:[a-z]+-)?secret {_KEPT}){REST}")),
    *((group, rules(rf"({group}(?:\d+ )?authentication (?!md5 )(?:text )?+){REST}")) for group in _GROUPS),
    ("nhrp authentication", rules(rf"((?:ip|ipv6) nhrp authentication ){REST}")),
    ("authentication mode ", rules(rf"(authentication mode hmac-sha-256 {_TYPE}){WORD}")),
    ("authentication string", rules(rf"(rip authentication string ){REST}")),
    ("community ", rules(rf"(community (?:name|string|index): ?){WORD}")),
    ("psk", rules(rf"(\bpsk (?:set-key )?+(?:ascii |hex )?+{_TYPE}){REST}")),
    ("pmk", rules(rf"(\bpmk ){WORD}")),
    ("token", rules(rf"((?<![\w-])(?:id)?token {_TYPE}){WORD}")),
    (" spi ", rules(rf"((?<=[ \t])){_NOT_DONE}[0-9a-f]{{16,}}\b")),
    ("event manager environment", rules(rf"(environment (?=\S{{0,64}}(?:pass|secret|token|key|cred))\S+ ){REST}")),
    ("://", rules(r"((?<![a-z0-9])[a-z][a-z0-9+.-]{0,16}://[^\s/:@]{0,128}:)(?!<redacted>@)[^\s@]{1,256}(?=@)")),
    (
        "=",
        rules(rf"([?&](?:[a-z_-]{{0,32}}token|[a-z_-]{{0,32}}key|password|secret|sig|signature)=){_NOT_DONE}[^&\s]+"),
    ),
    ("authorization:", rules(rf"(authorization: (?:bearer |basic )?+){WORD}")),
    ("$", rules(rf"(){_NOT_DONE}\$(?:1|5|6|7|8|9|14|2[abxy]?|y|gy|nt|sha1)\$\S+")),
)
"""Keyword -> patterns for lines that hold it. The first group stays, what is matched after it is the secret."""

_KEEP_FIRST = rf"\1{MARK}"
_PRIVATE_KEY = re.compile(r"-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY-----")
_BEGIN_KEY = "private key-----"
_NUMERIC_KEY = re.compile(r"(\s+key )\d+(\s*)$")


@dataclass(frozen=True, slots=True)
class Dialect:
    """What one platform writes differently. ``rules`` come before ``RULES`` and can keep what follows a secret.

    ``harmless`` matches, from start to end, lines with a word such as ``password`` that hold no secret, or none any more
    because a rule here has replaced it. ``plain`` are lines without any keyword that were seen: devices have most in common.
    """

    rules: Rules = ()
    harmless: re.Pattern[str] = re.compile(r"(?!)")
    plain: set[str] = field(default_factory=set, compare=False, repr=False)


COMMON = Dialect()


def redact(text: str, dialect: Dialect = COMMON) -> str:
    """The text with every known secret replaced by ``<redacted>``; the number of lines stays the same.

    Redacting twice changes nothing more.
    """
    lines, _ = _LATEST.take(text, dialect) or _redacted(text, dialect)
    return "\n".join(lines)


def secret_lines(text: str, dialect: Dialect = COMMON) -> dict[int, str]:
    """The lines that hold a secret, redacted, by 1-based number."""
    lines, changed = _LATEST.keep(text, dialect, _redacted(text, dialect))
    return {index + 1: lines[index] for index in sorted(changed)}


_Redacted = tuple[list[str], set[int]]
"""All lines, redacted, and the indexes of those that hold a secret."""


class _Latest:
    """What ``secret_lines`` found last: the text whose facts it is asked for is most often redacted as a whole next."""

    def __init__(self) -> None:
        self._kept: tuple[str, Dialect, _Redacted] | None = None

    def keep(self, text: str, dialect: Dialect, redacted: _Redacted) -> _Redacted:
        """Remember it until it is taken, or another text comes."""
        self._kept = (text, dialect, redacted)
        return redacted

    def take(self, text: str, dialect: Dialect) -> _Redacted | None:
        """What was kept of this very text, which is forgotten."""
        if self._kept is None or self._kept[0] is not text or self._kept[1] is not dialect:
            return None
        (_, _, redacted), self._kept = self._kept, None
        return redacted


_LATEST = _Latest()


def _redacted(text: str, dialect: Dialect) -> _Redacted:
    lines = text.split("\n")
    different = dict.fromkeys(lines)
    if max(map(len, different)) > MAXIMUM_LINE_LENGTH:
        lines = [line if len(line) <= MAXIMUM_LINE_LENGTH else line[:MAXIMUM_LINE_LENGTH] + CUT for line in lines]
        different = dict.fromkeys(lines)
    every = [line for line in different if line not in dialect.plain]
    lowered = "\n".join(every).lower()
    suspects = _suspects(every, lowered, dialect)
    touched = {index for index, line in enumerate(lines) if line in suspects}
    for index in touched:
        lines[index] = suspects[lines[index]]
    for index in sorted(touched):
        lines[index] = _numeric_key(lines, index)
    if _BEGIN_KEY in lowered:
        for index in [index for index, line in enumerate(lines) if _BEGIN_KEY in line.lower()]:
            _blank_private_key(lines, index)
    else:
        _remember(dialect, [line for line in every if line not in suspects and len(line) <= LONGEST_REMEMBERED])
    return lines, {index for index in touched if MARK in lines[index]}


def _remember(dialect: Dialect, plain: list[str]) -> None:
    if len(dialect.plain) + len(plain) > MOST_REMEMBERED:
        dialect.plain.clear()
    dialect.plain.update(plain[:MOST_REMEMBERED])


def _suspects(every: list[str], lowered: str, dialect: Dialect) -> dict[str, str]:
    """The lines that hold a keyword, without secrets, by line. ``every`` holds each line once: most ports are alike."""
    suspects: dict[str, str] = {}
    for keyword, patterns in (*dialect.rules, *RULES):
        for index in _lines_with(keyword, lowered):
            line = suspects.setdefault(every[index], every[index])
            if dialect.harmless.fullmatch(line):
                continue
            for pattern in patterns:
                line = pattern.sub(_KEEP_FIRST, line)
            suspects[every[index]] = line
    return suspects


def _lines_with(keyword: str, lowered: str) -> Iterator[int]:
    """Indexes of the lines that hold a keyword."""
    index = end = 0
    while (position := lowered.find(keyword, end)) >= 0:
        index += lowered.count("\n", end, position)
        yield index
        end = lowered.find("\n", position)
        if end < 0:
            return


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
