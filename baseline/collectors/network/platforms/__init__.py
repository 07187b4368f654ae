"""Platforms of network devices: one module or folder each, loaded on use."""

from importlib import import_module

from baseline.collectors.network.platforms.interface import Command, Parsed, Platform, Refusal

__all__ = ["PLATFORM_NAMES", "Command", "Parsed", "Platform", "Refusal", "platform"]

PLATFORM_NAMES = ("cisco_ios", "frr")
"""Platforms that can be asked."""


def platform(name: str) -> Platform:
    """The platform of this name.

    Raises:
        KeyError: there is no such platform; see ``PLATFORM_NAMES``.
    """
    if name not in PLATFORM_NAMES:
        raise KeyError(f"{name!r} is not a network platform; known are {', '.join(PLATFORM_NAMES)}")
    description: Platform = import_module(f"{__name__}.{name}").PLATFORM
    return description
