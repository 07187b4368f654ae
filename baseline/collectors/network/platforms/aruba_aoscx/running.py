"""A running configuration of AOS-CX as facts, or the reason why it cannot be one.

AOS-CX ends a configuration with nothing, and its sections do not close. What tells that it was not cut off early is that it
holds VLANs and, behind them, interfaces, which every switch has; a cut below those is not seen in the text alone, only by
the prompt that must follow.
"""

import re
from dataclasses import dataclass
from typing import Any

from baseline.collectors.network.platforms.aruba_aoscx.aaa import read_aaa
from baseline.collectors.network.platforms.aruba_aoscx.access import read_banners, read_management
from baseline.collectors.network.platforms.aruba_aoscx.accounts import enable_secret, read_password_rules, read_users
from baseline.collectors.network.platforms.aruba_aoscx.commands import RUNNING, SAVED
from baseline.collectors.network.platforms.aruba_aoscx.device import (
    VERSION,
    read_configuration_state,
    read_device,
    read_software_comment,
    read_vpn_proposals,
)
from baseline.collectors.network.platforms.aruba_aoscx.filters import read_access_lists, read_control_plane
from baseline.collectors.network.platforms.aruba_aoscx.interfaces import read_interfaces
from baseline.collectors.network.platforms.aruba_aoscx.log_settings import read_logging
from baseline.collectors.network.platforms.aruba_aoscx.redaction import redact_output, secrets_in
from baseline.collectors.network.platforms.aruba_aoscx.routing import read_routing
from baseline.collectors.network.platforms.aruba_aoscx.services import read_services
from baseline.collectors.network.platforms.aruba_aoscx.snmp import read_snmp
from baseline.collectors.network.platforms.aruba_aoscx.switching import (
    read_arp_inspection,
    read_dhcp_snooping,
    read_spanning_tree,
    read_vlans,
)
from baseline.collectors.network.platforms.aruba_aoscx.time_settings import read_clock
from baseline.collectors.network.platforms.indented.comparison import same_configuration
from baseline.collectors.network.platforms.indented.reading import Reading
from baseline.collectors.network.provenance import Provenance
from baseline.collectors.network.section_tree import SectionTree, parse_sections
from baseline.collectors.network.unknowns import unknown_section
from baseline.models.facts.fact import Unknown
from baseline.models.facts.network import HighAvailability

_PAGED = "-- MORE --, next page"
"""What stands at the end of each page where ``no page`` was not given."""

_VOLATILE = re.compile(r"(?:Current|Startup|Checkpoint) configuration")
ONLY_SECRETS = (
    "the two differ in encrypted secrets only, which AOS-CX may encrypt anew: save, and see whether they still do"
)
VSX = "whether a VSX peer or a VSF member can take over is not read"
FIREWALL = "AOS-CX is no firewall: its packet filters are in `access_lists`"


@dataclass(frozen=True, slots=True)
class Running:
    """Sections by name, their sources, and the configuration itself, as text and as a tree."""

    sections: dict[str, Any]
    provenance: Provenance
    tree: SectionTree
    text: str


def cut_off(output: str, command: str = RUNNING) -> str | None:
    """Why an output is not a whole AOS-CX configuration, as far as the text tells; else None."""
    return _defect(output, parse_sections(output), command)


def read_running(output: str) -> Running | str:
    """The facts of a running configuration, or why there are none."""
    tree = parse_sections(output)
    defect = _defect(output, tree, RUNNING)
    if defect is not None:
        return defect
    reading = Reading(tree=tree, provenance=Provenance(RUNNING), secrets=secrets_in(output))
    return Running(_sections(reading), reading.provenance, tree, output)


def _defect(output: str, tree: SectionTree, command: str) -> str | None:
    if not output.strip():
        return f"`{command}` gave no output"
    if tree.cut:
        return f"the configuration was not read: {tree.cut}"
    if not any(VERSION.match(comment.text) for comment in tree.comments):
        return f"the answer to `{command}` does not look like AOS-CX output"
    if _PAGED in output:
        return f"the answer to `{command}` was shown in pages: give `no page` first"
    for word in ("vlan", "interface"):
        if tree.first(word) is None:
            return f"the configuration is cut off after line {tree.line_count}: it holds no `{word}`"
    return None


def _sections(reading: Reading) -> dict[str, Any]:
    services = read_services(reading)
    snooping, inspection = read_dhcp_snooping(reading), read_arp_inspection(reading)
    return {
        "device": read_device(reading),
        "software": read_software_comment(reading),
        "configuration": read_configuration_state(reading),
        "management": read_management(reading),
        "banners": read_banners(reading),
        "users": read_users(reading),
        "enable_secret": enable_secret(),
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
        "access_lists": read_access_lists(reading),
        "routing": read_routing(reading.tree, reading.provenance),
        "control_plane": read_control_plane(reading),
        "vpn_proposals": read_vpn_proposals(reading),
        "firewall_rules": Unknown(FIREWALL),
        "certificates": Unknown("AOS-CX tells the dates of a certificate only when it is asked for that one by name"),
        "high_availability": unknown_section(HighAvailability, VSX),
    }


def is_saved(running: Running, saved: str) -> bool | str:
    """Whether a saved configuration says the same, comments left out; or why nobody can tell."""
    tree = parse_sections(saved)
    if defect := _defect(saved, tree, SAVED):
        return defect
    if same_configuration(running.tree, tree, _VOLATILE):
        return True
    one, other = (parse_sections(redact_output("", text)) for text in (running.text, saved))
    return ONLY_SECRETS if same_configuration(one, other, _VOLATILE) else False
