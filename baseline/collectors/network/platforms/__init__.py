"""Platforms of network devices: one folder each, loaded on use.

A folder is a platform when it holds a ``platform.toml`` (see ``baseline.models.platforms``); its package then has a
``PLATFORM``. Nothing else lists platforms.
"""

from importlib import import_module

from baseline.collectors.network.platforms.interface import Command, Parsed, Platform, Refusal
from baseline.models.platforms import PLATFORMS

__all__ = ["PLATFORM_NAMES", "Command", "Parsed", "Platform", "Refusal", "platform"]

PLATFORM_NAMES = tuple(name for name, kind in PLATFORMS.items() if kind == "network")
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
