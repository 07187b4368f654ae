"""A running configuration as facts, or the reason why it cannot be one."""

import re
from dataclasses import dataclass
from typing import Any

from baseline.collectors.network.platforms.cisco_ios.aaa import read_aaa
from baseline.collectors.network.platforms.cisco_ios.access import read_banners, read_management
from baseline.collectors.network.platforms.cisco_ios.accounts import (
    read_enable_secret,
    read_password_rules,
    read_users,
)
from baseline.collectors.network.platforms.cisco_ios.context import Context
from baseline.collectors.network.platforms.cisco_ios.device import read_configuration_state, read_device
from baseline.collectors.network.platforms.cisco_ios.interfaces import read_interfaces
from baseline.collectors.network.platforms.cisco_ios.log_settings import read_logging
from baseline.collectors.network.platforms.cisco_ios.release import Release
from baseline.collectors.network.platforms.cisco_ios.routing import read_routing
from baseline.collectors.network.platforms.cisco_ios.services import read_services
from baseline.collectors.network.platforms.cisco_ios.snmp import read_snmp
from baseline.collectors.network.platforms.cisco_ios.switching import (
    read_arp_inspection,
    read_dhcp_snooping,
    read_spanning_tree,
    read_vlans,
)
from baseline.collectors.network.platforms.cisco_ios.time_settings import read_clock, read_zones
from baseline.collectors.network.platforms.cisco_ios.vpn import read_vpn_proposals
from baseline.collectors.network.platforms.indented.access_lists import read_access_lists
from baseline.collectors.network.platforms.indented.comparison import same_configuration, same_text
from baseline.collectors.network.provenance import Provenance
from baseline.collectors.network.redaction import secret_lines
from baseline.collectors.network.section_tree import SectionTree, parse_sections
from baseline.models.facts.network import ControlPlane

COMMAND = "show running-config"

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
    "routing",
    "control_plane",
    "vpn_proposals",
)
"""Sections of ``NetworkFacts`` that a running configuration fills, wholly or in part."""

_RELEASE = re.compile(r"version \d{1,3}\.\d{1,3}")
"""How Cisco IOS writes its release in a configuration; NX-OS writes more, EOS and others nothing."""

_SIZE = re.compile(r"^Current configuration : (\d{1,9}) bytes", re.MULTILINE)
_LEAST_SHARE = 0.8
"""Share of the size that a device announces which must have arrived; line ends and redaction change some of it."""


@dataclass(frozen=True, slots=True)
class Running:
    """Sections by name, their sources, the configuration itself, and its time zones (name -> minutes from UTC)."""

    sections: dict[str, Any]
    provenance: Provenance
    tree: SectionTree
    zones: dict[str, int]


def cut_off(output: str) -> str | None:
    """Why an output of ``show running-config`` is not a whole Cisco IOS configuration, else None."""
    return _defect(output, parse_sections(output))


def read_running(output: str) -> Running | str:
    """The facts of a running configuration, or why there are none."""
    tree = parse_sections(output)
    defect = _defect(output, tree)
    if defect is not None:
        return defect
    release_line = tree.first("version")
    context = Context(
        tree=tree,
        release=Release.from_text(release_line.text[8:] if release_line else ""),
        provenance=Provenance(COMMAND),
        secrets=secret_lines(output),
        is_switch=_is_switch(tree),
    )
    return Running(_sections(context), context.provenance, tree, read_zones(context))


def _defect(output: str, tree: SectionTree) -> str | None:
    if not output.strip():
        return f"`{COMMAND}` gave no output"
    if tree.cut:
        return f"the running configuration was not read: {tree.cut}"
    release = tree.first("version")
    if release is None or not _RELEASE.fullmatch(release.text):
        return _not_a_configuration(tree)
    last = _last_command(tree)
    if last != "end":
        return f"the running configuration is cut off after line {tree.line_count}: it does not close with `end`"
    announced = _SIZE.search(output[:2_000])
    if announced and len(output) < int(announced[1]) * _LEAST_SHARE and "<redacted>" not in output:
        return f"the running configuration has holes: {len(output)} of {announced[1]} bytes arrived"
    return None


def _not_a_configuration(tree: SectionTree) -> str:
    if tree.first("Current configuration") and _last_command(tree) == "end":
        return "the account may not read the configuration: it comes out empty, which takes privilege level 15"
    return f"the answer to `{COMMAND}` does not look like Cisco IOS output"


def _last_command(tree: SectionTree) -> str:
    """The last line, with a prompt after it left out."""
    for line in reversed(tree.lines[-2:]):
        if not re.fullmatch(r"\S{1,80}[#>]", line.text):
            return line.text
    return ""


def _is_switch(tree: SectionTree) -> bool:
    """Switches always show their spanning tree mode; a router with switch ports shows those."""
    if tree.first("spanning-tree mode"):
        return True
    return any(
        line.text.startswith("switchport ") for section in tree.all("interface") for line in section.children[:12]
    )


def _sections(context: Context) -> dict[str, Any]:
    services = read_services(context)
    snooping, inspection = read_dhcp_snooping(context), read_arp_inspection(context)
    return {
        "device": read_device(context),
        "configuration": read_configuration_state(context),
        "management": read_management(context),
        "banners": read_banners(context),
        "users": read_users(context),
        "enable_secret": read_enable_secret(context),
        "password_rules": read_password_rules(context),
        "aaa": read_aaa(context),
        "snmp": read_snmp(context),
        "clock": read_clock(context),
        "logging": read_logging(context),
        "services": services,
        "interfaces": read_interfaces(context, {name: service.enabled for name, service in services.items()}),
        "vlans": read_vlans(context, snooping, inspection),
        "spanning_tree": read_spanning_tree(context),
        "dhcp_snooping": snooping,
        "arp_inspection": inspection,
        "access_lists": read_access_lists(context.tree, context.provenance),
        "routing": read_routing(context.tree, context.provenance),
        "control_plane": _control_plane(context),
        "vpn_proposals": read_vpn_proposals(context),
    }


def _control_plane(context: Context) -> ControlPlane:
    section = context.tree.first("control-plane")
    line = section.first("service-policy input") if section else None
    context.provenance.note("control_plane", *([line] if line else [section] if section else []))
    return ControlPlane(policy=line.text.split()[-1] if line else None)


def is_saved(running: SectionTree, text: str, saved: str) -> bool | str:
    """Whether a saved configuration says the same, comments and what changes by itself left out; or why nobody can tell.

    ``text`` is what ``running`` was read from.
    """
    if same_text(text, saved, "version ", _VOLATILE):
        return True
    tree = parse_sections(saved)
    return _defect(saved, tree) or same_configuration(running, tree, _VOLATILE)


_VOLATILE = re.compile(
    r"(?:Building configuration|Current configuration|Using \d+ out of|ntp clock-period|end$|certificate )"
)
