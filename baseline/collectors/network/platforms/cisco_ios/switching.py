"""VLANs, spanning tree and the layer 2 protections in a running configuration."""

from baseline.collectors.network.platforms.cisco_ios.context import Context
from baseline.collectors.network.platforms.indented.words import expand_numbers
from baseline.models.facts.fact import Fact, Unknown
from baseline.models.facts.network import ArpInspection, DhcpSnooping, SpanningTree, Vlan


def read_spanning_tree(context: Context) -> SpanningTree:
    """Spanning tree as a whole; a device that is no switch runs none."""
    context.provenance.note("spanning_tree", *context.tree.all("spanning-tree"))
    mode = context.value("spanning_tree.mode", "spanning-tree mode")
    return SpanningTree(
        mode=mode or ("pvst" if context.is_switch else None),
        portfast_default=_default(context, ""),
        bpdu_guard_default=_default(context, "bpduguard "),
        bpdu_filter_default=_default(context, "bpdufilter "),
        loop_guard_default=context.tree.first("spanning-tree loopguard default") is not None,
    )


def _default(context: Context, what: str) -> bool:
    return any(context.tree.first(f"spanning-tree portfast {edge}{what}default") for edge in ("", "edge "))


def read_dhcp_snooping(context: Context) -> DhcpSnooping:
    """DHCP snooping works on VLANs that are named, once it is switched on as a whole."""
    lines = context.tree.all("ip dhcp snooping")
    context.provenance.note("dhcp_snooping", *lines)
    vlans = _vlans(context, "ip dhcp snooping vlan")
    return DhcpSnooping(enabled=any(line.text == "ip dhcp snooping" for line in lines), vlans=vlans)


def read_arp_inspection(context: Context) -> ArpInspection:
    """Dynamic ARP inspection works on VLANs that are named."""
    vlans = _vlans(context, "ip arp inspection vlan")
    context.provenance.note("arp_inspection", *context.tree.all("ip arp inspection"))
    return ArpInspection(enabled=bool(vlans), vlans=vlans)


def _vlans(context: Context, command: str) -> list[int]:
    """VLANs that are named; with more words, as ``logging``, a line only sets something for them."""
    numbers: set[int] = set()
    for line in context.tree.all(command):
        rest = line.text[len(command) + 1 :]
        if rest[:1].isdigit() and " " not in rest:
            numbers.update(expand_numbers(rest))
    return sorted(numbers)


def read_vlans(context: Context, snooping: DhcpSnooping, inspection: ArpInspection) -> Fact[list[Vlan]]:
    """VLANs with their protections. In VTP server and client mode the configuration holds none."""
    sections = [line for line in context.tree.all("vlan") if line.text[5:6].isdigit()]
    context.provenance.section("vlans", *sections)
    if not sections and context.is_switch:
        return Unknown("the configuration holds no VLANs: in VTP server and client mode they are kept apart from it")
    snooped = set(snooping.vlans) if snooping.enabled is True and isinstance(snooping.vlans, list) else set()
    inspected = set(inspection.vlans) if isinstance(inspection.vlans, list) else set()
    vlans: dict[int, Vlan] = {}
    for section in sections:
        label = section.first("name")
        for number in expand_numbers(section.text[5:].split(" ")[0]):
            if number in vlans:
                continue
            context.provenance.section(f"vlans.{number}", section)
            vlans[number] = Vlan(
                name=str(number),
                number=number,
                label=label.text[5:].strip() if label else None,
                enabled=section.first("shutdown") is None,
                dhcp_snooping=number in snooped,
                arp_inspection=number in inspected,
            )
    return [vlans[number] for number in sorted(vlans)]
