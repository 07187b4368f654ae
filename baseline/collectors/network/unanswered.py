"""Says of the facts that a command should have supplied why they are unknown, when the device did not answer it."""

from collections.abc import Mapping
from typing import Any

import msgspec

from baseline.collectors.network.platforms.interface import Platform
from baseline.models.facts.fact import NOT_COLLECTED, Section, Unknown
from baseline.models.facts.network import NetworkFacts


def with_reasons(facts: NetworkFacts, platform: Platform, failures: Mapping[str, str]) -> NetworkFacts:
    """The facts with a reason for those that nothing filled and that a failed command supplies.

    Facts that another command supplied, or that the platform's reader explained, stay as they are.
    """
    for command in platform.commands:
        if command.text in failures:
            for path in command.supplies:
                facts = _explained(facts, path.split("."), Unknown(failures[command.text]))
    return facts


def _explained(value: Any, path: list[str], unknown: Unknown) -> Any:
    """The value with what is still not collected, at a path or anywhere below it, made unknown for this reason."""
    if value == NOT_COLLECTED:
        return unknown
    if not isinstance(value, Section):
        return value
    names = path[:1] if path else value.__struct_fields__
    changed = {
        name: _explained(getattr(value, name), path[1:], unknown) for name in names if name in value.__struct_fields__
    }
    return msgspec.structs.replace(value, **changed)
