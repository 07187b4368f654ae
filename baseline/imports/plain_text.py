"""Takes out of a scanner's words what is no text: escape sequences, and characters that turn the direction of writing.

What a scanner names becomes the name of a target, a check or a subject, and ends in terminals, mail, metrics and reports.
"""

from typing import Any
from unicodedata import category

import msgspec

from baseline.imports.finding import Asset, ForeignFinding, Rule, Tool

_REPLACED = "\N{REPLACEMENT CHARACTER}"
_DEEPEST = 20


def plain_text(text: str) -> str:
    """The text, of as many lines as it had."""
    return text if text.isprintable() else "".join(map(_plain, text))


def plain_line(text: str) -> str:
    """The text on one line, as names are."""
    return text if text.isprintable() else " ".join(plain_text(text).split())


def plain_tool(tool: Tool) -> Tool:
    """The same scanner."""
    return msgspec.structs.replace(tool, name=plain_line(tool.name), version=plain_line(tool.version))


def plain_asset(asset: Asset) -> Asset:
    """The same account, host or image."""
    return msgspec.structs.replace(asset, name=plain_line(asset.name), also=tuple(map(plain_line, asset.also)))


def plain_rule(rule: Rule) -> Rule:
    """The same rule."""
    return msgspec.structs.replace(
        rule,
        id=plain_line(rule.id),
        title=plain_line(rule.title),
        rationale=plain_text(rule.rationale),
        remediation=plain_text(rule.remediation),
        links=tuple(map(plain_line, rule.links)),
    )


def plain_finding(finding: ForeignFinding) -> ForeignFinding:
    """The same finding."""
    return msgspec.structs.replace(
        finding,
        asset=plain_asset(finding.asset),
        tool=plain_tool(finding.tool),
        rule=plain_line(finding.rule),
        subject=plain_line(finding.subject),
        observed=_plain_value(finding.observed, 0),
        reason=plain_text(finding.reason),
    )


def _plain(character: str) -> str:
    fits = character.isprintable() or character in "\n\t" or category(character) == "Zs"
    return character if fits else _REPLACED


def _plain_value(value: Any, depth: int) -> Any:
    if isinstance(value, str):
        return plain_text(value)
    if depth > _DEEPEST:
        return _REPLACED
    if isinstance(value, dict):
        return {plain_line(str(key)): _plain_value(each, depth + 1) for key, each in value.items()}
    if isinstance(value, list):
        return [_plain_value(each, depth + 1) for each in value]
    return value
