"""A running configuration of IOS XR as facts, or the reason why it cannot be one."""

import re
from dataclasses import dataclass
from typing import Any

from baseline.collectors.network.platforms.cisco_iosxr.aaa import read_aaa
from baseline.collectors.network.platforms.cisco_iosxr.access import read_banners, read_management
from baseline.collectors.network.platforms.cisco_iosxr.access_control import Listening
from baseline.collectors.network.platforms.cisco_iosxr.accounts import (
    read_enable_secret,
    read_password_rules,
    read_users,
)
from baseline.collectors.network.platforms.cisco_iosxr.commands import RUNNING
from baseline.collectors.network.platforms.cisco_iosxr.device import (
    read_configuration_state,
    read_control_plane,
    read_device,
    read_vpn_proposals,
)
from baseline.collectors.network.platforms.cisco_iosxr.groups import with_groups
from baseline.collectors.network.platforms.cisco_iosxr.header import Header, read_header
from baseline.collectors.network.platforms.cisco_iosxr.interfaces import read_interfaces
from baseline.collectors.network.platforms.cisco_iosxr.log_settings import read_logging
from baseline.collectors.network.platforms.cisco_iosxr.management_plane import (
    ManagementPlane,
    as_access_lists,
    read_management_plane,
)
from baseline.collectors.network.platforms.cisco_iosxr.redaction import secrets_in
from baseline.collectors.network.platforms.cisco_iosxr.routing import read_routing
from baseline.collectors.network.platforms.cisco_iosxr.services import read_services
from baseline.collectors.network.platforms.cisco_iosxr.snmp import read_snmp
from baseline.collectors.network.platforms.cisco_iosxr.switching import (
    read_arp_inspection,
    read_dhcp_snooping,
    read_spanning_tree,
)
from baseline.collectors.network.platforms.cisco_iosxr.time_settings import read_clock
from baseline.collectors.network.platforms.indented.access_lists import Family, read_access_lists
from baseline.collectors.network.platforms.indented.reading import Reading
from baseline.collectors.network.provenance import Provenance
from baseline.collectors.network.section_tree import SectionTree, parse_sections
from baseline.collectors.network.unknowns import unknown_section
from baseline.models.facts.fact import Unknown
from baseline.models.facts.network import AccessList, HighAvailability, Interface

_PAGED = re.compile(r"^[ \t]*--More--", re.MULTILINE)
_PROMPT = re.compile(r"\S{1,80}[#>]")
LISTS: dict[str, Family] = {
    "ipv4 access-list": "ipv4",
    "ipv6 access-list": "ipv6",
    "ethernet-services access-list": "mac",
}
REDUNDANCY = "whether the other route processor can take over is not read"
FIREWALL = "IOS XR is no firewall: its packet filters are in `access_lists`"


@dataclass(frozen=True, slots=True)
class Running:
    """Sections by name, and their sources."""

    sections: dict[str, Any]
    provenance: Provenance


def cut_off(output: str) -> str | None:
    """Why an output is not a whole IOS XR configuration; else None."""
    return _defect(output, parse_sections(output))


def read_running(output: str, listening: Listening) -> Running | str:
    """The facts of a running configuration, or why there are none. ``listening``: where SSH says that it listens."""
    tree = parse_sections(output)
    defect = _defect(output, tree)
    if defect is not None:
        return defect
    reading = Reading(tree=tree, provenance=Provenance(RUNNING), secrets=secrets_in(output))
    header = read_header(output) or Header((0, 0))
    return Running(with_groups(_sections(reading, listening, header), tree), reading.provenance)


def _defect(output: str, tree: SectionTree) -> str | None:
    if not output.strip():
        return f"`{RUNNING}` gave no output"
    if tree.cut:
        return f"the running configuration was not read: {tree.cut}"
    if read_header(output) is None:
        return f"the answer to `{RUNNING}` does not look like IOS XR output"
    if not _is_closed(tree):
        return f"the running configuration is cut off after line {tree.line_count}: it does not close with `end`"
    if _PAGED.search(output):
        return (
            "the running configuration holds marks of pages, so lines of it may be lost: it was printed with paging on"
        )
    return None


def _is_closed(tree: SectionTree) -> bool:
    """Whether ``end`` is the last line, with a prompt after it left out."""
    last = [line.text for line in tree.lines[-2:] if not _PROMPT.fullmatch(line.text)]
    return last[-1:] == ["end"]


def _sections(reading: Reading, listening: Listening, header: Header) -> dict[str, Any]:
    services, users = read_services(reading), read_users(reading)
    plane = read_management_plane(reading)
    interfaces = read_interfaces(reading, {name: service.enabled for name, service in services.items()}, plane)
    limits = _limits(reading, plane, interfaces)
    return {
        "device": read_device(reading),
        "configuration": read_configuration_state(reading, users, header),
        "management": read_management(
            reading, users, plane, {str(one.family): str(one.name) for one in limits}, listening, header
        ),
        "banners": read_banners(reading),
        "users": users,
        "enable_secret": read_enable_secret(reading),
        "password_rules": read_password_rules(reading, users),
        "aaa": read_aaa(reading),
        "snmp": read_snmp(reading),
        "clock": read_clock(reading),
        "logging": read_logging(reading),
        "services": services,
        "interfaces": interfaces,
        "vlans": [],
        "spanning_tree": read_spanning_tree(reading),
        "dhcp_snooping": read_dhcp_snooping(reading),
        "arp_inspection": read_arp_inspection(reading),
        "access_lists": read_access_lists(reading.tree, reading.provenance, named=LISTS, untyped="extended") + limits,
        "routing": read_routing(reading.tree, reading.provenance),
        "control_plane": read_control_plane(reading),
        "vpn_proposals": read_vpn_proposals(reading),
        "firewall_rules": Unknown(FIREWALL),
        "certificates": Unknown("the configuration does not tell it"),
        "high_availability": unknown_section(HighAvailability, REDUNDANCY),
    }


def _limits(reading: Reading, plane: ManagementPlane | None, interfaces: list[Interface]) -> list[AccessList]:
    """Management plane protection as filters, where every interface that is up and has an address limits sources."""
    in_use = [str(port.name) for port in interfaces if port.enabled is True and port.addresses]
    found = as_access_lists(plane, in_use)
    for one in found:
        reading.provenance.section(f"access_lists.{one.name}", *reading.tree.all("control-plane"))
    return found
