"""Accounts that raw answers define or speak of, also where no facts name them: cut-off configurations, log lines."""

import re
from collections.abc import Iterator

from baseline.content.ordinary_words import ORDINARY_WORDS
from baseline.content.person_names import is_person

NAME = r"[\"']?(?P<name>[A-Za-z][\w.@-]{0,62}\w)[\"']?"
DEFINED = re.compile(
    r"(?m:^)[ \t]{0,40}(?:set (?:system login|mgt-config) )?(?:user|users|username|local-user) "
    + NAME
    + r"(?= (?:authentication|class|group|nopassword|password|phash|privilege|role|secret|service-type|uid|\{)|[ \t]*$)"
)
"""Lines by which configurations of network devices define an account: most platforms have one of these words."""
SPOKEN_OF = re.compile(
    r"(?:onfigured from \S{1,40}(?: \S{1,40})? by |onfiguration change at [^\n]{1,60} by |Last commit: [^\n]{1,60} by "
    r"|\bUser:[ ]?|\[user: |\b(?:Accepted|Failed) \S{1,40} for (?:invalid user )?|\bsession (?:opened|closed) for user "
    r"|\bUSER=|\blogged in as |\busername |\buser (?=\S+ (?:logged|login|from|connected))|\b[Cc]hanged by[: ] ?)" + NAME
)
"""What devices and hosts write in their logs before the account that did something."""
BLOCKS = re.compile(
    r"(?m:^)(?P<indent>[ \t]{0,40})(?:config system admin[ \t]*\n(?P<edits>.{0,100000}?)^(?P=indent)end\b"
    r"|users? \{[ \t]*\n(?P<braces>.{0,100000}?)^(?P=indent)\}"
    r"|<users>(?P<entries>.{0,100000}?)</users>)",
    re.DOTALL | re.MULTILINE,
)
"""Where FortiOS, PAN-OS (braces and XML) and Junos define accounts."""
IN_BLOCKS = {
    "edits": re.compile(r"^[ \t]{0,40}edit " + NAME, re.MULTILINE),
    "entries": re.compile(r"<entry name=" + NAME),
}
IN_BRACES = re.compile(r"^(?P<indent>[ \t]{0,40})" + NAME + r" \{", re.MULTILINE)
WORDS = ("user", "User", "config system admin", "onfigur", "Last commit", "for ", "USER", "logged in", "hanged by")
"""One of these is in every text that names anybody so."""


def accounts_in(answer: str) -> frozenset[str]:
    """Names of people whom a raw answer defines as accounts, or of whom its log lines tell."""
    if not any(word in answer for word in WORDS):
        return frozenset()
    return frozenset(name for name in _named(answer) if is_person(name) and name.lower() not in ORDINARY_WORDS)


def _named(answer: str) -> Iterator[str]:
    for pattern in (DEFINED, SPOKEN_OF):
        yield from (found["name"] for found in pattern.finditer(answer))
    for block in BLOCKS.finditer(answer):
        for group, pattern in IN_BLOCKS.items():
            yield from (found["name"] for found in pattern.finditer(block[group] or ""))
        inner = list(IN_BRACES.finditer(block["braces"] or ""))
        shallow = min((len(found["indent"]) for found in inner), default=0)
        yield from (found["name"] for found in inner if len(found["indent"]) == shallow)
