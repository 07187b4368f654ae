"""What a Cisco IOS or IOS XE device is asked, and what it says when it refuses."""

import re

from baseline.collectors.network.platforms.cisco_ios.running import COMMAND, SECTIONS
from baseline.collectors.network.platforms.interface import Command, Refusals

_STATE = {
    "device.model",
    "device.serial",
    "configuration.saved_matches_running",
    "clock.synchronised",
    "clock.stratum",
    "clock.offset_milliseconds",
    "clock.reference",
}
"""Facts within configured sections that the running configuration does not hold."""

_CONFIGURED_CLOCK = (
    "timezone",
    "timezone_offset_minutes",
    "servers",
    "keys",
    "authentication_enabled",
    "source_interface",
)
_CONFIGURED_CHANGES = (
    "last_changed_at",
    "last_changed_by",
    "saved_at",
    "change_log_enabled",
    "change_log_hides_keys",
    "change_log_to_syslog",
    "archive_configured",
    "archive_on_save",
    "automatic_download",
)
_SPLIT = {
    "device": ("device.hostname", "device.domain", "device.role"),
    "clock": tuple(f"clock.{name}" for name in (*_CONFIGURED_CLOCK, "access_list")),
    "configuration": tuple(f"configuration.{name}" for name in _CONFIGURED_CHANGES),
}

COMMANDS = (
    Command(COMMAND, tuple(path for section in SECTIONS for path in _SPLIT.get(section, (section,)))),
    Command("show version", ("device.model", "device.serial", "software")),
    Command("show ip ssh", ("management.ssh",)),
    Command("show ntp status", ("clock.synchronised", "clock.stratum", "clock.offset_milliseconds", "clock.reference")),
    Command("show ntp associations", ("clock.servers", "clock.offset_milliseconds", "clock.reference")),
    Command(
        "show logging",
        (
            "logging.enabled",
            "logging.servers",
            "logging.server_level",
            "logging.buffer_bytes",
            "logging.buffer_level",
            "logging.console_level",
            "logging.dropped_messages",
        ),
    ),
    Command("show startup-config", ("configuration.saved_matches_running",)),
    Command("show snmp user", ("snmp.users",)),
    Command("show crypto pki certificates", ("certificates",)),
    Command("show vstack config", ("services.smart-install",)),
)
"""In the order in which they are sent."""

REFUSALS: Refusals = (
    (re.compile(r"^ ?%? ?(?:Command |Per-command )?authorization failed.*", re.MULTILINE | re.IGNORECASE), "privilege"),
    (
        re.compile(
            r"^ ?% ?(?:Permission denied|Access denied|Not authorized|This command is not authorized).*", re.MULTILINE
        ),
        "privilege",
    ),
    (
        re.compile(
            r"^ ?% ?(?:Invalid (?:input detected|command)|Unknown command|Unrecognized command).*", re.MULTILINE
        ),
        "unsupported",
    ),
    (re.compile(r"^ ?% ?(?:Incomplete command|Ambiguous command).*", re.MULTILINE), "unsupported"),
    (re.compile(r"^ ?% ?(?:Error|Cannot|Unable|Configuration buffer full|Please try later).*", re.MULTILINE), "failed"),
)
"""An account without the right privilege level also gets "Invalid input detected": the device hides what it may not do."""

_TOPICS = (
    "aaa|access-lists|access-session|archive|arp|authentication|banner|bgp|boot|call-home|cdp|clock|configuration|"
    "control-plane|crypto|cts|dhcp|dot1x|eigrp|environment|errdisable|etherchannel|file systems|flow|glbp|hosts|inventory|"
    "interfaces?|ip|ipv6|isis|kron|l2vpn|license|line|lldp|logging|login|mab|mac|macsec|mka|module|mpls|netconf-yang|ntp|"
    "ospfv3|parser|platform|policy-map|port-security|power|privilege|processes|radius|redundancy|reload|route-map|"
    "running-config|snmp|spanning-tree|ssh|sntp|stacks?|standby|startup-config|storm-control|switch|system|tacacs|tcp|"
    "telemetry|udld|udp|users|version|vlan|vrf|vrrp|vstack|vtp|zone|zone-pair"
)
_NOT_SHOWN = r"(?!ip ssh client password)(?!crypto (?:key storage|isakmp key))"
ALLOWED = (
    re.compile(
        rf"show {_NOT_SHOWN}(?:{_TOPICS})(?: [A-Za-z0-9_./:,-]+)*(?: \| (?:include|exclude|begin|section|count) [^|]+)?"
    ),
)
"""Commands that only read. Left out are those that print keys (``show key chain``) and that load the device
(``show tech-support``)."""
