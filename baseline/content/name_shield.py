"""Replaces names of people in texts by pseudonyms."""

import json
import re
from collections.abc import Collection, Iterable
from functools import lru_cache
from html import escape

from baseline.content.accounts_in_answers import accounts_in
from baseline.content.mail_addresses import mail_addresses, pattern_for, plain_address
from baseline.content.ordinary_words import BEFORE_A_NAME, BETWEEN, LINE_OF_ACCOUNTS, ORDINARY_WORDS
from baseline.content.pseudonyms import Pseudonyms

FORM = "pseudonyms/2"
"""Raise the number with every change to which names are replaced, and where: what was told before is then told again
(``baseline evidence tell``) and not taken for changed. A test notices a change."""
WORD = re.compile(r"\w+")
ESCAPED = re.compile(r"\\(?:[bfnrt]|u[0-9a-f]{4})(\w+)")
"""A word (in lower case) that stands right behind what JSON writes for the end of a line, a tab and their like."""
BEGINS = r"(?:(?<!\w)|(?<=\\[bfnrt])|(?<=\\u[0-9A-Fa-f]{4}))"
"""Where a word may begin."""
A_FEW = 12
"""Names that are looked for one by one; more of them by their first words."""
NAMING_FIELD = re.compile(
    r"(?:user|username|owner|subject|name|last_changed_by|same_uid|members|allow_users|deny_users)", re.IGNORECASE
)
"""Members of a JSON document whose value is a name, or a list of them."""


_FOR_HTML = {ord(letter): f"\\u{ord(letter):04x}" for letter in "<>&'"}
_QUOTES = (("'", "'", "'"), ("&apos;", "&#39;", "&#x27;"))


def names_in_answer(text: str) -> set[str]:
    """Whom a shield with ``mail`` finds in a raw answer beside those it knows, as it writes them before it tells them."""
    return {address.lower() for address in mail_addresses(text)} | accounts_in(text)


class NameShield:
    """Replaces the names of some people wherever they stand in texts; ``known`` are those names.

    A name is a whole word (or more of them) in any case, as it is or as JSON or XML escapes it. One that is an ordinary word of
    configurations (``ORDINARY_WORDS``) counts only where the words before it say that it is a name. With ``mail``, mail
    addresses are replaced too, whoever they are of.
    """

    def __init__(self, pseudonyms: Pseudonyms, names: Collection[str], *, mail: bool = False) -> None:
        self._pseudonyms, self.known, self._mail = pseudonyms, frozenset(names), mail
        self._spellings = {spelling: name for name in sorted(self.known) for spelling in _spellings(name)}
        self._of_lower = {spelling.lower(): name for spelling, name in reversed(self._spellings.items())}
        self._by_word: dict[str, list[str]] = {}
        for spelling in self._of_lower:
            word = WORD.search(spelling)
            self._by_word.setdefault(word[0] if word else "", []).append(spelling)
        self._short_cut = tuple(self._of_lower) if len(self._of_lower) <= A_FEW else ()

    def also(self, name: str) -> "NameShield":
        """This one with one more name."""
        return self if name in self.known else NameShield(self._pseudonyms, self.known | {name}, mail=self._mail)

    def touches(self, text: str) -> bool:
        """Whether there may be something to replace; quick, since mostly there is not."""
        return (self._mail and pattern_for(text) != "") or bool(self._of_lower and self._present(text.lower()))

    def text(self, text: str) -> str:
        """The text with pseudonyms."""
        present = self._present(text.lower()) if self._of_lower else ()
        mail = pattern_for(text) if self._mail else ""
        if not present and not mail:
            return text
        return _pattern(tuple(sorted(present)), mail, "\\" in text).sub(self._replaced, text)

    def answer(self, text: str) -> str:
        """A raw answer with pseudonyms, also for those whom it alone tells of: ``accounts_in``."""
        strangers = accounts_in(text) - self.known
        shield = NameShield(self._pseudonyms, self.known | strangers, mail=self._mail) if strangers else self
        return shield.text(text)

    def name(self, text: str) -> str:
        """What is a name as a whole, such as the subject of a check on accounts; otherwise like ``text``."""
        return self._pseudonyms.of(text) if text in self.known else self.text(text)

    def value(self, value: object) -> object:
        """A JSON value with pseudonyms in all its texts, keys of mappings included."""
        return self._value(value, {})

    def _value(self, value: object, told: dict[str, str]) -> object:
        """``told`` are texts of the same document, as they are told: most stand there again and again."""
        if isinstance(value, str):
            return self._once(value, told)
        if isinstance(value, bool | int | float):
            return value
        if isinstance(value, dict):
            return {self._once(str(key), told): self._member(key, item, told) for key, item in value.items()}
        if isinstance(value, list | tuple):
            return [self._value(item, told) for item in value]
        return value

    def _once(self, text: str, told: dict[str, str]) -> str:
        if text not in told:
            told[text] = self.text(text)
        return told[text]

    def _member(self, key: object, item: object, told: dict[str, str]) -> object:
        """A member of a mapping: under ``name`` and its like, also a name that is an ordinary word."""
        if NAMING_FIELD.fullmatch(str(key)):
            if isinstance(item, str):
                return self.name(item)
            if isinstance(item, list | tuple):
                return [self.name(each) if isinstance(each, str) else self._value(each, told) for each in item]
        return self._value(item, told)

    def _present(self, lower: str) -> Collection[str]:
        """Spellings of names that may stand in a text in lower case: by their first word, where there are many."""
        if self._short_cut:
            return [spelling for spelling in self._short_cut if spelling in lower]
        standing = {*WORD.findall(lower), *(ESCAPED.findall(lower) if "\\" in lower else ())}
        words = self._by_word.keys() & standing
        found = [spelling for word in words for spelling in self._by_word[word]]
        return [spelling for spelling in (*found, *self._by_word.get("", ())) if spelling in lower]

    def _replaced(self, found: re.Match[str]) -> str:
        """The match, with the name in it replaced; what introduces it stays."""
        group = found.lastgroup
        name = found[group] if group else found[0]
        known = self._spellings.get(name) or self._of_lower.get(name.lower())
        if not known:
            name_of_mail = plain_address(name).lower()
            known = self._of_lower.get(name_of_mail, name_of_mail)
        return found[0][: len(found[0]) - len(name)] + self._pseudonyms.of(known)


def _spellings(name: str) -> Iterable[str]:
    """A name as it is, and as JSON and XML may escape it; some writers of JSON escape what HTML would not have."""
    escaped = json.dumps(name)[1:-1]
    yield from dict.fromkeys(
        (name, escaped, escaped.translate(_FOR_HTML), *map(escape(name, quote=False).replace, *_QUOTES))
    )


@lru_cache(64)
def _pattern(present: tuple[str, ...], mail: str, escaped: bool) -> re.Pattern[str]:
    """Finds mail addresses and these spellings (in lower case), the longest first."""
    begins = BEGINS if escaped else r"(?<!\w)"
    ordered = sorted(present, key=lambda spelling: (-len(spelling), spelling))
    addresses = [re.escape(each) for each in ordered if "@" in each]
    plain = [re.escape(each) for each in ordered if "@" not in each and each not in ORDINARY_WORDS]
    ordinary = "|".join(re.escape(each) for each in ordered if each in ORDINARY_WORDS)
    ways = [rf"{begins}(?P<address>{'|'.join(addresses)})(?!\w)"] if addresses else []
    ways += [rf"(?P<mail>{mail})"] if mail else []
    ways += [rf"{begins}(?P<plain>{'|'.join(plain)})(?!\w)"] if plain else []
    if ordinary:
        ways += [rf"(?<![\w-])(?:{BEFORE_A_NAME}){BETWEEN}(?<=[\s\"'=:/])(?P<ordinary>{ordinary})(?![\w-])"]
        ways += [LINE_OF_ACCOUNTS.replace("NAMES", ordinary)]
    return re.compile("|".join(ways), re.IGNORECASE)
