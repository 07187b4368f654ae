"""VLANs, spanning tree and the layer 2 protections in a running configuration of EOS."""

from baseline.collectors.network.platforms.indented.reading import Reading
from baseline.collectors.network.platforms.indented.words import expand_numbers
from baseline.models.facts.network import ArpInspection, DhcpSnooping, SpanningTree, Vlan

MODES: dict[str, str | None] = {"mstp": "mst", "rapid-pvst": "rapid-pvst", "rstp": "rstp", "none": None}
DEFAULT_MODE = "mstp"
"""Spanning tree mode unless set (Arista EOS User Manual, "Spanning Tree Protocol")."""

EDGE = "spanning-tree edge-port"


def read_spanning_tree(reading: Reading) -> SpanningTree:
    """Spanning tree as a whole. Portfast has no default of its own: a port asks for it."""
    reading.provenance.note("spanning_tree", *reading.tree.all("spanning-tree"))
    mode = reading.value("spanning_tree.mode", "spanning-tree mode") or DEFAULT_MODE
    return SpanningTree(
        mode=MODES.get(mode, mode),
        portfast_default=False,
        bpdu_guard_default=reading.has("spanning_tree.bpdu_guard_default", f"{EDGE} bpduguard default"),
        bpdu_filter_default=reading.has("spanning_tree.bpdu_filter_default", f"{EDGE} bpdufilter default"),
        loop_guard_default=reading.has("spanning_tree.loop_guard_default", "spanning-tree guard loop default"),
    )


def read_dhcp_snooping(reading: Reading) -> DhcpSnooping:
    """DHCP snooping works on VLANs that are named, once it is told what to do: add to requests, or learn from them."""
    lines = reading.tree.all("ip dhcp snooping")
    reading.provenance.note("dhcp_snooping", *lines)
    texts = {line.text for line in lines}
    adds = {"ip dhcp snooping", "ip dhcp snooping information option"} <= texts
    return DhcpSnooping(
        enabled=adds or "ip dhcp snooping bridging" in texts, vlans=_vlans(reading, "ip dhcp snooping vlan")
    )


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
    """VLANs with their protections. VLAN 1 is there too, yet only written when it has settings."""
    sections = [line for line in reading.tree.all("vlan") if line.text[5:6].isdigit()]
    reading.provenance.section("vlans", *sections)
    snooped = set(snooping.vlans) if snooping.enabled is True and isinstance(snooping.vlans, list) else set()
    inspected = set(inspection.vlans) if isinstance(inspection.vlans, list) else set()
    vlans: dict[int, Vlan] = {}
    for section in sections:
        label, state = section.first("name"), section.first("state")
        for number in expand_numbers(section.text[5:].split(" ")[0]):
            reading.provenance.section(f"vlans.{number}", section)
            vlans[number] = Vlan(
                name=str(number),
                number=number,
                label=label.text[5:].strip() if label else None,
                enabled=state is None or state.text != "state suspend",
                dhcp_snooping=number in snooped,
                arp_inspection=number in inspected,
            )
    return [vlans[number] for number in sorted(vlans)]
