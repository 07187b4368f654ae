"""What FRRouting is asked, and what it says when it refuses."""

import re

from baseline.collectors.network.platforms.interface import Command, Refusals

RUNNING = "show running-config"

SECTIONS = (
    "device",
    "configuration",
    "management",
    "banners",
    "users",
    "enable_secret",
    "password_rules",
    "aaa",
    "snmp",
    "clock",
    "logging",
    "services",
    "interfaces",
    "vlans",
    "spanning_tree",
    "dhcp_snooping",
    "arp_inspection",
    "access_lists",
    "routing",
    "control_plane",
    "certificates",
)
"""Sections of ``NetworkFacts`` that the configuration fills, or that it leaves to the host."""

COMMANDS = (Command(RUNNING, SECTIONS), Command("show version", ("software",)))
"""In the order in which they are sent."""

REFUSALS: Refusals = (
    (
        re.compile(
            r"^% ?(?:Unknown command|Command incomplete|Ambiguous command|There is no matched command).*", re.MULTILINE
        ),
        "unsupported",
    ),
    (
        re.compile(r"^.{0,40}(?:Permission denied|failed to connect to any daemons|Exiting: ).*", re.MULTILINE),
        "privilege",
    ),
)

_TOPICS = (
    "access-list|bfd|bgp|daemons|debugging|evpn|history|interface|ip|ipv6|isis|logging|memory|mpls|nexthop-group|ospf6?|"
    "pbr|rip|route-map|running-config|rpki|startup-config|version|vrf|vrrp|watchfrr|yang|zebra"
)
ALLOWED = (re.compile(rf"show (?:{_TOPICS})(?: [A-Za-z0-9_./:,-]+)*(?: \| include [^|]+)?"),)
"""Commands that only read. ``show key chain`` is left out, as it prints keys."""
