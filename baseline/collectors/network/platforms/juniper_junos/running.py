"""A Junos configuration as facts, or the reason why it cannot be one."""

import re
from typing import Any, Literal

from msgspec.structs import replace

from baseline.collectors.network.brace_style import parse_braces
from baseline.collectors.network.numbers import numbers_in
from baseline.collectors.network.platforms.juniper_junos.aaa import read_aaa
from baseline.collectors.network.platforms.juniper_junos.access import (
    management_filter,
    read_banners,
    read_management,
)
from baseline.collectors.network.platforms.juniper_junos.accounts import enable_secret, read_password_rules, read_users
from baseline.collectors.network.platforms.juniper_junos.context import COMMAND, Context
from baseline.collectors.network.platforms.juniper_junos.filters import read_access_lists, read_firewall_rules
from baseline.collectors.network.platforms.juniper_junos.inheritance import TooMuchInheritedError, inherit, per_node
from baseline.collectors.network.platforms.juniper_junos.interfaces import read_interfaces
from baseline.collectors.network.platforms.juniper_junos.log_settings import read_change_log, read_logging
from baseline.collectors.network.platforms.juniper_junos.routing import read_routing
from baseline.collectors.network.platforms.juniper_junos.services import read_services
from baseline.collectors.network.platforms.juniper_junos.snmp import read_snmp
from baseline.collectors.network.platforms.juniper_junos.switching import (
    read_arp_inspection,
    read_dhcp_snooping,
    read_spanning_tree,
    read_vlans,
)
from baseline.collectors.network.platforms.juniper_junos.time_settings import read_clock
from baseline.collectors.network.platforms.juniper_junos.vpn import read_vpn_proposals
from baseline.collectors.network.provenance import Provenance
from baseline.collectors.network.set_style import parse_sets
from baseline.collectors.network.word_tree import WordTree
from baseline.models.facts.fact import Unknown
from baseline.models.facts.network import Configuration, ControlPlane, Device, HighAvailability

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

_CHANGED = re.compile(r"## Last (?:commit|changed): (.{10,40}?)(?: by (\S{1,64}))?$")
_KNOWN = frozenset({"interfaces", "routing-options", "protocols", "security", "policy-options", "chassis", "firewall"})


def read_tree(output: str) -> WordTree:
    """An output in braces or as set statements. A line such as ``{master:0}`` above a prompt is no part of it."""
    text = re.sub(r"^\{[a-z]+(?::\w{1,8})?(?:-\w+)?\}[ \t\r]*$", "", output, flags=re.MULTILINE)
    in_sets = re.match(r"\s*(?:#[^\n]*\n\s*)*(?:set|deactivate|protect) ", text) is not None
    return parse_sets(text) if in_sets else parse_braces(text)


def cut_off(output: str) -> str | None:
    """Why an output of ``show configuration`` is not a whole Junos configuration, else None.

    Junos prints no line at the end. Braces that do not close show where one was cut; set statements, and a cut just
    between two top-level sections, show nothing: there the session, which waits for the prompt, must be trusted.
    """
    return _defect(output, read_tree(output))


def _defect(output: str, tree: WordTree) -> str | None:
    if not output.strip():
        return f"`{COMMAND}` gave no output"
    words = tree.root.children.keys()
    if not words & (_KNOWN | {"system", "version"}) or ("version" not in words and not _ends_statements(output)):
        return f"the answer to `{COMMAND}` does not look like Junos output"
    if tree.cut:
        return f"the configuration is cut off: {tree.cut}"
    if "system" not in words:
        return "the account sees a part of the configuration only: its class may not view `system`"
    if not output.rstrip(" \t").endswith(("\n", "}")):
        return f"the configuration is cut off: line {tree.line_count} has no end"
    return None


def _ends_statements(output: str) -> bool:
    """Whether statements end as those of Junos do; relatives that print the same sections write no semicolons."""
    return output.count(";\n") + output.count(";\r\n") > output.count("{") // 2


def read_running(output: str) -> tuple[dict[str, Any], Provenance] | str:
    """Sections by name with their sources, or why there are none."""
    tree = read_tree(output)
    defect = _defect(output, tree)
    if defect is not None:
        return defect
    try:
        inherit(tree.root)
        version = tree.root.value("version") or ""
        context = Context.of(tree.root, tuple(numbers_in(version)), per_node=per_node(tree.root))
    except TooMuchInheritedError:
        return "the configuration was not read: its groups and ranges add more than a device can hold"
    return _sections(context, tree), context.provenance


def _sections(context: Context, tree: WordTree) -> dict[str, Any]:
    return {
        "device": _device(context),
        "configuration": _configuration(context, tree),
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
        "spanning_tree": read_spanning_tree(context),
        "dhcp_snooping": read_dhcp_snooping(context),
        "arp_inspection": read_arp_inspection(context),
        "access_lists": read_access_lists(context),
        "firewall_rules": read_firewall_rules(context),
        "routing": read_routing(context),
        "control_plane": ControlPlane(policy=management_filter(context, "inet")),
        "vpn_proposals": read_vpn_proposals(context),
        "high_availability": HighAvailability(enabled=context.has("high_availability.enabled", "chassis cluster")),
    }


def _device(context: Context) -> Device:
    hostname = context.value("device.hostname", "system host-name")
    domain = context.value("device.domain", "system domain-name")
    values: dict[str, Any] = {"hostname": hostname} if hostname and not context.per_node else {}
    return Device(domain=domain, role=_role(context), **values)


def _role(context: Context) -> Literal["router", "switch", "firewall"]:
    if context.at("security policies") is not None or context.at("security zones") is not None:
        return "firewall"
    switched = any(node.at("unit 0 family ethernet-switching") for node in context.interfaces.values())
    return "switch" if switched else "router"


def _configuration(context: Context, tree: WordTree) -> Configuration:
    """A commit saves what it activates (Junos CLI User Guide, "Commit"), so what is printed is what is saved."""
    values: dict[str, Any] = {}
    for number, comment in tree.comments.items():
        found = _CHANGED.match(comment)
        if found:
            values = {"last_changed_at": found[1], "last_changed_by": found[2], "saved_at": found[1]}
            for name in values:
                context.provenance.note_numbers(f"configuration.{name}", [number])
            break
    hides = Unknown("Junos has no setting for it: look at the change log itself")
    return replace(read_change_log(context), change_log_hides_keys=hides, **values)
