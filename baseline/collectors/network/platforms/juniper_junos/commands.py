"""What a Junos device is asked, and what it says when it refuses."""

import re

from baseline.collectors.network.platforms.interface import Command, Refusals
from baseline.collectors.network.platforms.juniper_junos.context import COMMAND
from baseline.collectors.network.platforms.juniper_junos.running import SECTIONS

VERSION = "show version"
UPTIME = "show system uptime"
HARDWARE = "show chassis hardware"
ASSOCIATIONS = "show ntp associations no-resolve"
NTP_STATUS = "show ntp status no-resolve"
CLUSTER = "show chassis cluster status"
LINKS = "show interfaces terse"

_CLOCK = ("timezone", "timezone_offset_minutes", "servers", "keys", "authentication_enabled", "source_interface")
_CHANGES = (
    "last_changed_at",
    "last_changed_by",
    "saved_at",
    "saved_matches_running",
    "change_log_enabled",
    "change_log_hides_keys",
    "change_log_to_syslog",
    "archive_configured",
    "archive_on_save",
    "automatic_download",
)
_SPLIT = {
    "device": ("device.hostname", "device.domain", "device.role"),
    "clock": tuple(f"clock.{name}" for name in (*_CLOCK, "access_list")),
    "configuration": tuple(f"configuration.{name}" for name in _CHANGES),
    "high_availability": ("high_availability.enabled",),
}

COMMANDS = (
    Command(COMMAND, tuple(path for section in SECTIONS for path in _SPLIT.get(section, (section,)))),
    Command(VERSION, ("device.model", "device.hostname", "software")),
    Command(UPTIME, ("software.uptime_days", "configuration.last_changed_at", "configuration.last_changed_by")),
    Command(HARDWARE, ("device.serial",)),
    Command(NTP_STATUS, ("clock.synchronised", "clock.stratum")),
    Command(ASSOCIATIONS, ("clock.servers", "clock.offset_milliseconds", "clock.reference")),
    Command(CLUSTER, ("high_availability.peer_ready", "high_availability.synchronised")),
    Command(LINKS, ("interfaces",)),
)
"""In the order in which they are sent."""

REFUSALS: Refusals = (
    (re.compile(r"^.{0,120}\bpermission denied.*", re.MULTILINE | re.IGNORECASE), "privilege"),
    (re.compile(r"^\s*(?:unknown command\.?|syntax error, expecting <command>\.?).*", re.MULTILINE), "unsupported"),
    (
        re.compile(r"^\s*(?:syntax error|invalid (?:value|numeric value)|missing argument).*", re.MULTILINE),
        "unsupported",
    ),
    (re.compile(r"^error: (?!Chassis cluster is not enabled).*", re.MULTILINE), "failed"),
)
"""A class that may not run a command gets "unknown command": Junos hides what it may not do."""

_TOPICS = (
    "arp|bfd|bgp|bridge|chassis|cli|configuration|ddos-protection|dhcp|dhcp-security|dot1x|ethernet-switching|firewall|"
    "host|igmp|interfaces|ipv6|isis|l2-learning|lacp|ldp|lldp|log|mac-rewrite|mpls|multi-chassis|ntp|ospf3?|pfe|policer|"
    "policy|poe|rip|route|rsvp|security|snmp|spanning-tree|subscribers|system|task|version|virtual-chassis|vlans|vrrp"
)
_FILTERS = r"(?: \| (?:match|except|find|count|display set|no-more)(?: [^|]+)?)*"
ALLOWED = (re.compile(rf"show (?:{_TOPICS})(?: [A-Za-z0-9_./:,-]+)*{_FILTERS}"),)
"""Commands that only read."""
