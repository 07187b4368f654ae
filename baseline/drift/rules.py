"""Rules that say what in a configuration is volatile, where order counts, and what is each device's own.

They are content: ``checks/volatile/<platform>.yaml``, one file per platform, with the reason of every rule.
"""

import re
from functools import cache
from pathlib import Path
from typing import get_args

import msgspec

from baseline.content.document import load_document
from baseline.content.location import content_folder
from baseline.content.reading import Reading
from baseline.drift.outline import Style
from baseline.models.errors import BaselineError, ContentError, Problem

FOLDER = "volatile"
_LISTS = {
    "ignore": ("line", "within", "because"),
    "ordered": ("section", "numbers", "because"),
    "sequences": ("line", "because"),
    "individual": ("line", "within", "because"),
    "interchangeable": ("line", "because"),
}


class LineRule(msgspec.Struct, frozen=True, kw_only=True):
    """Lines that a rule is about: those that ``line`` is found in, below a section that ``within`` is found in."""

    line: re.Pattern[str]
    within: re.Pattern[str] | None = None
    because: str

    def covers(self, text: str, path: tuple[str, ...]) -> bool:
        """Whether the rule is about a line with this text, in the section at ``path``."""
        if not self.line.search(text):
            return False
        return self.within is None or any(self.within.search(above) for above in path)


class OrderRule(msgspec.Struct, frozen=True, kw_only=True):
    """Sections in which the order of lines counts. ``numbers`` is what numbers them: the place counts, not the number."""

    section: re.Pattern[str]
    numbers: re.Pattern[str] | None = None
    because: str


class Rules(msgspec.Struct, frozen=True, kw_only=True):
    """All rules of a platform.

    Lines that ``sequences`` gives the same group 1 are in order among each other. ``individual`` and ``interchangeable``
    are for comparing devices with each other: what each has of its own, and sections that are compared by what they hold,
    whatever their name.
    """

    platform: str
    style: Style
    ignore: tuple[LineRule, ...] = ()
    ordered: tuple[OrderRule, ...] = ()
    sequences: tuple[LineRule, ...] = ()
    individual: tuple[LineRule, ...] = ()
    interchangeable: tuple[LineRule, ...] = ()


class NoRulesError(BaselineError):
    """A platform of which nobody wrote down what is volatile."""


def rules_folder() -> Path:
    """Where the rules are kept."""
    return content_folder("checks") / FOLDER


@cache
def rules_for(platform: str) -> Rules:
    """The rules of a platform.

    Raises:
        NoRulesError: there are none, so that nothing can be compared with certainty.
        ContentError: they are not right.
    """
    path = rules_folder() / f"{platform}.yaml"
    if not path.is_file():
        raise NoRulesError(f"configurations of {platform} cannot be compared: write {path}; see docs/drift.md")
    return read_rules(path)


def read_rules(path: Path) -> Rules:
    """The rules in a file.

    Raises:
        ContentError: with everything that is wrong with it.
    """
    problems: list[Problem] = []
    document = load_document(path, problems)
    if document is None:
        raise ContentError(problems)
    reading = Reading(document, problems)
    reading.only(("platform", "style", *_LISTS))
    platform = reading.text("platform", required=True)
    if platform and platform != path.stem:
        reading.report(("platform",), f"the platform '{platform}' is not the name of the file")
    style = reading.choice("style", get_args(Style), required=True)
    rules = {name: tuple(_rules(reading, name)) for name in _LISTS}
    if problems:
        raise ContentError(problems)
    return msgspec.convert({"platform": platform, "style": style}, type=_Head).with_rules(rules)


class _Head(msgspec.Struct):
    platform: str
    style: Style

    def with_rules(self, rules: dict[str, tuple[LineRule | OrderRule, ...]]) -> Rules:
        lines = {
            name: tuple(rule for rule in rules[name] if isinstance(rule, LineRule))
            for name in rules
            if name != "ordered"
        }
        ordered = tuple(rule for rule in rules["ordered"] if isinstance(rule, OrderRule))
        return Rules(platform=self.platform, style=self.style, ordered=ordered, **lines)


def _rules(reading: Reading, name: str) -> list[LineRule | OrderRule]:
    found: list[LineRule | OrderRule] = []
    for each in reading.mappings(name):
        each.only(_LISTS[name])
        because = each.text("because", required=True)
        if name == "ordered":
            section = _pattern(each, "section", required=True)
            found += [OrderRule(section=section, numbers=_pattern(each, "numbers"), because=because)] if section else []
        else:
            line = _pattern(each, "line", required=True)
            if line and name == "sequences" and line.groups != 1:
                each.report(("line",), "needs one group: what lines of one sequence have in common")
            found += [LineRule(line=line, within=_pattern(each, "within"), because=because)] if line else []
    return found


def _pattern(reading: Reading, key: str, *, required: bool = False) -> re.Pattern[str] | None:
    if not reading.text(key, required=required):
        return None
    try:
        return re.compile(reading.data[key])  # with the spaces at its ends, which count
    except re.error as error:
        reading.report((key,), f"is not a regular expression: {error}")
        return None
