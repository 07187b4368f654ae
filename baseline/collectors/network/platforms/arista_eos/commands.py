"""What an Arista EOS device is asked, and what it says when it refuses."""

import re

from baseline.collectors.network.platforms.interface import Command, Refusals

RUNNING = "show running-config"
SAVED = "show startup-config"
VERSION = "show version"
SSH = "show management ssh"
SSH_KEYS = {
    "rsa": "show management ssh hostkey rsa public",
    "ecdsa": "show management ssh hostkey ecdsa-nistp521 public",
    "ed25519": "show management ssh hostkey ed25519 public",
}
"""Type of a host key -> the command that shows its public half."""
TELNET = "show management telnet"
HTTP = "show management api http-commands"
TIME_STATUS = "show ntp status"
TIME_ASSOCIATIONS = "show ntp associations"
LOGGING = "show logging"
INTERFACES = "show interfaces status"
PAIR = "show mlag"
CERTIFICATES = "show management security ssl certificate"

_CONFIGURED = """
    device.hostname device.domain device.model device.role
    configuration.change_log_enabled configuration.change_log_to_syslog configuration.archive_configured
    configuration.archive_on_save configuration.automatic_download
    management banners users enable_secret password_rules aaa snmp
    clock.timezone clock.timezone_offset_minutes clock.servers clock.keys clock.authentication_enabled
    clock.source_interface clock.access_list
    logging services interfaces vlans spanning_tree dhcp_snooping arp_inspection access_lists routing control_plane
    vpn_proposals high_availability.enabled
"""
_TIME = ("clock.synchronised", "clock.stratum", "clock.reference", "clock.offset_milliseconds")

COMMANDS = (
    Command(RUNNING, tuple(_CONFIGURED.split())),
    Command(VERSION, ("device.model", "device.serial", "software")),
    Command(SSH, ("management.ssh",)),
    *(Command(text, ("management.ssh.host_keys",)) for text in SSH_KEYS.values()),
    Command(TELNET, ("management.telnet",)),
    Command(HTTP, ("management.http",)),
    Command(TIME_STATUS, _TIME[:3]),
    Command(TIME_ASSOCIATIONS, ("clock.servers", *_TIME[2:])),
    Command(LOGGING, ("logging", "configuration.last_changed_at", "configuration.last_changed_by")),
    Command(INTERFACES, ("interfaces",)),
    Command(SAVED, ("configuration.saved_matches_running", "configuration.saved_at")),
    Command(CERTIFICATES, ("certificates",)),
    Command(PAIR, ("high_availability",)),
)
"""In the order in which they are sent."""

REFUSALS: Refusals = (
    (re.compile(r"^ ?% ?Invalid input \(privileged mode required\).*", re.MULTILINE), "privilege"),
    (
        re.compile(r"^ ?% ?(?:Authorization denied|Command authorization failed|Permission denied).*", re.MULTILINE),
        "privilege",
    ),
    (
        re.compile(
            r"^ ?% ?(?:Invalid input|Incomplete command|Incomplete token|Ambiguous command|Unavailable command).*",
            re.MULTILINE,
        ),
        "unsupported",
    ),
    (re.compile(r"^ ?% ?(?:Error|Internal error|Unable|Failed).*", re.MULTILINE), "failed"),
)

_TOPICS = (
    "aaa|agent logs|arp|banner|bfd|boot-config|clock|dhcp|dot1x|environment|hostname|hosts|interfaces|inventory|ip|ipv6|"
    "isis|lacp|ldp|lldp|logging|mac|management|mlag|module|monitor|mpls|ntp|policy-map|port-channel|privilege|ptp|"
    "radius|reload|role|route-map|router|running-config|sflow|snmp|spanning-tree|startup-config|storm-control|"
    "switchport|system control-plane|tacacs|uptime|users|version|vlan|vrf|vrrp|vxlan|zerotouch"
)
ALLOWED = (
    re.compile(
        rf"show (?:{_TOPICS})(?: [A-Za-z0-9_./:,-]+)*(?: \| (?:(?:include|exclude|begin|section) [^|]+|no-more))?"
    ),
)
"""Commands that only read. ``show tech-support`` is left out: it loads the device and prints everything."""
