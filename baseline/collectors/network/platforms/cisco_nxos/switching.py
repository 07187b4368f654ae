"""VLANs, spanning tree and the layer 2 protections in a running configuration of NX-OS."""

from baseline.collectors.network.platforms.indented.reading import Reading
from baseline.collectors.network.platforms.indented.words import expand_numbers
from baseline.models.facts.network import ArpInspection, DhcpSnooping, SpanningTree, Vlan

DEFAULT_MODE = "rapid-pvst"
"""Spanning tree mode unless set (Cisco Nexus 9000 NX-OS Layer 2 Switching Configuration Guide)."""

EDGE = "spanning-tree port type edge"


def read_spanning_tree(reading: Reading) -> SpanningTree:
    """Spanning tree as a whole; an edge port is what others call portfast."""
    reading.provenance.note("spanning_tree", *reading.tree.all("spanning-tree"))
    return SpanningTree(
        mode=reading.value("spanning_tree.mode", "spanning-tree mode") or DEFAULT_MODE,
        portfast_default=reading.has("spanning_tree.portfast_default", f"{EDGE} default"),
        bpdu_guard_default=reading.has("spanning_tree.bpdu_guard_default", f"{EDGE} bpduguard default"),
        bpdu_filter_default=reading.has("spanning_tree.bpdu_filter_default", f"{EDGE} bpdufilter default"),
        loop_guard_default=reading.has("spanning_tree.loop_guard_default", "spanning-tree loopguard default"),
    )


def read_dhcp_snooping(reading: Reading) -> DhcpSnooping:
    """DHCP snooping works on VLANs that are named, once the feature and the switch for it are on."""
    on = reading.has("dhcp_snooping.enabled", "feature dhcp")
    lines = reading.tree.all("ip dhcp snooping")
    reading.provenance.note("dhcp_snooping", *lines)
    switched = any(line.text == "ip dhcp snooping" for line in lines)
    return DhcpSnooping(enabled=on and switched, vlans=_vlans(reading, "ip dhcp snooping vlan"))


def read_arp_inspection(reading: Reading) -> ArpInspection:
    """Dynamic ARP inspection works on VLANs that are named."""
    vlans = _vlans(reading, "ip arp inspection vlan")
    reading.provenance.note("arp_inspection", *reading.tree.all("ip arp inspection"))
    return ArpInspection(enabled=bool(vlans), vlans=vlans)


def _vlans(reading: Reading, command: str) -> list[int]:
    """VLANs that are named; with more words, as ``logging``, a line only sets something for them."""
    numbers: set[int] = set()
    for line in reading.tree.all(command):
        rest = line.text[len(command) + 1 :]
        if rest[:1].isdigit() and " " not in rest:
            numbers.update(expand_numbers(rest))
    return sorted(numbers)


def read_vlans(reading: Reading, snooping: DhcpSnooping, inspection: ArpInspection) -> list[Vlan]:
    """VLANs with their protections: ``vlan 1,10-12`` makes them, a section of its own names one."""
    sections = [line for line in reading.tree.all("vlan") if line.text[5:6].isdigit()]
    reading.provenance.section("vlans", *sections)
    snooped = set(snooping.vlans) if snooping.enabled is True and isinstance(snooping.vlans, list) else set()
    inspected = set(inspection.vlans) if isinstance(inspection.vlans, list) else set()
    vlans: dict[int, Vlan] = {}
    for section in sorted(sections, key=lambda line: bool(line.children), reverse=True):
        label = section.first("name")
        for number in expand_numbers(section.text[5:].split(" ")[0]):
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
