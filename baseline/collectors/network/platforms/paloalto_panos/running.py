"""A PAN-OS configuration as facts, or the reason why it cannot be one."""

from dataclasses import dataclass
from typing import Any

from baseline.collectors.network.platforms.paloalto_panos.aaa import read_aaa
from baseline.collectors.network.platforms.paloalto_panos.access import read_banners, read_management
from baseline.collectors.network.platforms.paloalto_panos.accounts import (
    enable_secret,
    read_password_rules,
    read_users,
)
from baseline.collectors.network.platforms.paloalto_panos.certificates import read_certificates
from baseline.collectors.network.platforms.paloalto_panos.context import COMMAND, Context
from baseline.collectors.network.platforms.paloalto_panos.interfaces import BY_SWITCH, read_interfaces, read_vlans
from baseline.collectors.network.platforms.paloalto_panos.layout import (
    configuration_root,
    layout_of,
    read_tree,
    with_added,
)
from baseline.collectors.network.platforms.paloalto_panos.log_settings import (
    panorama_node,
    read_changes,
    read_logging,
)
from baseline.collectors.network.platforms.paloalto_panos.policies import read_firewall_rules
from baseline.collectors.network.platforms.paloalto_panos.routing import read_routing
from baseline.collectors.network.platforms.paloalto_panos.services import read_services
from baseline.collectors.network.platforms.paloalto_panos.snmp import read_snmp
from baseline.collectors.network.platforms.paloalto_panos.time_settings import read_clock
from baseline.collectors.network.platforms.paloalto_panos.vpn import read_vpn_proposals
from baseline.collectors.network.provenance import Provenance
from baseline.collectors.network.unknowns import unknown_section
from baseline.collectors.network.word_tree import Node, WordTree
from baseline.models.facts.fact import Unknown
from baseline.models.facts.network import (
    ArpInspection,
    ControlPlane,
    Device,
    DhcpSnooping,
    HighAvailability,
    SpanningTree,
)

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
    "certificates",
    "high_availability",
)
"""Sections of ``NetworkFacts`` that a configuration fills, wholly or in part."""

NOT_ADDED = (
    "Panorama manages this firewall and may push settings that `show config running` does not hold; "
    "`show config pushed-template` does"
)


@dataclass(frozen=True, slots=True)
class Pushed:
    """What Panorama pushed: the settings of its template and its rules; None where the firewall did not tell."""

    template: str | None = None
    policy: str | None = None


def cut_off(output: str) -> str | None:
    """Why an output of ``show config running`` is not a whole PAN-OS configuration, else None.

    Braces and elements show where an answer was cut; set statements do not, so what they must hold is looked for.
    """
    return _defect(output, read_tree(output))


def _defect(output: str, tree: WordTree) -> str | None:
    if not output.strip():
        return f"`{COMMAND}` gave no output"
    root = configuration_root(tree.root)
    if root is None or (not tree.cut and not _is_panos(root)):
        return f"the answer to `{COMMAND}` does not look like PAN-OS output"
    if tree.cut:
        return f"the configuration is cut off: {tree.cut}"
    parts = layout_of(root)
    for name, part in (("deviceconfig", parts.deviceconfig), ("mgt-config", parts.management)):
        if not part.children:
            return f"the configuration is cut off, or the role of the account may not see `{name}`: it is not there"
    if not output.rstrip(" \t").endswith(("\n", "}", ">")):
        return f"the configuration is cut off: line {tree.line_count} has no end"
    return None


def _is_panos(root: Node) -> bool:
    """Whether settings of a firewall are there; what is below ``shared`` or ``devices`` alone may be of anything."""
    parts = layout_of(root)
    return bool(parts.system.children or parts.management.below("users") or parts.deviceconfig.at("setting"))


def read_running(output: str, pushed: Pushed) -> tuple[dict[str, Any], Provenance] | str:
    """Sections by name with their sources, or why there are none."""
    tree = read_tree(output)
    defect = _defect(output, tree)
    if defect is not None:
        return defect
    root = configuration_root(tree.root) or tree.root
    managed = panorama_node(Context(layout_of(root), Provenance(COMMAND))) is not None
    if managed and pushed.template is None:
        return NOT_ADDED
    template = configuration_root(read_tree(pushed.template).root) if managed and pushed.template else None
    if template is not None:
        root = with_added(root, template)
    context = Context(layout_of(root), Provenance(COMMAND))
    policy = read_tree(pushed.policy) if managed and pushed.policy else None
    rules = policy.root if policy is not None and policy.cut is None else None
    return _sections(context, rules, managed=managed), context.provenance


def _sections(context: Context, pushed: Node | None, *, managed: bool) -> dict[str, Any]:
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
        "firewall_rules": read_firewall_rules(context, pushed, managed=managed),
        "routing": read_routing(context),
        "control_plane": ControlPlane(policy=Unknown("zone protection profiles decide it per zone")),
        "vpn_proposals": read_vpn_proposals(context),
        "certificates": read_certificates(context),
        "high_availability": _high_availability(context),
    }


def _device(context: Context) -> Device:
    hostname = context.value("device.hostname", context.parts.system, "hostname")
    domain = context.value("device.domain", context.parts.system, "domain")
    values: dict[str, Any] = {"hostname": hostname} if hostname else {}
    return Device(domain=domain, role="firewall", **values)


def _high_availability(context: Context) -> HighAvailability:
    node = context.parts.deviceconfig.at("high-availability")
    context.note("high_availability.enabled", node.at("enabled") if node else None)
    return HighAvailability(enabled=node is not None and node.value("enabled") == "yes")
