"""What a Cisco NX-OS device is asked, and what it says when it refuses."""

import re

from baseline.collectors.network.platforms.interface import Command, Refusals

RUNNING = "show running-config"
SAVED = "show startup-config"
VERSION = "show version"
FEATURES = "show feature"
SSH_SERVER = "show ssh server"
SSH_KEYS = "show ssh key"
NXAPI = "show nxapi"
TIME_PEERS = "show ntp peer-status"
LOGGING = "show logging info"
CONTROL_PLANE = "show copp status"
INTERFACES = "show interface status"
CERTIFICATES = "show crypto ca certificates"

_CONFIGURED = """
    device.hostname device.domain device.role
    configuration.last_changed_at configuration.last_changed_by configuration.change_log_enabled
    configuration.change_log_hides_keys configuration.change_log_to_syslog configuration.archive_configured
    configuration.archive_on_save configuration.automatic_download
    management banners users enable_secret password_rules aaa snmp
    clock.timezone clock.timezone_offset_minutes clock.servers clock.keys clock.authentication_enabled
    clock.source_interface clock.access_list
    logging services interfaces vlans spanning_tree dhcp_snooping arp_inspection access_lists routing control_plane
    vpn_proposals
"""

COMMANDS = (
    Command(RUNNING, tuple(_CONFIGURED.split())),
    Command(VERSION, ("device.model", "device.serial", "software")),
    Command(FEATURES, ("services", "management.ssh.enabled", "management.telnet", "management.http")),
    Command(SSH_SERVER, ("management.ssh.enabled", "management.ssh.version")),
    Command(SSH_KEYS, ("management.ssh.host_keys",)),
    Command(NXAPI, ("management.http",)),
    Command(
        TIME_PEERS,
        ("clock.servers", "clock.synchronised", "clock.stratum", "clock.reference", "clock.offset_milliseconds"),
    ),
    Command(LOGGING, ("logging",)),
    Command(CONTROL_PLANE, ("control_plane",)),
    Command(INTERFACES, ("interfaces",)),
    Command(SAVED, ("configuration.saved_matches_running", "configuration.saved_at")),
    Command(CERTIFICATES, ("certificates",)),
)
"""In the order in which they are sent."""

REFUSALS: Refusals = (
    (re.compile(r"^ ?%? ?(?:AAA |Command )?[Aa]uthorization (?:failed|denied).*", re.MULTILINE), "privilege"),
    (re.compile(r"^ ?% ?(?:Permission denied|Access denied|User not authorized).*", re.MULTILINE), "privilege"),
    (
        re.compile(
            r"^ ?% ?(?:Invalid (?:command|parameter|number|value|interface)|Incomplete command|Ambiguous command).*",
            re.MULTILINE,
        ),
        "unsupported",
    ),
    (re.compile(r"^Syntax error while parsing.*", re.MULTILINE), "unsupported"),
    (re.compile(r"^ ?(?:% ?(?:Error|Failed|Unable)|ERROR:|Error:).*", re.MULTILINE), "failed"),
)
"""A user whose role lacks a command gets "Permission denied for the role"; one that the release lacks is invalid."""

_TOPICS = (
    "aaa|access-lists|accounting log|arp|banner|bgp|boot|cdp|cfs|checkpoint summary|clock|copp|"
    "crypto (?:ca|key mypubkey)|dot1x|environment|feature|fex|hostname|hosts|hsrp|interface|inventory|ip|ipv6|"
    "isis|lacp|license|line|lldp|logging|mac|module|ntp|nxapi|policy-map|port-channel|port-security|radius-server|"
    "redundancy|role|route-map|routing|running-config|snmp|spanning-tree|ssh|startup-config|storm-control|switchname|"
    "tacacs-server|telnet|udld|user-account|users|vdc|version|vlan|vpc|vrf|vrrp|vtp"
)
_NOT_SHOWN = r"(?!crypto ca certificates? \S+ pem)"
ALLOWED = (
    re.compile(
        rf"show {_NOT_SHOWN}(?:{_TOPICS})(?: [A-Za-z0-9_./:,-]+)*"
        r"(?: \| (?:(?:include|exclude|begin|section) [^|]+|count))?"
    ),
)
"""Commands that only read. ``show key chain`` and ``show tech-support`` are left out: they print keys and load the
device."""
