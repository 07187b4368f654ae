"""Configuration lines that repair a check on one network device, with what a person must know filled in."""

import re
from collections.abc import Collection, Iterator, Mapping

import msgspec

from baseline.models.check import Check, Fix, example_pattern, holds
from baseline.models.target import Target

SENT_TO: dict[str, str] = {
    "arista_eos": "The lines of a check count all at once or not at all (a configuration session).",
    "cisco_ios": "Each line counts at once; when one is refused, those before it stay.",
    "frr": "Each line counts at once; when one is refused, those before it stay.",
}
"""Platforms that lines are sent to, and what a refused line means there."""

_NOT_SENT: dict[str, str] = {
    "fortinet_fortios": "FortiOS is configured in tables of its own, which need its own Ansible collection",
    "paloalto_panos": "PAN-OS is configured over its API, which needs its own Ansible collection",
}
_WORD = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:/@+-]{0,127}")
"""One word that means nothing to a command line or to Ansible: no space, line end, separator, question mark or brace."""


class NotSentError(Exception):
    """Lines that are shown and not sent; the message says why."""


class _Values(msgspec.Struct, frozen=True):
    target: Target
    params: Mapping[str, object]
    subject: str = ""
    longest: int = 1
    """Words that a subject may have: as many as the examples of one."""

    def word(self, source: str) -> str:
        """What stands in place of an example.

        Raises:
            NotSentError: there is nothing, or it is not plain words.
        """
        kind, _, name = source.partition(".")
        if kind == "item":
            return _plain(self.subject, "the name of what is not met", self.longest)
        if kind == "params":
            return _plain(self.params.get(name), f"parameter '{name}'")
        if name not in self.target.remediate:
            raise NotSentError(f"the inventory does not say '{name}'; add baseline_remediate: {{{name}: VALUE}}")
        return _plain(self.target.remediate[name], f"'{name}' of baseline_remediate")


def sent_checks(checks: Collection[Check]) -> frozenset[str]:
    """The checks of which lines can be sent to some platform."""
    return frozenset(
        check.id
        for check in checks
        if any(fix.send and platform in SENT_TO for platform, fix in check.remediation.platforms.items())
    )


def lines_to_send(
    check: Check, target: Target, params: Mapping[str, object], subjects: Collection[str]
) -> tuple[str, ...]:
    """The lines for everything that is not met on a target, in their order, indented as in a configuration.

    Raises:
        NotSentError: they are shown and not sent.
    """
    fix = check.remediation.platforms.get(target.platform, Fix())
    if target.platform not in SENT_TO:
        raise NotSentError(_NOT_SENT.get(target.platform, f"sending to {target.platform} was never tried"))
    if not fix.send:
        raise NotSentError("what to send depends on things that only a person knows")
    used = {source.removeprefix("params.") for source in fix.values.values() if source.startswith("params.")}
    own = sorted(set(target.params.get(check.id, {})) - used)
    if own:
        raise NotSentError(f"the inventory has its own '{own[0]}' for the check, which the lines do not follow")
    blocks = dict.fromkeys(_filled_blocks(fix, target, params, subjects))
    return tuple(line for block in blocks for line in block)


def _filled_blocks(
    fix: Fix, target: Target, params: Mapping[str, object], subjects: Collection[str]
) -> Iterator[tuple[str, ...]]:
    items = [example for example, source in fix.values.items() if source == "item"]
    longest = max((len(example.split()) for example in items), default=1)
    for block in _blocks(fix.lines):
        about_item = any(holds(line, example) for line in block for example in items)
        for subject in subjects if about_item else ("",):
            values = _Values(target, params, subject, longest)
            yield tuple(_filled(line, fix.values, values) for line in block)


def _blocks(lines: Collection[str]) -> Iterator[list[str]]:
    """The lines by section: one without indentation with those below it."""
    block: list[str] = []
    for line in lines:
        if block and not line.startswith(" "):
            yield block
            block = []
        block.append(line)
    if block:
        yield block


def _filled(line: str, sources: Mapping[str, str], values: _Values) -> str:
    if not sources:
        return line
    return example_pattern(*sources).sub(lambda found: values.word(sources[found[0]]), line)


def _plain(value: object, what: str, most: int = 1) -> str:
    text = str(value) if isinstance(value, str | int) and not isinstance(value, bool) else ""
    words = text.split(" ")
    if len(words) > most or not all(_WORD.fullmatch(word) for word in words):
        raise NotSentError(f"{what} is not one plain word, so it is not sent to a device")
    return text
