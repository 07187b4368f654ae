"""A running configuration of EOS as facts, or the reason why it cannot be one."""

import re
from dataclasses import dataclass
from typing import Any

from baseline.collectors.network.platforms.arista_eos.aaa import read_aaa
from baseline.collectors.network.platforms.arista_eos.access import read_banners, read_management
from baseline.collectors.network.platforms.arista_eos.accounts import (
    read_enable_secret,
    read_password_rules,
    read_users,
)
from baseline.collectors.network.platforms.arista_eos.commands import RUNNING
from baseline.collectors.network.platforms.arista_eos.device import (
    header_of,
    read_configuration_state,
    read_control_plane,
    read_device,
    read_high_availability,
    read_software,
)
from baseline.collectors.network.platforms.arista_eos.interfaces import read_interfaces
from baseline.collectors.network.platforms.arista_eos.log_settings import read_logging
from baseline.collectors.network.platforms.arista_eos.redaction import secrets_in
from baseline.collectors.network.platforms.arista_eos.routing import read_routing
from baseline.collectors.network.platforms.arista_eos.services import read_services
from baseline.collectors.network.platforms.arista_eos.snmp import read_snmp
from baseline.collectors.network.platforms.arista_eos.switching import (
    read_arp_inspection,
    read_dhcp_snooping,
    read_spanning_tree,
    read_vlans,
)
from baseline.collectors.network.platforms.arista_eos.time_settings import read_clock
from baseline.collectors.network.platforms.arista_eos.vpn import read_vpn_proposals
from baseline.collectors.network.platforms.indented.access_lists import read_access_lists
from baseline.collectors.network.platforms.indented.comparison import same_configuration
from baseline.collectors.network.platforms.indented.reading import Reading
from baseline.collectors.network.provenance import Provenance
from baseline.collectors.network.section_tree import SectionTree, parse_sections
from baseline.models.facts.fact import Unknown

_PAGED = re.compile(r"^[ \t]*--More--", re.MULTILINE)
_VOLATILE = re.compile(r"end$")
_FIRST_LINES = ("transceiver qsfp default-mode", "service routing protocols model", "no aaa root")
"""Lines that only EOS writes, for configurations whose comments somebody took out."""

FIREWALL = "EOS is no firewall: its packet filters are in `access_lists`"


@dataclass(frozen=True, slots=True)
class Running:
    """Sections by name, their sources, and the configuration itself."""

    sections: dict[str, Any]
    provenance: Provenance
    tree: SectionTree


def parse_tree(output: str) -> SectionTree:
    """A configuration of EOS, in which a line ``EOF`` closes a banner."""
    return parse_sections(output, banner_end="EOF")


def cut_off(output: str) -> str | None:
    """Why an output is not a whole EOS configuration, else None."""
    return _defect(output, parse_tree(output))


def read_running(output: str) -> Running | str:
    """The facts of a running configuration, or why there are none."""
    tree = parse_tree(output)
    defect = _defect(output, tree)
    if defect is not None:
        return defect
    reading = Reading(tree=tree, provenance=Provenance(RUNNING), secrets=secrets_in(output))
    return Running(_sections(reading), reading.provenance, tree)


def _defect(output: str, tree: SectionTree) -> str | None:
    if not output.strip():
        return f"`{RUNNING}` gave no output"
    if tree.cut:
        return f"the running configuration was not read: {tree.cut}"
    if header_of(tree) is None and not any(tree.first(line) for line in _FIRST_LINES):
        return f"the answer to `{RUNNING}` does not look like Arista EOS output"
    if not any(line.text == "end" for line in tree.lines[-2:]):
        return f"the running configuration is cut off after line {tree.line_count}: it does not close with `end`"
    if _PAGED.search(output):
        return (
            "the running configuration holds marks of pages, so lines of it may be lost: it was printed with paging on"
        )
    return None


def _sections(reading: Reading) -> dict[str, Any]:
    services = read_services(reading)
    snooping, inspection = read_dhcp_snooping(reading), read_arp_inspection(reading)
    return {
        "device": read_device(reading),
        "software": read_software(reading),
        "configuration": read_configuration_state(reading),
        "management": read_management(reading),
        "banners": read_banners(reading),
        "users": read_users(reading),
        "enable_secret": read_enable_secret(reading),
        "password_rules": read_password_rules(reading),
        "aaa": read_aaa(reading),
        "snmp": read_snmp(reading),
        "clock": read_clock(reading),
        "logging": read_logging(reading),
        "services": services,
        "interfaces": read_interfaces(reading, {name: service.enabled for name, service in services.items()}),
        "vlans": read_vlans(reading, snooping, inspection),
        "spanning_tree": read_spanning_tree(reading),
        "dhcp_snooping": snooping,
        "arp_inspection": inspection,
        "access_lists": read_access_lists(reading.tree, reading.provenance, untyped="extended"),
        "routing": read_routing(reading.tree, reading.provenance),
        "control_plane": read_control_plane(reading),
        "vpn_proposals": read_vpn_proposals(reading),
        "firewall_rules": Unknown(FIREWALL),
        "high_availability": read_high_availability(reading),
    }


def is_saved(running: SectionTree, saved: str) -> bool | str:
    """Whether a saved configuration says the same, comments left out; or why nobody can tell."""
    tree = parse_tree(saved)
    return _defect(saved, tree) or same_configuration(running, tree, _VOLATILE)
