"""A configuration in the form in which two of them are compared: volatile lines gone, secrets blank, order known."""

import re

import msgspec

from baseline.collectors.files.removed import MARK, restored
from baseline.collectors.network.platforms import Platform
from baseline.drift.outline import Node, outline
from baseline.drift.rules import OrderRule, Rules

SECRET = "<secret>"  # noqa: S105 - what stands in place of one
ANYTHING_MORE = "..."
"""A line of a template below which a section may hold more than the template says."""

_NUMBERED_TYPE = re.compile(rf"(?: \d+)? {re.escape(SECRET)}(?: \d)?")


class Entry(msgspec.Struct, gc=False):
    """One line that is compared. ``key`` is what decides; ``ordered`` says whether the order of ``children`` counts.

    ``sequence`` names the lines at the same level that are in order among each other; empty: none. ``open`` says that
    the section may hold more than its lines.
    """

    text: str
    key: str
    number: int
    children: list["Entry"] = []
    ordered: bool = False
    sequence: str = ""
    open: bool = False


class Normal(msgspec.Struct, frozen=True):
    """A whole configuration as one section. ``ignored`` counts the lines that a rule left out."""

    root: Entry
    ignored: int


def normalise(text: str, platform: Platform, rules: Rules) -> Normal:
    """A configuration in comparable form. Secrets in it are redacted as they are before anything is stored."""
    redacted = platform.redact(platform.configuration_command, restored(text))
    builder = _Builder(rules)
    root = Entry("", "", 0)
    builder.fill(root, outline(redacted, rules.style), ())
    return Normal(root, builder.ignored)


def loose(key: str) -> str:
    """A key without the type of its secret, for a file from which the type was removed too."""
    return _NUMBERED_TYPE.sub(f" {SECRET}", key)


class _Builder:
    def __init__(self, rules: Rules) -> None:
        self._rules = rules
        self.ignored = 0

    def fill(self, parent: Entry, nodes: list[Node], path: tuple[str, ...]) -> None:
        """Put what counts of these lines below ``parent``; sections of one name, in no order, become one."""
        numbers = self._numbers(parent.text)
        sections: dict[str, Entry] = {}
        for node in nodes:
            if any(rule.covers(node.text, path) for rule in self._rules.ignore):
                self.ignored += 1
                continue
            if node.text == ANYTHING_MORE:
                parent.open = True
                continue
            text = numbers.sub("", node.text, count=1) if numbers else node.text
            entry = self._entry(text, node.number)
            known = sections.get(entry.key)
            if known is not None and node.children and not parent.ordered:
                entry = known
            else:
                parent.children.append(entry)
            if node.children:
                sections[entry.key] = entry
                self.fill(entry, node.children, (*path, entry.text))

    def _entry(self, text: str, number: int) -> Entry:
        return Entry(
            text=text,
            key=MARK.sub(SECRET, text) if "<" in text else text,
            number=number,
            ordered=self._order(text) is not None,
            sequence=self._sequence(text),
        )

    def _order(self, text: str) -> OrderRule | None:
        return next((rule for rule in self._rules.ordered if rule.section.search(text)), None)

    def _numbers(self, text: str) -> re.Pattern[str] | None:
        rule = self._order(text) if text else None
        return rule.numbers if rule else None

    def _sequence(self, text: str) -> str:
        found = (rule.line.search(text) for rule in self._rules.sequences)
        return next((match[1] for match in found if match), "")
