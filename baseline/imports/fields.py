"""Reads typed values out of a finding, and says which one is not as the format has it."""

import re
from datetime import UTC, datetime
from typing import Any

from baseline.imports.refused import MalformedError
from baseline.models.result import Severity

_FRACTION = re.compile(r"(\.\d{6})\d+")

SEVERITIES = {
    "critical": Severity.CRITICAL,
    "high": Severity.HIGH,
    "medium": Severity.MEDIUM,
    "moderate": Severity.MEDIUM,
    "low": Severity.LOW,
    "info": Severity.LOW,
    "informational": Severity.LOW,
}


def severity_of(word: object, unknown: Severity = Severity.MEDIUM) -> Severity:
    """A scanner's word for how bad it is; ``unknown`` for what is no such word."""
    return SEVERITIES.get(str(word).strip().lower(), unknown)


def mapping(value: Any, what: str) -> dict[str, Any]:
    """A mapping; null and absent are empty.

    Raises:
        MalformedError: it is something else.
    """
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise MalformedError(f"{what} is not a mapping")
    return value


def items(value: Any, what: str) -> list[Any]:
    """A list; null and absent are empty.

    Raises:
        MalformedError: it is something else.
    """
    if value is None:
        return []
    if not isinstance(value, list):
        raise MalformedError(f"{what} is not a list")
    return value


def text(value: Any, what: str) -> str:
    """A text; null and absent are empty, a number is spelt out.

    Raises:
        MalformedError: it is something else.
    """
    if value is None:
        return ""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise MalformedError(f"{what} is not text")
    return str(value).strip()


def required(value: Any, what: str) -> str:
    """A text that must be there.

    Raises:
        MalformedError: it is not.
    """
    found = text(value, what)
    if not found:
        raise MalformedError(f"{what} is missing")
    return found


def moment(value: object) -> datetime | None:
    """An ISO 8601 time, or seconds since 1970; None for anything else. Without a zone it is UTC."""
    try:
        if isinstance(value, int | float) and not isinstance(value, bool):
            return datetime.fromtimestamp(value, UTC)
        if not isinstance(value, str) or not value:
            return None
        found = datetime.fromisoformat(_FRACTION.sub(r"\1", value.strip()))
    except (ValueError, OverflowError, OSError):
        return None
    return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
