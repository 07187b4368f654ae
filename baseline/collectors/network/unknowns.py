"""Fills sections with *unknown*, so that what could not be read never looks like a value."""

from functools import cache
from typing import Any, TypeVar, get_args, get_type_hints

import msgspec

from baseline.models.facts.fact import NOT_COLLECTED, Section, Unknown

AnySection = TypeVar("AnySection", bound=Section)


def unknown_section(kind: type[AnySection], reason: str) -> AnySection:
    """A section in which every fact, those of its inner sections too, is unknown for this reason."""
    unknown = Unknown(reason)
    values: dict[str, Any] = {
        name: unknown_section(inner, reason) if inner else unknown for name, inner in _fields(kind).items()
    }
    return kind(**values)


def explain(section: AnySection, reason: str, *names: str) -> AnySection:
    """The section with the facts that nothing has filled made unknown for this reason: all of them, or those named."""
    unknown = Unknown(reason)
    missing: dict[str, Any] = {
        name: unknown for name in names or section.__struct_fields__ if getattr(section, name) is NOT_COLLECTED
    }
    return msgspec.structs.replace(section, **missing) if missing else section


@cache
def _fields(kind: type[Section]) -> dict[str, type[Section] | None]:
    """Field name -> the section type it holds directly, or None."""
    return {name: _inner(hint) for name, hint in get_type_hints(kind).items()}


def _inner(hint: Any) -> type[Section] | None:
    for part in get_args(hint):
        if isinstance(part, type) and issubclass(part, Section):
            return part
    return None
