"""Secrets that Oxidized or RANCID took out of a saved configuration: what they would have told is unknown.

RANCID also turns such lines into comments (``!username x secret <removed>``); those are read as configuration again.
What depends on a removed secret is found by reading the configuration with different secrets in its place: a fact that
comes out different is not told by the file.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import msgspec

from baseline.collectors.network.platforms import Parsed
from baseline.models.facts.fact import Section, Unknown

MARK = re.compile(r"<(?:[a-z]+ )?(?:removed|hidden|redacted)>", re.IGNORECASE)
"""``<removed>`` (RANCID), ``<secret hidden>``, ``<configuration removed>`` (Oxidized), ``<redacted>`` (baseline)."""

REASON = "the secret was removed from the saved file, and with it what it would tell of this"

_COMMENTED = re.compile(r"(?P<before>[ \t]*)!(?P<after>[ \t]*)(?P<text>\S.*<removed>.*)", re.IGNORECASE)
"""With RANCID's mark only: Oxidized has ``<hidden>`` in the outputs that it keeps as comments above a configuration."""

_GONE = re.compile(rf"^(?![ \t]*!).*{MARK.pattern}", re.IGNORECASE | re.MULTILINE)
"""A line of configuration from which a secret was removed."""

_WEAK, _STRONG = "0822455D0A16", "$9$nhEmQVczB7dqsO$X.HsgL6x1il0RxkOSSvyQYwucySCt7qFm4v7pqCxkKM"
_BARE = ("public", "Zk3Jd9sXq")
_STAND_INS: tuple[tuple[re.Pattern[str], tuple[str, ...]], ...] = (
    (re.compile(r".* privilege \d+ <.*", re.IGNORECASE), (f"password 7 {_WEAK}", f"secret 9 {_STRONG}", "nopassword")),
    (re.compile(r".*(?<! level) \d <.*", re.IGNORECASE), _BARE),
    (re.compile(r".* <configuration .*", re.IGNORECASE), ("public", "Zk3Jd9sXq view Qx RW 10", f"7 {_WEAK}")),
    (re.compile(".*"), (*_BARE, f"7 {_WEAK}", f"9 {_STRONG}", "6 SgFWDJdHVeVUf[bWNE", "Zk3Jd9sXq 6")),
)
"""What stands before the place of a secret -> made-up secrets for it: well known or not, and, where the type went with
the secret, with a type before or behind it, or with the words that a tool also took away."""

_READINGS = 6
_REACH = 40
"""Characters before a secret that say what it is."""


def restored(text: str) -> str:
    """The text with lines that were made comments because of their secret as configuration again, line for line."""
    if "!" not in text or not MARK.search(text):
        return text
    lines = text.split("\n")
    indent = 0
    for index, line in enumerate(lines):
        commented = _COMMENTED.fullmatch(line)
        if commented:
            inside = commented["before"] or commented["after"]
            lines[index] = " " * (max(1, indent) if inside else 0) + commented["text"]
        elif line.strip() and not line.lstrip().startswith("!"):
            indent = len(line) - len(line.lstrip())
    return "\n".join(lines)


def parse_without_secrets(parse: Callable[[Mapping[str, str]], Parsed], outputs: Mapping[str, str]) -> Parsed:
    """What a platform reads in outputs from which secrets may be removed; facts that hang on those become unknown."""
    texts = {command: restored(text) for command, text in outputs.items()}
    if not any(MARK.search(text) and _GONE.search(text) for text in texts.values()):
        return parse(texts)
    readings = [
        parse({command: _with_stand_ins(text, number) for command, text in texts.items()})
        for number in range(_READINGS)
    ]
    return Parsed(facts=_agreed([reading.facts for reading in readings]), sources=readings[0].sources)


def _with_stand_ins(text: str, number: int) -> str:
    """The text with a made-up secret wherever one was removed: another one for each number."""

    def stand_in(mark: re.Match[str]) -> str:
        before = text[max(0, mark.start() - _REACH) : mark.start()].rpartition("\n")[2]
        choices = next(found for pattern, found in _STAND_INS if pattern.fullmatch(before + mark[0]))
        return choices[number % len(choices)]

    return MARK.sub(stand_in, text)


def _agreed(values: Sequence[Any]) -> Any:
    """The value that all readings agree on; where they do not, unknown, as deep down as possible."""
    first = values[0]
    if all(value == first for value in values[1:]):
        return first
    if isinstance(first, Section) and all(type(value) is type(first) for value in values):
        fields = {name: _agreed([getattr(value, name) for value in values]) for name in first.__struct_fields__}
        return msgspec.structs.replace(first, **fields)
    if isinstance(first, dict) and all(isinstance(value, dict) and value.keys() == first.keys() for value in values):
        return {key: _agreed([value[key] for value in values]) for key in first}
    if all(isinstance(value, list) for value in values) and _same_items(values):
        return [_agreed(items) for items in zip(*values, strict=True)]
    return Unknown(REASON)


def _same_items(lists: Sequence[list[Any]]) -> bool:
    """Whether lists hold sections of the same names in the same order."""
    names = [[getattr(item, "name", None) if isinstance(item, Section) else None for item in items] for items in lists]
    return all(each == names[0] for each in names[1:]) and None not in names[0]
