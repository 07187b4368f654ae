"""What a Cisco IOS XR router is asked, and what it says when it refuses."""

import re

from baseline.collectors.network.platforms.interface import Command, Refusals

RUNNING = "show running-config"
TASKS = "show user tasks"
VERSION = "show version"
INVENTORY = "show inventory"
COMMITS = "show configuration commit list 1"
SSH_SERVER = "show ssh server"
KEYS = tuple(f"show crypto key mypubkey {kind}" for kind in ("rsa", "ecdsa", "ed25519", "dsa"))
TIME_PEERS = "show ntp associations"
TIME_STATUS = "show ntp status"
LOGGING = "show logging | include ogging:"
INTERFACES = "show ipv4 interface brief"
CERTIFICATES = "show crypto ca certificates"

_CONFIGURED = """
    device.hostname device.domain device.role
    configuration.last_changed_at configuration.last_changed_by configuration.saved_matches_running
    configuration.change_log_enabled configuration.change_log_hides_keys configuration.change_log_to_syslog
    configuration.archive_configured configuration.archive_on_save configuration.automatic_download
    management banners users enable_secret password_rules aaa snmp
    clock.timezone clock.timezone_offset_minutes clock.servers clock.keys clock.authentication_enabled
    clock.source_interface clock.access_list
    logging services interfaces vlans spanning_tree dhcp_snooping arp_inspection access_lists routing control_plane
    vpn_proposals
"""

COMMANDS = (
    Command(RUNNING, tuple(_CONFIGURED.split())),
    Command(TASKS, tuple(_CONFIGURED.split())),
    Command(VERSION, ("device.model", "software")),
    Command(INVENTORY, ("device.serial",)),
    Command(COMMITS, ("configuration.last_changed_at", "configuration.last_changed_by", "configuration.saved_at")),
    Command(SSH_SERVER, ("management.ssh", "management.lines")),
    *(Command(command, ("management.ssh.host_keys",)) for command in KEYS),
    Command(TIME_PEERS, ("clock.servers", "clock.reference")),
    Command(TIME_STATUS, ("clock.synchronised", "clock.stratum", "clock.reference", "clock.offset_milliseconds")),
    Command(LOGGING, ("logging",)),
    Command(INTERFACES, ("interfaces",)),
    Command(CERTIFICATES, ("certificates",)),
)
"""In the order in which they are sent. The rights of the account go with the configuration: IOS XR leaves out what an
account may not read, so that without them a part that is missing looks like a part that is not set."""

REFUSALS: Refusals = (
    (
        re.compile(
            r"^ ?% ?(?:This command is not authorized|(?:AAA |Command )?[Aa]uthorization (?:failed|denied)"
            r"|Permission denied|Access denied|.{0,60}\(privileged mode required\)).*",
            re.MULTILINE,
        ),
        "privilege",
    ),
    (
        re.compile(
            r"^ ?% ?(?:Invalid (?:input|command)|Incomplete command|Ambiguous command|Unrecognized command).*",
            re.MULTILINE,
        ),
        "unsupported",
    ),
    (re.compile(r"^ ?(?:%+ ?(?:Error|Failed|Unable)|ERROR:|Error:).*", re.MULTILINE), "failed"),
)
"""An account whose task groups lack a command gets "This command is not authorized"; one that is not there is invalid."""

_TOPICS = (
    "aaa|access-lists|arp|banner|bfd|bgp|bundle|cdp|cef|clock|configuration commit|controllers|"
    "crypto (?:ca certificates|key mypubkey)|dhcp|environment|eigrp|hosts|hsrp|interfaces|inventory|ipv4|ipv6|isis|"
    "l2vpn|lacp|license|line|lldp|logging|lpts|macsec|mgmt-plane|mpls|ntp|ospf|ospfv3|platform|policy-map|processes|"
    "redundancy|rip|route|rpl|rsvp|running-config|snmp|spanning-tree|ssh|tacacs|telnet|user|users|version|vlan|vrf|vrrp"
)
ALLOWED = (
    re.compile(rf"show (?:{_TOPICS})(?: [A-Za-z0-9_./:,-]+)*(?: \| (?:(?:include|exclude|begin|section) [^|]+))?"),
)
"""Commands that only read. ``show key chain`` and ``show tech-support`` are left out: they print keys and load the
router."""
