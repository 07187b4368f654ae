"""The platforms that a target can have, and the kind each belongs to.

A network platform is a folder of ``collectors/network/platforms`` with a ``platform.toml``, which holds the values of
``ansible_network_os`` that mean it, and ``pyats_os``, the values of ``os`` in a pyATS testbed that mean it besides the last
words of those. Only that file is read here, not the platform's code.
"""

import tomllib
from pathlib import Path

from baseline.models.target import Kind

_NETWORK_PLATFORMS = Path(__file__).resolve().parents[1] / "collectors" / "network" / "platforms"


def _names() -> dict[str, dict[str, list[str]]]:
    """Network platform -> what its ``platform.toml`` says."""
    return {
        path.parent.name: tomllib.loads(path.read_text("utf-8"))
        for path in sorted(_NETWORK_PLATFORMS.glob("*/platform.toml"))
    }


_NAMES = _names()
_NETWORK = {platform: names["ansible_network_os"] for platform, names in _NAMES.items()}

PLATFORMS: dict[str, Kind] = {
    **dict[str, Kind].fromkeys(_NETWORK, "network"),
    "linux": "host",
    "windows_image": "workplace",
    "windows": "workplace",
    "aws": "aws",
    "azure": "azure",
    "microsoft365": "m365",
}
"""Platform name -> kind. ``cisco_ios`` covers IOS and IOS-XE; ``windows`` is a workplace or server that runs,
``aws`` one account, ``azure`` the subscriptions of a tenant, ``microsoft365`` its Entra ID, Intune and Microsoft 365."""

SAME_REMEDY: dict[str, str] = {"windows": "windows_image"}
"""Platform -> the platform whose remedy holds for it too, where a check states none of its own."""

IMAGE_PLATFORMS: dict[str, str] = {"linux_image": "linux", "windows_image": "windows_image"}
"""What ``baseline_platform`` says of an image -> platform: the image of a Linux host has the facts and checks of a host."""

ANSIBLE_NETWORK_OS: dict[str, str] = {name: platform for platform, names in _NETWORK.items() for name in names}
"""Value of ``ansible_network_os`` -> platform."""

PYATS_OS: dict[str, str] = {
    name: platform
    for platform, names in _NAMES.items()
    for name in (*(word.rpartition(".")[2] for word in names["ansible_network_os"]), *names.get("pyats_os", ()))
} | {"linux": "linux"}
"""Value of ``os`` in a pyATS testbed -> platform."""
