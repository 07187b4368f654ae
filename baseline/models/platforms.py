"""The platforms that a target can have, and the kind each belongs to."""

from baseline.models.target import Kind

PLATFORMS: dict[str, Kind] = {
    "cisco_ios": "network",
    "frr": "network",
    "linux": "host",
}
"""Platform name -> kind. ``cisco_ios`` covers IOS and IOS-XE."""

ANSIBLE_NETWORK_OS: dict[str, str] = {
    "cisco.ios.ios": "cisco_ios",
    "ios": "cisco_ios",
    "frr.frr.frr": "frr",
    "frr": "frr",
}
"""Value of ``ansible_network_os`` -> platform."""
