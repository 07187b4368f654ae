"""VLANs, spanning tree, DHCP snooping and ARP inspection in a Junos configuration."""

from baseline.collectors.network.platforms.juniper_junos.context import Context
from baseline.collectors.network.platforms.juniper_junos.ports import SPANNING, PortRules
from baseline.models.facts.network import ArpInspection, DhcpSnooping, SpanningTree, Vlan

MODES = {"rstp": "rstp", "mstp": "mst", "vstp": "vstp", "stp": "stp"}


def read_vlans(context: Context) -> list[Vlan]:
    """The VLANs that have a number, by it."""
    rules = PortRules.of(context)
    context.note("vlans", context.at("vlans"))
    vlans = []
    for name, number in rules.vlans.items():
        if number:
            context.note(f"vlans.{number}", context.root.at("vlans").children[name])  # type: ignore[union-attr]  # just read
            vlans.append(
                Vlan(
                    name=str(number),
                    number=number,
                    label=name,
                    enabled=True,
                    dhcp_snooping=name in rules.snooped,
                    arp_inspection=name in rules.inspected,
                )
            )
    return vlans


def read_spanning_tree(context: Context) -> SpanningTree:
    """The protocol that runs, and what holds for every edge port."""
    running = [word for word in SPANNING if context.at(f"protocols {word}") is not None]
    running = [word for word in running if context.at(f"protocols {word} disable") is None]
    context.note("spanning_tree", *(context.at(f"protocols {word}") for word in SPANNING))
    return SpanningTree(
        mode=MODES[running[0]] if running else None,
        portfast_default=False,
        bpdu_guard_default=any(context.at(f"protocols {word} bpdu-block-on-edge") for word in running),
        bpdu_filter_default=False,
        loop_guard_default=False,
    )


def read_dhcp_snooping(context: Context) -> DhcpSnooping:
    """VLANs whose DHCP messages are examined."""
    rules = PortRules.of(context)
    context.note("dhcp_snooping", context.at("vlans"))
    return DhcpSnooping(enabled=bool(rules.snooped), vlans=_numbers(rules, rules.snooped))


def read_arp_inspection(context: Context) -> ArpInspection:
    """VLANs whose ARP messages are held to the DHCP bindings."""
    rules = PortRules.of(context)
    context.note("arp_inspection", context.at("vlans"))
    return ArpInspection(enabled=bool(rules.inspected), vlans=_numbers(rules, rules.inspected))


def _numbers(rules: PortRules, names: frozenset[str]) -> list[int]:
    return sorted(rules.vlans[name] for name in names if rules.vlans.get(name))
