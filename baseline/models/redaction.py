"""Secrets that can be told by their form, whatever wrote them: the last look before anything is stored or logged.

Collectors take out what their platform writes, since they know its language. Here goes what is a secret in any language:
private keys, hashes, tokens of known makers, passwords in addresses, and values beside words such as ``password``. When
in doubt a word too many goes. Lines stay lines, and redacting twice changes nothing more.
"""

import re
from collections.abc import Iterator
from functools import cache

MARK = b"<redacted>"
"""What stands in place of a secret."""

_NOT_DONE = rb"(?!(?:\$[\w-]{1,12}\$)?<redacted>)"
STEMS = (
    b"passw",
    b"pass",
    b"pwd",
    b"wachtwoord",
    b"secret",
    b"token",
    b"key",
    b"psk",
    b"signature",
    b"community",
    b"authtok",
    b"bindpw",
    b"connection",
    b"credential",
)
"""What every name of a secret holds, one of them; looked for first, since that is fast."""

_WORDS = (
    rb"(?:passw(?:or)?d|passphrase|pass-phrase|(?<![a-z])pass|pwd|passwort|wachtwoord|secret|secret[_-]?text|token|"
    rb"api[_-]?key|auth[_-]?key|(?:access|account|shared|private|primary|secondary|subscription|storage|encryption|"
    rb"master|signing)[_-]?key|shared[_-]?access[_-]?(?:key|signature)|pre[_-]?shared[_-]?key|psk|"
    rb"client[_-]key[_-]data|wep[_-]key\d|community|authtok|bindpw|connection[_-]?string|recovery[_-]?key|credential)"
)
"""Ends of names whose value is a secret."""
_NOT_A_TAG = rb"(?!(?-i:PASSWD\s?:))"
"""``NOPASSWD:`` and ``PASSWD:`` are tags of sudoers(5)."""
_HARMLESS = (
    rb"(?!(?:true|false|yes|no|none|null|nil|on|off|all|any|set|unset|enabled?|disabled?|required?|requisite|optional|"
    rb"sufficient|never|always|default|unknown|prompt|file|local|public[_-]?key|\d{1,5}|\d+:\d+|x|!+|\*+)"
    rb"(?:[\s\"',;&<>\\)\]}]|$))(?!(?-i:[/~](?:[a-z0-9._-]+/?)+)(?:[\s\"',;]|$)|\$[{(]|\{\{|%\(|file:)"
)
"""Values that are settings, paths or references to a secret, and none themselves."""
_LETTER = rb"(?:[^\s\"',;&<>\\)\]}]|[,&)\]}](?=[^\s\"'<>\\])(?![\w.-]{1,64}[=:]))"
_PLAIN = _NOT_DONE + _HARMLESS + _LETTER + rb"{3,1024}"
_QUOTED = _NOT_DONE + _HARMLESS + rb"(?:[^\"\\<\r\n]|\\[^\"\r\n]){1,4096}"
_REST = rb"[^\s\"'<>\\]"

Rule = tuple[tuple[bytes, ...], bytes]
"""What a line must hold, in lower case, one of them; and what is replaced after the first group, which stays."""


def _rule(keywords: bytes | tuple[bytes, ...], pattern: bytes) -> Rule:
    return (keywords,) if isinstance(keywords, bytes) else keywords, pattern


@cache
def _compiled(pattern: bytes) -> re.Pattern[bytes]:
    """Made when first used: they are many, and a command that asks nothing needs none."""
    return re.compile(pattern, re.IGNORECASE)


def _maker(keyword: bytes, begins: bytes, goes_on: bytes) -> Rule:
    """A token of a known maker: how it begins says what it is, and stays."""
    return _rule(keyword, rb"(?<![\w-])(" + begins + rb")" + _NOT_DONE + goes_on)


SHAPES: tuple[Rule, ...] = (
    _rule(
        b"$",
        rb"(\$(?:1|2[abxy]?|5|6|7|8|9|14|y|gy|nt|md5|sha1|apr1|argon2(?:id?|d)|pbkdf2[\w-]*|scrypt)\$)"
        + _NOT_DONE
        + rb"[^\s:,;\"'<\\]{6,512}",
    ),
    _rule(b"pbkdf2", rb"(grub\.pbkdf2\.sha512\.\d+\.|pbkdf2_sha\d+\$\d+\$)" + _NOT_DONE + _REST + rb"{8,1024}"),
    _rule(
        (b"{s", b"{m", b"{c", b"{p"),
        rb"(\{(?:s?sha(?:256|512)?|s?md5|crypt|pbkdf2[\w-]*)\})" + _NOT_DONE + _REST + rb"{8,512}",
    ),
    _rule(b"eyj", rb"(?<![\w-])()eyj[\w-]{8,2048}\.[\w-]{6,8192}(?:\.[\w-]{0,2048}){1,3}"),
    _maker(b"gh", rb"gh[pousr]_", rb"[a-z0-9]{20,255}"),
    _maker(b"github_pat_", rb"github_pat_", rb"\w{20,255}"),
    _maker(b"gl", rb"gl(?:pat|dt|rt|ptt)-", rb"[\w-]{16,255}"),
    _maker(b"xox", rb"xox[abeoprs]-", rb"[\w-]{10,255}"),
    _maker(b"aiza", rb"AIza", rb"[\w-]{30,64}"),
    _maker(b"ya29", rb"ya29\.", rb"[\w-]{20,1024}"),
    _maker(b"npm_", rb"npm_", rb"[a-z0-9]{30,64}"),
    _maker(b"pypi-", rb"pypi-", rb"[\w-]{30,512}"),
    _maker(b"_live_", rb"[srp]k_live_", rb"[a-z0-9]{16,255}"),
    _maker(b"sg.", rb"SG\.", rb"[\w-]{16,64}\.[\w-]{16,64}"),
    _maker(b"dckr_pat_", rb"dckr_pat_", rb"[\w-]{20,64}"),
    _maker(b"hv", rb"hv[sb]\.", rb"[\w-]{20,512}"),
    _maker(b"dop_v1_", rb"dop_v1_", rb"[a-f0-9]{40,80}"),
    _maker(b"sk-", rb"sk-(?!ssh|ecdsa)", rb"[\w-]{20,255}"),
    _maker(b"age-secret-key-", rb"AGE-SECRET-KEY-1", rb"[a-z0-9]{30,80}"),
    _rule(b"8q~", rb"(?<![\w~.-])()[\w~.-]{3}8Q~[\w~.-]{30,40}"),
    _rule(
        b"://",
        rb"((?<![a-z0-9])[a-z][a-z0-9+.-]{0,16}://[^\s/:@\"'<>]{0,128}:)" + _NOT_DONE + rb"[^\s@\"'<>]{1,256}(?=@)",
    ),
    _rule(
        (b"token=", b"key=", b"password=", b"secret=", b"sig=", b"ature=", b"code=", b"credential="),
        rb"([?&](?:[\w-]{0,32}(?:token|key)|password|secret|sig|signature|code|x-amz-signature|x-amz-credential)=)"
        + _NOT_DONE
        + rb"[^&\s\"'<>\\]{4,4096}",
    ),
    _rule(
        b"authorization",
        rb"(authorization\\?[\"']?\s?[:=]\s?\\?[\"']?(?:bearer |basic |token |digest |negotiate |apikey )?)"
        + _NOT_DONE
        + _REST
        + rb"{8,8192}",
    ),
    _rule(b"bearer ", rb"(\bbearer )" + _NOT_DONE + rb"[\w.~+/=-]{16,8192}"),
    _rule(STEMS, rb"(" + _NOT_A_TAG + _WORDS + rb"[ \t]{0,4}=[ \t]{0,4}\\?[\"']?)" + _PLAIN),
    _rule(STEMS, rb"(" + _NOT_A_TAG + _WORDS + rb"[ \t]{0,4}:[ \t]{1,8})" + _PLAIN),
    _rule(STEMS, rb"(\s--?(?:[\w-]{0,32}-)?" + _WORDS + rb"[ =]\\?[\"']?)" + _NOT_DONE + _REST + rb"{3,512}"),
    _rule(b"sshpass", rb"(\bsshpass +-p *[\"']?)" + _NOT_DONE + _REST + rb"{2,256}"),
    _rule(b"mysql", rb"(\bmysql(?:dump|admin)?\b[^|;\n\"]{0,200}? -p)" + _NOT_DONE + _REST + rb"{2,256}"),
    _rule(
        b"curl ",
        rb"(\bcurl\b[^|;\n\"]{0,200}? (?:-u|--user)[ =]?[\"']?[^\s:\"']{1,64}:)" + _NOT_DONE + _REST + rb"{2,256}",
    ),
)
"""What may be looked for inside a JSON document too: nothing here reaches past a quote, or takes a key for a name."""

BESIDE_WORDS: tuple[Rule, ...] = (
    _rule(STEMS, rb"(" + _WORDS + rb"\\?\"[ \t]{0,4}:[ \t\r]{0,8}\\?\")" + _QUOTED),
    _rule(STEMS, rb"(" + _WORDS + rb"[ \t]{0,4}[=:][ \t]{0,4}\")" + _QUOTED),
    _rule(STEMS, rb"(<[\w:.-]{0,64}" + _WORDS + rb"(?: [^<>]{0,200})?>)" + _NOT_DONE + _HARMLESS + rb"[^<]{1,4096}"),
    _rule(b"cookie", rb"(\b(?:set-)?cookie: )" + _NOT_DONE + rb"\S.*"),
    _rule((b"x-api-key", b"token: "), rb"(\bx-(?:api-key|[\w-]{0,32}token): )" + _NOT_DONE + rb"\S+"),
    _rule(b"-token", rb"(\b(?:private|job|deploy)-token: )" + _NOT_DONE + rb"\S+"),
    _rule(
        (b"community", b"requirepass", b"masterauth", b"bindpw"),
        rb"(^\s*(?:r[ow]community6?|requirepass|masterauth|bindpw|rootbindpw)[ \t]+)" + _NOT_DONE + rb"\S+",
    ),
    _rule(b"com2sec", rb"(^\s*com2sec6?[ \t]+\S+[ \t]+\S+[ \t]+)" + _NOT_DONE + rb"\S+"),
    _rule(b"createuser", rb"(^\s*createUser[ \t]+(?:-e[ \t]+\S+[ \t]+)?\S+[ \t]+)" + _NOT_DONE + rb"\S.*"),
    _rule(b"password", rb"(\blogin[ \t]+\S+[ \t]+password[ \t]+)" + _NOT_DONE + rb"\S+"),
    _rule(b"psk", rb"(:[ \t]*(?:PSK|EAP|XAUTH)[ \t]+)" + _NOT_DONE + rb"(?!\"<redacted>)\"?[^\"\r\n]+\"?"),
    _rule((b"hex:", b"ascii:"), rb"(^\s*\d{1,10}[ \t]+[\w-]{2,16}[ \t]+(?:HEX|ASCII):)" + _NOT_DONE + rb"\S+"),
    _rule(b"secret", rb"(\bsecret[ \t]+\")" + _NOT_DONE + rb"[^\"\r\n]+"),
    _rule(b'"auth"', rb"(\"auth\"[ \t]*:[ \t]*\")" + _NOT_DONE + rb"[\w+/=]{8,4096}"),
    _rule(b"private-mac", rb"(^Private-MAC: )" + _NOT_DONE + rb"\S+"),
)
"""What is looked for in texts only."""

MOST_REMEMBERED, LONGEST_REMEMBERED = 4_000, 200
"""Lines without a secret that are remembered, and the bytes of one: some 500 KB."""
_CLEAN: set[bytes] = set()

LONG_LINE = 2048
"""Bytes of a line above which it is looked at in parts."""
BETWEEN = b"},"
"""What stands between two objects in a JSON document."""

_BLOCK = re.compile(
    rb"(-----BEGIN [A-Z0-9 ]{0,32}PRIVATE KEY(?: BLOCK)?-----)(.*?)(-----END [A-Z0-9 ]{0,32}PRIVATE KEY(?: BLOCK)?-----|\Z)",
    re.DOTALL,
)
_PUTTY = re.compile(rb"(^Private-Lines: \d{1,4}\r?\n)((?:[\w+/=]{1,80}\r?\n)*)", re.MULTILINE | re.IGNORECASE)


def redact(content: bytes) -> bytes:
    """A text (UTF-8 or whatever it is) without what can be told to be a secret."""
    content = _without_keys(content)
    lines = content.split(b"\n")
    each = [line for line in dict.fromkeys(lines) if line not in _CLEAN]
    if not each:
        return content
    clean = _redacted(b"\n".join(each), (*SHAPES, *BESIDE_WORDS)).split(b"\n")
    changed = {line: redacted for line, redacted in zip(each, clean, strict=True) if line != redacted}
    _remember([line for line in each if line not in changed and len(line) <= LONGEST_REMEMBERED])
    return b"\n".join([changed.get(line, line) for line in lines]) if changed else content


def _remember(lines: list[bytes]) -> None:
    """Most ports of a switch are alike, and most switches of a fleet: what holds no secret is not looked at again."""
    if len(_CLEAN) + len(lines) > MOST_REMEMBERED:
        _CLEAN.clear()
    _CLEAN.update(lines[:MOST_REMEMBERED])


def redact_json(document: bytes) -> bytes:
    """A JSON document, written without spaces between its parts, without secrets inside its texts.

    It stays JSON, and no value is judged by the name of its key.
    """
    return _redacted(_without_keys(document), SHAPES)


def redact_text(text: str) -> str:
    """``redact`` for a text in memory, such as a line of a log or the message of an error."""
    return redact(text.encode("utf-8", "surrogatepass")).decode("utf-8", "surrogatepass")


def redact_value(text: str) -> str:
    """What ``redact_json`` makes of one text of a document."""
    return redact_json(text.encode("utf-8", "surrogatepass")).decode("utf-8", "surrogatepass")


def _redacted(content: bytes, rules: tuple[Rule, ...]) -> bytes:
    lowered = content.lower()
    parts: list[bytes] = []
    done = 0
    for (start, end), patterns in sorted(_suspects(lowered, rules).items(), key=lambda each: each[0]):
        parts += (content[done:start], _clean(content[start:end], patterns))
        done = end
    return b"".join(parts) + content[done:]


def _clean(line: bytes, patterns: list[bytes]) -> bytes:
    for pattern in patterns:
        line = _compiled(pattern).sub(rb"\1<redacted>", line)
    return line


def _suspects(lowered: bytes, rules: tuple[Rule, ...]) -> dict[tuple[int, int], list[bytes]]:
    """Where lines begin and end that hold a keyword, with the patterns to try on them, in the order of the rules."""
    lines: dict[bytes, list[tuple[int, int]]] = {}
    found: dict[tuple[int, int], list[bytes]] = {}
    for keywords, pattern in rules:
        for keyword in keywords:
            if keyword not in lines:
                lines[keyword] = list(_lines_with(keyword, lowered))
            for place in lines[keyword]:
                patterns = found.setdefault(place, [])
                if not patterns or patterns[-1] is not pattern:
                    patterns.append(pattern)
    return found


def _lines_with(keyword: bytes, lowered: bytes) -> Iterator[tuple[int, int]]:
    """Lines that hold a keyword; of a long line, such as a JSON document, the objects that do."""
    at = lowered.find(keyword)
    while at >= 0:
        end = lowered.find(b"\n", at)
        end = len(lowered) if end < 0 else end
        start = lowered.rfind(b"\n", 0, at) + 1
        if end - start > LONG_LINE:
            before, after = lowered.rfind(BETWEEN, start, at), lowered.find(BETWEEN, at, end)
            start = start if before < 0 else before + len(BETWEEN)
            end = end if after < 0 else after
        yield start, end
        at = lowered.find(keyword, max(end, at + 1))


def _without_keys(content: bytes) -> bytes:
    if b"PRIVATE KEY" in content:
        content = _BLOCK.sub(_without_block, content)
    return _PUTTY.sub(_without_lines, content) if b"rivate-" in content else content


def _without_block(found: re.Match[bytes]) -> bytes:
    return found[1] + _blank(found[2]) + found[3]


def _without_lines(found: re.Match[bytes]) -> bytes:
    return found[1] + re.sub(rb"[^\r\n]+", MARK, found[2])


def _blank(inside: bytes) -> bytes:
    """What stands between the ends of a key, line for line; inside JSON it is one line."""
    lines = inside.count(b"\n")
    return b"\n".join([b"", *[MARK] * (lines - 1), b""]) if lines else MARK
