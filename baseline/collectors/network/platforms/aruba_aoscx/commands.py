"""What an HPE Aruba AOS-CX switch is asked, and what it says when it refuses."""

import re

from baseline.collectors.network.platforms.interface import Command, Refusals

RUNNING = "show running-config"
SAVED = "show startup-config"
VERSION = "show version"
SYSTEM = "show system"
SSH_SERVER = "show ssh server all-vrfs"
SSH_KEYS = "show ssh host-key"
TIME_STATUS = "show ntp status"
TIME_PEERS = "show ntp associations"
INTERFACES = "show interface brief"
CHECKPOINTS = "show checkpoint list all"

_CONFIGURED = """
    device.hostname device.domain device.role
    configuration.change_log_enabled configuration.change_log_hides_keys configuration.change_log_to_syslog
    configuration.archive_configured configuration.archive_on_save configuration.automatic_download
    management banners users enable_secret password_rules aaa snmp
    clock.timezone clock.timezone_offset_minutes clock.servers clock.keys clock.authentication_enabled
    clock.source_interface clock.access_list
    logging services interfaces vlans spanning_tree dhcp_snooping arp_inspection access_lists routing control_plane
    vpn_proposals
"""
_ALGORITHMS = ("ciphers", "macs", "key_exchanges", "host_key_algorithms")

COMMANDS = (
    Command(RUNNING, tuple(_CONFIGURED.split())),
    Command(VERSION, ("software.name", "software.version", "software.version_numbers", "software.boot_image")),
    Command(SYSTEM, ("device.model", "device.serial", "software.uptime_days")),
    Command(
        SSH_SERVER,
        (
            "management.ssh.version",
            "management.ssh.timeout_seconds",
            "management.ssh.authentication_retries",
            *(f"management.ssh.{name}" for name in _ALGORITHMS),
        ),
    ),
    Command(SSH_KEYS, ("management.ssh.host_keys",)),
    Command(TIME_STATUS, ("clock.synchronised", "clock.stratum", "clock.reference", "clock.offset_milliseconds")),
    Command(TIME_PEERS, ("clock.servers",)),
    Command(INTERFACES, ("interfaces",)),
    Command(SAVED, ("configuration.saved_matches_running",)),
    Command(CHECKPOINTS, ("configuration.last_changed_at", "configuration.last_changed_by", "configuration.saved_at")),
)
"""In the order in which they are sent."""

REFUSALS: Refusals = (
    (re.compile(r"^ ?%? ?Cannot execute command\..*", re.MULTILINE), "privilege"),
    (
        re.compile(r"^ ?%? ?(?:Command not allowed|Permission denied|Authorization (?:failed|denied)).*", re.MULTILINE),
        "privilege",
    ),
    (
        re.compile(
            r"^ ?%? ?(?:Invalid input|Unknown command|Command incomplete|Incomplete command|Ambiguous command).*",
            re.MULTILINE,
        ),
        "unsupported",
    ),
    (re.compile(r"^ ?(?:% ?(?:Error|Failed|Unable)|Error:|ERROR:).*", re.MULTILINE), "failed"),
)
"""An account whose group lacks a command gets "Cannot execute command"; one that the release lacks is invalid input."""

_TOPICS = (
    "aaa|access-list|accounting|arp|banner|bfd|bgp|boot-history|cdp|checkpoint (?:list|post-configuration)|clock|"
    "copp-policy|copp-statistics|crypto pki (?:application|certificate|ta-profile)|dhcp-relay|dhcpv4-snooping|dhcpv6-snooping|domain|"
    "environment|evpn|front-panel-security|hostname|https-server|images|interface|ip|ipv6|lacp|lldp|logging|"
    "loop-protect|mac-address-table|macsec|module|mvrp|ntp|policy|port-access|power-over-ethernet|qos|radius-server|"
    "rate-limits|redundancy|route-map|running-config|secure-mode|sflow|snmp|snmpv3|spanning-tree|ssh|startup-config|"
    "system|tacacs-server|telnet|tls|uptime|usb|user|user-list|user-group|users|version|vlan|vrf|vrrp|vsf|vsx|vxlan"
)
ALLOWED = (
    re.compile(rf"show (?:{_TOPICS})(?: [A-Za-z0-9_./:,-]+)*(?: \| (?:(?:include|exclude|begin) [^|]+|count))?"),
)
"""Commands that only read. ``show tech`` and ``show core-dump`` are left out: they load the switch."""
