"""The platforms that a target can have, and the kind each belongs to.

A network platform is a folder of ``collectors/network/platforms`` with a ``platform.toml``, which holds the values of
``ansible_network_os`` that mean it. Only that file is read here, not the platform's code.
"""

import tomllib
from pathlib import Path

from baseline.models.target import Kind

_NETWORK_PLATFORMS = Path(__file__).resolve().parents[1] / "collectors" / "network" / "platforms"


def _ansible_names() -> dict[str, list[str]]:
    """Network platform -> values of ``ansible_network_os``."""
    return {
        path.parent.name: tomllib.loads(path.read_text("utf-8"))["ansible_network_os"]
        for path in sorted(_NETWORK_PLATFORMS.glob("*/platform.toml"))
    }


_NETWORK = _ansible_names()

PLATFORMS: dict[str, Kind] = {**dict[str, Kind].fromkeys(_NETWORK, "network"), "linux": "host"}
"""Platform name -> kind. ``cisco_ios`` covers IOS and IOS-XE."""

ANSIBLE_NETWORK_OS: dict[str, str] = {name: platform for platform, names in _NETWORK.items() for name in names}
"""Value of ``ansible_network_os`` -> platform."""
