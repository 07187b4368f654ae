"""Puts the partial facts of sections together."""

from collections.abc import Iterable
from typing import Any

import msgspec

from baseline.models.facts.fact import NOT_COLLECTED, Section, Unknown
from baseline.models.facts.host import HostFacts


def merge(found: Iterable[HostFacts]) -> HostFacts:
    """One document from many: of each fact, the last that is not NOT_COLLECTED."""
    merged: dict[str, Any] = {}
    for facts in found:
        for name in facts.__struct_fields__:
            value = getattr(facts, name)
            if isinstance(value, Section):
                merged.setdefault(name, {}).update(_known(value))
            elif value is not NOT_COLLECTED:
                merged[name] = value
    empty = HostFacts()
    return HostFacts(
        **{
            name: msgspec.structs.replace(getattr(empty, name), **value) if _is_section(empty, name) else value
            for name, value in merged.items()
        }
    )


def unknown_facts(paths: Iterable[str], reason: str) -> HostFacts:
    """Facts in which everything under these paths is unknown for one reason."""
    unknown = Unknown(reason)
    empty = HostFacts()
    found: dict[str, Any] = {}
    for path in paths:
        name, _, leaf = path.partition(".")
        section = getattr(empty, name)
        if not isinstance(section, Section):
            found[name] = unknown
        else:
            leaves = [leaf] if leaf else list(section.__struct_fields__)
            found[name] = msgspec.structs.replace(found.get(name, section), **dict.fromkeys(leaves, unknown))
    return HostFacts(**found)


def _known(section: Section) -> dict[str, Any]:
    return {name: value for name in section.__struct_fields__ if (value := getattr(section, name)) is not NOT_COLLECTED}


def _is_section(facts: HostFacts, name: str) -> bool:
    return isinstance(getattr(facts, name), Section)
