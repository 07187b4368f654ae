"""What one line of an interface's configuration sets: tables of lines, and readers for those that carry more."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from baseline.collectors.network.platforms.indented.words import number

Settings = dict[str, Any]
"""Facts of one interface by name, and marks of the platform's own."""

Reader = Callable[[str, Settings], None]

MAXIMUM_SEEN = 1024
"""Lines of a platform's interfaces that are remembered."""

_Rule = tuple[str, str, str, Any]
"""Start of a line, what it carries (``set``, ``number`` or ``text``), the fact, and the value that ``set`` gives."""


class LineTable:
    """Lines of one platform, and what each sets.

    ``exact``: a line as a whole -> fact and value. ``prefixed``: start of a line, fact and value, for lines that may go
    on. ``numbered`` and ``texts``: start of a line -> the fact that what follows is the value of. ``by_word`` and
    ``by_words``: first word, or first two, of a line -> its reader; the second only for lines that no rule takes.
    """

    def __init__(
        self,
        *,
        exact: Mapping[str, tuple[str, Any]],
        prefixed: Sequence[tuple[str, str, Any]] = (),
        numbered: Mapping[str, str] | None = None,
        texts: Mapping[str, str] | None = None,
        by_word: Mapping[str, Reader] | None = None,
        by_words: Mapping[str, Reader] | None = None,
    ) -> None:
        rules: list[_Rule] = [(prefix, "set", name, value) for prefix, name, value in prefixed]
        rules += [(prefix, "number", name, None) for prefix, name in (numbered or {}).items()]
        rules += [(prefix, "text", name, None) for prefix, name in (texts or {}).items()]
        self._exact = exact
        self._seen: dict[str, tuple[str, Any]] = {}
        self._starting = _by_words(rules)
        self._by_word = by_word or {}
        self._by_words = by_words or {}

    def apply(self, text: str, settings: Settings) -> None:
        """Record what one line sets."""
        known = self._exact.get(text) or self._seen.get(text)
        if known is not None:
            settings[known[0]] = known[1]
            return
        words = text.split(" ", 2)
        if words[0] in self._by_word:
            self._by_word[words[0]](text, settings)
        elif len(words) > 1:
            key = f"{words[0]} {words[1]}"
            rules = self._starting.get(key) or self._starting.get(words[0], ())
            found = _started(text, rules)
            if found is not None:
                settings[found[0]] = found[1]
                self._remember(text, found)
            elif key in self._by_words:
                self._by_words[key](text, settings)

    def _remember(self, text: str, found: tuple[str, Any]) -> None:
        """Keep what a line sets, since it stands under many ports."""
        if len(self._seen) >= MAXIMUM_SEEN:
            self._seen.clear()
        self._seen[text] = found


def _by_words(rules: list[_Rule]) -> dict[str, tuple[_Rule, ...]]:
    """First two words, or the only one, of what lines may start with -> rules, longest first."""
    by_words: dict[str, tuple[_Rule, ...]] = {}
    for rule in sorted(rules, key=lambda rule: -len(rule[0])):
        key = " ".join(rule[0].split(" ", 2)[:2])
        by_words[key] = (*by_words.get(key, ()), rule)
    return by_words


def _started(text: str, rules: tuple[_Rule, ...]) -> tuple[str, Any] | None:
    """Fact and value by the first rule that the line starts with; None when there is none."""
    for prefix, kind, name, value in rules:
        if text.startswith(prefix) and (len(text) == len(prefix) or text[len(prefix)] == " "):
            rest = text[len(prefix) + 1 :].strip()
            return name, value if kind == "set" else number(rest) if kind == "number" else rest or None
    return None


def with_prefix_length(words: list[str]) -> str:
    """``192.0.2.1 255.255.255.0`` as ``192.0.2.1/24``; an address that stands alone or has a prefix stays as it is."""
    if len(words) > 1 and words[1].count(".") == 3:
        octets = words[1].split(".")
        if all(octet.isdigit() and len(octet) <= 3 for octet in octets):
            return f"{words[0]}/{sum(int(octet).bit_count() for octet in octets)}"
    return words[0]


def apply_allowed_vlans(text: str, settings: Settings) -> None:
    """``switchport trunk allowed vlan 10,20`` and its continuation ``... add 30``."""
    prefix = "switchport trunk allowed vlan "
    if not text.startswith(prefix):
        return
    rest = text[len(prefix) :].strip()
    if rest.startswith("add "):
        known = settings.get("allowed_vlans")
        settings["allowed_vlans"] = f"{known},{rest[4:].strip()}" if known else rest[4:].strip()
    elif rest == "all":
        settings["allowed_vlans"] = None
    elif not rest.startswith(("except ", "remove ")):
        settings["allowed_vlans"] = "" if rest == "none" else rest
    else:
        settings["allowed_vlans"] = rest


_ALL_OF_IT = re.compile(r"100(?:\.0*)?")


def is_everything(words: list[str]) -> bool:
    """Whether a level of storm control, in per cent, lets everything through."""
    return _ALL_OF_IT.fullmatch("".join(words[:1])) is not None


def apply_storm_control(text: str, settings: Settings) -> None:
    """``storm-control broadcast level 1.00``."""
    words = text.split()
    if (
        len(words) > 2
        and words[2] == "level"
        and not is_everything(words[3:])
        and words[1] not in settings["storm_control"]
    ):
        settings["storm_control"].append(words[1])


PORT_CONTROL = {"auto": "auto", "force-authorized": "force_authorized", "force-unauthorized": "force_unauthorized"}


def apply_port_control(text: str, settings: Settings) -> None:
    """``... port-control auto``, whatever stands before it."""
    words = text.split()
    if "port-control" in words[:-1]:
        settings["port_control"] = PORT_CONTROL.get(words[-1], "force_authorized")
