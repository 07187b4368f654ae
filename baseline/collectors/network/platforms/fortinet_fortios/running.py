"""A FortiOS configuration as facts, or the reason why it cannot be one."""

import re
from typing import Any

from baseline.collectors.network.edit_style import EditTree, parse_edits
from baseline.collectors.network.numbers import numbers_in
from baseline.collectors.network.platforms.fortinet_fortios.aaa import read_aaa
from baseline.collectors.network.platforms.fortinet_fortios.access import read_banners, read_management
from baseline.collectors.network.platforms.fortinet_fortios.accounts import (
    enable_secret,
    read_password_rules,
    read_users,
)
from baseline.collectors.network.platforms.fortinet_fortios.context import COMMAND, Context
from baseline.collectors.network.platforms.fortinet_fortios.interfaces import BY_SWITCH, read_interfaces, read_vlans
from baseline.collectors.network.platforms.fortinet_fortios.log_settings import read_changes, read_logging
from baseline.collectors.network.platforms.fortinet_fortios.policies import read_control_plane, read_firewall_rules
from baseline.collectors.network.platforms.fortinet_fortios.routing import read_routing
from baseline.collectors.network.platforms.fortinet_fortios.services import read_services
from baseline.collectors.network.platforms.fortinet_fortios.snmp import read_snmp
from baseline.collectors.network.platforms.fortinet_fortios.time_settings import read_clock
from baseline.collectors.network.platforms.fortinet_fortios.vpn import read_vpn_proposals
from baseline.collectors.network.provenance import Provenance
from baseline.collectors.network.unknowns import unknown_section
from baseline.models.facts.network import ArpInspection, Device, DhcpSnooping, HighAvailability, SpanningTree

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
    "firewall_rules",
    "routing",
    "control_plane",
    "vpn_proposals",
    "high_availability",
)
"""Sections of ``NetworkFacts`` that a configuration fills, wholly or in part."""

HEADER = re.compile(r"#config-version=(?P<model>[A-Z0-9_-]{3,20}?)-(?P<version>\d{1,2}\.\d{1,2}(?:\.\d{1,3})?)[-:]")


def cut_off(output: str) -> str | None:
    """Why an output is not a whole FortiOS configuration, else None.

    FortiOS prints no line at the end. Tables that do not close show where an answer was cut; one that is cut between two
    tables lacks the tables after it, and what they would say is then unknown rather than at its default.
    """
    return _defect(output, parse_edits(output))


def _defect(output: str, tree: EditTree) -> str | None:
    if not output.strip():
        return f"`{COMMAND}` gave no output"
    if header(tree) is None and not any(name.startswith("system ") for name in tree.root.tables):
        return f"the answer to `{COMMAND}` does not look like FortiOS output"
    if tree.cut:
        return f"the configuration is cut off: {tree.cut}"
    shared = tree.root.tables.get("global", tree.root)
    if not shared.table("system global").number or not shared.table("system interface").number:
        return "the account sees a part of the configuration only: its profile must allow reading all of it"
    if "system admin" not in shared.tables:
        return "the account may not see administrators (`config system admin`): give its profile read access to them"
    return None


def header(tree: EditTree) -> tuple[str, str] | None:
    """Model code and version, from the comment above a configuration."""
    for comment in tree.comments:
        if found := HEADER.match(comment):
            return found["model"], found["version"]
    return None


def read_running(output: str) -> tuple[dict[str, Any], Provenance, str | None] | str:
    """Sections by name, their sources and the version in the header; or why there are none."""
    tree = parse_edits(output)
    defect = _defect(output, tree)
    if defect is not None:
        return defect
    named = header(tree)
    context = Context.of(tree, tuple(numbers_in(named[1])) if named else ())
    return _sections(context), context.provenance, named[1] if named else None


def _sections(context: Context) -> dict[str, Any]:
    return {
        "device": _device(context),
        "configuration": read_changes(context),
        "management": read_management(context),
        "banners": read_banners(context),
        "users": read_users(context),
        "enable_secret": enable_secret(),
        "password_rules": read_password_rules(context),
        "aaa": read_aaa(context),
        "snmp": read_snmp(context),
        "clock": read_clock(context),
        "logging": read_logging(context),
        "services": read_services(context),
        "interfaces": read_interfaces(context),
        "vlans": read_vlans(context),
        "spanning_tree": unknown_section(SpanningTree, BY_SWITCH),
        "dhcp_snooping": unknown_section(DhcpSnooping, BY_SWITCH),
        "arp_inspection": unknown_section(ArpInspection, BY_SWITCH),
        "access_lists": [],
        "firewall_rules": read_firewall_rules(context),
        "routing": read_routing(context),
        "control_plane": read_control_plane(context),
        "vpn_proposals": read_vpn_proposals(context),
        "high_availability": _high_availability(context),
    }


def _device(context: Context) -> Device:
    hostname = context.shared_setting("device.hostname", "system global", "hostname")
    block = context.shared.table("system dns")
    context.note("device.domain", block)
    return Device(hostname=hostname, domain=block.value("domain") or None, role="firewall")


def _high_availability(context: Context) -> HighAvailability:
    mode = context.shared_setting("high_availability.enabled", "system ha", "mode", "standalone")
    return HighAvailability(enabled=mode != "standalone" if isinstance(mode, str) else mode)
