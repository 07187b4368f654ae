"""All interfaces of a switch, and the routes behind them."""

from baseline.lab.blueprint import ACCESS_VLANS, MANAGEMENT_VLAN, Blueprint
from baseline.lab.configuration.ports import management_port, port_section, trunk_lines
from baseline.lab.configuration.text import block

ALLOWED_VLANS = ",".join(str(number) for number in (*ACCESS_VLANS, MANAGEMENT_VLAN))


def interface_section(blueprint: Blueprint, detailed: int) -> list[str]:
    """Physical interfaces, then VLAN interfaces."""
    if blueprint.is_core:
        return [*_downlinks(blueprint), *management_port(), *_gateways(blueprint)]
    return [*management_port(), *port_section(blueprint, detailed), *_uplinks(blueprint), *_management_vlan(blueprint)]


def _uplinks(blueprint: Blueprint) -> list[str]:
    lines: list[str] = []
    for number in (1, 2):
        lines.append(f"interface TenGigabitEthernet1/1/{number}")
        lines += trunk_lines(blueprint, f"Naar {blueprint.site}-core-01 poort {number}", ALLOWED_VLANS)
        lines.append("!")
    for number in (3, 4):
        lines += [f"interface TenGigabitEthernet1/1/{number}", " description Niet in gebruik", " shutdown", "!"]
    return lines


def _downlinks(blueprint: Blueprint) -> list[str]:
    lines: list[str] = []
    for number in range(1, blueprint.port_count + 1):
        lines.append(f"interface TwentyFiveGigE1/0/{number}")
        lines += trunk_lines(blueprint, f"Naar {blueprint.site}-sw-{number:02d}", ALLOWED_VLANS)
        lines += [" spanning-tree guard root", "!"]
    return lines


def _gateways(blueprint: Blueprint) -> list[str]:
    lines = ["interface Loopback0", f" ip address 10.255.{blueprint.site_number}.1 255.255.255.255", "!"]
    lines += ["interface Vlan1", " no ip address", " shutdown", "!"]
    for vlan, name in ACCESS_VLANS.items():
        lines += [f"interface Vlan{vlan}", f" description {name}"]
        lines += [f" ip address 10.{100 + blueprint.site_number}.{vlan}.1 255.255.255.0"]
        lines += [" no ip redirects", " no ip proxy-arp", f" ip access-group VLAN{vlan}-IN in", "!"]
    return [*lines, *_management_vlan(blueprint, routed=True)]


def _management_vlan(blueprint: Blueprint, *, routed: bool = False) -> list[str]:
    parked = [] if routed else ["interface Vlan1", " no ip address", " shutdown", "!"]
    return [
        *parked,
        f"interface Vlan{MANAGEMENT_VLAN}",
        " description Beheer",
        f" ip address {blueprint.management_address} 255.255.255.0",
        " no ip redirects",
        " no ip unreachables",
        " no ip proxy-arp",
        *(_ospf_interface(blueprint) if routed else []),
        "!",
    ]


def _ospf_interface(blueprint: Blueprint) -> list[str]:
    key = [" ip ospf authentication key-chain OSPF-SLEUTELS"] if blueprint.posture.routing_authentication else []
    return [*key, " ip ospf 1 area 0"]


def routing_section(blueprint: Blueprint) -> list[str]:
    """OSPF on the core, a gateway on the others."""
    if not blueprint.is_core:
        return [f"ip default-gateway 10.{100 + blueprint.site_number}.{MANAGEMENT_VLAN}.1"]
    return [
        "router ospf 1",
        f" router-id 10.255.{blueprint.site_number}.1",
        " auto-cost reference-bandwidth 100000",
        " passive-interface default",
        f" no passive-interface Vlan{MANAGEMENT_VLAN}",
        f" network 10.{100 + blueprint.site_number}.0.0 0.0.255.255 area 0",
        "!",
    ]


def key_chain_section(blueprint: Blueprint) -> list[str]:
    """Keys with which OSPF neighbours know each other."""
    if not (blueprint.is_core and blueprint.posture.routing_authentication):
        return []
    return block(f"""
        key chain OSPF-SLEUTELS
         key 1
          key-string 6 {blueprint.encrypted("ospf")}
          cryptographic-algorithm hmac-sha-256
        !
    """)
