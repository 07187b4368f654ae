"""Platforms whose devices the lab simulates with recordings: one folder each, loaded on use.

A folder is one when it holds a ``device.toml``; its ``recordings`` are what a device answers. Nothing else lists them.
"""

from functools import cache
from pathlib import Path

from baseline.lab.errors import LabError
from baseline.lab.platforms.description import Description, load_description
from baseline.lab.spec import IOS

__all__ = ["LAB_PLATFORMS", "RECORDED_PLATFORMS", "Description", "description"]

_FOLDER = Path(__file__).parent

RECORDED_PLATFORMS = tuple(sorted(path.parent.name for path in _FOLDER.glob("*/device.toml")))
"""Platforms whose devices answer with recordings."""

LAB_PLATFORMS = tuple(sorted((IOS, *RECORDED_PLATFORMS)))
"""Every platform that a lab can bring up."""


@cache
def description(name: str) -> Description:
    """How the devices of a platform behave.

    Raises:
        LabError: the lab does not know the platform, or its folder is wrong.
    """
    if name not in RECORDED_PLATFORMS:
        raise LabError(f"the lab has no devices of {name!r}; it knows {', '.join(LAB_PLATFORMS)}")
    return load_description(_FOLDER / name)
