"""Says of facts why they are unknown: the command that tells them is not among the saved files."""

from typing import Any

import msgspec

from baseline.collectors.network.outputs import not_run
from baseline.collectors.network.platforms import Platform
from baseline.collectors.network.unanswered import with_reasons
from baseline.models.facts.fact import Section, Unknown
from baseline.models.facts.network import NetworkFacts


def not_saved(command: str, name: str) -> str:
    """The reason why facts of a command are unknown."""
    return f"`{command}` is not among the saved files of {name}"


def with_missing_commands(facts: NetworkFacts, platform: Platform, name: str, present: frozenset[str]) -> NetworkFacts:
    """The facts with, for each that a command which is not saved would have told, that reason."""
    absent = {
        command.text: not_saved(command.text, name) for command in platform.commands if command.text not in present
    }
    told = with_reasons(facts, platform, absent)
    renamed: NetworkFacts = _renamed(told, {not_run(command): reason for command, reason in absent.items()})
    return renamed


def _renamed(value: Any, reasons: dict[str, str]) -> Any:
    if isinstance(value, Unknown):
        return Unknown(reasons[value.reason]) if value.reason in reasons else value
    if isinstance(value, Section):
        fields = {name: getattr(value, name) for name in value.__struct_fields__}
        changed = {name: new for name, old in fields.items() if (new := _renamed(old, reasons)) is not old}
        return msgspec.structs.replace(value, **changed) if changed else value
    if isinstance(value, list):
        items = [_renamed(item, reasons) for item in value]
        return items if any(new is not old for new, old in zip(items, value, strict=True)) else value
    if isinstance(value, dict):
        entries = {key: _renamed(item, reasons) for key, item in value.items()}
        return entries if any(entries[key] is not value[key] for key in value) else value
    return value
