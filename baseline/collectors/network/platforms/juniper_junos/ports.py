"""What a Junos configuration says of switch ports: VLANs, authentication, and the protections around them."""

from dataclasses import dataclass
from typing import Any

from baseline.collectors.network.numbers import number
from baseline.collectors.network.platforms.juniper_junos.context import Context
from baseline.collectors.network.word_tree import Node

SPANNING = ("rstp", "mstp", "vstp", "stp")
SWITCHING = "family ethernet-switching"
OLD_SECURITY = "ethernet-switching-options secure-access-port"
"""Before the Enhanced Layer 2 Software, protections stood here."""

TRAFFIC = {"no-broadcast": "broadcast", "no-multicast": "multicast", "no-unknown-unicast": "unicast"}


@dataclass(frozen=True, slots=True)
class PortRules:
    """What holds for every port: VLANs by name, and those that are inspected."""

    vlans: dict[str, int]
    snooped: frozenset[str]
    inspected: frozenset[str]
    guarded: frozenset[str]

    @classmethod
    def of(cls, context: Context) -> "PortRules":
        """Read what is set per VLAN, in the new and the old way."""
        vlans, snooped, inspected, guarded = {}, set(), set(), set()
        for node in context.root.below("vlans"):
            vlans[node.word] = number(node.value("vlan-id")) or 0
            security = node.at("forwarding-options dhcp-security")
            if security is not None:
                snooped.add(node.word)
                inspected |= {node.word} if "arp-inspection" in security.children else set()
                guarded |= {node.word} if "ip-source-guard" in security.children else set()
        old = {node.word: node for node in context.root.below(f"{OLD_SECURITY} vlan")}
        for node in old.values():
            names = set(vlans) - old.keys() if node.word == "all" else {node.word}
            snooped |= names if "examine-dhcp" in node.children else set()
            inspected |= names if "arp-inspection" in node.children else set()
            guarded |= names if "ip-source-guard" in node.children else set()
        return cls(vlans, frozenset(snooped), frozenset(inspected), frozenset(guarded))

    def mode(self, node: Node) -> str:
        """Switch port or routed; an access port unless it says trunk (CLI reference, ``interface-mode``)."""
        switching = node.at(SWITCHING)
        if switching is not None:
            return "trunk" if "trunk" in (switching.value("interface-mode"), switching.value("port-mode")) else "access"
        return "routed" if node.at("family") is not None else "other"

    def settings(self, context: Context, name: str, node: Node, mode: str) -> dict[str, Any]:
        """Facts of one interface."""
        values: dict[str, Any] = _discovery(context, name)
        if mode not in {"access", "trunk"}:
            return values
        members = self._members(node)
        values |= self._vlans(context, name, node, mode, members)
        values |= _authentication(context, name) | _spanning_tree(context, name) | _limits(context, name, node)
        trusted = _trusted(context, name, mode)
        guarded = mode == "access" and any(member in self.guarded for member in members)
        return values | {"dhcp_snooping_trust": trusted, "arp_inspection_trust": trusted, "source_guard": guarded}

    def _members(self, node: Node) -> list[str]:
        return node.values(f"{SWITCHING} vlan members")

    def _vlans(self, context: Context, name: str, node: Node, mode: str, members: list[str]) -> dict[str, Any]:
        numbers = [str(self.vlans.get(member) or member) for member in members]
        native = number(node.value("native-vlan-id")) or number(node.value(f"{SWITCHING} native-vlan-id"))
        if mode == "trunk":
            allowed = None if "all" in members else ",".join(numbers)
            return {"native_vlan": native, "allowed_vlans": allowed}
        access = number(numbers[0]) if numbers else 1
        return {"access_vlan": access, "native_vlan": access, "voice_vlan": self._voice(context, name)}

    def _voice(self, context: Context, name: str) -> int | None:
        for path in ("switch-options voip", "ethernet-switching-options voip"):
            settings = context.port_settings(path, name)
            if settings is not None:
                vlan = settings.value("vlan") or ""
                return self.vlans.get(vlan) or number(vlan)
        return None


def _discovery(context: Context, name: str) -> dict[str, bool]:
    """LLDP is spoken on the interfaces that ``protocols lldp`` names."""
    section = context.at("protocols lldp")
    own = context.port_settings("protocols lldp", name)
    on = section is not None and own is not None and "disable" not in {*section.children, *own.children}
    return {"lldp_transmit": on, "lldp_receive": on}


def _authentication(context: Context, name: str) -> dict[str, Any]:
    settings = context.port_settings("protocols dot1x authenticator", name)
    if settings is None or "disable" in settings.children:
        return {}
    return {"port_control": "auto", "dot1x": True, "mab": "mac-radius" in settings.children}


def _spanning_tree(context: Context, name: str) -> dict[str, Any]:
    """Edge ports, and what happens to bridge messages on them."""
    blocked = context.port_settings("protocols layer2-control bpdu-block", name) is not None
    blocked = blocked or context.port_settings("ethernet-switching-options bpdu-block", name) is not None
    values: dict[str, Any] = {"bpdu_guard": blocked}
    for protocol in SPANNING:
        settings = context.port_settings(f"protocols {protocol}", name)
        off = context.at(f"protocols {protocol} disable") is not None
        if settings is None or off or "disable" in settings.children:
            continue
        edge = "edge" in settings.children
        every = context.at(f"protocols {protocol} bpdu-block-on-edge") is not None
        values |= {
            "portfast": edge,
            "bpdu_guard": blocked or (edge and every),
            "root_guard": "no-root-port" in settings.children,
            "loop_guard": settings.at("bpdu-timeout-action block") is not None,
        }
    return values


def _limits(context: Context, name: str, node: Node) -> dict[str, Any]:
    values: dict[str, Any] = {"storm_control": _storm_control(context, name, node)}
    for path, word in (("switch-options", "interface-mac-limit"), (OLD_SECURITY, "mac-limit")):
        settings = context.port_settings(path, name)
        limit = settings.at(word) if settings else None
        if limit is not None:
            values |= {"port_security": True, "port_security_maximum": number(next(iter(limit.words()), None))}
    return values


def _storm_control(context: Context, name: str, node: Node) -> list[str]:
    """Every kind of traffic is limited but those that the profile leaves out (CLI reference, ``storm-control``)."""
    profile = node.value(f"{SWITCHING} storm-control")
    settings: Node | None = None
    if profile is not None:
        known = context.at("forwarding-options storm-control-profiles")
        settings = known.children.get(profile) if known else None
    else:
        settings = context.port_settings("ethernet-switching-options storm-control", name)
    if settings is None:
        return []
    words = set(settings.words())
    return [kind for word, kind in TRAFFIC.items() if word not in words]


def _trusted(context: Context, name: str, mode: str) -> bool:
    """Trunks are trusted and access ports are not, unless told otherwise (Junos Security Services Guide, "DHCP Snooping")."""
    old = context.port_settings(OLD_SECURITY, name)
    if old is not None and {"dhcp-trusted", "no-dhcp-trusted"} & old.children.keys():
        return "dhcp-trusted" in old.children
    for vlan in context.root.below("vlans"):
        for group in vlan.below("forwarding-options dhcp-security group"):
            named = {word.removesuffix(".0") for word in group.values("interface")}
            if name in named and group.at("overrides trusted") is not None:
                return True
            if name in named and group.at("overrides untrusted") is not None:
                return False
    return mode == "trunk"
