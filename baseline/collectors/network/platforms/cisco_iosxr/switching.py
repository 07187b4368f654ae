"""What switches have and routers with IOS XR mostly lack: VLANs, spanning tree, protections of ports."""

from baseline.collectors.network.platforms.indented.reading import Reading
from baseline.models.facts.fact import Fact, Unknown
from baseline.models.facts.network import ArpInspection, DhcpSnooping, SpanningTree

MODES = {"mst": "mst", "mstag": "mst", "mstag-edge": "mst", "pvrst": "rapid-pvst", "pvrstag": "rapid-pvst"}
"""Word after ``spanning-tree`` -> mode, as other platforms call it."""

NOT_READ = Unknown("IOS XR sets it per bridge domain and profile, which is not read")


def read_spanning_tree(reading: Reading) -> SpanningTree:
    """Spanning tree only runs where it is configured; what a port does is not read."""
    sections = reading.tree.all("spanning-tree")
    reading.provenance.note("spanning_tree", *sections)
    modes = [MODES[words[1]] for line in sections if len(words := line.text.split()) > 1 and words[1] in MODES]
    silent: Fact[bool] = NOT_READ if sections else False
    return SpanningTree(
        mode=modes[0] if modes else None,
        portfast_default=silent,
        bpdu_guard_default=silent,
        bpdu_filter_default=silent,
        loop_guard_default=silent,
    )


def read_dhcp_snooping(reading: Reading) -> DhcpSnooping:
    """``profile X snoop`` under ``dhcp ipv4`` works on the bridge domains that name it."""
    profiles = [
        line
        for section in reading.tree.all("dhcp ipv4")
        for line in section.all("profile")
        if line.text.split()[-1] == "snoop"
    ]
    reading.provenance.note("dhcp_snooping", *profiles)
    return DhcpSnooping(enabled=NOT_READ, vlans=NOT_READ) if profiles else DhcpSnooping(enabled=False, vlans=[])


def read_arp_inspection(reading: Reading) -> ArpInspection:
    """``dynamic-arp-inspection`` of a bridge domain under ``l2vpn``."""
    bridges = [
        bridge
        for section in reading.tree.all("l2vpn")
        for group in section.all("bridge group")
        for bridge in group.all("bridge-domain")
        if bridge.first("dynamic-arp-inspection")
    ]
    reading.provenance.note("arp_inspection", *bridges)
    return ArpInspection(enabled=NOT_READ, vlans=NOT_READ) if bridges else ArpInspection(enabled=False, vlans=[])
