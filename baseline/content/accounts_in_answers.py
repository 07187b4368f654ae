"""Accounts that raw answers define or speak of, also where no facts name them: cut-off configurations, log lines."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from baseline.content.ordinary_words import ORDINARY_WORDS
from baseline.content.person_names import is_person

NAME = r"[\"']?(?P<name>[A-Za-z][\w.@-]{0,62}\w)[\"']?"
DEFINED = re.compile(
    r"(?m:^)[ \t]{0,40}(?:set (?:system login|mgt-config) )?(?:user|users|username|local-user) "
    + NAME
    + r"(?= (?:authentication|class|group|nopassword|password|phash|privilege|role|secret|service-type|uid|\{)|[ \t]*$)",
    re.MULTILINE,
)
"""Lines by which configurations of network devices define an account: most platforms have one of these words."""
SPOKEN_OF = re.compile(
    r"(?:onfigured from \S{1,40}(?: \S{1,40})? by |onfiguration change at [^\n]{1,60} by |Last commit: [^\n]{1,60} by "
    r"|\bUser:[ ]?|\[user: |\b(?:Accepted|Failed) \S{1,40} for (?:invalid user )?|\bsession (?:opened|closed) for user "
    r"|\bUSER=|\blogged in as |\busername |\buser (?=\S+ (?:logged|login|from|connected))|\b[Cc]hanged by[: ] ?)" + NAME
)
"""What devices and hosts write in their logs before the account that did something."""
FULL_NAMES = (
    re.compile(r"(?m:^)[^:\n]{1,64}:[^:\n]{0,200}:\d{4,10}:\d{1,10}:(?P<name>[^:,\n]{2,100})[,:]"),
    re.compile(r"\b[Ff]ull[ -]?[Nn]ame\b[\"' :=]{1,40}(?P<name>[^\"':;,\n]{2,100})"),
)
"""Full names beside accounts: passwd(5) of accounts that are no system's; Junos, Windows."""
BLOCK = re.compile(r"(?P<indent>[ \t]{0,40})(?:(?P<edit>config system admin)|users? (?P<brace>\{))[ \t]*$")
"""The line that opens a block in which FortiOS, PAN-OS or Junos define accounts."""
EDIT, BRACE = re.compile(r"[ \t]{0,40}edit " + NAME), re.compile(r"(?P<indent>[ \t]{0,40})" + NAME + r" \{")
ENTRY = re.compile(r"<entry name=" + NAME)
WORDS = ("user", "User", "USER", "onfigur", "ommit: ", " for ", "logged in", "hanged by", "ull", ":/")
"""One of these is in every line that names anybody so; looking for them first takes a tenth of the time."""
LONGEST_REMEMBERED = 200
"""Characters of a line that is remembered; so those that are take less than a megabyte."""
OPENINGS = ("config system admin", "users {", "user {")


def accounts_in(answer: str) -> frozenset[str]:
    """Names of people whom a raw answer defines as accounts, or of whom its log lines tell."""
    return frozenset(name for name in _named(answer) if is_person(name) and name.lower() not in ORDINARY_WORDS)


def _named(answer: str) -> Iterator[str]:
    lines = answer.splitlines()
    speaking = "\n".join(filter(_may_speak, lines))
    for pattern in (DEFINED, SPOKEN_OF, *FULL_NAMES):
        yield from (found["name"].strip() for found in pattern.finditer(speaking))
    if any(opening in answer for opening in OPENINGS):
        yield from _in_blocks(lines)
    start, end = answer.find("<users>"), answer.rfind("</users>")
    if 0 <= start < end:
        yield from (found["name"] for found in ENTRY.finditer(answer, start, end))


def _may_speak(line: str) -> bool:
    return _short_line_may_speak(line) if len(line) <= LONGEST_REMEMBERED else _has_word(line)


@lru_cache(4_096)
def _short_line_may_speak(line: str) -> bool:
    """Worked out once for the many lines that devices share."""
    return _has_word(line)


def _has_word(line: str) -> bool:
    return any(word in line for word in WORDS)


def _in_blocks(lines: Iterable[str]) -> Iterator[str]:
    """Names that blocks define: ``edit NAME`` down to ``end``, or ``NAME {`` at the first depth down to ``}``."""
    opening: re.Match[str] | None = None
    depth = -1
    for line in lines:
        if opening is None:
            opening, depth = BLOCK.match(line), -1
        elif line.rstrip() == opening["indent"] + ("end" if opening["edit"] else "}"):
            opening = None
        elif found := (EDIT if opening["edit"] else BRACE).match(line):
            depth = len(found["indent"]) if opening["brace"] and depth < 0 else depth
            if opening["edit"] or len(found["indent"]) == depth:
                yield found["name"]
