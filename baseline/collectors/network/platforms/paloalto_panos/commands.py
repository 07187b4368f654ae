"""What a Palo Alto Networks firewall is asked, and what it says when it refuses."""

import re

from baseline.collectors.network.platforms.interface import Command, Refusals
from baseline.collectors.network.platforms.paloalto_panos.context import COMMAND
from baseline.collectors.network.platforms.paloalto_panos.running import SECTIONS

INFO = "show system info"
NTP = "show ntp"
HA = "show high-availability all"
JOBS = "show jobs all"
LINKS = "show interface all"
TEMPLATE = "show config pushed-template"
POLICY = "show config pushed-shared-policy"

_CLOCK = ("timezone", "timezone_offset_minutes", "servers", "keys", "authentication_enabled", "source_interface")
_CHANGES = (
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
_CONFIGURED = tuple(path for section in SECTIONS for path in _SPLIT.get(section, (section,)))

COMMANDS = (
    Command(INFO, ("device.model", "device.serial", "device.hostname", "software")),
    Command(NTP, ("clock.synchronised", "clock.reference", "clock.servers")),
    Command(HA, ("high_availability.peer_ready", "high_availability.synchronised")),
    Command(JOBS, ("configuration.last_changed_at",)),
    Command(LINKS, ("interfaces",)),
    Command(COMMAND, _CONFIGURED),
    Command(TEMPLATE, tuple(path for path in _CONFIGURED if path not in {"firewall_rules", "users"})),
    Command(POLICY, ("firewall_rules",)),
)
"""In the order in which they are sent."""

REFUSALS: Refusals = (
    (
        re.compile(
            r"^.{0,80}(?:not authorized|permission denied|insufficient privilege).*", re.MULTILINE | re.IGNORECASE
        ),
        "privilege",
    ),
    (re.compile(r"^\s*(?:Unknown command|Invalid syntax\.|Validation Error).*", re.MULTILINE), "unsupported"),
    (re.compile(r"^Server error.*", re.MULTILINE), "failed"),
)
"""A role that may not run a command gets "Unknown command": PAN-OS hides what it may not do."""

_TOPICS = (
    "admins|arp|bonjour|chassis|clock|config|counter|device-certificate|dns-proxy|dos-protection|global-protect-gateway|"
    "high-availability|interface|jobs|lacp|lldp|log-collector|mac|management-clients|management-interface|netstat|ntp|"
    "panorama-status|resource|routing|running|session|statistics|system|transceiver|user|virtual-wire|vlan|vpn|wildfire|"
    "zone-protection"
)
ALLOWED = (
    re.compile(
        rf"show (?!config (?:audit|candidate|diff|saved))(?:{_TOPICS})(?: [A-Za-z0-9_./:,-]+)*(?: \| match [^|]+)?"
    ),
)
"""Commands that only read."""
