"""VLANs, spanning tree and the layer 2 protections in a running configuration of AOS-CX."""

from baseline.collectors.network.platforms.indented.reading import Reading
from baseline.collectors.network.platforms.indented.words import expand_numbers
from baseline.collectors.network.section_tree import Line
from baseline.models.facts.network import ArpInspection, DhcpSnooping, SpanningTree, Vlan

MODES = {"rpvst": "rapid-pvst", "mstp": "mst"}
DEFAULT_MODE = "mstp"
"""Mode of spanning tree unless set (AOS-CX Layer 2 Bridging Guide)."""

SNOOPING, INSPECTION = "dhcpv4-snooping", "arp inspection"


def read_spanning_tree(reading: Reading) -> SpanningTree:
    """``spanning-tree`` alone on a line switches it on; what guards a port is set per port."""
    lines = reading.tree.all("spanning-tree")
    reading.provenance.note("spanning_tree", *lines)
    mode = reading.value("spanning_tree.mode", "spanning-tree mode") or DEFAULT_MODE
    runs = any(line.text == "spanning-tree" for line in lines)
    return SpanningTree(
        mode=MODES.get(mode, mode) if runs else None,
        portfast_default=False,
        bpdu_guard_default=False,
        bpdu_filter_default=False,
        loop_guard_default=False,
    )


def read_dhcp_snooping(reading: Reading) -> DhcpSnooping:
    """On for the switch as a whole, and per VLAN."""
    lines = [line for line in reading.tree.all(SNOOPING) if line.text in {SNOOPING, f"{SNOOPING} enable"}]
    reading.provenance.note("dhcp_snooping", *reading.tree.all(SNOOPING))
    vlans = _having(reading, "dhcp_snooping.vlans", SNOOPING)
    return DhcpSnooping(enabled=bool(lines), vlans=sorted(vlans))


def read_arp_inspection(reading: Reading) -> ArpInspection:
    """Per VLAN only."""
    vlans = _having(reading, "arp_inspection.vlans", INSPECTION)
    reading.provenance.note("arp_inspection")
    return ArpInspection(enabled=bool(vlans), vlans=sorted(vlans))


def _sections(reading: Reading) -> list[Line]:
    return [line for line in reading.tree.all("vlan") if line.text[5:6].isdigit()]


def _numbers(section: Line) -> list[int]:
    return expand_numbers(section.text[5:].split(" ")[0])


def _having(reading: Reading, path: str, command: str) -> set[int]:
    """VLANs with a line in their section."""
    found: set[int] = set()
    for section in _sections(reading):
        if any(line.text in {command, f"{command} enable"} for line in section.children):
            reading.provenance.section(path, section)
            found.update(_numbers(section))
    return found


def read_vlans(reading: Reading, snooping: DhcpSnooping, inspection: ArpInspection) -> list[Vlan]:
    """VLANs with their protections: ``vlan 1,10-12`` makes them, a section of its own names one."""
    reading.provenance.section("vlans", *_sections(reading))
    snooped = set(snooping.vlans) if snooping.enabled is True and isinstance(snooping.vlans, list) else set()
    inspected = set(inspection.vlans) if isinstance(inspection.vlans, list) else set()
    vlans: dict[int, Vlan] = {}
    for section in sorted(_sections(reading), key=lambda line: bool(line.children), reverse=True):
        label = section.first("name")
        for number in _numbers(section):
            if number not in vlans:
                reading.provenance.section(f"vlans.{number}", section)
                vlans[number] = Vlan(
                    name=str(number),
                    number=number,
                    label=label.text[5:].strip() if label else None,
                    enabled=section.first("shutdown") is None,
                    dhcp_snooping=number in snooped,
                    arp_inspection=number in inspected,
                )
    return [vlans[number] for number in sorted(vlans)]
