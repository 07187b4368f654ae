"""Facts of a device that say what kind of device it is, as text by dotted path, for comparing it with its peers."""

from collections.abc import Iterator
from typing import Any

from baseline.collectors.network.platforms import Platform

INDIVIDUAL = (
    "clock.offset_milliseconds",
    "clock.reference",
    "clock.stratum",
    "configuration.last_changed_at",
    "configuration.last_changed_by",
    "configuration.saved_at",
    "device.hostname",
    "device.serial",
    "logging.dropped_messages",
    "software.uptime_days",
    "software.version_numbers",
)
"""Facts that differ between good devices (names, serial numbers, moments, counters, which time server answered first), and
one that another fact says already."""


def comparable_facts(document: dict[str, Any], platform: Platform) -> dict[str, str]:
    """What commands other than the configuration tell; of the configuration, its lines are compared."""
    supplied = {
        path
        for command in platform.commands
        if command.text != platform.configuration_command
        for path in command.supplies
    }
    found: dict[str, str] = {}
    for path in supplied:
        value: Any = document
        for part in path.split("."):
            value = value.get(part) if isinstance(value, dict) else None
        found.update(_leaves(path, value))
    return {path: value for path, value in found.items() if path not in INDIVIDUAL}


def fact_text(document: dict[str, Any], path: str) -> str | None:
    """One fact as text; None where it is unknown."""
    value: Any = document
    for part in path.split("."):
        value = value.get(part) if isinstance(value, dict) else None
    return None if value is None or isinstance(value, dict) else str(value)


def _leaves(path: str, value: Any) -> Iterator[tuple[str, str]]:
    """Values below a path; lists of items are left out, as their lines in the configuration are compared."""
    if isinstance(value, dict) and "$unknown" not in value:
        for name, inner in value.items():
            yield from _leaves(f"{path}.{name}", inner)
    elif isinstance(value, list):
        if not any(isinstance(item, dict) for item in value):
            yield path, ", ".join(map(str, value))
    elif isinstance(value, dict):
        yield path, "unknown"
    elif value is not None:
        yield path, str(value)
