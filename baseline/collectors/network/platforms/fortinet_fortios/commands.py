"""What a FortiGate is asked, and what it says when it refuses."""

import re

from baseline.collectors.network.platforms.fortinet_fortios.context import COMMAND
from baseline.collectors.network.platforms.fortinet_fortios.running import SECTIONS
from baseline.collectors.network.platforms.interface import Command, Refusals

STATUS = "get system status"
PERFORMANCE = "get system performance status"
HA = "get system ha status"
LINKS = "get system interface physical"

_SPLIT = {
    "device": ("device.hostname", "device.domain", "device.role"),
    "high_availability": ("high_availability.enabled",),
}

COMMANDS = (
    Command(STATUS, ("device.model", "device.serial", "software")),
    Command(PERFORMANCE, ("software.uptime_days",)),
    Command(HA, ("high_availability.peer_ready", "high_availability.synchronised")),
    Command(LINKS, ("interfaces",)),
    Command(COMMAND, tuple(path for section in SECTIONS for path in _SPLIT.get(section, (section,)))),
)
"""In the order in which they are sent: the long answer last."""

REFUSALS: Refusals = (
    (
        re.compile(
            r"^.{0,60}(?:Permission denied|not enough permission|no permission).*", re.MULTILINE | re.IGNORECASE
        ),
        "privilege",
    ),
    (
        re.compile(
            r"^(?:Unknown action \d|[Cc]ommand parse error before|Command not found|Unknown command).*", re.MULTILINE
        ),
        "unsupported",
    ),
    (re.compile(r"^(?:Command fail\. Return code -(?:37|160)\b).*", re.MULTILINE), "privilege"),
    (re.compile(r"^Command fail\. Return code.*", re.MULTILINE), "failed"),
)
"""A profile without the right also gets "Unknown action 0": FortiOS hides what it may not do."""

_TOPICS = (
    "antivirus|application|dnsfilter|firewall|full-configuration|hardware|ips|log|router|switch-controller|system|user|"
    "vpn|webfilter|wireless-controller"
)
ALLOWED = (
    re.compile(r"show full-configuration"),
    re.compile(rf"show (?:full-configuration )?(?:{_TOPICS})(?: [A-Za-z0-9_.:-]+)+"),
    re.compile(rf"get (?:{_TOPICS})(?: [A-Za-z0-9_./:,-]+)+"),
)
"""Commands that only read."""
